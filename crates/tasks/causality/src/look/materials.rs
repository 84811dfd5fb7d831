//! Surfaces: each material looks like itself.

use glam::Vec3;
use raytruth_physics::Substance;
use raytruth_scene::{Absorption, Material, Pattern, srgb};
use raytruth_task::Rng;
use raytruth_task::dress::surface::{self, textured};

use crate::ball::BallMaterial;

/// The ball's hue in the palette's plane, degrees, where it has one.
pub(crate) fn ball_hue(ball: BallMaterial) -> Option<f64> {
    match ball {
        BallMaterial::Brass => Some(80.0),
        BallMaterial::Wood | BallMaterial::Cork => Some(48.0),
        BallMaterial::Glass => Some(172.0),
        BallMaterial::Plastic => Some(37.0),
        _ => None,
    }
}

/// Whether the ball needs a light ground to stand out from; the others need a darker one.
pub(crate) fn is_dark(ball: BallMaterial) -> bool {
    !matches!(ball, BallMaterial::Foam | BallMaterial::Plastic)
}

/// The ball's surface.
pub(crate) fn ball(ball: BallMaterial, rng: &mut Rng) -> Material {
    match ball {
        // Cast iron: dark, rough, pitted. F0 of iron is 0.56, 0.57, 0.58; the oxide skin takes most of it.
        BallMaterial::Iron => Material {
            base_color: Vec3::new(0.17, 0.165, 0.16),
            metallic: 1.0,
            roughness: 0.42,
            texture: textured(Pattern::Speckle, Vec3::new(0.05, 0.042, 0.036), 0.004, 0.7, rng),
            ..Material::default()
        },
        BallMaterial::Steel => {
            Material { base_color: Vec3::new(0.56, 0.57, 0.58), metallic: 1.0, roughness: 0.12, ..Material::default() }
        }
        BallMaterial::Brass => Material {
            base_color: Vec3::new(0.89, 0.63, 0.26),
            metallic: 1.0,
            roughness: 0.22,
            texture: textured(Pattern::Brushed, Vec3::new(0.62, 0.40, 0.13), 0.01, 0.35, rng),
            ..Material::default()
        },
        BallMaterial::Glass => Material {
            base_color: Vec3::ONE,
            roughness: 0.0,
            ior: 1.52,
            transmission: 1.0,
            // Bottle green: clear glass on a grey ground is a ball one may miss.
            absorption: Some(Absorption { color: Vec3::new(0.16, 0.62, 0.36), distance: 0.05 }),
            ..Material::default()
        },
        BallMaterial::Rubber => Material {
            base_color: Vec3::splat(0.028),
            roughness: 0.62,
            ior: 1.45,
            texture: textured(Pattern::Concrete, Vec3::splat(0.045), 0.006, 0.5, rng),
            ..Material::default()
        },
        BallMaterial::Wood => Material {
            base_color: srgb(0xB9_7A45),
            roughness: 0.48,
            coat: 0.35,
            coat_roughness: 0.2,
            texture: textured(Pattern::Wood, srgb(0x6E_3F1E), 0.006, 0.8, rng),
            ..Material::default()
        },
        BallMaterial::Cork => Material {
            base_color: srgb(0xB0_8458),
            roughness: 0.9,
            texture: textured(Pattern::Speckle, srgb(0x5C_3D22), 0.004, 0.9, rng),
            ..Material::default()
        },
        BallMaterial::Plastic => Material {
            base_color: srgb(0xE5_601A),
            roughness: 0.12,
            ior: 1.53,
            texture: textured(Pattern::Stripes, srgb(0xB8_3F0C), 0.03, 1.0, rng),
            ..Material::default()
        },
        BallMaterial::Foam => Material {
            base_color: srgb(0xF7_F7F5),
            roughness: 0.95,
            ior: 1.3,
            texture: textured(Pattern::Speckle, srgb(0xC9_CBCC), 0.005, 0.8, rng),
            ..Material::default()
        },
    }
}

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

/// The gate: dark anodised metal, seen against any ramp.
pub(crate) fn gate() -> Material {
    Material { base_color: Vec3::splat(0.06), metallic: 0.6, roughness: 0.35, ..Material::default() }
}

#[cfg(test)]
mod tests {
    use raytruth_eval::hue;
    use raytruth_task::dress::shown_color;

    use super::*;

    #[test]
    fn the_hue_that_targets_avoid_is_the_one_the_ball_shows() {
        for material in [BallMaterial::Brass, BallMaterial::Wood, BallMaterial::Cork, BallMaterial::Plastic] {
            let shown = hue::degrees(shown_color(&ball(material, &mut Rng::from_seed(1))).to_array());
            let avoided = ball_hue(material).expect("it has a hue");
            assert!(hue::between(shown, avoided) < 16.0, "{material:?} shows {shown}");
        }
    }
}
