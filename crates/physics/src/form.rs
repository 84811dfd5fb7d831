use core::f32::consts::PI;

use glam::Vec3;
use serde::{Deserialize, Serialize};

/// The form of a part, in its own coordinates, metres.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Form {
    /// A solid ball about the origin.
    Sphere {
        /// Outer radius.
        radius: f32,
    },
    /// A ball with an empty inside: mass and inertia are those of the shell alone.
    HollowSphere {
        /// Outer radius.
        radius: f32,
        /// Of the wall, less than the radius.
        thickness: f32,
    },
    /// A box about the origin. Its outer size is `half_extents` whatever the rounding.
    Box {
        /// Half of each edge.
        half_extents: Vec3,
        /// Radius of the rounded edges; 0 is sharp.
        #[serde(default)]
        rounding: f32,
    },
    /// A cylinder about the local z-axis.
    Cylinder {
        /// Outer radius.
        radius: f32,
        /// Half of the height.
        half_height: f32,
    },
    /// A cylinder about the local z-axis with half-spherical caps.
    Capsule {
        /// Outer radius.
        radius: f32,
        /// Half of the straight part.
        half_height: f32,
    },
    /// The convex hull of at least four points that do not lie in one plane.
    ConvexHull {
        /// Any order; points inside the hull are ignored.
        points: Vec<Vec3>,
    },
    /// Triangles, collided with from both sides. Only for bodies that are not dynamic: it has no inside.
    TriMesh {
        /// Vertices.
        positions: Vec<Vec3>,
        /// Counter-clockwise seen from outside.
        triangles: Vec<[u32; 3]>,
    },
    /// Everything below the local xy-plane. Only for bodies that are not dynamic.
    HalfSpace,
}

impl Form {
    /// A box with sharp edges, by its full extents.
    #[must_use]
    pub fn cuboid(size: Vec3) -> Self {
        Self::Box { half_extents: size * 0.5, rounding: 0.0 }
    }

    /// Volume of the material in m³ (the wall of a hollow sphere). Rounded edges of a box are taken as sharp; `None` for
    /// forms that have none, or whose hull is only known to the engine.
    #[must_use]
    pub fn volume(&self) -> Option<f32> {
        let ball = |r: f32| 4.0 / 3.0 * PI * r * r * r;
        match self {
            Self::Sphere { radius } => Some(ball(*radius)),
            Self::HollowSphere { radius, thickness } => Some(ball(*radius) - ball(radius - thickness)),
            Self::Box { half_extents: h, .. } => Some(8.0 * h.x * h.y * h.z),
            Self::Cylinder { radius, half_height } => Some(2.0 * PI * radius * radius * half_height),
            Self::Capsule { radius, half_height } => Some(2.0 * PI * radius * radius * half_height + ball(*radius)),
            Self::ConvexHull { points } => crate::engine::hull_volume(points),
            Self::TriMesh { .. } | Self::HalfSpace => None,
        }
    }
}
