//! What an object looks like in each frame, as it is drawn: by the renderer, and by all that must know what the renderer draws.

mod kind;

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::Vec3;

use crate::{Aabb, Mesh, Object, Scene, Shape};
use kind::{Kind, Tubes};

/// A form in the object's own coordinates.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Nothing is there.
    Nothing,
    /// Exactly round.
    Sphere {
        /// Metres.
        radius: f32,
    },
    /// Everything else.
    Mesh(Arc<Mesh>),
}

impl Form {
    /// Number of triangles and balls.
    #[must_use]
    pub fn primitives(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Sphere { .. } => 1,
            Self::Mesh(mesh) => mesh.triangles.len(),
        }
    }

    /// Bounds after a pose, the tightest ones.
    #[must_use]
    pub fn aabb(&self, pose: &crate::Pose) -> Aabb {
        match self {
            Self::Nothing => Aabb::EMPTY,
            Self::Sphere { radius } => {
                let r = Vec3::splat(*radius);
                Aabb { min: pose.translation - r, max: pose.translation + r }
            }
            Self::Mesh(mesh) => Aabb::of(mesh.positions.iter().map(|p| pose.point(*p))),
        }
    }

    /// At part `t` (0..=1) of the way to a form of its kin: vertices go straight.
    fn towards(&self, to: &Self, t: f32) -> Self {
        match (self, to) {
            (Self::Sphere { radius: a }, Self::Sphere { radius: b }) => Self::Sphere { radius: a + t * (b - a) },
            (Self::Mesh(a), Self::Mesh(b)) => {
                let lerp = |a: &[Vec3], b: &[Vec3]| -> Vec<Vec3> { a.iter().zip(b).map(|(a, b)| a.lerp(*b, t)).collect() };
                let unit = |(mean, a): (Vec3, &Vec3)| mean.try_normalize().unwrap_or(*a);
                let normals = lerp(&a.normals, &b.normals).into_iter().zip(&a.normals).map(unit).collect();
                Self::Mesh(Arc::new(Mesh {
                    positions: lerp(&a.positions, &b.positions),
                    normals,
                    texcoords: a.texcoords.clone(),
                    colors: lerp(&a.colors, &b.colors),
                    triangles: a.triangles.clone(),
                }))
            }
            _ => self.clone(),
        }
    }
}

/// Shapes of the frames before that are looked at for one that is the same.
const RECENT: usize = 64;

/// The forms of one object over a clip.
///
/// Forms with the same triangles between the same vertices, or balls, are *kin*: each point of one has its place on the other. All
/// shapes of one kind with the same counts are, and so are tubes through the same number of points.
#[derive(Clone, Debug)]
pub struct Forms {
    /// Which of the versions each frame shows; the last holds from then on.
    frames: Vec<usize>,
    versions: Vec<Version>,
}

#[derive(Clone, Debug)]
struct Version {
    kind: Kind,
    /// The first version of its kin.
    first: usize,
}

impl Forms {
    /// Those of an object of a scene; `None` if one of its meshes is not there.
    #[must_use]
    pub fn new(scene: &Scene, object: &Object) -> Option<Self> {
        Self::with_meshes(scene, object, &mut BTreeMap::new())
    }

    /// Those of an object that is never there.
    #[must_use]
    pub fn nothing() -> Self {
        Self { frames: vec![0], versions: vec![Version { kind: Kind::Ready(Form::Nothing), first: 0 }] }
    }

