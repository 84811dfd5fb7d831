// Where rays that leave a surface start. Input, in vectors: the lift to the smooth surface and the cosine with the shading normal; the
// direction. The point is the origin, its normal +z. Output: the start, and 1 if there is one.
#import way

@group(1) @binding(0) var<storage, read> cases: array<vec4f>;
@group(1) @binding(1) var<storage, read_write> results: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= arrayLength(&results) {
        return;
    }
    var p: HitPoint;
    p.lift = cases[2u * id.x].xyz;
    let way = way_from(p, vec3f(0.0, 0.0, 1.0), cases[2u * id.x + 1u].xyz, cases[2u * id.x].w);
    results[id.x] = vec4f(way.origin, f32(way.is_open));
}
