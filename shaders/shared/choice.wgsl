// Choosing one of many by weight: inversion of the cumulative distribution, so that even points stay even within what is chosen. Each
// cell also tells where to begin for a random number (Chen, Asau, "On Generating Random Variates from an Empirical Distribution", 1974),
// so that the search is short however many there are. Host: `crates/render/src/choice.rs`.
#import data

struct Choice {
    index: u32,
    // What is left of the random number, in 0..1.
    u: f32,
}

// One of `count`, from the table that starts at texel `base`: two cells a texel, each (where its part of 0..1 ends, the first whose
// part ends above index / count).
fn choose(base: u32, count: u32, u: f32) -> Choice {
    let bucket = min(u32(u * f32(count)), count - 1u);
    var first = choice_cell(base, bucket).y;
    // Not from the next bucket: on its edge rounding might hide what is meant.
    var last = count - 1u;
    if bucket + 2u < count {
        last = choice_cell(base, bucket + 2u).y;
    }
    while first < last {
        let middle = (first + last) / 2u;
        if u < bitcast<f32>(choice_cell(base, middle).x) {
            last = middle;
        } else {
            first = middle + 1u;
        }
    }
    var begin = 0.0;
    if first > 0u {
        begin = bitcast<f32>(choice_cell(base, first - 1u).x);
    }
    let end = bitcast<f32>(choice_cell(base, first).x);
    return Choice(first, clamp((u - begin) / (end - begin), 0.0, 0.99999994));
}

fn choice_cell(base: u32, i: u32) -> vec2u {
    let cells = load4(base, i >> 1u);
    return select(cells.xy, cells.zw, (i & 1u) == 1u);
}
