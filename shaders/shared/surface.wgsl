// A material at a point. Host: `crates/render/src/material_gpu.rs`.
#import data
#import frame
#import textures

const MATERIAL_TEXELS: u32 = 6u;
// Its last word, of one that is whole: opacity 1 of 255 parts, no image of it, no cutout.
const NO_GAPS = 255u << 16u;

// A surface smoother than this shows what is behind or in it, not itself, to the denoiser.
const GUIDE_ROUGHNESS = 0.15;

struct Surface {
    base_color: vec3f,
    metallic: f32,
    // Perceptual; the GGX alpha is its square.
    roughness: f32,
    // Relative to air.
    ior: f32,
    // Of what the surface lies in.
    outer_ior: f32,
    // Weight of the dielectric's reflection.
    specular: f32,
    // 20 / Abbe number.
    dispersion: f32,
    // Higher ones are there where clear solids overlap.
    priority: u32,
    transmission: f32,
    thin: bool,
    coat: f32,
    coat_roughness: f32,
    emission: vec3f,
    // Whether an image says where it shines, or it has gaps: then it is not sampled directly.
    emission_mapped: bool,
    // Whether it is of an object whose geometry changes, which is sampled from a table of its own.
    emission_changes: bool,
    // What changes its power.
    emission_group: u32,
    // Per metre, inside; zero for a thin sheet.
    absorption: vec3f,
    // What a thin sheet lets through; white for others.
    tint: vec3f,
}

// Whether it shows other things: a smooth mirror, or smooth glass.
fn shows_others(s: Surface) -> bool {
    return s.roughness < GUIDE_ROUGHNESS && (s.metallic > 0.5 || s.transmission > 0.5);
}

fn load_surface(material: u32, p_object: vec3f, n_object: vec3f) -> Surface {
    let base = frame.materials_base + material * MATERIAL_TEXELS;
    let t0 = load4(base, 0u);
    let t1 = load4(base, 1u);
    let t2 = load4(base, 2u);
    let t3 = load4(base, 3u);
    let metallic_roughness = unpack2x16unorm(t0.w);
    let transmission_coat = unpack2x16unorm(t1.w);
    let coat_strength = unpack2x16unorm(t2.w);
    let inside = bitcast<vec3f>(t1.xyz);

    var s: Surface;
    s.base_color = bitcast<vec3f>(t0.xyz);
    s.metallic = metallic_roughness.x;
    s.roughness = metallic_roughness.y;
    s.ior = bitcast<f32>(t3.x);
    s.outer_ior = 1.0;
    s.priority = t3.y >> 24u;
    let specular_dispersion = unpack2x16unorm(load4(base, 4u).w);
    s.specular = specular_dispersion.x;
    s.dispersion = 10.0 * specular_dispersion.y;
    s.transmission = transmission_coat.x;
    s.thin = (t3.y & 256u) != 0u;
    s.coat = transmission_coat.y;
    s.coat_roughness = coat_strength.x;
    s.emission = bitcast<vec3f>(t2.xyz);
    s.emission_mapped = load4(base, 5u).w != NO_GAPS;
    s.emission_changes = (t3.y & 512u) != 0u;
    s.emission_group = (t3.y >> 16u) & 255u;
    s.absorption = select(inside, vec3f(0.0), s.thin);
    s.tint = select(vec3f(1.0), inside, s.thin);

    let pattern = t3.y & 255u;
    if pattern != PATTERN_NONE {
        let t4 = load4(base, 4u);
        let cell = bitcast<f32>(t3.z);
        // A hair below the surface, so that a face on a boundary of the pattern lies on one side of it.
        let weave = texture_pattern(pattern, (p_object * cell) - n_object * 0.01, t3.w);
        let strength = coat_strength.y;
        s.base_color = mix(s.base_color, bitcast<vec3f>(t4.xyz), weave.x * strength) * (1.0 + weave.y * strength);
        s.roughness = clamp(s.roughness * (1.0 + weave.z * strength), 0.0, 1.0);
    }
    return s;
}

// Sharp things are blurred as far as what a path came by was: `min_pdf` is the smallest density with which its directions were drawn.
fn blurred_roughness(s: Surface, min_pdf: f32) -> f32 {
    let sharpness = frame.blur_glossy * min_pdf;
    if sharpness < 1.0 && s.transmission == 0.0 {
        return max(s.roughness, sqrt(0.5 * sqrt(1.0 - sharpness)));
    }
    return s.roughness;
}
