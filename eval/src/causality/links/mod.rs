//! The links of the causal chain. Each is a fraction, `0..=1`, of what it can earn.

mod approach;
mod contact;
mod momentum;
mod outcome;
mod places;
mod release;
mod response;

use crate::Frame;

use super::ball::{DiscFinder, Path, Sighting, distance, interpolate, mix2};
use super::clock::Clock;
use super::plan::Plan;
use super::targets::{Follow, Look};
use super::watch::Watch;

/// One link's verdict before it becomes points.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) fraction: f32,
    pub(crate) measured: Option<f32>,
    pub(crate) tolerance: f32,
    pub(crate) unit: &'static str,
    pub(crate) reason: String,
}

/// 1 up to `full`, 0 from `none` on, linear between. NaN earns nothing.
pub(crate) fn ramp(value: f32, full: f32, none: f32) -> f32 {
    if value <= full {
        1.0
    } else if value < none {
        (none - value) / (none - full)
    } else {
        0.0
    }
}

/// For people to read: four decimals are plenty.
pub(crate) fn tidy(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

/// Everything the links look at.
pub(crate) struct Evidence<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) watch: &'a Watch,
    /// `first_frame.png`, softened.
    pub(crate) first: &'a Frame,
    pub(crate) path: &'a Path,
    pub(crate) clock: Clock,
    pub(crate) sightings: &'a [Sighting],
    pub(crate) threshold: f32,
    pub(crate) finder: &'a DiscFinder<'a>,
    pub(crate) follows: &'a [Follow],
}

/// Resampling a clip to another rate shows each moment up to half a frame of the truth early or late.
const JITTER: f32 = 0.55;
/// First-place share below which a target counts as on the move.
const STIRRED: f32 = 0.85;

impl Evidence<'_> {
    pub(crate) fn frames(&self) -> usize {
        self.watch.marks.len()
    }

    pub(super) fn moment(&self, frame: usize) -> f32 {
        self.clock.truth(frame, self.plan)
    }

    pub(super) fn contact_at(&self) -> f32 {
        self.plan.truth.contact_frame as f32
    }

    /// A share of the picture's width, pixels.
    pub(crate) fn of_width(&self, share: f32) -> f32 {
        share * (self.plan.width as f32).max(self.plan.height as f32)
    }

    /// Where the ball should be in a frame, and its radius.
    pub(crate) fn ball_wanted(&self, frame: usize) -> ([f32; 2], f32) {
        self.ball_at(self.moment(frame))
    }

    /// How far a place is from where the ball should be, give or take [`JITTER`].
    pub(super) fn off_by(&self, frame: usize, place: [f32; 2]) -> f32 {
        let moments = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|part| self.moment(frame) + part * JITTER);
        moments.iter().map(|&m| distance(self.ball_at(m).0, place)).fold(f32::INFINITY, f32::min)
    }

    pub(super) fn ball_at(&self, moment: f32) -> ([f32; 2], f32) {
        let ball = &self.plan.things[self.plan.ball];
        let moment = moment.clamp(0.0, (self.plan.frames - 1) as f32);
        let low = moment as usize;
        let high = (low + 1).min(self.plan.frames - 1);
        (mix2(ball.centers[low], ball.centers[high], moment - low as f32), interpolate(&ball.radii, moment))
    }

    /// How far the ball is from where it should be in a frame on its way down; `None` where it is not seen.
    pub(super) fn ball_error(&self, frame: usize) -> Option<f32> {
        let sighting = self.sightings[frame];
        let (wanted, radius) = self.ball_wanted(frame);
        let jitter = distance(self.ball_at(self.moment(frame) - JITTER).0, self.ball_at(self.moment(frame) + JITTER).0) / 2.0;
        let reach = self.of_width(0.025) + self.plan.truth.ball_path_sigma_px * 2.0 + jitter;
        let (center, strength) = self.finder.near(frame, wanted, radius, reach, None);
        let far = self.off_by(frame, self.path.point(sighting.along));
        if strength >= self.threshold && strength >= sighting.strength * 0.8 {
            Some(self.off_by(frame, center))
        } else if sighting.strength >= self.threshold {
            Some(far)
        } else {
            None
        }
    }

    pub(super) fn seen_at(&self, frame: usize) -> bool {
        self.sightings[frame].strength >= self.threshold
    }

    /// Moment of the truth at which a target begins to leave its first place.
    pub(super) fn stirs(&self, follow: &Follow) -> Option<f32> {
        let at = (1..follow.looks.len()).find(|&f| follow.looks[f].kept < STIRRED && self.clock.raw(f) > 0.0)?;
        let (before, after) = (follow.looks[at - 1].kept, follow.looks[at].kept);
        let part = ((before - STIRRED) / (before - after).max(1e-3)).clamp(0.0, 1.0);
        Some(self.clock.raw(at - 1) + part * self.clock.rate)
    }

    /// Share of the truth's clip that the candidate shows.
    pub(crate) fn shown_to(&self) -> f32 {
        self.clock.raw(self.frames() - 1) / (self.plan.frames - 1) as f32
    }

    /// The target's last frames as one look.
    pub(super) fn final_look(&self, follow: &Follow) -> Look {
        let tail = &follow.looks[follow.looks.len().saturating_sub(3)..];
        let mut look = tail[tail.len() - 1];
        look.kept = tail.iter().map(|l| l.kept).sum::<f32>() / tail.len() as f32;
        look.wanted_kept = follow.wanted_kept[self.plan.frames - 1];
        let thing = &self.plan.things[follow.thing];
        look.wanted_centroid = thing.centroids[self.plan.frames - 1];
        look.wanted_area = thing.visible[self.plan.frames - 1];
        look
    }
}

/// Moment at which the truth shows a target leaving its first place, where it does.
fn stirs_in_truth(follow: &Follow, plan: &Plan) -> Option<f32> {
    let kept = &follow.wanted_kept;
    let at = (1..plan.frames).find(|&f| kept[f] < STIRRED)?;
    let part = ((kept[at - 1] - STIRRED) / (kept[at - 1] - kept[at]).max(1e-3)).clamp(0.0, 1.0);
    Some((at - 1) as f32 + part)
}
