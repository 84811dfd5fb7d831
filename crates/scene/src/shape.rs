use glam::{Vec2, Vec3};
use serde::{Deserialize, Serialize};

/// The form of an object, in its own coordinates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Shape {
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
    /// A round tube along a Catmull-Rom curve through `points`, with round ends where it is open.
    Tube {
        /// Metres.
        radius: f32,
        /// At least two (three when closed), no two neighbours equal.
        points: Vec<Vec3>,
        /// Whether the last point joins the first.
        #[serde(default)]
        closed: bool,
    },
}

/// Triangles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mesh {
    /// Vertex positions, metres.
    pub positions: Vec<Vec3>,
    /// Unit shading normals, one per vertex; empty for flat shading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub normals: Vec<Vec3>,
    /// Vertex indices, counter-clockwise seen from outside.
    pub triangles: Vec<[u32; 3]>,
}
