use glam::Vec3;
use serde::{Deserialize, Serialize};

/// What surrounds the scene: radiance by direction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Environment {
    /// The same radiance from everywhere.
    Uniform {
        /// Linear Rec. 709 radiance.
        radiance: Vec3,
    },
    /// A sky: smooth from `horizon` to `zenith` above, `ground` below, with an optional sun.
    Gradient {
        /// Radiance straight up.
        zenith: Vec3,
        /// Radiance at the horizon.
        horizon: Vec3,
        /// Radiance below the horizon.
        ground: Vec3,
        /// A sun, sampled on its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sun: Option<Sun>,
    },
}

/// A far disc of constant radiance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sun {
    /// Unit vector from the scene towards the sun.
    pub direction: Vec3,
    /// Irradiance on a surface that faces it, linear Rec. 709.
    pub irradiance: Vec3,
    /// Half of the disc's opening, radians. The real sun: 0.00465.
    pub angular_radius: f32,
}
