use glam::Vec3;
use serde::{Deserialize, Serialize};

/// A pin about which a body turns freely: a point of the body kept at a point of another body or of the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallJoint {
    /// Name of the body that hangs.
    pub body: String,
    /// The pinned point in that body's frame, metres.
    pub local: Vec3,
    /// Name of the other body; the world where absent.
    #[serde(default)]
    pub other: Option<String>,
    /// The pinned point in the other body's frame (or the world), metres.
    pub anchor: Vec3,
}
