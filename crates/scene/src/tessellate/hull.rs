//! Points for convex hulls and silhouettes.

use std::collections::BTreeMap;

use glam::Vec3;

use crate::{Mesh, Shape};

impl Shape {
    /// Points on the surface whose convex hull is the shape's to within 0.5 % of its size: what one projects to get an outline,
    /// or hands to a physics engine as a hull. `meshes` is [`crate::Scene::meshes`].
    #[must_use]
    pub fn hull_points(&self, meshes: &BTreeMap<String, Mesh>) -> Vec<Vec3> {
        let segments = match self {
            Self::Mesh { mesh } => return meshes.get(mesh).map_or_else(Vec::new, |m| m.positions.clone()),
            // Enough that chords of the curve, too, stay within the bound where it bends about its own middle.
            Self::Tube { .. } => 32,
            // A ball lacks 1 - cos x in the middle of a square facet whose half diagonal is x: 0.4 % at 48.
            _ => 48,
        };
        let mut points = self.tessellate(segments).map_or_else(Vec::new, |m| m.positions);
        // Vertices that differ in their normals only.
        points.sort_by(|a, b| a.to_array().map(f32::to_bits).cmp(&b.to_array().map(f32::to_bits)));
        points.dedup();
        points
    }
}
