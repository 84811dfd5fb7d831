//! A link as it lies on its plinth: lines in the plane, and at what height each passes where they cross.
//!
//! Lengths are in *units*: the lines of a panel lie within -1 to 1. Whoever draws them says how long a unit is.

use std::f64::consts::{FRAC_PI_2, TAU};

use glam::DVec2;
use raytruth_knots::Result;
use raytruth_knots::curve::Link;
use raytruth_knots::diagram::{Diagram, View, project};
use raytruth_knots::drawing::lift;

/// Radius of a strand, units.
pub(crate) const RADIUS: f64 = 0.06;
/// A strand that is above at a crossing lies so high above the middle, one below as deep beneath it, units: a little more than they need.
pub(crate) const LEVEL: f64 = 1.15 * RADIUS;
/// Length of an edge, units.
const EDGE: f64 = 0.06;
/// Vertices of a strand.
const FEWEST: usize = 40;
const MOST: usize = 300;
/// A crossing that is this near to where it was is the same, units.
const SAME: f64 = 0.3;
/// Heights of the curve that the plan is taken from.
const LIFT: f64 = 0.08;

/// A strand goes through a crossing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pass {
    pub line: usize,
    /// Where, in vertices from the line's first.
    pub at: f64,
    pub crossing: usize,
    pub over: bool,
    pub place: DVec2,
}

/// Closed lines of evenly spaced vertices, and their passes, in the order of lines and vertices.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    pub lines: Vec<Vec<DVec2>>,
    pub passes: Vec<Pass>,
}

impl Plan {
    /// A diagram's own drawing. Crossings keep their numbers; strands are in the order of the diagram's components.
    ///
    /// # Errors
    /// As [`lift`].
    pub(crate) fn of(diagram: &Diagram) -> Result<Self> {
        // Twice: how long strands are is known only when they are there.
        let first = lift(diagram, LIFT, 120)?;
        let link = first.resampled(|strand| (strand.length() / EDGE) as usize)?;
        let shown = project(&link, View::top())?;
        let components = diagram.components();
        let mut passes = Vec::with_capacity(2 * diagram.crossing_count());
        for (line, (list, edges)) in shown.passes.iter().zip(&components).enumerate() {
            // A strand begins behind the place where its first edge leaves.
            passes.extend(list.iter().enumerate().map(|(k, seen)| Pass {
                line,
                at: seen.edge as f64 + seen.at,
                crossing: edges[(k + 1) % edges.len()] / 4,
                over: seen.over,
                place: seen.picture,
            }));
        }
        let lines = link.components().iter().map(|strand| strand.vertices().iter().map(|p| p.truncate()).collect()).collect();
        Ok(Self { lines, passes })
    }

    /// An oval that crosses nothing.
    pub(crate) fn unknot() -> Self {
        let at = |k: usize| {
            let angle = TAU * k as f64 / MOST as f64;
            DVec2::new(libm::cos(angle), 0.8 * libm::sin(angle))
        };
        Self { lines: vec![(0..MOST).map(at).collect()], passes: Vec::new() }
    }

    /// With every place taken elsewhere by a map that keeps neighbours neighbours.
    pub(crate) fn map(&self, map: impl Fn(DVec2) -> DVec2) -> Self {
        Self {
            lines: self.lines.iter().map(|line| line.iter().map(|p| map(*p)).collect()).collect(),
            passes: self.passes.iter().map(|pass| Pass { place: map(pass.place), ..*pass }).collect(),
        }
    }

    /// The same drawing with vertices as far apart as they should be, after a map that made lines longer or shorter. `None` if it is not the same.
    pub(crate) fn spaced(&self) -> Option<Self> {
        let link = self.raised()?.resampled(|strand| ((strand.length() / EDGE) as usize).clamp(FEWEST, MOST)).ok()?;
        self.seen_in(&link)
    }

    /// The same drawing with passes where lines cross now, after vertices moved a little. `None` if it is not the same.
    pub(crate) fn located(&self) -> Option<Self> {
        self.seen_in(&self.raised()?)
    }

    /// The curve in space.
    pub(crate) fn raised(&self) -> Option<Link> {
        let line = |line: usize| {
            let heights = self.heights(line, |pass| if pass.over { LEVEL } else { -LEVEL });
            self.lines[line].iter().zip(heights).map(|(p, z)| p.extend(z)).collect::<Vec<_>>()
        };
        Link::from_vertices((0..self.lines.len()).map(line)).ok()
    }

