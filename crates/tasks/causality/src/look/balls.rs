//! What balls look like.

use glam::Vec3;
use raytruth_scene::{Absorption, Material, Pattern, srgb};
use raytruth_task::Rng;
use raytruth_task::dress::surface::textured;

/// Cast iron: dark, rough, pitted. F0 of iron is 0.56, 0.57, 0.58; the oxide skin takes most of it.
pub(crate) fn iron(rng: &mut Rng) -> Material {
    Material {
        base_color: Vec3::new(0.17, 0.165, 0.16),
        metallic: 1.0,
        roughness: 0.42,
        texture: textured(Pattern::Speckle, Vec3::new(0.05, 0.042, 0.036), 0.004, 0.7, rng),
        ..Material::default()
    }
}

/// Polished steel.
pub(crate) fn steel(_: &mut Rng) -> Material {
    Material { base_color: Vec3::new(0.56, 0.57, 0.58), metallic: 1.0, roughness: 0.12, ..Material::default() }
}

/// Brushed brass.
pub(crate) fn brass(rng: &mut Rng) -> Material {
    Material {
        base_color: Vec3::new(0.89, 0.63, 0.26),
        metallic: 1.0,
        roughness: 0.22,
        texture: textured(Pattern::Brushed, Vec3::new(0.62, 0.40, 0.13), 0.01, 0.35, rng),
        ..Material::default()
    }
}

/// Bottle green: clear glass on a grey ground is a ball one may miss.
pub(crate) fn glass(_: &mut Rng) -> Material {
    Material {
        base_color: Vec3::ONE,
        roughness: 0.0,
        ior: 1.52,
        transmission: 1.0,
        absorption: Some(Absorption { color: Vec3::new(0.16, 0.62, 0.36), distance: 0.05 }),
        ..Material::default()
    }
}

/// Black rubber.
pub(crate) fn rubber(rng: &mut Rng) -> Material {
    Material {
        base_color: Vec3::splat(0.028),
        roughness: 0.62,
        ior: 1.45,
        texture: textured(Pattern::Concrete, Vec3::splat(0.045), 0.006, 0.5, rng),
        ..Material::default()
    }
}

/// Oiled oak.
pub(crate) fn wood(rng: &mut Rng) -> Material {
    Material {
        base_color: srgb(0xB9_7A45),
        roughness: 0.48,
        coat: 0.35,
        coat_roughness: 0.2,
        texture: textured(Pattern::Wood, srgb(0x6E_3F1E), 0.006, 0.8, rng),
        ..Material::default()
    }
}

/// Pressed cork.
pub(crate) fn cork(rng: &mut Rng) -> Material {
    Material {
        base_color: srgb(0xB0_8458),
        roughness: 0.9,
        texture: textured(Pattern::Speckle, srgb(0x5C_3D22), 0.004, 0.9, rng),
        ..Material::default()
    }
}

/// Orange plastic with darker stripes.
pub(crate) fn plastic(rng: &mut Rng) -> Material {
    Material {
        base_color: srgb(0xE5_601A),
        roughness: 0.12,
        ior: 1.53,
        texture: textured(Pattern::Stripes, srgb(0xB8_3F0C), 0.03, 1.0, rng),
        ..Material::default()
    }
}

/// White foam.
pub(crate) fn foam(rng: &mut Rng) -> Material {
    Material {
        base_color: srgb(0xF7_F7F5),
        roughness: 0.95,
        ior: 1.3,
        texture: textured(Pattern::Speckle, srgb(0xC9_CBCC), 0.005, 0.8, rng),
        ..Material::default()
    }
}

#[cfg(test)]
mod tests {
    use raytruth_eval::{Surface, hue};
    use raytruth_task::dress::shown_color;

    use super::*;
    use crate::ball::BALLS;

    #[test]
    fn the_hue_that_targets_avoid_is_the_one_the_ball_shows() {
        for ball in BALLS.iter().filter(|b| b.shows == Surface::Opaque) {
            let Some(avoided) = ball.hue else { continue };
            let shown = hue::degrees(shown_color(&(ball.material)(&mut Rng::from_seed(1))).to_array());
            assert!(hue::between(shown, avoided) < 16.0, "{} shows {shown}", ball.name);
        }
    }
}
