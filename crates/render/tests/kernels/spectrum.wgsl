// Input: (index, dispersion, wavelength, -). Output: colour of the wavelength, and the index there.
#import spectrum

@group(1) @binding(0) var<storage, read> inputs: array<vec4f>;
@group(1) @binding(1) var<storage, read_write> results: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x < arrayLength(&inputs) {
        let input = inputs[id.x];
        results[id.x] = vec4f(spectral_color(input.z), dispersed_ior(input.x, input.y, input.z));
    }
}