    /// `meshes`: those that other objects show already.
    fn with_meshes<'a>(scene: &'a Scene, object: &'a Object, meshes: &mut BTreeMap<&'a str, Arc<Mesh>>) -> Option<Self> {
        let shapes = if object.shapes.is_empty() { std::slice::from_ref(&object.shape) } else { &object.shapes[..] };
        let mut distinct: Vec<&Shape> = Vec::new();
        let frames = shapes
            .iter()
            .map(|shape| {
                // Not all that came before: what deforms for long never comes back, and a shape that is told twice does no harm.
                let recent = distinct.iter().enumerate().rev().take(RECENT);
                let known = recent.chain(distinct.iter().enumerate().take(1)).find(|(_, known)| **known == shape);
                known.map(|(i, _)| i).unwrap_or_else(|| {
                    distinct.push(shape);
                    distinct.len() - 1
                })
            })
            .collect();
        let mut versions: Vec<Version> = Vec::with_capacity(distinct.len());
        let tubes = Tubes::new(&distinct);
        let mut sections = None;
        for shape in &distinct {
            let kind = match shape {
                Shape::Nothing => Kind::Ready(Form::Nothing),
                Shape::Sphere { radius } => Kind::Ready(Form::Sphere { radius: *radius }),
                Shape::Mesh { mesh } => {
                    let known = scene.meshes.get(mesh)?;
                    let shared = meshes.entry(mesh).or_insert_with(|| Arc::new(known.clone()));
                    Kind::Ready(Form::Mesh(Arc::clone(shared)))
                }
                Shape::Tube { .. } => tubes.version(shape, &mut sections)?,
                other if distinct.len() == 1 => Kind::Ready(Form::Mesh(Arc::new(other.tessellate(other.segments())?))),
                other => Kind::solid(other)?,
            };
            let own = versions.len();
            let first = (0..own).find(|&i| versions[i].first == i && versions[i].kind.is_kin(&kind)).unwrap_or(own);
            versions.push(Version { kind, first });
        }
        Some(Self { frames, versions })
    }

    /// The same number for frames that show the same form.
    #[must_use]
    pub fn version(&self, frame: usize) -> usize {
        self.frames[frame.min(self.frames.len() - 1)]
    }

    /// The form at a frame of the clip.
    #[must_use]
    pub fn at(&self, frame: usize) -> Form {
        self.versions[self.version(frame)].kind.form()
    }

    /// The form at a time between frames, in frames from the first. Between kin, vertices go straight; other changes take place in the
    /// middle between two frames.
    #[must_use]
    pub fn between(&self, time: f64) -> Form {
        let time = time.max(0.0);
        let frame = time.floor();
        let part = (time - frame) as f32;
        let [from, to] = [0, 1].map(|next| frame as usize + next);
        if part == 0.0 || self.version(from) == self.version(to) {
            return self.at(from);
        }
        if self.are_kin(from, to) {
            return self.at(from).towards(&self.at(to), part);
        }
        self.at(if part < 0.5 { from } else { to })
    }

    /// Whether each point of what one frame shows has its place in another.
    #[must_use]
    pub fn are_kin(&self, a: usize, b: usize) -> bool {
        let [a, b] = [a, b].map(|frame| self.versions[self.version(frame)].first);
        a == b && !matches!(self.versions[a].kind, Kind::Ready(Form::Nothing))
    }

    /// The first form of the same kin as a frame's: the one in whose coordinates the object's patterns and points are told.
    #[must_use]
    pub fn reference(&self, frame: usize) -> Form {
        self.versions[self.versions[self.version(frame)].first].kind.form()
    }

    /// The most triangles and balls of any frame.
    #[must_use]
    pub fn most_primitives(&self) -> usize {
        self.versions.iter().map(|v| v.kind.primitives()).max().unwrap_or(0)
    }

    /// Whether the vertices of some form have colours.
    #[must_use]
    pub fn has_colors(&self) -> bool {
        self.versions.iter().any(|v| match &v.kind {
            Kind::Ready(Form::Mesh(mesh)) => !mesh.colors.is_empty(),
            Kind::Ready(_) | Kind::Solid { .. } => false,
            Kind::Tube { colors, .. } => !colors.is_empty(),
        })
    }
}

