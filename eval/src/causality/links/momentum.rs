//! Link 5: the ball after the blow.

use super::{Evidence, Link, ramp};
use crate::Surface;

impl Evidence<'_> {
    /// What the blow does to the ball itself.
    pub(crate) fn momentum(&self) -> Link {
        let ball = &self.plan.things[self.plan.ball];
        let end =
            if self.plan.truth.ball_final_graded { self.plan.frames as f32 } else { self.contact_at() + 0.2 * self.plan.fps };
        let start = self.of_width(0.03) + 3.0 * self.plan.truth.ball_path_sigma_px;
        let grown = self.plan.truth.ball_final_tolerance_px.min(self.of_width(0.08));
        let (mut seen, mut judged) = (0.0_f32, 0.0_f32);
        for frame in 0..self.frames() {
            let moment = self.clock.raw(frame);
            if moment <= self.contact_at() || moment > end {
                continue;
            }
            let at = self.moment(frame);
            let nearest = (at + 0.5) as usize;
            let (wanted, radius) = self.ball_wanted(frame);
            let whole = std::f32::consts::PI * radius * radius;
            let inside = wanted[0] > radius
                && wanted[1] > radius
                && wanted[0] < self.plan.width as f32 - radius
                && wanted[1] < self.plan.height as f32 - radius;
            // A ball that shows mostly its surroundings cannot be told from the background that a target uncovers.
            let lost = ball.surface != Surface::Opaque && self.finder.vacated_share(wanted, radius) > 0.3;
            if ball.visible[nearest] < 0.75 * whole || !inside || lost {
                continue;
            }
            let progress = ((moment - self.contact_at()) / (0.5 * self.plan.fps)).clamp(0.0, 1.0);
            let (_, strength) = self.finder.near(frame, wanted, radius, start + grown * progress, None);
            judged += 1.0;
            seen += f32::from(u8::from(strength >= self.threshold));
        }
        let link = |fraction: f32, measured: Option<f32>, reason: String| Link {
            fraction,
            measured,
            tolerance: 0.15,
            unit: "share",
            reason,
        };
        if judged < 1.5 {
            return link(1.0, None, "the ball is hidden after the blow, and is not judged".into());
        }
        let missing = 1.0 - seen / judged;
        link(
            ramp(missing, 0.15, 0.6),
            Some(missing),
            format!("of {judged} frames after the blow the ball is where it should be in {seen}"),
        )
    }
}
