// A first look at the light: mean and variance over the like among nine pixels. The filter compares these, because the pixels
// themselves are too noisy to tell an edge from a speck.
#import post
#import denoise_weight

@group(0) @binding(0) var<uniform> params: PostParams;
@group(0) @binding(1) var light: texture_2d<f32>;
@group(0) @binding(2) var guides: texture_2d<u32>;
// x: luminance, y: its variance.
@group(0) @binding(3) var pilot: texture_storage_2d<rgba32float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= params.size.x || id.y >= params.size.y {
        return;
    }
    let here = unpack_guide(textureLoad(guides, id.xy, 0));
    var sum = vec2f(0.0);
    var weights = 0.0;
    for (var k = 0; k < 9; k++) {
        let at = vec2i(id.xy) + vec2i(k % 3 - 1, k / 3 - 1);
        if all(at >= vec2i(0)) && all(at < vec2i(params.size)) {
            let w = exp2(-guide_distance(here, unpack_guide(textureLoad(guides, at, 0)), 0.0, 0.1 * here.depth) - 0.5 * f32(k != 4));
            let v = textureLoad(light, at, 0);
            sum += w * vec2f(luminance(v.xyz), w * v.w);
            weights += w;
        }
    }
    textureStore(pilot, id.xy, vec4f(sum.x / weights, sum.y / (weights * weights), 0.0, 0.0));
}
