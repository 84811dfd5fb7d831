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
    /// A picture of all directions.
    Image {
        /// Key into [`crate::Scene::images`]. Latitude and longitude: the upper edge is straight up, the middle column lies along
        /// +x, the column a quarter to its left along +y (Blender's equirectangular projection).
        image: String,
        /// Factor of its values, which give radiance.
        #[serde(default = "one")]
        strength: f32,
        /// Turns it about the z-axis, radians, counter-clockwise seen from above.
        #[serde(default)]
        rotation: f32,
    },
}

const fn one() -> f32 {
    1.0
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
