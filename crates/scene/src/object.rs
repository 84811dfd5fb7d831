use serde::{Deserialize, Serialize};

use crate::{Pose, Shape};

/// Something in the scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Unique among the objects.
    pub name: String,
    /// What the object-id pass writes: 1..=65535, unique among the objects unless they are parts of one thing. 0 is the background.
    pub id: u16,
    /// What it is to the problem.
    #[serde(default)]
    pub role: Role,
    /// Its form (if `shapes` is empty).
    #[serde(default, skip_serializing_if = "Shape::is_nothing")]
    pub shape: Shape,
    /// Shape per frame of an object that grows, deforms, comes or goes; the last one holds from then on. Empty if it stays what
    /// `shape` says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shapes: Vec<Shape>,
    /// Key into [`crate::Scene::materials`].
    pub material: String,
    /// Name of the object whose frame `pose` and `track` are in; the world where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Where it is (when `track` is absent).
    #[serde(default)]
    pub pose: Pose,
    /// Pose per frame of a moving object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Track>,
}

impl Object {
    /// A backdrop at the origin of the world that does not move; change the rest with the methods below or by its fields.
    #[must_use]
    pub fn new(name: impl Into<String>, id: u16, shape: Shape, material: impl Into<String>) -> Self {
        let (name, material) = (name.into(), material.into());
        Self {
            name,
            id,
            role: Role::default(),
            shape,
            shapes: Vec::new(),
            material,
            parent: None,
            pose: Pose::IDENTITY,
            track: None,
        }
    }

    /// The same object with another role.
    #[must_use]
    pub fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// The same object elsewhere.
    #[must_use]
    pub fn at(self, pose: impl Into<Pose>) -> Self {
        Self { pose: pose.into(), ..self }
    }

    /// The same object with one pose per frame of the clip.
    #[must_use]
    pub fn moving(self, poses: impl IntoIterator<Item = Pose>) -> Self {
        Self { track: Some(Track { poses: poses.into_iter().collect() }), ..self }
    }

    /// The same object with one shape per frame of the clip.
    #[must_use]
    pub fn changing(self, shapes: impl IntoIterator<Item = Shape>) -> Self {
        Self { shapes: shapes.into_iter().collect(), ..self }
    }

    /// The same object, which is there in some frames only: out of `frames`, those for which `is_there` holds. Call it after
    /// [`Self::changing`], which sets all shapes anew. Objects that hang on it stay.
    #[must_use]
    pub fn there(mut self, frames: usize, is_there: impl Fn(usize) -> bool) -> Self {
        let shape = |frame| if is_there(frame) { self.shape_at(frame).clone() } else { Shape::Nothing };
        self.shapes = (0..frames).map(shape).collect();
        self
    }

    /// The shape at a frame of the clip.
    #[must_use]
    pub fn shape_at(&self, frame: usize) -> &Shape {
        self.shapes.get(frame).or(self.shapes.last()).unwrap_or(&self.shape)
    }

    /// The first of its shapes that is something.
    #[must_use]
    pub fn first_shape(&self) -> &Shape {
        self.shapes.iter().find(|shape| !shape.is_nothing()).unwrap_or(&self.shape)
    }

    /// The pose in its parent's frame at a frame of the clip.
    #[must_use]
    pub fn pose_at(&self, frame: usize) -> Pose {
        self.track.as_ref().map_or(self.pose, |t| t.pose_at(frame))
    }

    /// The same at a time between frames, in frames from the first ([`Track::pose_between`]).
    #[must_use]
    pub fn pose_between(&self, time: f64) -> Pose {
        self.track.as_ref().map_or(self.pose, |t| t.pose_between(time))
    }
}

/// What an object is to the problem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// Ground, walls, backdrop.
    #[default]
    Backdrop,
    /// Ramps, gates, tables: what the event needs and does not ask about.
    Apparatus,
    /// What acts: the ball that rolls.
    Actor,
    /// What the question is about.
    Target,
    /// Looks as if it mattered.
    Distractor,
    /// Hides others.
    Occluder,
    /// Signs, plans and beams that are drawn, not built.
    Marker,
}

/// One pose per frame; the last one holds from then on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// At least one.
    pub poses: Vec<Pose>,
}

impl Track {
    /// The pose at a frame; identity where the track is empty (which validation refuses).
    #[must_use]
    pub fn pose_at(&self, frame: usize) -> Pose {
        self.poses.get(frame).or(self.poses.last()).copied().unwrap_or_default()
    }

    /// The pose at a time in frames from the first: between two frames [`Pose::interpolate`], before the first its pose.
    #[must_use]
    pub fn pose_between(&self, time: f64) -> Pose {
        let time = time.max(0.0);
        let frame = time.floor();
        let [from, to] = [0, 1].map(|next| self.pose_at(frame as usize + next));
        from.interpolate(&to, (time - frame) as f32)
    }
}
