//! Surfaces that look like what they are made of, in any colour (linear Rec. 709).

use glam::Vec3;
use raytruth_scene::{Material, Pattern, Texture};

use crate::Rng;

/// A pattern whose second colour is `color`, with features of `scale` metres, that shows by `strength` in 0..=1.
pub fn textured(pattern: Pattern, color: Vec3, scale: f32, strength: f32, rng: &mut Rng) -> Option<Texture> {
    Some(Texture { pattern, color, scale, strength, seed: rng.bits() as u32 })
}

/// Cast iron under a coloured skin.
pub fn cast_metal(color: Vec3, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Speckle, color * 0.45, 0.004, 0.6, rng);
    Material { base_color: color, metallic: 0.85, roughness: 0.5, texture, ..Material::default() }
}

/// Anodised metal with a grain along x.
pub fn brushed_metal(color: Vec3, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Brushed, color * 0.62, 0.01, 0.5, rng);
    Material { base_color: color, metallic: 0.85, roughness: 0.36, texture, ..Material::default() }
}

/// Pigmented concrete.
pub fn concrete(color: Vec3, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Concrete, color * 0.55, 0.01, 0.8, rng);
    Material { base_color: color, roughness: 0.92, texture, ..Material::default() }
}

/// Dyed cork.
pub fn cork(color: Vec3, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Speckle, color * 0.4, 0.004, 0.8, rng);
    Material { base_color: color, roughness: 0.9, texture, ..Material::default() }
}

/// Dyed light wood without lacquer, its grain along x.
pub fn raw_wood(color: Vec3, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Wood, color * 0.75, 0.01, 0.5, rng);
    Material { base_color: color, roughness: 0.75, texture, ..Material::default() }
}

/// Painted wood whose grain shows a little under lacquer, along x.
pub fn painted_wood(color: Vec3, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Wood, color * 0.62, 0.012, 0.45, rng);
    Material { base_color: color, roughness: 0.42, coat: 0.25, coat_roughness: 0.18, texture, ..Material::default() }
}

/// Rubber.
pub fn rubber(color: Vec3, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Concrete, color * 0.8, 0.006, 0.3, rng);
    Material { base_color: color, roughness: 0.62, ior: 1.45, texture, ..Material::default() }
}

/// Felt.
pub fn felt(color: Vec3, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Concrete, color * 0.82, 0.003, 0.5, rng);
    Material { base_color: color, roughness: 1.0, ior: 1.2, texture, ..Material::default() }
}

/// Glossy plastic.
#[must_use]
pub fn plastic(color: Vec3) -> Material {
    Material { base_color: color, roughness: 0.15, ior: 1.53, ..Material::default() }
}

/// Satin lacquer.
#[must_use]
pub fn lacquer(color: Vec3) -> Material {
    Material { base_color: color, roughness: 0.35, ..Material::default() }
}
