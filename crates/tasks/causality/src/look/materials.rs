//! Surfaces: each material looks like itself.

use glam::Vec3;
use raytruth_physics::Substance;
use raytruth_scene::{Material, Pattern, Texture, srgb};
use raytruth_task::Rng;

pub(super) fn textured(pattern: Pattern, color: Vec3, scale: f32, strength: f32, rng: &mut Rng) -> Option<Texture> {
    Some(Texture { pattern, color, scale, strength, seed: rng.bits() as u32 })
}

/// A target's surface: what its substance looks like in a colour. Wood is painted so that the grain shows a little, balsa and cork are
/// dyed, metal is anodised, concrete pigmented; rubber, plastic and foam come in colours anyway.
pub(crate) fn colored(substance: Substance, color: Vec3, rng: &mut Rng) -> Material {
    let plain = Material { base_color: color, roughness: 0.42, ..Material::default() };
    let mut of = |pattern, darker: f32, scale, strength| textured(pattern, color * darker, scale, strength, rng);
    match substance {
        Substance::Iron => Material { metallic: 0.85, roughness: 0.5, texture: of(Pattern::Speckle, 0.45, 0.004, 0.6), ..plain },
        Substance::Brass => Material { metallic: 0.85, roughness: 0.36, texture: of(Pattern::Brushed, 0.62, 0.01, 0.5), ..plain },
        Substance::Concrete => Material { roughness: 0.92, texture: of(Pattern::Concrete, 0.55, 0.01, 0.8), ..plain },
        Substance::Cork => Material { roughness: 0.9, texture: of(Pattern::Speckle, 0.4, 0.004, 0.8), ..plain },
        Substance::Balsa => Material { roughness: 0.75, texture: of(Pattern::Wood, 0.75, 0.01, 0.5), ..plain },
        Substance::Rubber => Material { roughness: 0.62, ior: 1.45, texture: of(Pattern::Concrete, 0.8, 0.006, 0.3), ..plain },
        Substance::Plastic => Material { roughness: 0.15, ior: 1.53, ..plain },
        _ => Material { coat: 0.25, coat_roughness: 0.18, texture: of(Pattern::Wood, 0.62, 0.012, 0.45), ..plain },
    }
}

/// Ramp and rails: of low chroma.
pub(crate) fn ramp(rng: &mut Rng, light: bool) -> (&'static str, Material) {
    let choices: [(&str, Material); 4] = [
        (
            "brushed_aluminium",
            Material {
                base_color: if light { Vec3::new(0.80, 0.81, 0.82) } else { Vec3::new(0.66, 0.67, 0.68) },
                metallic: 1.0,
                roughness: 0.38,
                texture: textured(Pattern::Brushed, Vec3::splat(0.6), 0.012, 0.5, rng),
                ..Material::default()
            },
        ),
        (
            "white_lacquer",
            Material { base_color: Vec3::splat(if light { 0.78 } else { 0.50 }), roughness: 0.35, ..Material::default() },
        ),
        (
            "concrete",
            Material {
                base_color: if light { Vec3::new(0.62, 0.615, 0.6) } else { Vec3::new(0.45, 0.45, 0.44) },
                roughness: 0.85,
                texture: textured(Pattern::Concrete, Vec3::splat(if light { 0.46 } else { 0.33 }), 0.018, 0.6, rng),
                ..Material::default()
            },
        ),
        (
            "limed_wood",
            Material {
                base_color: if light { srgb(0xDD_D5C8) } else { srgb(0xB0_A899) },
                roughness: 0.6,
                texture: textured(Pattern::Wood, if light { srgb(0xBF_B4A4) } else { srgb(0x93_8A7B) }, 0.012, 0.7, rng),
                ..Material::default()
            },
        ),
    ];
    rng.pick(&choices).clone()
}

/// The tray's floor.
pub(crate) fn tray(rng: &mut Rng, light: bool) -> (&'static str, Material) {
    let tone = |bright: f32| if light { bright } else { 0.62 * bright };
    let felt = |color: Vec3, rng: &mut Rng| Material {
        base_color: color,
        roughness: 1.0,
        ior: 1.2,
        texture: textured(Pattern::Concrete, color * 0.82, 0.003, 0.5, rng),
        ..Material::default()
    };
    let choices: [(&str, Material); 3] = [
        ("light_felt", felt(Vec3::new(0.60, 0.60, 0.59) * tone(1.0), rng)),
        ("warm_felt", felt(Vec3::new(0.62, 0.59, 0.55) * tone(1.0), rng)),
        ("cool_felt", felt(Vec3::new(0.54, 0.57, 0.60) * tone(1.0), rng)),
    ];
    rng.pick(&choices).clone()
}

/// The tray's walls: the floor's colour, a little darker, of plain wood under lacquer.
pub(crate) fn rim(tray: &Material) -> Material {
    Material { base_color: tray.base_color * 0.72, roughness: 0.4, ior: 1.5, texture: None, ..tray.clone() }
}

/// The latch: dark anodised metal, seen against any ramp.
pub(crate) fn latch() -> Material {
    Material { base_color: Vec3::splat(0.06), metallic: 0.6, roughness: 0.35, ..Material::default() }
}
