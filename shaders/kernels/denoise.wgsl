// One pass of an edge-avoiding wavelet filter: 5x5 taps, `step` pixels apart, weighed by likeness of guides and of light.
// Dammertz et al., "Edge-Avoiding A-Trous Wavelet Transform", HPG 2010; variance steers what counts as alike, as in Schied et
// al., "Spatiotemporal Variance-Guided Filtering", HPG 2017. It knows nothing of other frames: equal input gives equal output.
#import post
#import denoise_weight

@group(0) @binding(0) var<uniform> params: PostParams;
@group(0) @binding(1) var light: texture_2d<f32>;
@group(0) @binding(2) var guides: texture_2d<u32>;
#ifdef FIRST
@group(0) @binding(3) var pilot: texture_2d<f32>;
#endif
@group(0) @binding(4) var filtered: texture_storage_2d<rgba32float, write>;

// How many standard deviations still look alike (the weight halves at this distance).
#ifdef SETTLED
// A walking camera's: noise that is left would be another in each frame.
const LIKENESS: f32 = 3.0;
#else
const LIKENESS: f32 = 2.0;
#endif
// Differences of this fraction of the light are never worth keeping.
const INDIFFERENCE: f32 = 0.008;

fn depth_at(at: vec2i) -> f32 {
    let p = clamp(at, vec2i(0), vec2i(params.size) - 1);
    return bitcast<f32>(textureLoad(guides, p, 0).z);
}

fn slope_along(at: vec2i, axis: vec2i, depth: f32) -> f32 {
    return slope_of(depth_at(at + axis) - depth, depth - depth_at(at - axis));
}

// (luminance, variance) to compare by.
fn look(at: vec2i, v: vec4f) -> vec2f {
#ifdef FIRST
    return textureLoad(pilot, at, 0).xy;
#else
    return vec2f(luminance(v.xyz), v.w);
#endif
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= params.size.x || id.y >= params.size.y {
        return;
    }
    let p = vec2i(id.xy);
    let own = textureLoad(light, p, 0);
    let here = unpack_guide(textureLoad(guides, p, 0));
    let seen = look(p, own);
    let slope = vec2f(slope_along(p, vec2i(1, 0), here.depth), slope_along(p, vec2i(0, 1), here.depth));

    var sum = own.xyz;
    var variance = own.w;
    var weights = 1.0;
    for (var k = 0; k < 25; k++) {
        let tap = vec2i(k % 5 - 2, k / 5 - 2);
        let at = p + tap * params.step;
        if k == 12 || any(at < vec2i(0)) || any(at >= vec2i(params.size)) {
            continue;
        }
        let v = textureLoad(light, at, 0);
        let other = look(at, v);
        let away = dot(slope, vec2f(at - p));
        let dl = seen.x - other.x;
        // A noisy neighbour is no reason to take up its light: its variance counts up to one's own (Rousselle et al. 2012).
        let alike = LIKENESS * LIKENESS * (seen.y + min(seen.y, other.y)) + INDIFFERENCE * INDIFFERENCE * seen.x * seen.x + 1e-8;
        // The B3 spline over its centre: 1, 2/3, 1/6 each way.
        let spline = vec2f(abs(tap));
        let b = select(select(vec2f(1.0), vec2f(0.6666667), spline > vec2f(0.5)), vec2f(0.1666667), spline > vec2f(1.5));
        let w = b.x * b.y * exp2(-guide_distance(here, unpack_guide(textureLoad(guides, at, 0)), away, 0.5 * abs(away)) - dl * dl / alike);
        sum += w * v.xyz;
        variance += w * w * v.w;
        weights += w;
    }
    textureStore(filtered, p, vec4f(sum / weights, variance / (weights * weights)));
}
