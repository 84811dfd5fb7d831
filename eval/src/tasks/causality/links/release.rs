//! Link 1: the ball waits behind the latch, and leaves when it opens.

use super::super::evidence::Evidence;
use crate::analysis::watch::CHANGE;
use crate::grading::{Link, ramp};
use crate::mask::core_of;
use crate::picture::difference;

impl Evidence<'_> {
    /// The ball waits until the latch opens, then leaves.
    pub(crate) fn release(&self) -> Link {
        let leaves = self.leaves();
        // The last frame before the blow that shows it waiting, rather than the first that does not: at the latch it is half hidden,
        // and one glance may miss it. That it begins there is the first frame's gate to say.
        let before = (0..self.frames()).take_while(|&f| self.raw(f) < self.contact_at());
        let waits = before.filter(|&f| self.disc().sightings[f].along <= leaves).last();
        let leaves_later =
            |from: usize| (from..self.frames()).any(|f| self.seen_at(f) && self.disc().sightings[f].along > leaves);
        let gone = waits.map_or(0, |f| f + 1);
        let gone = leaves_later(gone).then_some(gone);
        let Some(gone) = gone else {
            return Link {
                fraction: 0.0,
                measured: None,
                tolerance: 1.0,
                unit: "frames",
                reason: "the ball never leaves its place".into(),
            };
        };
        if gone == 0 {
            let reason = "the ball is already on its way in the first frame".to_owned();
            return Link { fraction: 0.0, measured: None, tolerance: 1.0, unit: "frames", reason };
        }
        let maps = &self.seen.maps;
        let latch = maps.things[self.seen.wanted.latches[0]].label;
        let core = core_of(maps.map(0), maps.width, latch);
        let share = |count: usize| count as f32 / core.len().max(1) as f32;
        let gone_in_truth = |f: usize| share(core.iter().filter(|&&at| maps.map(f)[at] != latch).count());
        let opens = (0..maps.frames).map(gone_in_truth).fold(0.0, f32::max);
        if core.len() < 12 || opens < 0.3 {
            let reason = "the ball leaves its place (the latch is too small on screen to be judged)".to_owned();
            return Link { fraction: 1.0, measured: None, tolerance: 2.0, unit: "frames", reason };
        }
        let soft = &self.seen.watch.soft;
        let differs = |f: usize, at: usize| {
            let pixel = at * 3..at * 3 + 3;
            difference(&soft[f].rgb[pixel.clone()], &soft[0].rgb[pixel]) >= CHANGE
        };
        let changed = |f: usize| share(core.iter().filter(|&&at| differs(f, at)).count());
        let opened = (0..self.frames()).find(|&f| changed(f) >= 0.4 * opens);
        let Some(opened) = opened else {
            return Link {
                fraction: 0.0,
                measured: None,
                tolerance: 2.0,
                unit: "frames",
                reason: "the latch never opens".into(),
            };
        };
        // In frames of the truth, plus what the candidate's own frame step hides.
        let late = self.seen.clock.between(gone, opened).max(0.0);
        let tolerance = 3.0 + 0.5 * self.seen.clock.rate;
        Link {
            fraction: ramp(late, tolerance, tolerance + 4.0),
            measured: Some(late),
            tolerance,
            unit: "frames",
            reason: format!("the latch opens in frame {opened}, the ball leaves in frame {gone}"),
        }
    }
}
