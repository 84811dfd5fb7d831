//! Crossings are changed, one after the other: the strand above is cut open, the one below comes up through the gap, and it closes beneath.

use glam::DVec2;

use super::ease::ease;
use super::{Change, own_height, strands};
use crate::plan::{Pass, Plan, RADIUS};
use crate::shot::{Gap, Shot};

/// Of a crossing's own time: when the gap is open, when the strands have changed places, when it is closed.
const OPENS: (f64, f64) = (0.06, 0.34);
const MOVES: (f64, f64) = (0.3, 0.7);
const CLOSES: (f64, f64) = (0.66, 0.94);
/// So much of a crossing's time is over when that of the next begins: strands have changed places.
const NEXT: f64 = 0.72;
/// What is free on either side of the strand that comes through, radii.
const ROOM: f64 = 1.2;

/// Some crossings of a plan, in the order in which they are changed.
pub(crate) struct Swap {
    plan: Plan,
    crossings: Vec<usize>,
    /// Half of each gap, in vertices.
    halves: Vec<f64>,
}

impl Swap {
    /// One crossing. `None` if it has none of this number, or no room for the gap.
    pub(crate) fn one(plan: Plan, crossing: usize) -> Option<Self> {
        Self::new(plan, vec![crossing])
    }

    /// All of them, along the strands. `None` as before.
    pub(crate) fn all(plan: Plan) -> Option<Self> {
        let mut order = Vec::new();
        for pass in &plan.passes {
            if !order.contains(&pass.crossing) {
                order.push(pass.crossing);
            }
        }
        Self::new(plan, order)
    }

    fn new(plan: Plan, crossings: Vec<usize>) -> Option<Self> {
        let halves = crossings.iter().map(|crossing| half_gap(&plan, *crossing)).collect::<Option<Vec<_>>>()?;
        (!crossings.is_empty()).then_some(Self { plan, crossings, halves })
    }

    /// How long a crossing's own time is, if all take 1.
    fn turn(&self) -> f64 {
        1.0 / (1.0 + NEXT * (self.crossings.len() - 1) as f64)
    }

    /// How much of a crossing's own time is over, 0 to 1.
    fn done(&self, place: usize, share: f64) -> f64 {
        (share / self.turn() - NEXT * place as f64).clamp(0.0, 1.0)
    }
}

impl Change for Swap {
    fn at(&self, share: f64) -> Shot {
        let height = |pass: &Pass| {
            let place = self.crossings.iter().position(|crossing| *crossing == pass.crossing);
            own_height(pass) * place.map_or(1.0, |place| 1.0 - 2.0 * ease(self.done(place, share), MOVES.0, MOVES.1))
        };
        let gap = |place: usize| {
            let done = self.done(place, share);
            let open = ease(done, OPENS.0, OPENS.1) - ease(done, CLOSES.0, CLOSES.1);
            let [over, _] = self.plan.crossing(self.crossings[place]).filter(|_| open > 1e-3)?;
            let half = self.halves[place] * open;
            Some(Gap { strand: over.line, from: over.at - half, to: over.at + half })
        };
        Shot { strands: strands(&self.plan, height), gaps: (0..self.crossings.len()).filter_map(gap).collect() }
    }

    fn whole(&self) -> Vec<[f64; 2]> {
        // From one crossing to the next something is always cut.
        let last = NEXT * (self.crossings.len() - 1) as f64;
        vec![[0.0, OPENS.0 * self.turn()], [(last + CLOSES.1) * self.turn(), 1.0]]
    }

    fn mark(&self) -> DVec2 {
        self.plan.crossing(self.crossings[0]).map_or(DVec2::ZERO, |[over, _]| over.place)
    }
}

/// Half of the gap in the strand above through which the one below comes, vertices. `None` if the strand goes through another crossing so near.
fn half_gap(plan: &Plan, crossing: usize) -> Option<f64> {
    let [over, under] = plan.crossing(crossing)?;
    let edge = plan.point(over.line, over.at - 0.5).distance(plan.point(over.line, over.at + 0.5));
    let sine = plan.along(over.line, over.at).perp_dot(plan.along(under.line, under.at)).abs();
    // Both are round, and what is cut ends in half a ball.
    let half = RADIUS * (2.0 + ROOM) / sine.max(0.3) / edge;
    let n = plan.lines[over.line].len() as f64;
    let away = |other: &Pass| {
        let d = (other.at - over.at).abs();
        d.min(n - d)
    };
    let others = plan.of_line(over.line).filter(|pass| pass.at != over.at).map(away);
    let free = others.fold(f64::INFINITY, f64::min);
    (half + RADIUS / edge < free).then_some(half)
}
