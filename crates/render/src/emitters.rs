//! Objects that shine: their triangles and balls as one light that is sampled directly. The shader's side is
//! `shaders/shared/emitters.wgsl`.

use glam::Vec3;
use raytruth_scene::{Aabb, Scene};

use crate::choice;
use crate::geometry::Primitive;
use crate::lights::luminance;

/// A ball, not a triangle.
const BALL: u32 = 1;
/// It moves during the clip.
const MOVES: u32 = 2;

/// One triangle or ball of an object that shines.
struct Emitter {
    /// Its number among the frame's primitives, the same in every frame.
    primitive: usize,
    flags: u32,
    radiance: Vec3,
    /// Square metres: of a triangle one face, of a ball all around.
    area: f32,
}

/// All of them, each chosen by its area times the luminance of its radiance. So the pdf by area of a point on any of them follows
/// from its radiance alone.
pub(crate) struct Emitters {
    all: Vec<Emitter>,
    /// For choosing one.
    choices: Vec<[u32; 4]>,
    /// Sum over all of area times luminance.
    total: f64,
    /// Irradiance by luminance that they cause in the middle of what matters.
    pub(crate) strength: f32,
}

impl Emitters {
    /// `primitives`: of the first frame; `paths`: of all objects ([`crate::swept::paths`]).
    pub(crate) fn new(scene: &Scene, primitives: &[Primitive], paths: &[Vec<Aabb>], middle: Vec3) -> Self {
        // What shines by an image is left to be found by chance: its points differ.
        let even =
            |object: u32| scene.materials.get(&scene.objects[object as usize].material).filter(|m| m.maps.emission.is_none());
        let radiance = |object: u32| even(object).map_or(Vec3::ZERO, |m| m.emission);
        let moves = |object: u32| paths[object as usize].len() > 1;
        let mut all = Vec::new();
        let mut weights = Vec::new();
        let mut strength = 0.0;
        for (index, primitive) in primitives.iter().enumerate() {
            let radiance = radiance(primitive.object());
            let (area, kind) = match *primitive {
                Primitive::Triangle { corners: [a, b, c], .. } => (0.5 * (b - a).cross(c - a).length(), 0),
                Primitive::Sphere { radius, .. } => (4.0 * std::f32::consts::PI * radius * radius, BALL),
            };
            let shine = luminance(radiance);
            if shine <= 0.0 || area <= 0.0 {
                continue;
            }
            let flags = kind | if moves(primitive.object()) { MOVES } else { 0 };
            all.push(Emitter { primitive: index, flags, radiance, area });
            weights.push(f64::from(area) * f64::from(shine));
            // A quarter of a ball's surface is its disc; a triangle is turned away by some angle.
            let projected = area * if kind == BALL { 0.25 } else { 0.5 };
            strength += shine * projected / primitive.bounds().center().distance_squared(middle).max(projected);
        }
        let choices = if all.is_empty() { Vec::new() } else { choice::table(&weights) };
        Self { all, choices, total: weights.iter().sum(), strength }
    }

    pub(crate) fn count(&self) -> u32 {
        self.all.len() as u32
    }

    /// Of a point on one of them by area, over the luminance of its radiance.
    pub(crate) fn density(&self) -> f32 {
        if self.all.is_empty() { 0.0 } else { (1.0 / self.total) as f32 }
    }

    /// The table for choosing one, then two texels each. `places`: where each primitive of the frame stands in its table.
    pub(crate) fn texels(&self, places: &[u32]) -> impl Iterator<Item = [u32; 4]> {
        let each = self.all.iter().flat_map(|e| {
            let [r, g, b] = e.radiance.to_array().map(f32::to_bits);
            [[places[e.primitive], e.flags, 0, 0], [r, g, b, e.area.to_bits()]]
        });
        self.choices.iter().copied().chain(each)
    }
}
