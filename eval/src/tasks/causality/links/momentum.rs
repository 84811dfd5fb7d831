//! Link 5: the ball after the blow.

use super::super::evidence::Evidence;
use crate::Surface;
use crate::analysis::disc::{FAINTEST, Known};
use crate::grading::{Link, ramp};

/// How far from its place a ball counts as in it, as a share of the width.
const NEARBY: f32 = 0.02;
/// Frames that may fail to show it before any of them counts: half a one.
const GLANCE: f32 = 0.5;
/// Least sharpness of the outline of a ball of chrome or glass that is in its place, and of one elsewhere, where any edge may pass.
const OUTLINE: f32 = 0.6;
const FAR_OUTLINE: f32 = 0.75;

impl Evidence<'_> {
    /// Whether the ball is seen about where it should be in a frame after the blow; `None` where that cannot be judged. It may be
    /// farther off as time goes on, up to `grown` pixels after half a second.
    pub(crate) fn ball_after(&self, frame: usize, grown: f32) -> Option<bool> {
        let ball = self.ball();
        let start = self.of_width(0.03) + 3.0 * self.truth.ball_path_sigma_px;
        let moment = self.raw(frame);
        if moment <= self.contact_at() || moment > self.seen.maps.frames as f32 {
            return None;
        }
        let nearest = (self.moment(frame) + 0.5) as usize;
        let (wanted, radius) = self.ball_wanted(frame);
        let whole = std::f32::consts::PI * radius * radius;
        let inside = wanted[0] > radius
            && wanted[1] > radius
            && wanted[0] < self.seen.maps.width as f32 - radius
            && wanted[1] < self.seen.maps.height as f32 - radius;
        // Of two outlines at once neither is sharp.
        let (watch, width) = (&self.seen.watch, self.seen.maps.width);
        let unclear = ball.surface != Surface::Opaque && watch.is_double(frame, width, wanted, 2.5 * radius);
        if ball.visible[nearest] < 0.75 * whole || !inside || unclear {
            return None;
        }
        let progress = ((moment - self.contact_at()) / (0.5 * self.seen.maps.fps)).clamp(0.0, 1.0);
        let reach = start + grown * progress;
        Some(match ball.surface {
            Surface::Opaque => self.disc().finder.near(frame, wanted, radius, reach, None).1 >= self.disc().threshold,
            _ => self.by_outline(frame, wanted, radius, reach).is_some(),
        })
    }

    /// Where a ball of chrome or glass is seen about a place of the truth. What it shows inside may look like the ground that a target
    /// uncovers, but for its outline.
    pub(super) fn by_outline(&self, frame: usize, wanted: [f32; 2], radius: f32, reach: f32) -> Option<[f32; 2]> {
        let ball = self.ball();
        let known = Known { label: ball.label, map: self.seen.maps.map((self.moment(frame) + 0.5) as usize) };
        let (place, sharpness) = self.disc().finder.outline(frame, wanted, radius, self.of_width(NEARBY), Some(known));
        // A target's outline is as sharp, but its inside is the target's.
        if sharpness >= OUTLINE && self.disc().finder.strength(frame, place, radius) >= FAINTEST {
            return Some(place);
        }
        let (place, strength) = self.disc().finder.near(frame, wanted, radius, reach, None);
        let sharp = || self.disc().finder.outline(frame, place, radius, 1.0, None).1 >= FAR_OUTLINE;
        (strength >= self.disc().threshold && sharp()).then_some(place)
    }

    /// What the blow does to the ball itself. Where the ensemble does not agree on its end, it may be farther off.
    pub(crate) fn momentum(&self) -> Link {
        let truth = &self.truth;
        let grown = self.of_width(0.08).min(if truth.ball_final_graded { truth.ball_final_tolerance_px } else { f32::INFINITY });
        let end = if self.truth.ball_final_graded {
            self.seen.maps.frames as f32
        } else {
            self.contact_at() + 0.2 * self.seen.maps.fps
        };
        let after: Vec<bool> =
            (0..self.frames()).filter(|&f| self.raw(f) <= end).filter_map(|f| self.ball_after(f, grown)).collect();
        let judged = after.len() as f32;
        let seen = after.iter().filter(|s| **s).count() as f32;
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
        // One glance may err: of the three frames that a coarse rate leaves, one is no third of the evidence.
        let missing = (judged - seen - GLANCE).max(0.0) / judged;
        link(
            ramp(missing, 0.15, 0.6),
            Some(missing),
            format!("of {judged} frames after the blow the ball is where it should be in {seen}"),
        )
    }
}
