// Input: pairs of random numbers, then directions. Output: for each pair the sampled direction and pdf, then its radiance and the
// pdf by look-up; for each direction radiance and pdf.
#import environment_image

@group(1) @binding(0) var<storage, read> inputs: array<vec4f>;
@group(1) @binding(1) var<storage, read_write> results: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= arrayLength(&inputs) {
        return;
    }
    let input = inputs[id.x];
    if input.w == 0.0 {
        let s = env_sample(input.xy);
        results[2u * id.x] = vec4f(s.direction, s.pdf);
        results[2u * id.x + 1u] = vec4f(s.radiance, env_look_up(s.direction).pdf);
    } else {
        let s = env_look_up(input.xyz);
        results[2u * id.x] = vec4f(s.direction, s.pdf);
        results[2u * id.x + 1u] = vec4f(s.radiance, s.pdf);
    }
}
