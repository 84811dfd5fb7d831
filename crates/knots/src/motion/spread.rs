//! Vertices spread evenly along the curve.

use crate::Result;
use crate::curve::{Link, Polygon};

/// Each vertex is drawn to the middle of its neighbours: along the curve by `along`, across it by `across` of the way.
pub(crate) fn spread(link: &Link, along: f64, across: f64) -> Result<Link> {
    let moved = |polygon: &Polygon| {
        let at = |k: isize| polygon.vertex(k);
        let step = |k: isize| {
            let (before, here, after) = (at(k - 1), at(k), at(k + 1));
            let pull = 0.5 * (before + after) - here;
            let tangent = (after - before).normalize_or_zero();
            let slide = tangent * pull.dot(tangent);
            here + slide * along + (pull - slide) * across
        };
        (0..polygon.len() as isize).map(step).collect::<Vec<_>>()
    };
    Link::from_vertices(link.components().iter().map(moved))
}
