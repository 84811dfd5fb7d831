//! A ring that lies beside the link opens, comes, lies down over a strand, and closes beneath it.

use std::f64::consts::TAU;

use glam::DVec2;

use super::ease::ease;
use super::{Change, beside, own_height, strands};
use crate::plan::{LEVEL, Pass, Plan, RADIUS};
use crate::shot::{Gap, Shot};

/// Radius of a ring, units; and how many vertices it has.
pub(super) const RING: f64 = 0.23;
const VERTICES: usize = 40;
/// When the ring has opened, risen, come, gone down, closed.
const OPENS: (f64, f64) = (0.02, 0.2);
const RISES: (f64, f64) = (0.14, 0.32);
const COMES: (f64, f64) = (0.24, 0.74);
const SINKS: (f64, f64) = (0.68, 0.84);
const CLOSES: (f64, f64) = (0.82, 0.97);
/// It clears all strands by so much when it comes, units.
const HIGH: f64 = 2.0 * LEVEL + 2.4 * RADIUS;
/// What is free beside the strand around which it closes, radii.
const ROOM: f64 = 0.8;
/// How far other strands, and crossings, stay from it, units.
const OTHERS: f64 = 2.5 * RADIUS;
const CROSSINGS: f64 = 0.2;
/// One vertex in so many is tried for its middle.
const TRIED: usize = 3;

/// A plan whose last strand is a ring with two crossings.
pub(crate) struct Ring {
    plan: Plan,
    /// From where it lies in the end to where it lies at first.
    aside: DVec2,
    /// The gap around the place where it goes below, in vertices.
    gap: [f64; 2],
    mark: DVec2,
}

impl Ring {
    /// Around a strand of a link. `pick`: at which of the places with room for it, 0 to 1. `right`: whether the strand comes into the ring from
    /// above. `towards`: in which direction from the middle it lies at first. `None` if there is no room.
    pub(crate) fn new(link: &Plan, pick: f64, right: bool, towards: DVec2) -> Option<Self> {
        let places = roomy(link);
        let place = *places.get((pick * places.len() as f64) as usize)?;
        let mark = link.point(place.0, place.1);
        let plan = ringed(link, place, right)?.located()?;
        let ring = plan.lines.len() - 1;
        let under = *plan.of_line(ring).find(|pass| !pass.over)?;
        let edge = plan.point(ring, under.at - 0.5).distance(plan.point(ring, under.at + 0.5));
        let other = plan.crossing(under.crossing)?[0];
        let sine = plan.along(ring, under.at).perp_dot(plan.along(other.line, other.at)).abs();
        let half = RADIUS * (2.0 + ROOM) / sine.max(0.4) / edge;
        let aside = beside::place(link.lines.iter().flatten().copied(), towards)? - mark;
        Some(Self { gap: [under.at - half, under.at + half], plan, aside, mark })
    }
}

impl Change for Ring {
    fn at(&self, share: f64) -> Shot {
        let mut strands = strands(&self.plan, own_height);
        let ring = strands.len() - 1;
        let away = self.aside * (1.0 - ease(share, COMES.0, COMES.1));
        let risen = ease(share, RISES.0, RISES.1);
        let sunk = ease(share, SINKS.0, SINKS.1);
        for point in &mut strands[ring].points {
            // It lies flat at first, and rises to where it leads over the strand.
            let lies = -LEVEL + (point.z + LEVEL) * risen;
            *point += away.extend(0.0);
            point.z = lies + HIGH * (risen - sunk);
        }
        let open = ease(share, OPENS.0, OPENS.1) - ease(share, CLOSES.0, CLOSES.1);
        let (middle, half) = (0.5 * (self.gap[0] + self.gap[1]), 0.5 * (self.gap[1] - self.gap[0]) * open);
        let gap = Gap { strand: ring, from: middle - half, to: middle + half };
        Shot { strands, gaps: if open > 1e-3 { vec![gap] } else { Vec::new() } }
    }

    fn whole(&self) -> Vec<[f64; 2]> {
        vec![[0.0, OPENS.0], [CLOSES.1, 1.0]]
    }

    fn mark(&self) -> DVec2 {
        self.mark
    }
}

/// The vertices of a ring.
pub(super) fn circle(middle: DVec2) -> Vec<DVec2> {
    let angle = |k: usize| TAU * k as f64 / VERTICES as f64;
    (0..VERTICES).map(|k| middle + RING * DVec2::new(libm::cos(angle(k)), libm::sin(angle(k)))).collect()
}

/// Where a ring can close around a strand: the line, and where on it, in vertices.
fn roomy(link: &Plan) -> Vec<(usize, f64)> {
    let has_room = |(line, k): (usize, usize)| {
        let (points, centre) = (&link.lines[line], link.lines[line][k]);
        let near = |p: &DVec2| p.distance(centre) < RING + OTHERS;
        let n = points.len();
        // Nothing is as near as the strand itself, on its way in and out.
        let ahead = (1..n).take_while(|i| near(&points[(k + i) % n])).count();
        let behind = (1..n).take_while(|i| near(&points[(k + n - i) % n])).count();
        let all = link.lines.iter().flatten().filter(|p| near(p)).count();
        all == ahead + behind + 1 && link.passes.iter().all(|pass| pass.place.distance(centre) > RING + CROSSINGS)
    };
    let tried = |line: usize| (0..link.lines[line].len()).step_by(TRIED).map(move |k| (line, k));
    (0..link.lines.len()).flat_map(tried).filter(|place| has_room(*place)).map(|(line, k)| (line, k as f64)).collect()
}

/// The link with a ring about a place on one of its lines. `None` if the strand does not leave it.
fn ringed(link: &Plan, (line, at): (usize, f64), right: bool) -> Option<Plan> {
    let centre = link.point(line, at);
    let leaves = |step: f64| {
        let far = |k: usize| link.point(line, at + step * k as f64).distance(centre);
        let k = (1..link.lines[line].len()).find(|k| far(*k) > RING)?;
        let share = (RING - far(k - 1)) / (far(k) - far(k - 1));
        Some(at + step * ((k - 1) as f64 + share))
    };
    let mut plan = link.clone();
    let n = link.lines[line].len() as f64;
    let first = link.passes.iter().map(|pass| pass.crossing + 1).max().unwrap_or(0);
    for (k, end) in [leaves(-1.0)?, leaves(1.0)?].into_iter().enumerate() {
        let place = link.point(line, end);
        let angle = libm::atan2(place.y - centre.y, place.x - centre.x).rem_euclid(TAU);
        let own = Pass { line, at: end.rem_euclid(n), crossing: first + k, over: (k == 0) == right, place };
        let of_ring = Pass { line: link.lines.len(), at: angle / TAU * VERTICES as f64, over: !own.over, ..own };
        plan.passes.extend([own, of_ring]);
    }
    plan.lines.push(circle(centre));
    plan.passes.sort_by(|a, b| a.line.cmp(&b.line).then(a.at.total_cmp(&b.at)));
    Some(plan)
}
