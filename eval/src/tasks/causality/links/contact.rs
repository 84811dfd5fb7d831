//! Link 3: the blow.

use super::super::evidence::{Evidence, stirs_in_truth};
use crate::analysis::disc::distance;
use crate::grading::{Link, ramp};

impl Evidence<'_> {
    /// Nothing moves before the ball arrives; the ball arrives where it should; then something does.
    pub(crate) fn contact(&self) -> Link {
        let step = self.seen.clock.rate;
        let tolerance = 2.5 + 0.75 * step;
        let link =
            |fraction: f32, measured: Option<f32>, reason: String| Link { fraction, measured, tolerance, unit: "frames", reason };
        if self.raw(self.frames() - 1) < self.contact_at() - 0.5 {
            return link(0.0, None, "the ball never reaches the targets".into());
        }
        // Before.
        let mut early = 0.0_f32;
        for frame in (0..self.frames()).filter(|&f| self.raw(f) < self.contact_at() - 1.25 - 0.25 * step) {
            for follow in self.seen.follows.iter().filter(|f| f.has_core) {
                early = early.max(follow.looks[frame].wanted_kept - follow.looks[frame].kept);
            }
        }
        let still = ramp(early, 0.2, 0.45);
        // Arrival: the frame or two nearest to the contact; where compression hides the ball between targets, one more.
        let close = step.max(1.0);
        let arrival = |within: f32| {
            let near = (0..self.frames()).filter(|&f| (self.raw(f) - self.contact_at()).abs() <= within);
            near.filter_map(|f| self.ball_error(f)).reduce(f32::min)
        };
        // A fast ball is far from its place for being a part of a frame early or late.
        let travel = distance(self.ball_at(self.contact_at()).0, self.ball_at(self.contact_at() - step).0);
        let place = self.of_width(0.018) + 2.0 * self.truth.ball_path_sigma_px + 0.2 * travel;
        let best = arrival(0.75 * close).or_else(|| arrival(1.75 * close)).unwrap_or(f32::INFINITY);
        let arrives = ramp(best, place, place * 2.0);
        if arrives == 0.0 {
            return link(0.0, None, "the ball is not seen where it should meet the target".into());
        }
        if still == 0.0 {
            return link(0.0, Some(early), "a target moves before the ball has come".into());
        }
        // After.
        let wanted = self.seen.follows.iter().filter(|f| f.has_core).filter_map(stirs_in_truth).fold(f32::INFINITY, f32::min);
        if wanted.is_infinite() {
            return link(still * arrives, None, "the ball meets the target, which stands".into());
        }
        let seen = self.seen.follows.iter().filter(|f| f.has_core).filter_map(|f| self.stirs(f)).fold(f32::INFINITY, f32::min);
        let off = (seen - wanted).abs();
        let timely = ramp(off, tolerance, tolerance + 4.0);
        let reason = if seen.is_infinite() {
            "no target moves".to_owned()
        } else if timely > still.min(arrives) {
            let (early, place) = ((1.0 - still) * 100.0, (1.0 - arrives) * 100.0);
            format!("{early:.0} % lost as a target moves before the blow, {place:.0} % as the ball meets it elsewhere")
        } else {
            format!("first target moves {:+.1} frames from when it should", seen - wanted)
        };
        link(timely * still * arrives, seen.is_finite().then_some(off), reason)
    }
}
