use std::collections::HashMap;

use glam::{Vec2, Vec3};
use serde::{Deserialize, Serialize};

use crate::Aabb;

/// Triangles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mesh {
    /// Vertex positions, metres.
    pub positions: Vec<Vec3>,
    /// Unit shading normals, one per vertex; empty for flat shading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub normals: Vec<Vec3>,
    /// Where on an image each vertex lies: right and down from the upper left corner, 1 is its width and height, beyond which it
    /// repeats; empty where no image is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texcoords: Vec<Vec2>,
    /// What the material's `base_color` is multiplied by at each vertex, linear Rec. 709 in 0..=1; empty for white.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub colors: Vec<Vec3>,
    /// Vertex indices, counter-clockwise seen from outside.
    pub triangles: Vec<[u32; 3]>,
}

impl Mesh {
    /// Bounds of its vertices.
    #[must_use]
    pub fn aabb(&self) -> Aabb {
        Aabb::of(self.positions.iter().copied())
    }

    /// The corners of each triangle.
    ///
    /// # Panics
    /// If an index is out of range, which [`crate::Scene::validate`] refuses.
    pub fn corners(&self) -> impl ExactSizeIterator<Item = [Vec3; 3]> + '_ {
        self.triangles.iter().map(|t| t.map(|i| self.positions[i as usize]))
    }

    /// Enclosed volume in cubic metres by the divergence theorem: positive where a closed mesh faces outwards.
    #[must_use]
    pub fn signed_volume(&self) -> f64 {
        self.corners().map(|c| c.map(Vec3::as_dvec3)).map(|[a, b, c]| a.dot(b.cross(c)) / 6.0).sum()
    }

    /// Number of directed edges that lack their opposite, after welding vertices of the same position: 0 for a closed surface
    /// whose triangles are all turned the same way.
    #[must_use]
    pub fn open_edges(&self) -> usize {
        let mut ids = HashMap::new();
        // Adding zero turns -0 into 0, which is the same place.
        let mut weld = |p: Vec3| {
            let next = ids.len();
            *ids.entry((p + 0.0).to_array().map(f32::to_bits)).or_insert(next)
        };
        let mut balance: HashMap<(usize, usize), i32> = HashMap::new();
        for corners in self.corners() {
            let t = corners.map(&mut weld);
            for (a, b) in [(t[0], t[1]), (t[1], t[2]), (t[2], t[0])] {
                *balance.entry((a.min(b), a.max(b))).or_default() += if a < b { 1 } else { -1 };
            }
        }
        balance.into_iter().filter(|&((a, b), n)| a != b && n != 0).count()
    }
}
