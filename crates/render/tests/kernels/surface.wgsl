// Loads material 0 at given points. Input: points with material index in w, each followed by its normal. Output: four vectors a point.
#import surface

@group(1) @binding(0) var<storage, read> points: array<vec4f>;
@group(1) @binding(1) var<storage, read_write> results: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if 2u * id.x >= arrayLength(&points) {
        return;
    }
    let p = points[2u * id.x];
    let s = load_surface(u32(p.w), p.xyz, points[2u * id.x + 1u].xyz);
    results[5u * id.x] = vec4f(s.base_color, s.metallic);
    results[5u * id.x + 1u] = vec4f(s.emission, s.roughness);
    results[5u * id.x + 2u] = vec4f(s.absorption, s.ior);
    results[5u * id.x + 3u] = vec4f(s.tint, s.transmission);
    results[5u * id.x + 4u] = vec4f(s.coat, s.coat_roughness, f32(s.thin), 0.0);
}
