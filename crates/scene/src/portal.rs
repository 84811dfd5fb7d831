use glam::Vec2;
use serde::{Deserialize, Serialize};

use crate::Pose;

/// An opening through which a place sees its surroundings: a window, a skylight. It shines nothing and stops nothing; it tells a renderer where
/// the light of the surroundings comes in (Bitterli, Novák, Jarosz, "Portal-Masked Environment Map Sampling", 2015, tell why). Pictures
/// have less noise with it, and the same light.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// Where its middle is. Its rectangle lies in the local xy-plane; light comes in along local −z.
    pub pose: Pose,
    /// Full extents, metres.
    pub size: Vec2,
}
