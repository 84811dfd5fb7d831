// Draws: input 0 is the seed, 1 the samples per pixel, 2 the pairs of dimensions. One pixel an invocation.
#import rng

@group(1) @binding(0) var<storage, read> settings: array<u32>;
@group(1) @binding(1) var<storage, read_write> points: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let samples = settings[1];
    let pairs = settings[2];
    var out = id.x * samples * (2u * pairs + 1u);
    for (var i = 0u; i < samples; i++) {
        var s = sampler_new(vec2u(id.x & 7u, id.x >> 3u), i, samples, settings[0]);
        for (var d = 0u; d < pairs; d++) {
            let p = sample_2d(&s);
            points[out] = bitcast<u32>(p.x);
            points[out + 1u] = bitcast<u32>(p.y);
            out += 2u;
        }
        points[out] = bitcast<u32>(sample_1d(&s));
        out += 1u;
    }
}
