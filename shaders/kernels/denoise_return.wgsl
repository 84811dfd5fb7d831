// Gives back what the filter took away beyond noise: of the single pixels where it has smoothed a shadow's edge or a reflection, and on
// average over a surface, where it has left out rare bright samples. The part of a difference that is not noise is the best weight for it
// (James, Stein, "Estimation with Quadratic Loss", 1961).
#import post

@group(0) @binding(0) var<uniform> params: PostParams;
// With its variance.
@group(0) @binding(1) var before: texture_2d<f32>;
@group(0) @binding(2) var filtered: texture_2d<f32>;
@group(0) @binding(3) var light: texture_storage_2d<rgba32float, write>;
// The mean of what was taken, with its variance.
@group(0) @binding(4) var taken: texture_2d<f32>;

// Single pixels are judged with those around.
const REACH = 2;
// What noise alone may seem to be, of single pixels and of a surface's mean. Each frame of a walking camera has noise of its own: single pixels that
// come back would twinkle, so fewer do; the mean does not twinkle, so more of it comes back, and places are as bright as they are.
#ifdef SETTLED
const CHANCE = 2.5;
const CHANCE_OF_MEAN = 0.5;
#else
const CHANCE = 1.5;
const CHANCE_OF_MEAN = 1.5;
#endif

fn share(difference: f32, noise: f32) -> f32 {
    return max(difference - noise, 0.0) / max(difference, 1.0e-20);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if any(id.xy >= params.size) {
        return;
    }
    let p = vec2i(id.xy);
    var difference = 0.0;
    var noise = 0.0;
    for (var y = -REACH; y <= REACH; y++) {
        for (var x = -REACH; x <= REACH; x++) {
            let at = clamp(p + vec2i(x, y), vec2i(0), vec2i(params.size) - 1);
            let noisy = textureLoad(before, at, 0);
            let d = luminance(textureLoad(filtered, at, 0).xyz - noisy.xyz);
            difference += d * d;
            noise += noisy.w;
        }
    }
    let mean = textureLoad(taken, p, 0);
    let l = luminance(mean.xyz);
    let whole = max(textureLoad(filtered, p, 0).xyz + share(l * l, CHANCE_OF_MEAN * mean.w) * mean.xyz, vec3f(0.0));
    textureStore(light, p, vec4f(mix(whole, textureLoad(before, p, 0).xyz, share(difference, CHANCE * noise)), 0.0));
}
