// What a ray is in, where clear solids overlap: of those around it the one of the highest priority is there, of equal ones the one
// that was entered last. Schmidt, Budge, "Simple Nested Dielectrics in Ray Traced Images", Journal of Graphics Tools 7(2), 2002.
//
// Up to four at once, the newest last; each as priority and material, 0 for none. Camera rays start in what the camera is in
// (host: `crates/render/src/world/eye.rs`).
#import data
#import frame
#import spectrum
#import surface

fn media_key(material: u32, priority: u32) -> u32 {
    return (priority << 24u) | (material + 1u);
}

fn media_entered(media: vec4u, key: u32) -> vec4u {
    return vec4u(media.yzw, key);
}

// Without the newest of that kind.
fn media_left(media: vec4u, key: u32) -> vec4u {
    if media.w == key {
        return vec4u(0u, media.xyz);
    }
    if media.z == key {
        return vec4u(0u, media.xyw);
    }
    if media.y == key {
        return vec4u(0u, media.xzw);
    }
    return select(media, vec4u(0u, media.yzw), media.x == key);
}

// The one that is there; 0 for air.
fn media_top(media: vec4u) -> u32 {
    var top = media.x;
    top = select(top, media.y, media.y != 0u && (media.y >> 24u) >= (top >> 24u));
    top = select(top, media.z, media.z != 0u && (media.z >> 24u) >= (top >> 24u));
    return select(top, media.w, media.w != 0u && (media.w >> 24u) >= (top >> 24u));
}

// Index of refraction, for a wavelength in nanometres (0: none was chosen).
fn medium_ior(key: u32, wavelength: f32) -> f32 {
    if key == 0u {
        return 1.0;
    }
    let base = frame.materials_base + ((key & 0xffffffu) - 1u) * MATERIAL_TEXELS;
    let ior = bitcast<f32>(load4(base, 3u).x);
    return dispersed_ior(ior, 10.0 * unpack2x16unorm(load4(base, 4u).w).y, wavelength);
}

// Absorption per metre.
fn medium_absorption(key: u32) -> vec3f {
    if key == 0u {
        return vec3f(0.0);
    }
    return load4f(frame.materials_base + ((key & 0xffffffu) - 1u) * MATERIAL_TEXELS, 1u).xyz;
}
