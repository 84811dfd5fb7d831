// What the filter took away, on average over a surface: one of several passes of 3x3 taps, 1, 3, 9, ... pixels apart, weighed by the
// guides alone. The filter takes bright specks for other light and leaves them out, which makes noisy places darker; this mean has no
// preference, and counts what was cut off fireflies too.
#import post
#import denoise_weight

@group(0) @binding(0) var<uniform> params: PostParams;
#ifdef FIRST
@group(0) @binding(1) var<storage, read> radiance: array<vec4f>;
@group(0) @binding(5) var<storage, read> albedo: array<vec4f>;
@group(0) @binding(2) var filtered: texture_2d<f32>;
#else
@group(0) @binding(1) var last: texture_2d<f32>;
#endif
@group(0) @binding(3) var guides: texture_2d<u32>;
// rgb: mean of what was taken; w: variance of its luminance.
@group(0) @binding(4) var mean: texture_storage_2d<rgba32float, write>;

fn taken(at: vec2i) -> vec4f {
#ifdef FIRST
    let i = u32(at.y) * params.size.x + u32(at.x);
    let base = divisor(albedo[i].xyz);
    let scale = 1.0 / luminance(base);
    let here = radiance[i];
    return vec4f(here.xyz / base - textureLoad(filtered, at, 0).xyz, here.w * scale * scale);
#else
    return textureLoad(last, at, 0);
#endif
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if any(id.xy >= params.size) {
        return;
    }
    let p = vec2i(id.xy);
    let here = unpack_guide(textureLoad(guides, p, 0));
    var sum = vec3f(0.0);
    var variance = 0.0;
    var weights = 0.0;
    for (var k = 0; k < 9; k++) {
        let tap = vec2i(k % 3 - 1, k / 3 - 1);
        let at = p + tap * params.step;
        if any(at < vec2i(0)) || any(at >= vec2i(params.size)) {
            continue;
        }
        // Surfaces may slope: depth tells two of them apart that do not touch.
        let slack = 0.02 * f32(params.step) * here.depth;
        let w = exp2(-guide_distance(here, unpack_guide(textureLoad(guides, at, 0)), 0.0, slack) - f32(dot(tap, tap)));
        let v = taken(at);
        sum += w * v.xyz;
        variance += w * w * v.w;
        weights += w;
    }
    textureStore(mean, p, vec4f(sum / weights, variance / (weights * weights)));
}