impl Scene {
    /// The forms of all objects, in order; `None` if a mesh is not there.
    #[must_use]
    pub fn forms(&self) -> Option<Vec<Forms>> {
        let mut meshes = BTreeMap::new();
        self.objects.iter().map(|object| Forms::with_meshes(self, object, &mut meshes)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::TAU;

    use glam::Vec2;

    use super::*;
    use crate::{Animation, Camera, Curve};

    fn scene(object: Object) -> Scene {
        let mut scene = Scene::new(Camera::look_at(Vec3::Y, Vec3::ZERO, 0.7));
        scene.animation = Some(Animation { frames: 40, fps: 16 });
        scene.objects = vec![object];
        scene
    }

    /// A loop that leaves the plane ever more, and turns about an axis.
    fn knot(frame: usize) -> Vec<Vec3> {
        let bend = frame as f32 / 40.0;
        (0..24)
            .map(|i| {
                let t = TAU * i as f32 / 24.0;
                let (a, b, c) = (Vec2::from_angle(t), Vec2::from_angle(2.0 * t), Vec2::from_angle(3.0 * t));
                let flat = Vec3::new(a.x + 2.0 * bend * b.x, a.y - 2.0 * bend * b.y, -2.0 * bend * c.y);
                glam::Quat::from_axis_angle(Vec3::new(0.6, 0.8, 0.0), 3.0 * bend) * flat
            })
            .collect()
    }

    fn meshes(forms: &Forms, frames: usize) -> Vec<Arc<Mesh>> {
        let mesh = |frame| match forms.at(frame) {
            Form::Mesh(mesh) => mesh,
            other => panic!("{other:?}"),
        };
        (0..frames).map(mesh).collect()
    }

    #[test]
    fn a_tube_that_deforms_keeps_its_triangles_and_its_seam() {
        let tube = |frame| Shape::tube(0.1, knot(frame), true);
        let scene = scene(Object::new("knot", 1, Shape::Nothing, "m").changing((0..40).map(tube)));
        let forms = scene.forms().expect("no mesh is missing").remove(0);
        let meshes = meshes(&forms, 40);
        assert!(forms.are_kin(0, 39) && forms.most_primitives() == meshes[0].triangles.len());
        for (frame, pair) in meshes.windows(2).enumerate() {
            assert_eq!(pair[0].triangles, pair[1].triangles);
            // No vertex goes much farther than the curve itself does: a seam that slips would take it around the tube.
            let curves = [frame, frame + 1].map(|f| Curve::new(&knot(f), true));
            let most =
                (0..240).map(|i| i as f32 / 10.0).map(|u| curves[0].point(u).distance(curves[1].point(u))).fold(0.0, f32::max);
            for (p, q) in pair[0].positions.iter().zip(&pair[1].positions) {
                assert!(p.distance(*q) < most + 0.02, "frame {frame}: {} against {most}", p.distance(*q));
            }
        }
        // A bent one has more sections than a plain ring, and has them from the start.
        let alone = Shape::tube(0.1, knot(0), true).tessellate(32).expect("a tube");
        assert!(meshes[0].triangles.len() > alone.triangles.len());
        assert_eq!(meshes[0].open_edges(), 0);
    }

    #[test]
    fn between_frames_vertices_go_straight_and_things_come_in_the_middle() {
        let tube = |x: f32| Shape::tube(0.1, vec![Vec3::ZERO, Vec3::X * x], false);
        let shapes = [Shape::Nothing, tube(1.0), tube(2.0), Shape::Sphere { radius: 1.0 }, Shape::Sphere { radius: 2.0 }];
        let scene = scene(Object::new("beam", 1, Shape::Nothing, "m").changing(shapes));
        let forms = scene.forms().expect("no mesh is missing").remove(0);
        let reach = |time| forms.between(time).aabb(&crate::Pose::IDENTITY).max.x;
        assert!(matches!(forms.between(0.49), Form::Nothing) && !forms.are_kin(0, 0) && !forms.are_kin(0, 1));
        assert!((reach(0.51) - 1.1).abs() < 1e-6 && (reach(1.25) - 1.35).abs() < 1e-6 && forms.are_kin(1, 2));
        assert!((reach(2.4) - 2.1).abs() < 1e-6 && (reach(2.6) - 1.0).abs() < 1e-6 && (reach(3.5) - 1.5).abs() < 1e-6);
        assert_eq!(forms.reference(4), Form::Sphere { radius: 1.0 });
        assert_eq!((forms.version(9), forms.most_primitives()), (forms.version(4), forms.at(1).primitives()));
    }

    #[test]
    fn colors_run_from_point_to_point() {
        let colors = vec![Vec3::X, Vec3::Y, Vec3::Z];
        let points = vec![Vec3::ZERO, Vec3::X, Vec3::new(1.0, 1.0, 0.0)];
        for closed in [false, true] {
            let shape = Shape::Tube { radius: 0.01, points: points.clone(), closed, colors: colors.clone(), rings: Some(4) };
            let mesh = shape.tessellate(32).expect("a tube");
            assert_eq!(mesh.colors.len(), mesh.positions.len());
            for (p, color) in mesh.positions.iter().zip(&mesh.colors) {
                assert!((color.element_sum() - 1.0).abs() < 1e-5);
                for (point, expected) in points.iter().zip(&colors) {
                    assert!(p.distance(*point) > 0.0101 || color.distance(*expected) < 0.01, "{p} is {color}");
                }
            }
        }
    }
}
