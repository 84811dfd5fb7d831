//! Objects that shine: their triangles and balls as one light that is sampled directly. The shader's side is
//! `shaders/shared/emitters.wgsl`.

use glam::{Vec3, Vec4};
use raytruth_scene::{Aabb, Change, Curve, Pose, Scene, Shape};

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

/// How an object shines.
#[derive(Clone, Copy, Debug)]
struct Shine {
    radiance: Vec3,
    /// What changes its power.
    group: u32,
    opaque: bool,
}

/// How each object shines, by its material; `None` for those that do not, and for those that are left to be found by chance.
pub(crate) struct Shines(Vec<Option<Shine>>);

impl Shines {
    /// `groups`: of the scene's materials, in order.
    pub(crate) fn new(scene: &Scene, groups: &[u32]) -> Self {
        let of = |name: &String| {
            let index = scene.materials.keys().position(|n| n == name)?;
            // What shines by an image, or has gaps, is left to be found by chance: its points differ.
            let even = scene.materials.get(name).filter(|m| m.maps.emission.is_none() && !m.has_gaps())?;
            let shine = Shine { radiance: even.emission, group: groups[index], opaque: even.transmission == 0.0 };
            Some(shine).filter(|s| luminance(s.radiance) > 0.0)
        };
        Self(scene.objects.iter().map(|object| of(&object.material)).collect())
    }

    /// Whether an object is a light that is sampled directly.
    pub(crate) fn shines(&self, object: usize) -> bool {
        self.0[object].is_some()
    }

    /// Irradiance by luminance that those whose geometry changes cause at `middle`, at most, in any frame; `None` if there are none.
    pub(crate) fn changing_strength(&self, scene: &Scene, changes: &[Change], poses: &[Vec<Pose>], middle: Vec3) -> Option<f32> {
        let of_object = |object: usize| -> Option<f32> {
            let shine = self.0[object].filter(|_| changes[object] == Change::Reshapes)?;
            let at = |frame: usize| {
                let shape = scene.objects[object].shape_at(frame);
                let bounds = shape.aabb(&scene.meshes);
                let d2 = poses[frame][object].point(bounds.center()).distance_squared(middle);
                let projected = 0.25 * surface(shape, &bounds);
                if bounds.is_empty() { 0.0 } else { luminance(shine.radiance) * projected / d2.max(projected) }
            };
            Some((0..poses.len()).map(at).fold(0.0, f32::max))
        };
        (0..changes.len()).filter_map(of_object).reduce(|a, b| a + b)
    }
}

/// Square metres of a shape's surface, or about that.
fn surface(shape: &Shape, bounds: &Aabb) -> f32 {
    let s = bounds.size();
    match shape {
        Shape::Sphere { radius } => 4.0 * std::f32::consts::PI * radius * radius,
        Shape::Tube { radius, points, closed, .. } => {
            2.0 * std::f32::consts::PI * radius * (Curve::new(points, *closed).length() + 2.0 * radius)
        }
        _ => 2.0 * (s.x * s.y + s.y * s.z + s.z * s.x),
    }
}

/// One triangle or ball of an object that shines.
struct Emitter {
    object: u32,
    /// Its id, the same in every frame.
    primitive: u32,
    flags: u32,
    radiance: Vec3,
    group: u32,
    /// Square metres: of a triangle one face, of a ball all around.
    area: f32,
    /// The face of a solid that it is part of.
    face: Option<usize>,
}

impl Emitter {
    /// `None` of what has no area.
    fn new(primitive: &Primitive, shine: Shine, moves: bool, face: Option<usize>) -> Option<Self> {
        let (area, kind) = match *primitive {
            Primitive::Triangle { corners: [a, b, c], .. } => (0.5 * (b - a).cross(c - a).length(), 0),
            Primitive::Sphere { radius, .. } => (4.0 * std::f32::consts::PI * radius * radius, BALL),
        };
        let flags = kind | if moves { MOVES } else { 0 };
        let Shine { radiance, group, .. } = shine;
        let object = primitive.object();
        (area > 0.0).then_some(Self { object, primitive: primitive.id(), flags, radiance, group, area, face })
    }

    /// By which it is chosen.
    fn weight(&self) -> f64 {
        f64::from(self.area) * f64::from(luminance(self.radiance))
    }

