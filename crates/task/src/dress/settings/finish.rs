//! Surfaces of settings: of low chroma, and of a lightness apart from that of what acts.

use glam::Vec3;
use raytruth_scene::{Material, Pattern, srgb};

use super::{Finish, Ground};
use crate::Rng;
use crate::dress::paint::{muted, tint};
use crate::dress::surface::textured;

/// Most chroma; what is too much in the light of a setting is taken away when it is put up.
const CALM: f32 = 0.18;

/// Walls by their hue, from rose on, 45° each.
const TINTS: [&str; 8] = ["rose", "peach", "straw", "lime", "sage", "teal", "sky", "lavender"];

/// Wood of one tree; boards differ by seed ([`board`]).
pub(crate) fn wood(rng: &mut Rng, ground: Ground) -> Finish {
    let light = [("limed_oak", 0xDD_D2BE), ("pale_ash", 0xD0_C2AA), ("grey_oak", 0xBC_B09C), ("birch", 0xE2_D2B4)];
    let dark = [("smoked_oak", 0x8E_7E6A), ("ebonised_ash", 0x7A_7570), ("grey_walnut", 0x88_7664)];
    let (name, hex) = if ground == Ground::Light { *rng.pick(&light) } else { *rng.pick(&dark) };
    let color = muted(srgb(hex), CALM);
    let late = muted(srgb(hex) * 0.66, CALM);
    let material = Material {
        base_color: color,
        roughness: rng.range(0.45, 0.7) as f32,
        coat: 0.15,
        coat_roughness: 0.3,
        texture: textured(Pattern::Wood, late, rng.range(0.008, 0.016) as f32, 0.75, rng),
        ..Material::default()
    };
    Finish { name, material }
}

/// One board of a wood: its own grain and, by a little, its own lightness.
pub(crate) fn board(wood: &Material, rng: &mut Rng) -> Material {
    let tone = rng.range(0.9, 1.06) as f32;
    let mut board = wood.clone();
    board.base_color *= tone;
    if let Some(texture) = &mut board.texture {
        texture.color *= tone;
        texture.seed = rng.bits() as u32;
    }
    board
}

/// A slab of stone or of what is cast like it.
pub(crate) fn stone(rng: &mut Rng, ground: Ground) -> Finish {
    // Name, colour, second colour as a part of it, pattern, size of its features.
    let light = [
        ("pale_marble", 0xDC_DAD6, 0.72, Pattern::Concrete, 0.11),
        ("terrazzo", 0xD4_D2CC, 0.62, Pattern::Speckle, 0.0025),
        ("light_concrete", 0xC4_C3BF, 0.70, Pattern::Concrete, 0.06),
        ("limestone", 0xD2_CBBE, 0.80, Pattern::Concrete, 0.03),
    ];
    let dark = [
        ("slate", 0x7C_8187, 0.70, Pattern::Concrete, 0.07),
        ("basalt", 0x7B_7A78, 0.6, Pattern::Speckle, 0.0025),
        ("soapstone", 0x7E_8480, 1.35, Pattern::Concrete, 0.16),
    ];
    let (name, hex, second, pattern, scale) = if ground == Ground::Light { *rng.pick(&light) } else { *rng.pick(&dark) };
    let color = muted(srgb(hex), CALM);
    let material = Material {
        base_color: color,
        roughness: rng.range(0.34, 0.55) as f32,
        texture: textured(pattern, color * second, scale, 0.7, rng),
        ..Material::default()
    };
    Finish { name, material }
}

/// Plaster or matt paint in a pale tint.
pub(crate) fn plaster(rng: &mut Rng, ground: Ground) -> Finish {
    let (name, color) = tinted(rng, ground);
    let texture = textured(Pattern::Concrete, color * 0.9, 0.25, 0.4, rng);
    Finish { name, material: Material { base_color: color, roughness: 0.88, ior: 1.35, texture, ..Material::default() } }
}

/// A painter's canvas, rolled in two tones: calm, but nowhere without a mark by which one sees whether the camera stands.
pub(crate) fn canvas(rng: &mut Rng, ground: Ground) -> Finish {
    let (name, color) = tinted(rng, ground);
    let texture = textured(Pattern::Concrete, color * 0.55, 0.12, 0.9, rng);
    Finish { name, material: Material { base_color: color, roughness: 0.88, ior: 1.35, texture, ..Material::default() } }
}

/// A pale tint with its name.
pub(crate) fn tinted(rng: &mut Rng, ground: Ground) -> (&'static str, Vec3) {
    let hue = rng.range(0.0, 360.0);
    let light = if ground == Ground::Light { rng.range(0.36, 0.66) } else { rng.range(0.16, 0.27) };
    let chroma = rng.range(0.02, f64::from(CALM));
    (TINTS[(hue / 45.0) as usize % TINTS.len()], tint(hue, chroma as f32, light as f32))
}

/// Small things: lighter, darker and greyer than each other.
pub(crate) fn small(rng: &mut Rng, ground: Ground) -> Vec3 {
    let light = if ground == Ground::Light { rng.range(0.25, 0.7) } else { rng.range(0.1, 0.35) };
    tint(rng.range(0.0, 360.0), rng.range(0.02, f64::from(CALM)) as f32, light as f32)
}

/// Glazed tiles, `size` metres each, with joints.
pub(crate) fn tiles(rng: &mut Rng, ground: Ground) -> Finish {
    let (name, color) = tinted(rng, ground);
    let joint = Vec3::splat(if ground == Ground::Light { rng.range(0.3, 0.6) } else { rng.range(0.08, 0.4) } as f32);
    let size = *rng.pick(&[0.065, 0.1, 0.15]);
    let texture = textured(Pattern::Tiles, joint, size, 1.0, rng);
    Finish { name, material: Material { base_color: color, roughness: 0.3, texture, ..Material::default() } }
}

/// Heavy cloth.
pub(crate) fn velvet(rng: &mut Rng, ground: Ground) -> Finish {
    let (name, color) = tinted(rng, ground);
    let texture = textured(Pattern::Concrete, color * 0.85, 0.01, 0.4, rng);
    Finish { name, material: Material { base_color: color, roughness: 1.0, ior: 1.25, texture, ..Material::default() } }
}

/// Iron, steel and aluminium of tools and fittings.
pub(crate) fn metal(rng: &mut Rng) -> Material {
    let bright = rng.range(0.25, 0.62) as f32;
    let texture = textured(Pattern::Brushed, Vec3::splat(0.8 * bright), 0.01, 0.5, rng);
    Material {
        base_color: Vec3::splat(bright),
        metallic: 1.0,
        roughness: rng.range(0.3, 0.5) as f32,
        texture,
        ..Material::default()
    }
}

/// Lacquer in a colour of small things.
pub(crate) fn lacquered(rng: &mut Rng, ground: Ground) -> Finish {
    Finish {
        name: "lacquer",
        material: Material { base_color: small(rng, ground), roughness: rng.range(0.25, 0.6) as f32, ..Material::default() },
    }
}
