//! A ring around a strand.

use std::f64::consts::TAU;

use glam::DVec3;

use crate::curve::{Link, segment_distance};
use crate::diagram::Sign;
use crate::{Error, Result};

/// Vertices of a ring.
const VERTICES: usize = 24;

/// Adds a component: a ring around the middle of an edge, half as wide as there is room, which links that strand once and nothing else. The
/// sign is that of the linking number.
///
/// # Errors
/// [`Error::NoSuch`]; [`Error::DoesNotApply`] where other strands leave no room.
pub fn ring(link: &Link, component: usize, edge: usize, sign: Sign) -> Result<Link> {
    let count = link.components().len();
    let polygon = link.components().get(component).ok_or(Error::NoSuch { what: "component", index: component, count })?;
    if edge >= polygon.len() {
        return Err(Error::NoSuch { what: "edge", index: edge, count: polygon.len() });
    }
    let [a, b] = polygon.edge(edge);
    let middle = 0.5 * (a + b);
    let others = link.components().iter().enumerate().flat_map(|(c, p)| p.edges().enumerate().map(move |(k, ends)| (c, k, ends)));
    let distances =
        others.filter(|(c, k, _)| (*c, *k) != (component, edge)).map(|(_, _, ends)| segment_distance([middle, middle], ends).0);
    let radius = 0.5 * distances.fold(f64::INFINITY, f64::min);
    if radius <= 1e-12 * a.distance(b) {
        return Err(Error::DoesNotApply { operation: "a ring around a strand", reason: "another strand touches it" });
    }
    let along = (b - a).normalize_or_zero();
    let (u, v) = along.any_orthonormal_pair();
    // Counter-clockwise about the strand's direction links it positively.
    let v = if (u.cross(v).dot(along) > 0.0) == (sign == Sign::Positive) { v } else { -v };
    let at = |k: usize| {
        let angle = TAU * k as f64 / VERTICES as f64;
        middle + (u * libm::cos(angle) + v * libm::sin(angle)) * radius
    };
    let vertices = (0..VERTICES).map(at).collect::<Vec<DVec3>>();
    let lines = link.components().iter().map(|c| c.vertices().to_vec()).chain([vertices]);
    Link::from_vertices(lines)
}
