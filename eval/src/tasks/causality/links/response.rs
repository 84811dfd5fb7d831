//! Link 4: who starts when, and which way.

use super::super::evidence::{Evidence, stirs_in_truth};
use crate::analysis::disc::distance;
use crate::analysis::follow::Follow;
use crate::grading::{Link, ramp};

impl Evidence<'_> {
    /// The targets start in order, the right way; those that stand, stand.
    pub(crate) fn response(&self) -> Link {
        let tolerance = 3.0 + 0.75 * self.seen.clock.rate;
        let mut fractions = Vec::new();
        let mut worst: (f32, String) = (2.0, String::new());
        for follow in self.seen.follows.iter().filter(|f| f.has_core) {
            let name = &self.thing(follow).name;
            let (fraction, reason) = match stirs_in_truth(follow) {
                None => {
                    let lost = follow.looks.iter().map(|l| l.wanted_kept - l.kept).fold(0.0, f32::max);
                    (ramp(lost, 0.25, 0.5), format!("{name} should stand, but up to {:.0} % of its place is lost", lost * 100.0))
                }
                Some(wanted) => match self.stirs(follow) {
                    None => (0.0, format!("{name} should move, but does not")),
                    Some(seen) => {
                        let slack = tolerance + 0.3 * (wanted - self.contact_at()).max(0.0);
                        let off = (seen - wanted).abs();
                        let way = self.way(follow, wanted);
                        let reason =
                            format!("{name} starts {:+.1} frames from when it should; its way fits by {:.2}", seen - wanted, way);
                        (ramp(off, slack, slack * 2.0) * way, reason)
                    }
                },
            };
            if fraction < worst.0 {
                worst = (fraction, reason);
            }
            fractions.push(fraction);
        }
        if fractions.is_empty() {
            let reason = "no target is large enough on screen to be judged".to_owned();
            return Link { fraction: 0.0, measured: None, tolerance: 0.0, unit: "share", reason };
        }
        let mean = fractions.iter().sum::<f32>() / fractions.len() as f32;
        // One wrong domino of eight is not seven eighths right.
        let fraction = ramp(1.0 - mean, 0.0, 0.5).min(ramp(1.0 - worst.0, 0.6, 1.2));
        Link { fraction, measured: Some(1.0 - mean), tolerance: 0.0, unit: "share wrong", reason: worst.1 }
    }

    /// How well a target's first steps go the right way, `0..=1`.
    fn way(&self, follow: &Follow, starts: f32) -> f32 {
        let first = self.thing(follow).centroids[0];
        let mut fits = Vec::new();
        for (frame, look) in follow.looks.iter().enumerate() {
            let moment = self.raw(frame);
            if moment < starts || moment > starts + 12.0 {
                continue;
            }
            let (Some(seen), wanted) = (look.centroid, look.wanted_centroid) else { continue };
            let length = distance(wanted, first);
            if length < self.of_width(0.012) || look.wanted_area < 24.0 {
                continue;
            }
            let off = distance(seen, wanted) / (length + self.of_width(0.012));
            fits.push(ramp(off, 0.7, 1.3));
        }
        if fits.is_empty() { 1.0 } else { fits.iter().sum::<f32>() / fits.len() as f32 }
    }
}
