// Choosing one of many by weight in constant time: the alias method. Host: `crates/render/src/alias.rs`.
#import data

struct Choice {
    index: u32,
    // What is left of the random number, in 0..1.
    u: f32,
}

// One of `count`, from the table that starts at texel `base`: two cells a texel, each (threshold, the other).
fn choose(base: u32, count: u32, u: f32) -> Choice {
    let x = u * f32(count);
    let i = min(u32(x), count - 1u);
    let f = x - f32(i);
    let cells = load4(base, i >> 1u);
    let cell = select(cells.xy, cells.zw, (i & 1u) == 1u);
    let threshold = bitcast<f32>(cell.x);
    if f < threshold {
        return Choice(i, min(f / threshold, 0.99999994));
    }
    return Choice(cell.y, min((f - threshold) / (1.0 - threshold), 0.99999994));
}
