// From linear radiance to 8-bit display colours. No dither: static noise would cost the video bits, moving noise would flicker.
#import post
#import view_transform

@group(0) @binding(0) var<uniform> params: PostParams;
#ifdef DENOISED
// Light per albedo, from the filter.
@group(0) @binding(1) var light: texture_2d<f32>;
@group(0) @binding(2) var<storage, read> albedo: array<vec4f>;
#else
@group(0) @binding(1) var<storage, read> light: array<vec4f>;
#endif
@group(0) @binding(3) var<storage, read_write> radiance: array<vec4f>;
// Red in the lowest byte.
@group(0) @binding(4) var<storage, read_write> rgb: array<u32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= params.size.x || id.y >= params.size.y {
        return;
    }
    let i = id.y * params.size.x + id.x;
#ifdef DENOISED
    let value = vec4f(textureLoad(light, id.xy, 0).xyz * divisor(albedo[i].xyz), 1.0);
#else
    let value = light[i];
#endif
    radiance[i] = value;
    // White stays white.
    rgb[i] = pack4x8unorm(vec4f(params.floor + (1.0 - params.floor) * display(value.xyz, params.view), 0.0));
}
