//! Surfaces: each material looks like itself.

use glam::Vec3;
use raytruth_physics::Substance;
use raytruth_scene::{Material, Pattern, srgb};
use raytruth_task::Rng;
use raytruth_task::dress::surface::{self, textured};

/// A target's surface: what its substance looks like in a colour. Wood is painted so that the grain shows a little, balsa and cork are
/// dyed, metal is anodised, concrete pigmented; rubber, plastic and foam come in colours anyway.
pub(crate) fn colored(substance: Substance, color: Vec3, rng: &mut Rng) -> Material {
    match substance {
        Substance::Iron => surface::cast_metal(color, rng),
        Substance::Brass => surface::brushed_metal(color, rng),
        Substance::Concrete => surface::concrete(color, rng),
        Substance::Cork => surface::cork(color, rng),
        Substance::Balsa => surface::raw_wood(color, rng),
        Substance::Rubber => surface::rubber(color, rng),
        Substance::Plastic => surface::plastic(color),
        _ => surface::painted_wood(color, rng),
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
        ("white_lacquer", surface::lacquer(Vec3::splat(if light { 0.78 } else { 0.50 }))),
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
    let choices: [(&str, Material); 3] = [
        ("light_felt", surface::felt(Vec3::new(0.60, 0.60, 0.59) * tone(1.0), rng)),
        ("warm_felt", surface::felt(Vec3::new(0.62, 0.59, 0.55) * tone(1.0), rng)),
        ("cool_felt", surface::felt(Vec3::new(0.54, 0.57, 0.60) * tone(1.0), rng)),
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
