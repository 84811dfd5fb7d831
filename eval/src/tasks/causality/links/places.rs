//! Link 7: where everything comes to rest.

use super::super::evidence::Evidence;
use crate::Surface;
use crate::analysis::disc::distance;
use crate::grading::{Link, ramp};

impl Evidence<'_> {
    /// Where everything has come to rest.
    pub(crate) fn places(&self) -> Link {
        let mut worst: (f32, Option<f32>, f32, String) = (1.0, None, 0.0, "all that is graded rests where it should".into());
        let mut take = |fraction: f32, error: Option<f32>, tolerance: f32, reason: String| {
            if fraction < worst.0 || worst.1.is_none() {
                let kept = if fraction < worst.0 { reason } else { worst.3.clone() };
                worst = (fraction.min(worst.0), error, tolerance, kept);
            }
        };
        for (follow, target) in self.seen.follows.iter().zip(&self.truth.targets) {
            let look = self.final_look(follow);
            if !target.final_graded || look.wanted_area < 24.0 {
                continue;
            }
            let tolerance = target.final_tolerance_px.max(self.of_width(0.012)) + 2.0;
            let none = 2.0 * tolerance + self.of_width(0.015);
            let Some(seen) = look.centroid.filter(|_| look.area >= 0.35 * look.wanted_area) else {
                take(0.0, None, tolerance, format!("{} is not seen at the end", target.name));
                continue;
            };
            let error = distance(seen, look.wanted_centroid);
            let twin = target.twin_final_center.filter(|&c| {
                let center = self.thing(follow).centers[self.seen.maps.frames - 1];
                distance(c, center) > 2.0 * tolerance && distance(seen, c) < distance(seen, center)
            });
            let fraction = if twin.is_some() { 0.0 } else { ramp(error, tolerance, none) };
            take(fraction, Some(error), tolerance, format!("{} rests {error:.1} pixels from its place", target.name));
        }
        let ball = self.ball();
        let last = self.seen.maps.frames - 1;
        let radius = ball.radii[last];
        if self.truth.ball_final_graded && ball.visible[last] >= 0.7 * std::f32::consts::PI * radius * radius {
            let tolerance = self.truth.ball_final_tolerance_px.max(self.of_width(0.015)) + 3.0;
            let none = 2.0 * tolerance + self.of_width(0.015);
            let frame = self.frames() - 1;
            let wanted = ball.centers[last];
            let seen = if ball.surface == Surface::Opaque {
                let (center, strength) = self.disc().finder.near(frame, wanted, radius, none + 2.0, None);
                (strength >= self.disc().threshold).then_some(center)
            } else {
                self.by_outline(frame, wanted, radius, none + 2.0)
            };
            if let Some(center) = seen {
                let error = distance(center, wanted);
                let reason = format!("the ball rests {error:.1} pixels from its place");
                take(ramp(error, tolerance, none), Some(error), tolerance, reason);
            } else {
                take(0.0, None, tolerance, "the ball is not seen where it should rest".into());
            }
        }
        Link { fraction: worst.0, measured: worst.1, tolerance: worst.2, unit: "pixels", reason: worst.3 }
    }
}
