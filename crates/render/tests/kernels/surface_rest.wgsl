// The rest of material 0, 1, ... at the origin. Input: as many numbers as materials. Output: two vectors each.
#import surface

@group(1) @binding(0) var<storage, read> materials: array<f32>;
@group(1) @binding(1) var<storage, read_write> results: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= arrayLength(&materials) {
        return;
    }
    let s = load_surface(id.x, vec3f(0.0), vec3f(0.0, 0.0, 1.0));
    results[2u * id.x] = vec4f(s.specular, s.dispersion, f32(s.priority), f32(s.emission_group));
    results[2u * id.x + 1u] = vec4f(f32(s.emission_mapped), f32(s.emission_changes), f32(s.thin), s.outer_ior);
}