    /// Of what is left out those of a triangle without radiance, on the first primitive there is: its density is zero.
    fn texels_without(&self, places: &[u32], left_out: &[usize]) -> [[u32; 4]; 2] {
        let absent = left_out.contains(&(self.object as usize));
        if absent { [[0, self.flags & !BALL, self.group, 0], [0; 4]] } else { self.texels(places) }
    }

    /// `places`: where each primitive of the frame stands in its table, by its id.
    fn texels(&self, places: &[u32]) -> [[u32; 4]; 2] {
        let [r, g, b] = self.radiance.to_array().map(f32::to_bits);
        [[places[self.primitive as usize], self.flags, self.group, 0], [r, g, b, self.area.to_bits()]]
    }
}

/// Those whose geometry changes, in one frame: nothing about them is the same in others, so each frame has a table of its own, with a
/// small share of the choice that never changes.
pub(crate) struct ChangingEmitters {
    pub(crate) texels: Vec<[u32; 4]>,
    pub(crate) count: u32,
    /// Of a point on one of them by area, over the luminance of its radiance.
    pub(crate) density: f32,
}

impl ChangingEmitters {
    /// `primitives`: of the frame, some of which may be of other objects; `places`: where they stand in their table, by their ids. What is
    /// `left_out` is chosen as often as ever, and gives no light.
    pub(crate) fn new(primitives: &[Primitive], shines: &Shines, changes: &[Change], places: &[u32], left_out: &[usize]) -> Self {
        let all: Vec<Emitter> = primitives
            .iter()
            .filter(|p| changes[p.object() as usize] == Change::Reshapes)
            .filter_map(|p| Emitter::new(p, shines.0[p.object() as usize]?, true, None))
            .collect();
        let weights: Vec<f64> = all.iter().map(Emitter::weight).collect();
        let mut texels = if all.is_empty() { Vec::new() } else { choice::table(&weights) };
        texels.extend(all.iter().flat_map(|e| e.texels_without(places, left_out)));
        let total: f64 = weights.iter().sum();
        Self { texels, count: all.len() as u32, density: if total > 0.0 { (1.0 / total) as f32 } else { 0.0 } }
    }
}

/// All whose geometry never changes, but for where they are: each chosen by its area times the luminance of its radiance. So the pdf by area of a point on any of them follows
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
    /// `primitives`: of the first frame; `paths`: of all objects ([`crate::swept::Paths`]).
    pub(crate) fn new(
        scene: &Scene,
        shines: &Shines,
        changes: &[Change],
        primitives: &[Primitive],
        paths: &[Vec<Aabb>],
        middle: Vec3,
    ) -> Self {
        let moves = |object: usize| changes[object] != Change::Never;
        let cameras = camera_places(scene);
        let hides_inside = |object: usize, shine: Shine| {
            let outside = |bounds: &Aabb| cameras.iter().all(|c| !c.overlaps(bounds));
            shine.opaque && !moves(object) && paths[object].iter().all(outside)
        };
        let mut all = Vec::new();
        let mut faces = Vec::new();
        let mut strength = 0.0;
        for of_object in primitives.chunk_by(|a, b| a.object() == b.object()) {
            let object = of_object[0].object() as usize;
            let Some(shine) = shines.0[object].filter(|_| changes[object] != Change::Reshapes) else { continue };
            let solid = if hides_inside(object, shine) { solids::faces(of_object, MAX_FACES - faces.len()) } else { None };
            for (i, primitive) in of_object.iter().enumerate() {
                let face = solid.as_ref().map(|s| faces.len() + s.face_of[i]);
                let Some(emitter) = Emitter::new(primitive, shine, moves(object), face) else { continue };
                // A quarter of a ball's surface is its disc; a triangle is turned away by some angle.
                let projected = emitter.area * if primitive.is_sphere() { 0.25 } else { 0.5 };
                let light = luminance(shine.radiance);
                strength += light * projected / primitive.bounds().center().distance_squared(middle).max(projected);
                all.push(emitter);
            }
            faces.extend(solid.into_iter().flat_map(|s| s.faces));
        }
        all.sort_by_key(|e| e.face.unwrap_or(usize::MAX));
        let weights: Vec<f64> = all.iter().map(Emitter::weight).collect();
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
    /// in its table. What is `left_out` is chosen as often as ever, and gives no light.
    pub(crate) fn texels(&self, places: &[u32], left_out: &[usize]) -> impl Iterator<Item = [u32; 4]> {
        let each = self.all.iter().flat_map(|e| e.texels_without(places, left_out));
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
