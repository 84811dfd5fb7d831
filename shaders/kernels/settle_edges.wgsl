// Pixels on the edge between two surfaces are like neither, so the filter leaves them as noisy as they were. But their guides are means too,
// and tell how much of each surface is in them: so much of the light of either side, from two pixels away, is in the pixel. That is trusted
// as far as the pixel's own light is noisy and both sides are not too different (weights by the inverse of variances). What is no mixture of
// two, such as a frame a pixel wide, takes the mean of the pixels around that are somewhat alike, as far as it differs by noise alone.
#import post
#import denoise_weight

@group(0) @binding(0) var<uniform> params: PostParams;
@group(0) @binding(1) var light: texture_2d<f32>;
@group(0) @binding(2) var guides: texture_2d<u32>;
// With its variance.
@group(0) @binding(3) var before: texture_2d<f32>;
@group(0) @binding(4) var settled: texture_storage_2d<rgba32float, write>;

// Guides as far apart as this are two surfaces.
const APART: f32 = 0.02;
// Of the square of that distance, how far the pixel's guide may lie beside the mixture.
const BESIDE: f32 = 0.04;
// As many pixels of nine as a filter needs, nearly.
const FEW: f32 = 5.0;
// By how much likeness is stretched among thin things.
const LOOSE: f32 = 0.05;
// What noise alone may seem to be.
const CHANCE: f32 = 1.5;
// Of the difference between both sides, how far a mixture is off.
const OFF: f32 = 0.4;

struct Place {
    normal: vec3f,
    albedo: vec3f,
    depth: f32,
}

// What mixes evenly: albedo itself, not its root.
fn place(g: Guide, depth: f32) -> Place {
    return Place(g.normal, g.albedo * g.albedo, g.depth / depth);
}

fn minus(a: Place, b: Place) -> Place {
    return Place(a.normal - b.normal, a.albedo - b.albedo, a.depth - b.depth);
}

fn product(a: Place, b: Place) -> f32 {
    return dot(a.normal, b.normal) + dot(a.albedo, b.albedo) + a.depth * b.depth;
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if any(id.xy >= params.size) {
        return;
    }
    let p = vec2i(id.xy);
    let last = vec2i(params.size) - 1;
    let own = textureLoad(light, p, 0);
    let guide = unpack_guide(textureLoad(guides, p, 0));
    let here = place(guide, guide.depth);
    let base = divisor(here.albedo);
    var noise = 0.0;
    var alike = 0.0;
    for (var k = 0; k < 9; k++) {
        let at = clamp(p + vec2i(k % 3 - 1, k / 3 - 1), vec2i(0), last);
        noise += textureLoad(before, at, 0).w / 9.0;
        alike += exp2(-guide_distance(guide, unpack_guide(textureLoad(guides, at, 0)), 0.0, 0.1 * guide.depth));
    }
    // Where there are some that are alike the filter has had its noise already.
    noise *= clamp((FEW - alike) / (FEW - 1.0), 0.0, 1.0);
    var best = BESIDE;
    var mixed = own.xyz;
    var off = 1.0e20;
    for (var k = 0; k < 4; k++) {
        // Across, down, and along both diagonals.
        let way = 2 * vec2i(select(select(1, -1, k == 3), 0, k == 1), select(1, 0, k == 0));
        let a_at = clamp(p + way, vec2i(0), last);
        let b_at = clamp(p - way, vec2i(0), last);
        let a = place(unpack_guide(textureLoad(guides, a_at, 0)), guide.depth);
        let b = place(unpack_guide(textureLoad(guides, b_at, 0)), guide.depth);
        let across = minus(a, b);
        let span = product(across, across);
        let from_b = minus(here, b);
        let part = product(from_b, across) / max(span, 1.0e-9);
        let beside = product(from_b, from_b) / max(span, 1.0e-9) - part * part;
        if span > APART && part > 0.03 && part < 0.97 && beside < best {
            best = beside;
            let a_light = divisor(a.albedo) * textureLoad(light, a_at, 0).xyz;
            let b_light = divisor(b.albedo) * textureLoad(light, b_at, 0).xyz;
            mixed = mix(b_light, a_light, part) / base;
            off = OFF * luminance(abs(a_light - b_light)) / luminance(base);
        }
    }
    if best == BESIDE {
        var sum = own.xyz;
        var weights = 1.0;
        for (var k = 0; k < 9; k++) {
            let at = clamp(p + vec2i(k % 3 - 1, k / 3 - 1), vec2i(0), last);
            let w = exp2(-LOOSE * guide_distance(guide, unpack_guide(textureLoad(guides, at, 0)), 0.0, 0.1 * guide.depth)) * f32(k != 4);
            sum += w * textureLoad(light, at, 0).xyz;
            weights += w;
        }
        mixed = sum / weights;
        let change = luminance(own.xyz) - luminance(mixed);
        let real = max(change * change - CHANCE * noise, 0.0) / max(change * change, 1.0e-20);
        textureStore(settled, p, vec4f(mix(mixed, own.xyz, real), 0.0));
        return;
    }
    let trust = noise / max(noise + off * off, 1.0e-20);
    textureStore(settled, p, vec4f(mix(own.xyz, mixed, trust), 0.0));
}
