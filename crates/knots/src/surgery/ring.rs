//! Rings around strands.

use std::f64::consts::TAU;

use super::changed::{Changed, with_component};
use super::site::Site;
use crate::curve::{Link, segment_distance};
use crate::diagram::{Sign, View};
use crate::{Error, Result};

/// A strand runs on as long as the cosine of its turn is more than this.
const STRAIGHT: f64 = 0.3;
/// Vertices of a ring.
const VERTICES: usize = 48;

/// Adds a component: a ring around the middle of an edge, half as wide as there is room, which links that strand once and nothing else. The
/// sign is that of the linking number.
///
/// # Errors
/// [`Error::NoSuch`]; [`Error::DoesNotApply`] where other strands leave no room.
pub fn ring(link: &Link, component: usize, edge: usize, sign: Sign) -> Result<Changed> {
    let count = link.components().len();
    let polygon = link.components().get(component).ok_or(Error::NoSuch { what: "component", index: component, count })?;
    if edge >= polygon.len() {
        return Err(Error::NoSuch { what: "edge", index: edge, count: polygon.len() });
    }
    let [a, b] = polygon.edge(edge);
    let middle = 0.5 * (a + b);
    let along = (b - a).normalize_or_zero();
    // As long as the strand runs on it meets the ring's plane no more: how many edges that are, and how far they lead.
    let n = polygon.len();
    let runs_on = |step: isize| {
        let edge_at = |k: usize| polygon.edge((edge as isize + step * k as isize).rem_euclid(n as isize) as usize);
        let runs = |k: &usize| {
            let [p, q] = edge_at(*k);
            (q - p).normalize_or_zero().dot(along) > STRAIGHT
        };
        let count = (1..n / 2).take_while(runs).count();
        (count, edge_at(count)[usize::from(step > 0)].distance(middle))
    };
    let ((ahead, far), (back, other_far)) = (runs_on(1), runs_on(-1));
    let is_own = |c: usize, k: usize| c == component && ((k + n - edge) % n <= ahead || (edge + n - k) % n <= back);
    let others = link.components().iter().enumerate().flat_map(|(c, p)| p.edges().enumerate().map(move |(k, ends)| (c, k, ends)));
    let distances = others.filter(|(c, k, _)| !is_own(*c, *k)).map(|(_, _, ends)| segment_distance([middle, middle], ends).0);
    let radius = 0.5 * distances.fold(far.min(other_far), f64::min);
    if radius <= 1e-12 * a.distance(b) {
        return Err(Error::DoesNotApply { operation: "a ring around a strand", reason: "another strand touches it" });
    }
    let (u, v) = along.any_orthonormal_pair();
    // Counter-clockwise about the strand's direction links it positively.
    let v = if (u.cross(v).dot(along) > 0.0) == (sign == Sign::Positive) { v } else { -v };
    let at = |k: usize| {
        let angle = TAU * k as f64 / VERTICES as f64;
        middle + (u * libm::cos(angle) + v * libm::sin(angle)) * radius
    };
    with_component(link, (0..VERTICES).map(at).collect())
}

/// A ring around the two strands that cross here: over both ahead of the crossing, as both run forward, and below both behind it. It links either
/// strand once, with this sign; it is the last component. It lies in a disc about the crossing that no other strand enters.
///
/// # Errors
/// [`Error::View`], [`Error::NoSuch`]; [`Error::DoesNotApply`] where the strands run against each other.
pub fn ring_around_two(link: &Link, view: View, crossing: usize, sign: Sign) -> Result<Changed> {
    let site = Site::new(link, view, crossing, "a ring around two strands", Site::runs_forward)?;
    let axis = site.axis();
    let side = axis.perp();
    // The steepest of the strands' four ends to the axis.
    let ends = || [&site.over, &site.under].into_iter().flat_map(|pass| pass.directions);
    let forward = ends().map(|d| d.dot(axis)).fold(f64::INFINITY, f64::min);
    // An ellipse in the picture, inside the disc; so slender that strands meet it at more than half of its greatest height.
    let wide = 0.8 * site.radius;
    let long = wide * (forward / (1.0 - forward * forward).max(0.0).sqrt()).min(1.0);
    let level = 0.5 * (site.over.height + site.under.height);
    let heights = || site.over.heights(&view).chain(site.under.heights(&view));
    let tallest = heights().map(|h| (h - level).abs()).fold(0.0, f64::max);
    let tall = 2.0 * tallest + (site.over.height - site.under.height);
    let hand = if sign == Sign::Positive { 1.0 } else { -1.0 };
    let at = |k: usize| {
        let (sin, cos) = libm::sincos(TAU * (k as f64 + 0.5) / VERTICES as f64);
        view.place(site.middle + side * (hand * wide * cos) + axis * (long * sin), level + tall * sin)
    };
    with_component(link, (0..VERTICES).map(at).collect())
}
