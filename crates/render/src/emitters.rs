//! Objects that shine: their triangles and balls as one light that is sampled directly. The shader's side is
//! `shaders/shared/emitters.wgsl`.

use glam::{Vec3, Vec4};
use raytruth_scene::{Aabb, Scene};

use crate::choice;
use crate::geometry::Primitive;
use crate::lights::luminance;
use crate::solids::{self, Face};

/// The most faces of solids that are looked at before each choice. A box has six; what has more is not worth the search.
const MAX_FACES: usize = 16;

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
    /// The face of a solid that it is part of.
    face: Option<usize>,
}

/// All of them, each chosen by its area times the luminance of its radiance. So the pdf by area of a point on any of them follows
/// from its radiance alone, and from which of the faces are turned towards who looks: of solids with few faces that stay where they
/// are, no others are chosen. What is opaque and closed shows no face from behind to a camera outside, nor to anything it sees.
pub(crate) struct Emitters {
    /// Face by face; those that are part of none come last.
    all: Vec<Emitter>,
    faces: Vec<Face>,
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
        // What shines by an image, or has gaps, is left to be found by chance: its points differ.
        let even = |object: u32| {
            scene.materials.get(&scene.objects[object as usize].material).filter(|m| m.maps.emission.is_none() && !m.has_gaps())
        };
        let radiance = |object: u32| even(object).map_or(Vec3::ZERO, |m| m.emission);
        let moves = |object: u32| paths[object as usize].len() > 1;
        let opaque = |object: u32| even(object).is_some_and(|m| m.transmission == 0.0);
        let cameras = camera_places(scene);
        let hides_inside = |object: u32| {
            let outside = |bounds: &Aabb| cameras.iter().all(|c| !c.overlaps(bounds));
            opaque(object) && !moves(object) && paths[object as usize].iter().all(outside)
        };
        let mut all = Vec::new();
        let mut faces = Vec::new();
        let mut strength = 0.0;
        let mut index = 0;
        for of_object in primitives.chunk_by(|a, b| a.object() == b.object()) {
            let object = of_object[0].object();
            let first = index;
            index += of_object.len();
            let radiance = radiance(object);
            let shine = luminance(radiance);
            if shine <= 0.0 {
                continue;
            }
            let solid = if hides_inside(object) { solids::faces(of_object, MAX_FACES - faces.len()) } else { None };
            for (i, primitive) in of_object.iter().enumerate() {
                let (area, kind) = match *primitive {
                    Primitive::Triangle { corners: [a, b, c], .. } => (0.5 * (b - a).cross(c - a).length(), 0),
                    Primitive::Sphere { radius, .. } => (4.0 * std::f32::consts::PI * radius * radius, BALL),
                };
                if area <= 0.0 {
                    continue;
                }
                let flags = kind | if moves(object) { MOVES } else { 0 };
                let face = solid.as_ref().map(|s| faces.len() + s.face_of[i]);
                all.push(Emitter { primitive: first + i, flags, radiance, area, face });
                // A quarter of a ball's surface is its disc; a triangle is turned away by some angle.
                let projected = area * if kind == BALL { 0.25 } else { 0.5 };
                strength += shine * projected / primitive.bounds().center().distance_squared(middle).max(projected);
            }
            faces.extend(solid.into_iter().flat_map(|s| s.faces));
        }
        all.sort_by_key(|e| e.face.unwrap_or(usize::MAX));
        let weights: Vec<f64> = all.iter().map(|e| f64::from(e.area) * f64::from(luminance(e.radiance))).collect();
        let choices = if all.is_empty() { Vec::new() } else { choice::table(&weights) };
        Self { all, faces, choices, total: weights.iter().sum(), strength }
    }

    pub(crate) fn count(&self) -> u32 {
        self.all.len() as u32
    }

    /// Of a point on one of them by area, over the luminance of its radiance.
    pub(crate) fn density(&self) -> f32 {
        if self.all.is_empty() { 0.0 } else { (1.0 / self.total) as f32 }
    }

    /// Faces of solids, and one more for what is part of none; 0 where there are no solids.
    pub(crate) fn face_count(&self) -> u32 {
        if self.faces.is_empty() { 0 } else { self.faces.len() as u32 + 1 }
    }

    /// The table for choosing one, two texels for each emitter, two for each face. `places`: where each primitive of the frame stands
    /// in its table.
    pub(crate) fn texels(&self, places: &[u32]) -> impl Iterator<Item = [u32; 4]> {
        let each = self.all.iter().flat_map(|e| {
            let [r, g, b] = e.radiance.to_array().map(f32::to_bits);
            [[places[e.primitive], e.flags, 0, 0], [r, g, b, e.area.to_bits()]]
        });
        // What is part of no face is turned towards everyone.
        let planes = self.faces.iter().map(|f| f.normal.extend(f.offset)).chain([Vec4::W]);
        let planes = planes.take(self.face_count() as usize).enumerate().flat_map(|(i, plane)| {
            let before = |face: usize| self.all.partition_point(|e| e.face.unwrap_or(self.faces.len()) < face);
            let end = |emitters: usize| emitters.checked_sub(1).map_or(0.0, |last| choice::end(&self.choices, last));
            let [begin, end] = [end(before(i)), end(before(i + 1))];
            [plane.to_array().map(f32::to_bits), [begin.to_bits(), end.to_bits(), 0, 0]]
        });
        self.choices.iter().copied().chain(each).chain(planes)
    }
}

/// Where the lens is from frame to frame.
fn camera_places(scene: &Scene) -> Vec<Aabb> {
    let lens = Vec3::splat(scene.camera.aperture);
    let place = |frame| scene.camera.pose_at(frame).translation;
    (0..scene.frames())
        .map(|frame| {
            let way = Aabb::of([place(frame), place((frame + 1).min(scene.frames() - 1))]);
            Aabb { min: way.min - lens, max: way.max + lens }
        })
        .collect()
}
