//! Two links tied into one.

use glam::DVec3;

use super::changed::{Changed, Stretch};
use crate::Result;
use crate::curve::{Link, Polygon, segment_distance};

/// The connected sum: `b` is moved to the right of `a` (greater x), both are cut where they are nearest to each other, at a vertex, and joined by
/// two straight strands as their directions ask. The component of `a` that is cut becomes the first, then come the others of `a`, then those of
/// `b`. How the two strands lie beside each other does not matter.
///
/// # Errors
/// As [`Link::new`].
pub fn connected_sum(a: &Link, b: &Link) -> Result<Changed> {
    let extreme = |link: &Link, sign: f64| {
        let places = link.components().iter().enumerate().flat_map(|(c, p)| (0..p.len()).map(move |k| (c, k)));
        places.max_by(|x, y| (sign * at(link, *x).x).total_cmp(&(sign * at(link, *y).x))).unwrap_or((0, 0))
    };
    let (from, to) = (extreme(a, 1.0), extreme(b, -1.0));
    let size = |link: &Link| {
        let [low, high] = link.bounds();
        (high - low).length()
    };
    // Far enough that the strands leave either link steeply.
    let shift = at(a, from) + DVec3::X * (0.5 * (size(a) + size(b))) - at(b, to);
    let b = b.map(|p| p + shift)?;
    let (mut left, right) = (opened(a, from), opened(&b, to));
    // The ends of either are new, and what is between them.
    let (first, end) = (left.len() - 1, left.len() + right.len() - 1);
    left.extend(right);
    let stretch = |vertices| Stretch { component: 0, vertices };
    let stretches = vec![stretch(0..1), stretch(first..first + 2), stretch(end..end + 1)];
    let others = |link: &Link, cut: usize| {
        let rest: Vec<Vec<DVec3>> =
            link.components().iter().enumerate().filter(|(c, _)| *c != cut).map(|(_, p)| p.vertices().to_vec()).collect();
        rest
    };
    Ok(Changed { link: Link::from_vertices([vec![left], others(a, from.0), others(&b, to.0)].concat())?, stretches })
}

fn at(link: &Link, (component, vertex): (usize, usize)) -> DVec3 {
    link.components()[component].vertices()[vertex]
}

/// The polygon opened at a vertex: from a little behind it, around, to a little before it.
fn opened(link: &Link, (component, vertex): (usize, usize)) -> Vec<DVec3> {
    let polygon: &Polygon = &link.components()[component];
    let (n, tip) = (polygon.len(), polygon.vertices()[vertex]);
    let touches = |c: usize, k: usize| c == component && (k == vertex || (k + 1) % n == vertex);
    let all = link.components().iter().enumerate().flat_map(|(c, p)| p.edges().enumerate().map(move |(k, ends)| (c, k, ends)));
    let room = all
        .filter(|(c, k, _)| !touches(*c, *k))
        .map(|(_, _, ends)| segment_distance([tip, tip], ends).0)
        .fold(f64::INFINITY, f64::min);
    let near = |other: DVec3| tip + (other - tip).normalize_or_zero() * (0.25 * room.min(tip.distance(other)));
    let next = polygon.vertex(vertex as isize + 1);
    let last = polygon.vertex(vertex as isize - 1);
    let around = (1..n).map(|k| polygon.vertex((vertex + k) as isize));
    std::iter::once(near(next)).chain(around).chain([near(last)]).collect()
}
