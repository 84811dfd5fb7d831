use glam::{Vec2, Vec3};
use serde::{Deserialize, Serialize};

use crate::{Pose, Power};

/// An area light that is sampled directly (next-event estimation).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Light {
    /// Unique among the lights.
    pub name: String,
    /// What emits.
    pub shape: LightShape,
    /// Where it is.
    pub pose: Pose,
    /// Emitted radiance, linear Rec. 709, the same in every direction of the emitting side, or within the spot.
    pub radiance: Vec3,
    /// Part of its radiance that it gives, frame by frame.
    #[serde(default, skip_serializing_if = "Power::is_full")]
    pub power: Power,
    /// Whether camera rays see it. Mirrors and glass always do.
    #[serde(default)]
    pub visible_to_camera: bool,
}

impl Light {
    /// A rectangle of `size` metres at `eye` that shines at `target`, hidden from the camera.
    #[must_use]
    pub fn rect(name: impl Into<String>, size: Vec2, eye: Vec3, target: Vec3, radiance: Vec3) -> Self {
        let (name, shape, pose) = (name.into(), LightShape::Rect { size }, Pose::looking_at(eye, target));
        Self { name, shape, pose, radiance, power: Power::FULL, visible_to_camera: false }
    }
}

/// What a light emits from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum LightShape {
    /// A rectangle in the local xy-plane; emits along local −z only.
    Rect {
        /// Full extents, metres.
        size: Vec2,
    },
    /// A disc in the local xy-plane; emits along local −z only.
    Disk {
        /// Metres.
        radius: f32,
    },
    /// A ball that emits outwards.
    Sphere {
        /// Metres.
        radius: f32,
    },
    /// A ball whose light falls off from the axis, local −z: radiance times ((cos θ − cos `outer_angle`) / (cos `inner_angle` −
    /// cos `outer_angle`))², the quotient kept in 0..=1, at θ from it (as `KHR_lights_punctual` proposes).
    Spot {
        /// Metres.
        radius: f32,
        /// Within this much of the axis it shines in full, radians.
        inner_angle: f32,
        /// Beyond this much of the axis it is dark, radians.
        outer_angle: f32,
    },
}
