// Keeps a frame's light for the frames after it, without the surfaces' colours, and what is known of its pixels without noise.
#import frame
#import post

@group(0) @binding(2) var<storage, read> radiance: array<vec4f>;
@group(0) @binding(3) var<storage, read> albedo: array<vec4f>;
@group(0) @binding(4) var<storage, read> normal_depth: array<vec4f>;
@group(0) @binding(5) var<storage, read> object_id: array<u32>;
// rgb: light per albedo; w: standard deviation of its luminance.
@group(0) @binding(6) var light: texture_storage_2d<rgba16float, write>;
@group(0) @binding(7) var guides: texture_storage_2d<rgba32uint, write>;

// The largest that 16 bits hold, nearly.
const MOST: f32 = 6.0e4;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if any(id.xy >= frame.size) {
        return;
    }
    let i = id.y * frame.size.x + id.x;
    let base = divisor(albedo[i].xyz);
    let deviation = sqrt(max(radiance[i].w, 0.0)) / luminance(base);
    textureStore(light, id.xy, min(vec4f(radiance[i].xyz / base, deviation), vec4f(MOST)));
    textureStore(guides, id.xy, pack_guide(guide_of(normal_depth[i], albedo[i].xyz, object_id[i])));
}
