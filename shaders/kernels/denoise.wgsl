// One pass of an edge-avoiding wavelet filter: 5x5 taps, `step` pixels apart, weighed by likeness of guides and of light.
// Dammertz et al., "Edge-Avoiding A-Trous Wavelet Transform", HPG 2010; variance steers what counts as alike, as in Schied et
// al., "Spatiotemporal Variance-Guided Filtering", HPG 2017. It knows nothing of other frames: equal input gives equal output.
#import post
#import denoise_weight

@group(0) @binding(0) var<uniform> params: PostParams;
@group(0) @binding(1) var<storage, read> light: array<vec4f>;
@group(0) @binding(2) var<storage, read> guides: array<vec4u>;
#ifdef FIRST
@group(0) @binding(3) var<storage, read> pilot: array<vec4f>;
#endif
@group(0) @binding(4) var<storage, read_write> filtered: array<vec4f>;

// How many standard deviations still look alike (the weight halves at this distance).
const LIKENESS: f32 = 2.0;
// Differences of this fraction of the light are never worth keeping.
const INDIFFERENCE: f32 = 0.008;

fn depth_at(at: vec2i) -> f32 {
    let p = clamp(at, vec2i(0), vec2i(params.size) - 1);
    return bitcast<f32>(guides[u32(p.y) * params.size.x + u32(p.x)].z);
}

// The smaller of the two one-sided differences: at an edge, the one that stays on the surface.
fn slope_along(at: vec2i, axis: vec2i, depth: f32) -> f32 {
    let ahead = depth_at(at + axis) - depth;
    let behind = depth - depth_at(at - axis);
    return select(behind, ahead, abs(ahead) < abs(behind));
}

// (luminance, variance) to compare by.
fn look(j: u32, v: vec4f) -> vec2f {
#ifdef FIRST
    return pilot[j].xy;
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
    let i = id.y * params.size.x + id.x;
    let own = light[i];
    let here = unpack_guide(guides[i]);
    let seen = look(i, own);
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
        let j = u32(at.y) * params.size.x + u32(at.x);
        let v = light[j];
        let other = look(j, v);
        let away = dot(slope, vec2f(at - p));
        let dl = seen.x - other.x;
        let alike = LIKENESS * LIKENESS * (seen.y + other.y) + INDIFFERENCE * INDIFFERENCE * seen.x * seen.x + 1e-8;
        // The B3 spline over its centre: 1, 2/3, 1/6 each way.
        let spline = vec2f(abs(tap));
        let b = select(select(vec2f(1.0), vec2f(0.6666667), spline > vec2f(0.5)), vec2f(0.1666667), spline > vec2f(1.5));
        let w = b.x * b.y * exp2(-guide_distance(here, unpack_guide(guides[j]), away, 0.5 * abs(away)) - dl * dl / alike);
        sum += w * v.xyz;
        variance += w * w * v.w;
        weights += w;
    }
    filtered[i] = vec4f(sum / weights, variance / (weights * weights));
}
