//! What props are made of, as materials.

use glam::Vec3;
use raytruth_scene::{Absorption, Material};

use super::paint::{muted, tint};
use super::settings::{Ground, finish};
use super::surface;
use crate::Rng;
use crate::props::Stuff;

/// Most chroma of a prop that belongs to the surroundings.
const CALM: f32 = 0.17;

/// A part of something that acts or is named, in its colour (linear Rec. 709).
pub fn colored(stuff: Stuff, color: Vec3, rng: &mut Rng) -> Material {
    match stuff {
        Stuff::Wood => surface::painted_wood(color, rng),
        Stuff::Metal => surface::brushed_metal(color, rng),
        Stuff::Ceramic => Material { base_color: color, roughness: 0.3, coat: 0.6, coat_roughness: 0.08, ..Material::default() },
        Stuff::Fabric => surface::felt(color, rng),
        Stuff::Glass => Material {
            base_color: Vec3::ONE,
            roughness: 0.0,
            ior: 1.5,
            transmission: 1.0,
            // Walls are a few millimetres thick.
            absorption: Some(Absorption { color: color.clamp(Vec3::splat(0.02), Vec3::splat(0.98)), distance: 0.012 }),
            ..Material::default()
        },
        Stuff::Leaf => Material { base_color: color, roughness: 0.55, ..Material::default() },
        Stuff::Earth => Material { base_color: muted(color, 0.4) * 0.3, roughness: 1.0, ..Material::default() },
        Stuff::Paper => Material { base_color: color, roughness: 0.85, ior: 1.35, ..Material::default() },
        Stuff::Leather => Material { roughness: 0.5, ..surface::rubber(color, rng) },
        Stuff::Glow => Material { base_color: color, emission: color, roughness: 0.6, ..Material::default() },
        Stuff::Plastic => surface::plastic(color),
    }
}

/// A part of something that only stands about: pale, and as light or dark as what surrounds it.
pub fn pale(stuff: Stuff, ground: Ground, rng: &mut Rng) -> Material {
    let light = |rng: &mut Rng, light: (f64, f64), dark: (f64, f64)| {
        let (lo, hi) = if ground == Ground::Light { light } else { dark };
        rng.range(lo, hi) as f32
    };
    match stuff {
        Stuff::Wood => finish::wood(rng, ground).material,
        Stuff::Metal => finish::metal(rng),
        Stuff::Glass => colored(stuff, Vec3::new(0.93, 0.95, 0.94), rng),
        Stuff::Leaf => {
            let color = tint(rng.range(120.0, 185.0), CALM, light(rng, (0.12, 0.28), (0.07, 0.14)));
            colored(stuff, color, rng)
        }
        Stuff::Earth => Material { base_color: tint(60.0, 0.1, 0.05), roughness: 1.0, ..Material::default() },
        // Unlit: a lamp that shines would be a light of its own.
        Stuff::Glow => colored(Stuff::Paper, Vec3::splat(light(rng, (0.6, 0.75), (0.25, 0.4))), rng),
        other => colored(other, finish::small(rng, ground), rng),
    }
}

#[cfg(test)]
mod tests {
    use raytruth_eval::hue;

    use super::*;

    const ALL: [Stuff; 11] = [
        Stuff::Wood,
        Stuff::Metal,
        Stuff::Ceramic,
        Stuff::Fabric,
        Stuff::Glass,
        Stuff::Leaf,
        Stuff::Earth,
        Stuff::Paper,
        Stuff::Plastic,
        Stuff::Leather,
        Stuff::Glow,
    ];

    #[test]
    fn what_stands_about_is_pale_and_what_acts_is_not() {
        for (stuff, seed) in ALL.into_iter().flat_map(|stuff| (0..20).map(move |seed| (stuff, seed))) {
            let rng = &mut Rng::from_seed(seed);
            let ground = if seed % 2 == 0 { Ground::Light } else { Ground::Dark };
            let plain = pale(stuff, ground, rng);
            assert!(hue::is_pale(plain.base_color.to_array()), "{stuff:?}: {}", plain.base_color);
            let red = colored(stuff, Vec3::new(0.7, 0.1, 0.08), rng);
            let shown = red.absorption.map_or(red.base_color, |inside| inside.color);
            assert!(hue::is_hue(shown.to_array()), "{stuff:?}: {shown}");
        }
    }
}
