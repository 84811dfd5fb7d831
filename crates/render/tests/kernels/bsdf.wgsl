// The principled surface from outside the path tracer. Input: a header (surface, wo, entering, mode), then directions.
// Mode 0 samples: out = wi, pdf, weight, kind. Mode 1 evaluates wi = input direction: out = f_cos, pdf.
#import bsdf

struct Case {
    base_color: vec3f,
    metallic: f32,
    tint: vec3f,
    roughness: f32,
    wo: vec3f,
    ior: f32,
    transmission: f32,
    thin: f32,
    coat: f32,
    coat_roughness: f32,
    entering: f32,
    mode: f32,
    count: f32,
    seed: f32,
    specular: f32,
    directions: array<vec4f>,
}

@group(1) @binding(0) var<storage, read> test: Case;
@group(1) @binding(1) var<storage, read_write> results: array<vec4f>;

// Independent numbers: a chi-square test must not see the stratification of the Sobol points.
fn random(i: u32, k: u32) -> f32 {
    var h = i * 0x9e3779b9u + k * 0x85ebca6bu + bitcast<u32>(test.seed);
    for (var round = 0; round < 3; round++) {
        h ^= h >> 16u;
        h *= 0x7feb352du;
        h ^= h >> 15u;
        h *= 0x846ca68bu;
    }
    return f32((h ^ (h >> 16u)) >> 8u) * 5.9604645e-8;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let i = id.x;
    if i >= u32(test.count) {
        return;
    }
    var s: Surface;
    s.base_color = test.base_color;
    s.metallic = test.metallic;
    s.roughness = test.roughness;
    s.ior = test.ior;
    s.outer_ior = 1.0;
    s.specular = test.specular;
    s.transmission = test.transmission;
    s.thin = test.thin > 0.5;
    s.coat = test.coat;
    s.coat_roughness = test.coat_roughness;
    s.tint = test.tint;
    if test.mode < 0.5 {
        let b = bsdf_sample(s, test.wo, test.entering > 0.5, random(i, 0u), vec2f(random(i, 1u), random(i, 2u)));
        results[2u * i] = vec4f(b.wi, b.pdf);
        results[2u * i + 1u] = vec4f(b.weight, f32(b.kind));
    } else {
        let e = bsdf_eval(s, test.wo, test.directions[i].xyz, test.entering > 0.5);
        results[i] = vec4f(e.f_cos, e.pdf);
    }
}
