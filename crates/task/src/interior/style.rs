//! Surfaces of a place.

use glam::Vec3;
use raytruth_scene::{Material, Pattern, srgb};

use super::Courses;
use crate::Rng;
use crate::dress::paint::tint;
use crate::dress::stuff::colored;
use crate::dress::surface::{self, textured};
use crate::props::{PropPart, Stuff};

/// What a floor is laid with.
#[derive(Clone, Debug, PartialEq)]
pub enum Floor {
    /// Boards along x.
    Boards {
        /// Their wood.
        wood: Material,
        /// Width of one, metres.
        width: f32,
    },
    /// One slab, perhaps of a pattern.
    Slab(Material),
    /// Slabs in rows along x.
    Paved(Material, Courses),
}

/// What the lower part of walls is lined with.
#[derive(Clone, Debug)]
pub struct Dado {
    /// Its boards and its rail.
    pub material: Material,
    /// Up to where it reaches, metres.
    pub height: f32,
    /// From one upright board to the next, metres; a plain lining has none.
    pub stiles: Option<f32>,
}

/// Surfaces that a place has throughout.
#[derive(Clone, Debug)]
pub struct Style {
    /// Walls.
    pub wall: Material,
    /// Ceilings.
    pub ceiling: Material,
    /// Floors.
    pub floor: Floor,
    /// Frames of doors and windows.
    pub frame: Material,
    /// Along the foot of walls.
    pub skirting: Material,
    /// Along the lower part of walls, if anything is.
    pub dado: Option<Dado>,
    /// How the blocks of walls are laid; plastered walls show none.
    pub courses: Option<Courses>,
}

/// Matt paint on plaster.
#[must_use]
pub fn plaster(color: Vec3, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Concrete, color * 0.95, 0.35, 0.4, rng);
    Material { base_color: color, roughness: 0.9, ior: 1.35, texture, ..Material::default() }
}

/// Satin paint on wood.
#[must_use]
pub fn satin(color: Vec3) -> Material {
    Material { base_color: color, roughness: 0.38, ..Material::default() }
}

/// Oiled wood of a colour (0xRRGGBB) for boards and furniture.
#[must_use]
pub fn oiled(hex: u32, rng: &mut Rng) -> Material {
    let color = srgb(hex);
    let texture = textured(Pattern::Wood, color * 0.62, 0.014, 0.7, rng);
    Material { base_color: color, roughness: 0.42, texture, ..Material::default() }
}

/// Polished concrete or stone.
#[must_use]
pub fn stone(color: Vec3, rng: &mut Rng) -> Material {
    let texture = textured(Pattern::Concrete, color * 0.8, 0.25, 0.8, rng);
    Material { base_color: color, roughness: 0.45, texture, ..Material::default() }
}

/// What a piece of furniture is made of.
#[derive(Clone, Debug)]
pub struct Outfit {
    /// All of its wood.
    pub wood: Material,
    /// Cloth, leather, plastic, glaze and paper.
    pub color: Vec3,
}

impl Outfit {
    /// The material of a part.
    #[must_use]
    pub fn dress(&self, part: &PropPart, rng: &mut Rng) -> Material {
        match part.stuff {
            Stuff::Wood => {
                let mut wood = self.wood.clone();
                if let Some(texture) = &mut wood.texture {
                    texture.seed = rng.bits() as u32;
                }
                wood
            }
            Stuff::Metal => surface::brushed_metal(Vec3::splat(0.42), rng),
            Stuff::Leaf => colored(Stuff::Leaf, tint(118.0, 0.5, 0.13), rng),
            Stuff::Glass => colored(Stuff::Glass, Vec3::new(0.9, 0.95, 0.92), rng),
            other => colored(other, self.color, rng),
        }
    }
}
