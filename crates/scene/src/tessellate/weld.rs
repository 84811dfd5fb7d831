use std::collections::HashMap;

use glam::Vec3;

use crate::Mesh;

/// A mesh under construction: equal vertices are one, and triangles that collapse to a line are left out. The rest stays closed,
/// because a facet that collapses joins the two edges it had.
#[derive(Default)]
pub(super) struct Weld {
    mesh: Mesh,
    ids: HashMap<[u32; 6], u32>,
}

impl Weld {
    pub(super) fn vertex(&mut self, position: Vec3, normal: Vec3) -> u32 {
        // Adding zero turns -0 into 0.
        let (p, n) = (position + 0.0, normal + 0.0);
        let key = [p.x, p.y, p.z, n.x, n.y, n.z].map(f32::to_bits);
        *self.ids.entry(key).or_insert_with(|| {
            self.mesh.positions.push(p);
            self.mesh.normals.push(n);
            (self.mesh.positions.len() - 1) as u32
        })
    }

    pub(super) fn triangle(&mut self, a: u32, b: u32, c: u32) {
        let [p, q, r] = [a, b, c].map(|i| self.mesh.positions[i as usize]);
        if p != q && q != r && r != p {
            self.mesh.triangles.push([a, b, c]);
        }
    }

    /// Counter-clockwise seen from outside.
    pub(super) fn quad(&mut self, a: u32, b: u32, c: u32, d: u32) {
        self.triangle(a, b, c);
        self.triangle(a, c, d);
    }

    pub(super) fn finish(self) -> Mesh {
        self.mesh
    }
}
