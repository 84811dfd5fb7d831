// A first look at the light: mean and variance over the like among nine pixels. The filter compares these, because the pixels
// themselves are too noisy to tell an edge from a speck.
#import post
#import denoise_weight

@group(0) @binding(0) var<uniform> params: PostParams;
@group(0) @binding(1) var<storage, read> light: array<vec4f>;
@group(0) @binding(2) var<storage, read> guides: array<vec4u>;
// x: luminance, y: its variance (of the mean over the nine), z: variance of one pixel.
@group(0) @binding(3) var<storage, read_write> pilot: array<vec4f>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= params.size.x || id.y >= params.size.y {
        return;
    }
    let i = id.y * params.size.x + id.x;
    let here = unpack_guide(guides[i]);
    var sum = vec4f(0.0);
    var weights = 0.0;
    for (var k = 0; k < 9; k++) {
        let at = vec2i(id.xy) + vec2i(k % 3 - 1, k / 3 - 1);
        if all(at >= vec2i(0)) && all(at < vec2i(params.size)) {
            let j = u32(at.y) * params.size.x + u32(at.x);
            let w = exp2(-guide_distance(here, unpack_guide(guides[j]), 0.0, 0.1 * here.depth) - 0.5 * f32(k != 4));
            let v = light[j];
            let l = luminance(v.xyz);
            sum += w * vec4f(l, v.w, l * l, w * v.w);
            weights += w;
        }
    }
    let mean = sum.x / weights;
    let own = sum.y / weights;
    pilot[i] = vec4f(mean, sum.w / (weights * weights), own, 0.0);
}
