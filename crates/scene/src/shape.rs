use std::collections::BTreeMap;

use glam::{Vec2, Vec3};
use serde::{Deserialize, Serialize};

use crate::{Aabb, Curve, Mesh};

/// The form of an object, in its own coordinates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Shape {
    /// Nothing is there: before an object appears, after it is gone.
    #[default]
    Nothing,
    /// A triangle mesh of [`crate::Scene::meshes`], by name; objects that share it are instances.
    Mesh {
        /// Key into `meshes`.
        mesh: String,
    },
    /// A ball about the origin. Rendered analytically: exactly round.
    Sphere {
        /// Metres.
        radius: f32,
    },
    /// A box about the origin.
    Box {
        /// Half of each edge, metres.
        half_extents: Vec3,
        /// Radius of the rounded edges, metres. 0 is sharp.
        #[serde(default)]
        bevel: f32,
    },
    /// A rectangle in the local xy-plane that faces +z, centred on the origin; seen from both sides.
    Plane {
        /// Full extents, metres.
        size: Vec2,
    },
    /// A cylinder about the local z-axis.
    Cylinder {
        /// Metres.
        radius: f32,
        /// Half of the height, metres.
        half_height: f32,
        /// Radius of the rounded rims, metres. 0 is sharp.
        #[serde(default)]
        bevel: f32,
    },
    /// A cylinder about the local z-axis with half-spherical caps.
    Capsule {
        /// Metres.
        radius: f32,
        /// Half of the straight part, metres.
        half_height: f32,
    },
    /// A round tube along a centripetal Catmull-Rom curve through `points` ([`Curve`]), with round ends where it is open.
    Tube {
        /// Metres.
        radius: f32,
        /// At least two (three when closed), no two neighbours equal.
        points: Vec<Vec3>,
        /// Whether the last point joins the first.
        #[serde(default)]
        closed: bool,
        /// What the material's `base_color` is multiplied by along the tube, linear Rec. 709 in 0..=1: one for each point, straight
        /// from each to the next; empty for white.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        colors: Vec<Vec3>,
        /// Cross-sections from each point to the next, 1..=256. If absent, as many as it takes to bend by little from one to the next,
        /// in whichever frame it bends most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rings: Option<u32>,
    },
}

impl Shape {
    /// A tube of one colour with as many cross-sections as it needs.
    #[must_use]
    pub const fn tube(radius: f32, points: Vec<Vec3>, closed: bool) -> Self {
        Self::Tube { radius, points, closed, colors: Vec::new(), rings: None }
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// Tightest axis-aligned bounds in the shape's own coordinates. `meshes` is [`crate::Scene::meshes`]; a mesh that is missing
    /// there is empty.
    #[must_use]
    pub fn aabb(&self, meshes: &BTreeMap<String, Mesh>) -> Aabb {
        match self {
            Self::Nothing => Aabb::EMPTY,
            Self::Mesh { mesh } => meshes.get(mesh).map_or(Aabb::EMPTY, Mesh::aabb),
            Self::Sphere { radius } => Aabb::centered(Vec3::splat(*radius)),
            Self::Box { half_extents, .. } => Aabb::centered(*half_extents),
            Self::Plane { size } => Aabb::centered((0.5 * *size).extend(0.0)),
            Self::Cylinder { radius, half_height, .. } => Aabb::centered(Vec3::new(*radius, *radius, *half_height)),
            Self::Capsule { radius, half_height } => Aabb::centered(Vec3::new(*radius, *radius, half_height + radius)),
            Self::Tube { radius, points, closed, .. } => Aabb::of(Curve::new(points, *closed).extremes()).grown(*radius),
        }
    }
}
