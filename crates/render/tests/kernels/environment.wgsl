// Input: pairs of random numbers. Output: sampled direction and pdf; then radiance and pdf of that direction by look-up; then of
// a tenth beyond the disc's edge.
#import environment

@group(1) @binding(0) var<storage, read> randoms: array<vec4f>;
@group(1) @binding(1) var<storage, read_write> results: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= arrayLength(&randoms) {
        return;
    }
    let u = randoms[id.x];
    let s = sun_sample(u.xy);
    results[4u * id.x] = s;
    results[4u * id.x + 1u] = vec4f(sun_radiance(s.xyz), sun_pdf(s.xyz));
    let centre = frame.sun_direction.xyz;
    let across = normalize(cross(centre, vec3f(0.36, 0.48, 0.8)));
    let beside = normalize(centre + 1.1 * sqrt(2.0 * (1.0 - frame.sun_direction.w)) * across);
    results[4u * id.x + 2u] = vec4f(sun_radiance(beside), sun_pdf(beside));
    results[4u * id.x + 3u] = vec4f(environment_radiance(normalize(u.zwx - 0.5)), 0.0);
}
