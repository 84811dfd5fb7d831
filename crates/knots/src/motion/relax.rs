//! A flow that makes room.

use glam::DVec3;

use super::energy::energy;
use super::smooth::smooth;
use super::spread::spread;
use super::{Motion, Strand, certify_step};
use crate::curve::{Link, Polygon};
use crate::{Error, Result};

/// Vertices of a link that flows: each step looks at every pair of edges, here a quarter of a second.
const MOST_VERTICES: usize = 5_000;
/// How often a step of the flow is halved before it ends.
const HALVINGS: usize = 12;
/// So many steps that together lower the energy by a smaller share are the last.
const LOOK_BACK: usize = 12;
const LEAST_GAIN: f64 = 1e-5;

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
        Self { steps: 200, stride: 1.0 }
    }
}

/// The downward flow of a repulsive energy, every step of it certified: strands keep off each other, curves become round, and tangles open.
///
/// The energy is a sum over pairs of edges of the inverse cube of their distance, and bending energy; only the shape counts, for the length is
/// kept, and vertices are spread evenly along the curve. Each step follows the energy's gradient, made smooth so that whole strands move. A step
/// that does not lower the energy, or cannot be certified, is halved, 12 times at most; then, or when steps gain nothing more, the flow ends. So the
/// energy falls from frame to frame and nothing passes. The last frame need not be the simplest form of a knot. The flow is made for 50 to 300 vertices
/// a component: the more there are, the less each step gains.
///
/// # Errors
/// [`Error::Motion`] where the link itself cannot be certified; [`Error::OutOfRange`]; [`Error::TooManyVertices`] beyond 5,000.
pub fn flow(link: &Link, strand: Strand, how: Flow) -> Result<Motion> {
    certify_step(link, link, strand)?;
    Motion::new(descent(link, how, DVec3::ONE, |here, next| certify_step(here, next, strand).is_ok())?)
}

/// The frames of a descent of the energy whose every step is `allowed`; moves along each axis count as much as is said.
pub(crate) fn descent(link: &Link, how: Flow, axes: DVec3, allowed: impl Fn(&Link, &Link) -> bool) -> Result<Vec<Link>> {
    if !(how.stride > 0.0 && how.stride <= 4.0) {
        return Err(Error::OutOfRange { what: "the flow's stride", value: how.stride, must: "above 0 and at most 4" });
    }
    if link.edge_count() > MOST_VERTICES {
        return Err(Error::TooManyVertices { count: link.edge_count(), most: MOST_VERTICES });
    }
    let length: f64 = link.components().iter().map(Polygon::length).sum();
    let mean = length / link.edge_count() as f64;
    let mut frames = vec![link.clone()];
    let mut stride = how.stride * mean;
    let (mut now, gradient) = energy(link);
    let mut descent = Descent::new(link, gradient, axes);
    let mut energies = vec![now];
    for _ in 0..how.steps {
        let here = &frames[frames.len() - 1];
        let strongest = descent.direction.iter().map(|f| f.length()).fold(0.0, f64::max);
        if !(strongest > 0.0 && strongest.is_finite()) {
            break;
        }
        let mut next = None;
        for _ in 0..HALVINGS {
            if let Ok(candidate) = stepped(here, &descent.direction, stride / strongest, length) {
                let found = energy(&candidate);
                if found.0 < now && allowed(here, &candidate) {
                    next = Some((candidate, found));
                    break;
                }
            }
            stride *= 0.5;
        }
        match next {
            Some((candidate, (value, gradient))) => {
                now = value;
                descent.turn(&candidate, gradient, axes);
                frames.push(candidate);
                energies.push(now);
                stride = (2.0 * stride).min(how.stride * mean);
            }
            None if descent.is_steepest => break,
            None => {
                descent.restart();
                stride = how.stride * mean;
            }
        }
        if energies.len() > LOOK_BACK && energies[energies.len() - 1 - LOOK_BACK] - now < LEAST_GAIN * now {
            break;
        }
    }
    Ok(frames)
}

/// The direction in which an energy is lowered: conjugate gradients (E. Polak, G. Ribière, 1969), so that long narrow valleys are run through and
/// not crossed from side to side.
struct Descent {
    gradient: Vec<DVec3>,
    downhill: Vec<DVec3>,
    direction: Vec<DVec3>,
    /// Whether the direction is straight downhill.
    is_steepest: bool,
}

impl Descent {
    fn new(link: &Link, gradient: Vec<DVec3>, axes: DVec3) -> Self {
        let downhill: Vec<DVec3> = downhill(link, &gradient).into_iter().map(|v| v * axes).collect();
        Self { gradient, direction: downhill.clone(), downhill, is_steepest: true }
    }

    fn restart(&mut self) {
        self.direction.clone_from(&self.downhill);
        self.is_steepest = true;
    }

    /// The direction at the next place.
    fn turn(&mut self, link: &Link, gradient: Vec<DVec3>, axes: DVec3) {
        let next = Self::new(link, gradient, axes);
        let dot = |a: &[DVec3], b: &[DVec3]| a.iter().zip(b).map(|(a, b)| a.dot(*b)).sum::<f64>();
        let old = dot(&self.gradient, &self.downhill);
        let share = ((dot(&next.gradient, &next.downhill) - dot(&self.gradient, &next.downhill)) / old).max(0.0);
        let direction: Vec<DVec3> = next.downhill.iter().zip(&self.direction).map(|(new, old)| *new + *old * share).collect();
        // Uphill it is no use.
        let slope = dot(&next.gradient, &direction);
        let is_steepest = slope >= 0.0 || slope.is_nan();
        *self = Self { direction: if is_steepest { next.downhill.clone() } else { direction }, is_steepest, ..next };
    }
}

/// Where the gradient leads down, smoothly along each component.
fn downhill(link: &Link, gradient: &[DVec3]) -> Vec<DVec3> {
    let mut first = 0;
    let mut out = Vec::with_capacity(gradient.len());
    for polygon in link.components() {
        let n = polygon.len();
        // Along the curve vertices only change places: spreading them sees to that.
        let across = |k: usize| {
            let tangent = (polygon.vertex(k as isize + 1) - polygon.vertex(k as isize - 1)).normalize_or_zero();
            let pull = -gradient[first + k];
            pull - tangent * pull.dot(tangent)
        };
        out.extend(smooth(&(0..n).map(across).collect::<Vec<_>>()));
        first += n;
    }
    out
}

/// The link moved, vertices spread, about the same middle and of the same length.
fn stepped(link: &Link, force: &[DVec3], size: f64, length: f64) -> Result<Link> {
    let mut forces = force.iter();
    let pushed = link.map(|p| p + forces.next().copied().unwrap_or(DVec3::ZERO) * size)?;
    let even = spread(&pushed, 0.5, 0.0)?;
    let now: f64 = even.components().iter().map(Polygon::length).sum();
    let middle = |link: &Link| link.vertices().sum::<DVec3>() / link.edge_count() as f64;
    let (old, new) = (middle(link), middle(&even));
    even.map(|p| old + (p - new) * (length / now))
}
