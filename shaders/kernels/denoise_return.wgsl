// Gives back what the filter took away beyond noise. Where it differs from the light before by more than the noise explains, it has
// smoothed a shadow's edge or a reflection; the part of the difference that is not noise is the best weight for the light before (James,
// Stein, "Estimation with Quadratic Loss", 1961), judged over the pixels around.
#import post

@group(0) @binding(0) var<uniform> params: PostParams;
// With its variance.
@group(0) @binding(1) var before: texture_2d<f32>;
@group(0) @binding(2) var filtered: texture_2d<f32>;
@group(0) @binding(3) var light: texture_storage_2d<rgba32float, write>;

const REACH = 2;
// What noise alone may seem to be, over so few pixels.
const CHANCE = 1.5;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if any(id.xy >= params.size) {
        return;
    }
    let p = vec2i(id.xy);
    var taken = 0.0;
    var noise = 0.0;
    for (var y = -REACH; y <= REACH; y++) {
        for (var x = -REACH; x <= REACH; x++) {
            let at = clamp(p + vec2i(x, y), vec2i(0), vec2i(params.size) - 1);
            let noisy = textureLoad(before, at, 0);
            let d = luminance(textureLoad(filtered, at, 0).xyz - noisy.xyz);
            taken += d * d;
            noise += noisy.w;
        }
    }
    let share = max(taken - CHANCE * noise, 0.0) / max(taken, 1.0e-20);
    let noisy = textureLoad(before, p, 0);
    textureStore(light, p, mix(textureLoad(filtered, p, 0), noisy, share));
}
