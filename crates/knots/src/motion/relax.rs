//! Vertices spread along the curve, and a flow that makes room.

use glam::DVec3;

use super::{Motion, Strand, certify_step};
use crate::curve::{Link, Polygon};
use crate::{Error, Result};

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

/// How often a step of the flow is halved before it ends.
const HALVINGS: usize = 10;

/// How a [`flow`] runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Steps at most.
    pub steps: usize,
    /// No vertex moves farther than this share of the mean edge in one step.
    pub stride: f64,
}

impl Default for Flow {
    fn default() -> Self {
        Self { steps: 200, stride: 0.25 }
    }
}

/// The downward flow of a repulsive energy, every step of it certified: strands keep off each other, and tangles open. The energy is
/// `Σ ℓᵢ ℓⱼ / d²` over edges that are not neighbours, at their middles (J. Simon, "Energy functions for polygonal knots", *JKTR* 3, 1994, in
/// its simplest form), at constant length; vertices are spread evenly along the curve. A step that does not lower the energy, or
/// cannot be certified, is halved, ten times at most, then the flow ends. It need not reach the simplest form of a knot: look at what comes out.
///
/// # Errors
/// [`Error::Motion`] where the link itself cannot be certified; [`Error::OutOfRange`].
pub fn flow(link: &Link, strand: Strand, how: Flow) -> Result<Motion> {
    if !(how.stride > 0.0 && how.stride <= 1.0) {
        return Err(Error::OutOfRange { what: "the flow's stride", value: how.stride, must: "above 0 and at most 1" });
    }
    certify_step(link, link, strand)?;
    let length: f64 = link.components().iter().map(Polygon::length).sum();
    let mean = length / link.edge_count() as f64;
    let mut frames = vec![link.clone()];
    let mut stride = how.stride * mean;
    for _ in 0..how.steps {
        let here = &frames[frames.len() - 1];
        let force = forces(here);
        let energy = energy(here);
        let strongest = force.iter().map(|f| f.length()).fold(0.0, f64::max);
        if strongest <= 0.0 {
            break;
        }
        let mut next = None;
        for _ in 0..HALVINGS {
            let candidate = stepped(here, &force, stride / strongest, length);
            if let Ok(candidate) = candidate
                && self::energy(&candidate) < energy
                && certify_step(here, &candidate, strand).is_ok()
            {
                next = Some(candidate);
                break;
            }
            stride *= 0.5;
        }
        match next {
            Some(next) => {
                frames.push(next);
                stride = (1.5 * stride).min(how.stride * mean);
            }
            None => break,
        }
    }
    Motion::new(frames)
}

fn stepped(link: &Link, force: &[DVec3], size: f64, length: f64) -> Result<Link> {
    let mut k = 0;
    let pushed = link.map(|p| {
        k += 1;
        p + force[k - 1] * size
    })?;
    let even = spread(&pushed, 0.5, 0.02)?;
    let now: f64 = even.components().iter().map(Polygon::length).sum();
    let middle = even.vertices().sum::<DVec3>() / even.edge_count() as f64;
    even.map(|p| middle + (p - middle) * (length / now))
}

/// Of each edge its component, number, how many there are, middle and length.
fn middles(link: &Link) -> Vec<(usize, usize, usize, DVec3, f64)> {
    let of = |(c, polygon): (usize, &Polygon)| {
        let n = polygon.len();
        polygon.edges().enumerate().map(|(k, [a, b])| (c, k, n, 0.5 * (a + b), a.distance(b))).collect::<Vec<_>>()
    };
    link.components().iter().enumerate().flat_map(of).collect()
}

fn energy(link: &Link) -> f64 {
    let (middles, mut sum) = (middles(link), 0.0);
    for (i, (c, k, n, p, l)) in middles.iter().enumerate() {
        for (d, m, _, q, o) in &middles[i + 1..] {
            if c != d || (m - k).min(n + k - m) >= 3 {
                sum += l * o / p.distance_squared(*q).max(f64::MIN_POSITIVE);
            }
        }
    }
    sum
}

/// The downward gradient of the energy at each vertex, lengths of edges held, averaged over neighbours so that curves move and not corners.
fn forces(link: &Link) -> Vec<DVec3> {
    let middles = middles(link);
    let mut push = vec![DVec3::ZERO; middles.len()];
    for (i, (c, k, n, p, l)) in middles.iter().enumerate() {
        for (j, (d, m, _, q, o)) in middles.iter().enumerate().skip(i + 1) {
            if c == d && (m - k).min(n + k - m) < 3 {
                continue;
            }
            let r = *p - *q;
            let square = r.length_squared().max(f64::MIN_POSITIVE);
            let f = r * (2.0 * l * o / (square * square));
            push[i] += f;
            push[j] -= f;
        }
    }
    let mut out = Vec::with_capacity(push.len());
    let mut first = 0;
    for polygon in link.components() {
        let n = polygon.len();
        let own = &push[first..first + n];
        let mut vertices: Vec<DVec3> = (0..n).map(|k| 0.5 * (own[k] + own[(k + n - 1) % n])).collect();
        for _ in 0..4 {
            vertices = (0..n).map(|k| 0.5 * vertices[k] + 0.25 * (vertices[(k + 1) % n] + vertices[(k + n - 1) % n])).collect();
        }
        out.extend(vertices);
        first += n;
    }
    out
}
