// Shading normals. Input, in vectors: geometric normal and roughness; interpolated normal and specular weight; gaze and metallic; what a
// map asks for and transmission; coat, coat roughness, index of refraction, the one outside (negative: of a thin sheet). Output: the normal.
#import shading_normal

@group(1) @binding(0) var<storage, read> cases: array<vec4f>;
@group(1) @binding(1) var<storage, read_write> results: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= arrayLength(&results) {
        return;
    }
    let first = 5u * id.x;
    var p: HitPoint;
    p.normal = cases[first].xyz;
    p.shading_normal = cases[first + 1u].xyz;
    p.rotation = vec4f(0.0, 0.0, 0.0, 1.0);
    var s: Surface;
    s.roughness = cases[first].w;
    s.specular = cases[first + 1u].w;
    s.metallic = cases[first + 2u].w;
    s.transmission = cases[first + 3u].w;
    let rest = cases[first + 4u];
    s.coat = rest.x;
    s.coat_roughness = rest.y;
    s.ior = rest.z;
    s.outer_ior = abs(rest.w);
    s.thin = rest.w < 0.0;
    results[id.x] = vec4f(shading_normal(p, cases[first + 2u].xyz, cases[first + 3u].xyz, s), 0.0);
}