    /// The plan of a curve that shows the same drawing, nearly in the same places.
    fn seen_in(&self, link: &Link) -> Option<Self> {
        let shown = project(link, View::top()).ok()?;
        let lines = link.components().iter().map(|strand| strand.vertices().iter().map(|p| p.truncate()).collect()).collect();
        let mut new = Self { lines, passes: Vec::with_capacity(self.passes.len()) };
        let mut names = vec![None; shown.diagram.crossing_count()];
        for (line, list) in shown.passes.iter().enumerate() {
            let was: Vec<&Pass> = self.of_line(line).collect();
            if was.len() != list.len() {
                return None;
            }
            let pair = |k: usize, shift: usize| (&list[k], was[(k + shift) % was.len()]);
            // A pass may have gone beyond the line's first vertex.
            let is_it = |shift: &usize| {
                (0..list.len()).map(|k| pair(k, *shift)).all(|(seen, pass)| {
                    let named = names[seen.crossing].is_none_or(|name: usize| name == pass.crossing);
                    named && seen.over == pass.over && seen.picture.distance(pass.place) < SAME
                })
            };
            let shift = (0..list.len().max(1)).find(is_it)?;
            for k in 0..list.len() {
                let (seen, pass) = pair(k, shift);
                names[seen.crossing] = Some(pass.crossing);
                let (at, place) = (seen.edge as f64 + seen.at, seen.picture);
                new.passes.push(Pass { line, at, crossing: pass.crossing, over: pass.over, place });
            }
        }
        Some(new)
    }

    /// Least distance of two crossings, units; infinite if there are fewer.
    pub(crate) fn spacing(&self) -> f64 {
        least_distance(self.passes.iter().filter(|pass| pass.over).map(|pass| pass.place))
    }

    /// The passes of a crossing: above, below.
    pub(crate) fn crossing(&self, crossing: usize) -> Option<[Pass; 2]> {
        let of = |over: bool| self.passes.iter().find(|pass| pass.crossing == crossing && pass.over == over).copied();
        Some([of(true)?, of(false)?])
    }

    /// The passes of a line, in their order.
    pub(crate) fn of_line(&self, line: usize) -> impl Iterator<Item = &Pass> + Clone {
        self.passes.iter().filter(move |pass| pass.line == line)
    }

    /// Heights of a line's vertices, of what height each of its passes has: it goes smoothly from one to the next. A strand that passes nothing
    /// lies on the ground.
    pub(crate) fn heights(&self, line: usize, of: impl Fn(&Pass) -> f64) -> Vec<f64> {
        let n = self.lines[line].len();
        let stops: Vec<(f64, f64)> = self.of_line(line).map(|pass| (pass.at, of(pass))).collect();
        let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return vec![-LEVEL; n] };
        let around = n as f64;
        let height = |s: f64| {
            let next = stops.partition_point(|(at, _)| *at <= s);
            let before = next.checked_sub(1).map_or((last.0 - around, last.1), |k| stops[k]);
            let after = stops.get(next).map_or((first.0 + around, first.1), |stop| *stop);
            let cos = libm::cos(FRAC_PI_2 * (s - before.0) / (after.0 - before.0).max(1e-9));
            after.1 + (before.1 - after.1) * cos * cos
        };
        (0..n).map(|k| height(k as f64)).collect()
    }

    /// The place on a line, at so many vertices from its first.
    pub(crate) fn point(&self, line: usize, at: f64) -> DVec2 {
        let vertices = &self.lines[line];
        let at = at.rem_euclid(vertices.len() as f64);
        let k = (at as usize).min(vertices.len() - 1);
        vertices[k].lerp(vertices[(k + 1) % vertices.len()], at - k as f64)
    }

    /// The direction of a line there, of length 1.
    pub(crate) fn along(&self, line: usize, at: f64) -> DVec2 {
        (self.point(line, at + 0.75) - self.point(line, at - 0.75)).normalize_or_zero()
    }
}

/// Least distance of two of some places; infinite if there are fewer.
pub(crate) fn least_distance(places: impl Iterator<Item = DVec2>) -> f64 {
    let places: Vec<DVec2> = places.collect();
    let pairs = (0..places.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    pairs.map(|(i, j)| places[i].distance(places[j])).fold(f64::INFINITY, f64::min)
}
