//! A body: what all of its surfaces leave filled, and what it does to light.

use glam::DVec3;
use serde::{Deserialize, Serialize};

use super::{Ray, Surface};

/// What a body does to light.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Optic {
    /// Clear: light goes on inside of it.
    Clear {
        /// Index of refraction.
        n: f64,
    },
    /// One of its surfaces is a mirror on its front; the others end light.
    Mirror {
        /// Which, by its place in [`Body::surfaces`].
        face: usize,
    },
    /// Light ends at it.
    Matte,
}

/// A body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Of its own.
    pub name: String,
    /// It fills what all of them leave filled.
    pub surfaces: Vec<Surface>,
    /// What it does to light.
    pub optic: Optic,
}

/// Where a line crosses the boundary of a body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) t: f64,
    pub(super) surface: usize,
}

impl Body {
    /// Whether a point lies in it.
    #[must_use]
    pub fn contains(&self, p: DVec3) -> bool {
        self.surfaces.iter().all(|surface| surface.signed(p) < 0.0)
    }

    /// Metres from a point of one of its surfaces to that one's rim, along the surface as it begins at the point; the nearest rim counts.
    /// No number at all (infinite) where the surface has none.
    #[must_use]
    pub fn to_rim(&self, surface: usize, p: DVec3) -> f64 {
        let normal = self.surfaces[surface].normal(p);
        let others = self.surfaces.iter().enumerate().filter(|(i, _)| *i != surface);
        let away = |(_, other): (usize, &Surface)| {
            let slope = other.normal(p).reject_from_normalized(normal).length();
            // On the axis of a rim, which has no normal there, all ways to it are alike.
            let slope = if slope.is_nan() { 1.0 } else { slope };
            if slope < 1e-9 { f64::INFINITY } else { -other.signed(p) / slope }
        };
        others.map(away).fold(f64::INFINITY, f64::min)
    }

    /// Where a ray first crosses its boundary, farther away than `after`.
    pub(super) fn first_edge(&self, ray: &Ray, after: f64) -> Option<Edge> {
        // Which parts of the line all surfaces leave, with the surface at each end.
        let mut parts =
            vec![[Edge { t: f64::NEG_INFINITY, surface: usize::MAX }, Edge { t: f64::INFINITY, surface: usize::MAX }]];
        for (i, surface) in self.surfaces.iter().enumerate() {
            let filled = surface.filled(ray);
            let cut = |[from, to]: [Edge; 2]| {
                filled.into_iter().flatten().filter_map(move |[a, b]| {
                    let from = if a > from.t { Edge { t: a, surface: i } } else { from };
                    let to = if b < to.t { Edge { t: b, surface: i } } else { to };
                    (from.t < to.t).then_some([from, to])
                })
            };
            parts = parts.into_iter().flat_map(cut).collect();
            if parts.is_empty() {
                return None;
            }
        }
        let edges = parts.into_iter().flatten().filter(|edge| edge.t > after && edge.t.is_finite());
        edges.min_by(|a, b| a.t.total_cmp(&b.t))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A lens that is hollow on both sides, 2 mm thick in its middle.
    fn concave_lens() -> Body {
        let ball = |x: f64| Surface::Sphere { center: DVec3::X * x, radius: 0.1, hollow: true };
        let plane = |x: f64| Surface::Plane { point: DVec3::X * x, normal: DVec3::X * x.signum() };
        let rim = Surface::Cylinder { point: DVec3::ZERO, axis: DVec3::X, radius: 0.03, hollow: false };
        let surfaces = vec![ball(-0.101), ball(0.101), rim, plane(-0.01), plane(0.01)];
        Body { name: "lens".into(), surfaces, optic: Optic::Clear { n: 1.5 } }
    }

    #[test]
    fn a_line_may_leave_a_hollow_body_and_come_back() {
        let lens = concave_lens();
        // Across its rim, just beside its middle: glass, air, glass.
        let ray = Ray::new(DVec3::new(0.003, -1.0, 0.0), DVec3::Y);
        let mut crossed = Vec::new();
        let mut after = 0.0;
        while let Some(edge) = lens.first_edge(&ray, after) {
            crossed.push((edge.t - 1.0, edge.surface));
            after = edge.t + 1e-12;
        }
        let hollow = (0.1_f64 * 0.1 - 0.098 * 0.098).sqrt();
        let wanted = [(-0.03, 2), (-hollow, 1), (hollow, 1), (0.03, 2)];
        assert_eq!(crossed.len(), 4, "{crossed:?}");
        assert!(crossed.iter().zip(wanted).all(|(a, b)| (a.0 - b.0).abs() < 1e-12 && a.1 == b.1), "{crossed:?}");
        assert!(lens.contains(DVec3::ZERO) && !lens.contains(DVec3::X * 0.003) && lens.contains(DVec3::new(0.003, 0.025, 0.0)));
    }

    #[test]
    fn the_way_to_the_rim_is_measured_along_the_surface() {
        let lens = concave_lens();
        let middle = DVec3::X * -0.001;
        assert!((lens.to_rim(0, middle) - 0.03).abs() < 1e-12, "{}", lens.to_rim(0, middle));
        // A wedge: two planes that meet at half a right angle.
        let plane = |normal: DVec3| Surface::Plane { point: DVec3::ZERO, normal };
        let wedge = Body {
            name: "wedge".into(),
            surfaces: vec![plane(DVec3::Z), plane(DVec3::new(-1.0, 0.0, -1.0).normalize())],
            optic: Optic::Matte,
        };
        assert!((wedge.to_rim(0, DVec3::X * 0.2) - 0.2).abs() < 1e-12);
        let ball = Surface::Sphere { center: DVec3::ZERO, radius: 1.0, hollow: false };
        let ball = Body { name: "ball".into(), surfaces: vec![ball], optic: Optic::Matte };
        assert_eq!(ball.to_rim(0, DVec3::X), f64::INFINITY);
    }
}
