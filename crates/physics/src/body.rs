use glam::{Quat, Vec3};
use raytruth_scene::Pose;
use serde::{Deserialize, Serialize};

use crate::{Form, Motion, Substance};

/// A rigid thing of one substance, made of one or more parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Unique among the bodies.
    pub name: String,
    /// What it is made of; with the parts' volumes it gives the mass.
    pub substance: Substance,
    /// Its parts in its own frame; they do not collide with each other.
    pub parts: Vec<Part>,
    /// Whether and how it moves.
    pub motion: Motion,
    /// Factor on the substance's density; 1 unless an ensemble jitters it.
    #[serde(default = "one")]
    pub density_scale: f32,
    /// Whether others collide with it. A sign or a gate's ornament may be drawn and moved without touching anything.
    #[serde(default = "yes")]
    pub solid: bool,
}

/// A form placed in its body's frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its form.
    pub form: Form,
    /// Its place in the body's frame.
    #[serde(default)]
    pub pose: Pose,
}

fn one() -> f32 {
    1.0
}

fn yes() -> bool {
    true
}

impl Body {
    /// A body of one part with the given motion.
    #[must_use]
    pub fn new(name: impl Into<String>, substance: Substance, form: Form, motion: Motion) -> Self {
        let parts = vec![Part { form, pose: Pose::IDENTITY }];
        Self { name: name.into(), substance, parts, motion, density_scale: 1.0, solid: true }
    }

    /// A body that never moves, at the origin until placed.
    #[must_use]
    pub fn fixed(name: impl Into<String>, substance: Substance, form: Form) -> Self {
        Self::new(name, substance, form, Motion::Fixed { pose: Pose::IDENTITY })
    }

    /// A body that moves by the laws of mechanics, at rest at the origin until placed.
    #[must_use]
    pub fn dynamic(name: impl Into<String>, substance: Substance, form: Form) -> Self {
        Self::new(name, substance, form, Motion::dynamic(Pose::IDENTITY))
    }

    /// The same body elsewhere (metres). Scripted bodies are moved as a whole: the pose is that of their first keyframe.
    #[must_use]
    pub fn at(mut self, translation: Vec3) -> Self {
        let rotation = self.motion.initial_pose().rotation;
        self.motion.place(Pose::new(translation, rotation));
        self
    }

    /// The same body turned.
    #[must_use]
    pub fn turned(mut self, rotation: Quat) -> Self {
        let translation = self.motion.initial_pose().translation;
        self.motion.place(Pose::new(translation, rotation));
        self
    }

    /// The same body with an initial linear (m/s, of its centre of mass) and angular velocity (rad/s), both in world axes.
    /// Without effect on bodies that are not dynamic.
    #[must_use]
    pub fn moving(mut self, linear: Vec3, angular: Vec3) -> Self {
        if let Motion::Dynamic { linear_velocity, angular_velocity, .. } = &mut self.motion {
            *linear_velocity = linear;
            *angular_velocity = angular;
        }
        self
    }

    /// The same body with one more part.
    #[must_use]
    pub fn with_part(mut self, form: Form, pose: Pose) -> Self {
        self.parts.push(Part { form, pose });
        self
    }

    /// Kilograms: volume of the parts times density; parts that overlap count twice. `None` where a part has no volume of
    /// its own (half-spaces and open meshes, which only bodies that do not fall may have).
    #[must_use]
    pub fn mass(&self) -> Option<f32> {
        let volume: Option<f32> = self.parts.iter().map(|p| p.form.volume()).sum();
        volume.map(|v| v * self.density())
    }

    /// kg/m³, with [`Self::density_scale`].
    #[must_use]
    pub fn density(&self) -> f32 {
        self.substance.density() * self.density_scale
    }
}
