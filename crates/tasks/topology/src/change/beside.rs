//! A ring that lies beside the link and takes no part, so that a ring alone does not tell the rule.

use glam::DVec2;

use super::Change;
use super::ring::{RING, circle};
use crate::plan::{LEVEL, RADIUS};
use crate::shot::{Shot, Strand};

/// So far from a ring that lies beside them strands stay, units.
const CLEAR: f64 = 3.5 * RADIUS;
/// How far outwards it is looked for a place, from step to step, units; and how often.
const STEP: f64 = 0.05;
const STEPS: u32 = 60;

/// A change beside a ring.
pub(crate) struct Beside {
    change: Box<dyn Change>,
    ring: Strand,
}

impl Beside {
    /// `towards`: in which direction from the middle the ring lies, there or farther out. `None` if there is no room.
    pub(crate) fn new(change: Box<dyn Change>, towards: DVec2) -> Option<Self> {
        let shots = [change.at(0.0), change.at(1.0)];
        let points = shots.iter().flat_map(|shot| &shot.strands).flat_map(|strand| &strand.points).map(|p| p.truncate());
        let ring = circle(place(points, towards)?).into_iter().map(|p| p.extend(-LEVEL));
        Some(Self { change, ring: Strand::even(ring.collect()) })
    }
}

impl Change for Beside {
    fn at(&self, share: f64) -> Shot {
        let mut shot = self.change.at(share);
        shot.strands.push(self.ring.clone());
        shot
    }

    fn whole(&self) -> Vec<[f64; 2]> {
        self.change.whole()
    }

    fn mark(&self) -> DVec2 {
        self.change.mark()
    }
}

/// The nearest place for the middle of a ring beside what there is, in a direction.
pub(super) fn place(points: impl Iterator<Item = DVec2>, towards: DVec2) -> Option<DVec2> {
    let points: Vec<DVec2> = points.collect();
    let centre = points.iter().sum::<DVec2>() / points.len().max(1) as f64;
    let clear = |at: &DVec2| points.iter().all(|p| p.distance(*at) > RING + CLEAR);
    (0..STEPS).map(|k| centre + towards.normalize_or_zero() * (STEP * f64::from(k))).find(clear)
}
