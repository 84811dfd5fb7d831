//! What the links look at: the analysis of a candidate, the task's truth at its size, and where the ball should be.

use crate::analysis::clock::JITTER;
use crate::analysis::disc::{Disc, distance, interpolate, mix2};
use crate::analysis::follow::{Follow, Look};
use crate::analysis::maps::Thing;
use crate::analysis::{Analysis, Wanted};
use crate::{Footage, Truth};

use super::CausalityTruth;

/// First-place share below which a target counts as on the move.
const STIRRED: f32 = 0.85;

/// Everything the links look at.
pub(super) struct Evidence<'a> {
    pub(super) seen: Analysis<'a>,
    /// Lengths are pixels of the footage.
    pub(super) truth: CausalityTruth,
}

impl<'a> Evidence<'a> {
    /// # Errors
    /// A sentence if the truth is not this task's, or there is nothing to look at.
    pub(super) fn new(truth: &Truth, footage: &'a Footage) -> Result<Self, String> {
        let task = CausalityTruth::read(truth)?;
        let seen = Analysis::new(truth, footage, wanted(truth, &task)?)?;
        Ok(Self { truth: task.scaled(seen.maps.scale), seen })
    }

    pub(super) fn disc(&self) -> &Disc {
        let Some(disc) = &self.seen.disc else { unreachable!("a ball is wanted") };
        disc
    }

    pub(super) fn ball(&self) -> &Thing {
        &self.seen.maps.things[self.disc().thing]
    }

    pub(super) fn thing(&self, follow: &Follow) -> &Thing {
        self.seen.thing(follow)
    }

    pub(super) fn frames(&self) -> usize {
        self.seen.frames()
    }

    pub(super) fn of_width(&self, share: f32) -> f32 {
        self.seen.of_width(share)
    }

    /// The moment of the truth, in frames, that a frame of the candidate shows, also before the beginning and after the end.
    pub(super) fn raw(&self, frame: usize) -> f32 {
        self.seen.clock.raw(frame)
    }

    /// The same, within the clip.
    pub(super) fn moment(&self, frame: usize) -> f32 {
        self.seen.moment(frame)
    }

    pub(super) fn contact_at(&self) -> f32 {
        self.seen.event()
    }

    /// Where the ball should be in a frame, and its radius.
    pub(super) fn ball_wanted(&self, frame: usize) -> ([f32; 2], f32) {
        self.ball_at(self.moment(frame))
    }

    /// How far a place is from where the ball should be, give or take [`JITTER`].
    fn off_by(&self, frame: usize, place: [f32; 2]) -> f32 {
        let moments = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|part| self.moment(frame) + part * JITTER);
        moments.iter().map(|&m| distance(self.ball_at(m).0, place)).fold(f32::INFINITY, f32::min)
    }

    pub(super) fn ball_at(&self, moment: f32) -> ([f32; 2], f32) {
        let (ball, last) = (self.ball(), self.seen.maps.frames - 1);
        let moment = moment.clamp(0.0, last as f32);
        let low = moment as usize;
        let high = (low + 1).min(last);
        (mix2(ball.centers[low], ball.centers[high], moment - low as f32), interpolate(&ball.radii, moment))
    }

    /// How far the ball is from where it should be in a frame on its way down; `None` if it is not seen.
    pub(super) fn ball_error(&self, frame: usize) -> Option<f32> {
        let (disc, sighting) = (self.disc(), self.disc().sightings[frame]);
        let (wanted, radius) = self.ball_wanted(frame);
        let jitter = distance(self.ball_at(self.moment(frame) - JITTER).0, self.ball_at(self.moment(frame) + JITTER).0) / 2.0;
        let reach = self.of_width(0.025) + self.truth.ball_path_sigma_px * 2.0 + jitter;
        let (center, strength) = disc.finder.near(frame, wanted, radius, reach, None);
        let far = self.off_by(frame, disc.path.point(sighting.along));
        if strength >= disc.threshold && strength >= sighting.strength * 0.8 {
            Some(self.off_by(frame, center))
        } else if sighting.strength >= disc.threshold {
            Some(far)
        } else {
            None
        }
    }

    pub(super) fn seen_at(&self, frame: usize) -> bool {
        self.disc().sightings[frame].strength >= self.disc().threshold
    }

    /// Whether a frame shows the ball at an arc length of its way about as well as anywhere.
    pub(super) fn shows_at(&self, frame: usize, along: f32) -> bool {
        let (disc, (_, radius)) = (self.disc(), self.ball_wanted(frame));
        let (_, strength) = disc.finder.near(frame, disc.path.point(along), radius, self.of_width(0.008), None);
        strength >= disc.threshold && strength >= 0.8 * disc.sightings[frame].strength
    }

    /// Moment of the truth at which a target begins to leave its first place.
    pub(super) fn stirs(&self, follow: &Follow) -> Option<f32> {
        let at = (1..follow.looks.len()).find(|&f| follow.looks[f].kept < STIRRED && self.raw(f) > 0.0)?;
        let (before, after) = (follow.looks[at - 1].kept, follow.looks[at].kept);
        let part = ((before - STIRRED) / (before - after).max(1e-3)).clamp(0.0, 1.0);
        Some(self.raw(at - 1) + part * self.seen.clock.between(at - 1, at))
    }

    /// Whether the ball or a target leaves its place in any frame.
    pub(super) fn anything_moves(&self) -> bool {
        let leaves = self.leaves();
        (0..self.frames()).any(|f| self.seen_at(f) && self.disc().sightings[f].along > leaves)
            || self.seen.follows.iter().any(|f| f.has_core && self.stirs(f).is_some())
    }

    /// How far the ball must be from its first place to have left it, pixels.
    pub(super) fn leaves(&self) -> f32 {
        self.of_width(0.008).max(3.0)
    }

    /// Share of the way from the blow to rest that the candidate shows.
    pub(super) fn shown_to(&self) -> f32 {
        let (from, rest) = (self.contact_at(), self.seen.rest());
        // Where nothing follows, the blow itself is all of it.
        (self.raw(self.frames() - 1) - from + 1.0) / (rest - from).max(1.0)
    }

    /// The target's last frames as one look.
    pub(super) fn final_look(&self, follow: &Follow) -> Look {
        let tail = &follow.looks[follow.looks.len().saturating_sub(3)..];
        let (mut look, thing, last) = (tail[tail.len() - 1], self.thing(follow), self.seen.maps.frames - 1);
        look.kept = tail.iter().map(|l| l.kept).sum::<f32>() / tail.len() as f32;
        look.wanted_kept = follow.wanted_kept[last];
        look.wanted_centroid = thing.centroids[last];
        look.wanted_area = thing.visible[last];
        look
    }
}

/// What is looked at: the targets by colour, the ball as a disc, and the latch before it.
pub(super) fn wanted(truth: &Truth, task: &CausalityTruth) -> Result<Wanted, String> {
    Wanted::colors(truth, task.targets.iter().map(|t| t.name.as_str()))?
        .disc(truth, &task.ball, truth.decisive_frame())?
        .latch(truth, &task.latch)
}

/// Moment at which the truth shows a target leaving its first place, if it does.
pub(super) fn stirs_in_truth(follow: &Follow) -> Option<f32> {
    let kept = &follow.wanted_kept;
    let at = (1..kept.len()).find(|&f| kept[f] < STIRRED)?;
    let part = ((kept[at - 1] - STIRRED) / (kept[at - 1] - kept[at]).max(1e-3)).clamp(0.0, 1.0);
    Some((at - 1) as f32 + part)
}
