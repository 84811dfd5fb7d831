// Draws from lights, the lens and the pixel filter. Input: (point, what to draw), then random numbers. Output: two vectors a draw.
#import lights
#import camera

struct Draws {
    point: vec3f,
    kind: f32,
    randoms: array<vec4f>,
}

@group(1) @binding(0) var<storage, read> draws: Draws;
@group(1) @binding(1) var<storage, read_write> results: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= arrayLength(&draws.randoms) {
        return;
    }
    let u = draws.randoms[id.x];
    var first = vec4f(0.0);
    var second = vec4f(0.0);
    if draws.kind == 0.0 {
        let s = light_sample(draws.point, u.xy);
        first = vec4f(s.direction, s.pdf);
        second = vec4f(s.radiance, s.distance);
    } else if draws.kind == 1.0 {
        first = vec4f(concentric_disk(u.xy), filter_offset(u.xy));
    }
    results[2u * id.x] = first;
    results[2u * id.x + 1u] = second;
}
