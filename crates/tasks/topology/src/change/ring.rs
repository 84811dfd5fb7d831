//! A ring that lies beside the link opens, comes, lies down over a strand, and closes beneath it.

use glam::DVec2;

use super::ease::ease;
use super::{Change, own_height, strands};
use crate::plan::{LEVEL, Pass, Plan, RADIUS};
use crate::shot::{Gap, Shot};

/// When the ring has opened, risen, come, gone down, closed.
const OPENS: (f64, f64) = (0.02, 0.2);
const RISES: (f64, f64) = (0.16, 0.36);
const COMES: (f64, f64) = (0.28, 0.66);
const SINKS: (f64, f64) = (0.6, 0.8);
const CLOSES: (f64, f64) = (0.78, 0.97);
/// It clears all strands by so much when it comes, units.
const HIGH: f64 = 2.0 * LEVEL + 2.4 * RADIUS;
/// What is free beside the strand around which it closes, radii.
const ROOM: f64 = 0.45;

/// A plan whose last strand is a ring with two crossings.
pub(crate) struct Ring {
    plan: Plan,
    ring: usize,
    /// From where it lies in the end to where it lies at first.
    aside: DVec2,
    /// The gap around the place where it goes below, in vertices.
    gap: [f64; 2],
    mark: DVec2,
}

impl Ring {
    /// `None` if the last strand is no such ring, or there is no room beside the link. `corner`: in which quarter of the panel the ring is to lie
    /// at first, signs of x and y.
    pub(crate) fn new(plan: Plan, corner: DVec2) -> Option<Self> {
        let ring = plan.lines.len().checked_sub(1)?;
        let passes: Vec<Pass> = plan.of_line(ring).copied().collect();
        let [a, b] = passes.as_slice() else { return None };
        let (over, under) = if a.over { (a, b) } else { (b, a) };
        if !over.over || under.over {
            return None;
        }
        let n = plan.lines[ring].len() as f64;
        let edge = plan.point(ring, under.at - 0.5).distance(plan.point(ring, under.at + 0.5));
        let other = plan.crossing(under.crossing)?[0];
        let sine = plan.along(ring, under.at).perp_dot(plan.along(other.line, other.at)).abs();
        let half = RADIUS * (2.0 + ROOM) / sine.max(0.4) / edge;
        let free = (over.at - under.at).rem_euclid(n).min((under.at - over.at).rem_euclid(n));
        if half + 1.5 * RADIUS / edge > free {
            return None;
        }
        let mark = 0.5 * (over.place + under.place);
        let aside = aside(&plan, ring, corner.normalize_or_zero())?;
        Some(Self { gap: [under.at - half, under.at + half], plan, ring, aside, mark })
    }
}

impl Change for Ring {
    fn at(&self, share: f64) -> Shot {
        let mut strands = strands(&self.plan, own_height);
        let away = self.aside * (1.0 - ease(share, COMES.0, COMES.1));
        let risen = ease(share, RISES.0, RISES.1);
        let sunk = ease(share, SINKS.0, SINKS.1);
        for point in &mut strands[self.ring].points {
            // It lies flat at first, and rises to where it leads over the strand.
            let lies = -LEVEL + (point.z + LEVEL) * risen;
            *point += away.extend(0.0);
            point.z = lies + HIGH * (risen - sunk);
        }
        let open = ease(share, OPENS.0, OPENS.1) - ease(share, CLOSES.0, CLOSES.1);
        let (middle, half) = (0.5 * (self.gap[0] + self.gap[1]), 0.5 * (self.gap[1] - self.gap[0]) * open);
        let gap = Gap { strand: self.ring, from: middle - half, to: middle + half };
        Shot { strands, gaps: if open > 1e-3 { vec![gap] } else { Vec::new() } }
    }

    fn whole(&self) -> Vec<[f64; 2]> {
        vec![[0.0, OPENS.0], [CLOSES.1, 1.0]]
    }

    fn mark(&self) -> Option<(DVec2, f64)> {
        Some((self.mark, super::MARK))
    }
}

/// How far the ring must be moved for it to lie beside all else, in a direction.
fn aside(plan: &Plan, ring: usize, towards: DVec2) -> Option<DVec2> {
    let line = &plan.lines[ring];
    let middle = line.iter().sum::<DVec2>() / line.len() as f64;
    let reach = line.iter().map(|p| p.distance(middle)).fold(0.0, f64::max) + 3.5 * RADIUS;
    let others = || plan.lines[..ring].iter().flatten();
    let clear = |at: DVec2| others().all(|p| p.distance(at) > reach);
    let centre = others().sum::<DVec2>() / others().count().max(1) as f64;
    (0..60).map(|k| centre + towards * (0.05 * f64::from(k))).find(|at| clear(*at)).map(|at| at - middle)
}
