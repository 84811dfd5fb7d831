//! The links of the causal chain. Each is a fraction, `0..=1`, of what it can earn.

use crate::Surface;

use super::Family;
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
    fn frames(&self) -> usize {
        self.watch.marks.len()
    }

    fn moment(&self, frame: usize) -> f32 {
        self.clock.truth(frame, self.plan)
    }

    fn contact_at(&self) -> f32 {
        self.plan.truth.contact_frame as f32
    }

    /// A share of the picture's width, pixels.
    fn of_width(&self, share: f32) -> f32 {
        share * (self.plan.width as f32).max(self.plan.height as f32)
    }

    /// Where the ball should be in a frame, and its radius.
    fn ball_wanted(&self, frame: usize) -> ([f32; 2], f32) {
        self.ball_at(self.moment(frame))
    }

    /// How far a place is from where the ball should be, give or take [`JITTER`].
    fn off_by(&self, frame: usize, place: [f32; 2]) -> f32 {
        let moments = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|part| self.moment(frame) + part * JITTER);
        moments.iter().map(|&m| distance(self.ball_at(m).0, place)).fold(f32::INFINITY, f32::min)
    }

    fn ball_at(&self, moment: f32) -> ([f32; 2], f32) {
        let ball = &self.plan.things[self.plan.ball];
        let moment = moment.clamp(0.0, (self.plan.frames - 1) as f32);
        let low = moment as usize;
        let high = (low + 1).min(self.plan.frames - 1);
        (mix2(ball.centers[low], ball.centers[high], moment - low as f32), interpolate(&ball.radii, moment))
    }

    /// How far the ball is from where it should be in a frame on its way down; `None` where it is not seen.
    fn ball_error(&self, frame: usize) -> Option<f32> {
        let sighting = self.sightings[frame];
        let (wanted, radius) = self.ball_wanted(frame);
        let jitter = distance(self.ball_at(self.moment(frame) - JITTER).0, self.ball_at(self.moment(frame) + JITTER).0) / 2.0;
        let reach = self.of_width(0.025) + self.plan.truth.ball_path_sigma_px * 2.0 + jitter;
        let (center, strength) = self.finder.near(frame, wanted, radius, reach);
        let far = self.off_by(frame, self.path.point(sighting.along));
        if strength >= self.threshold && strength >= sighting.strength * 0.8 {
            Some(self.off_by(frame, center))
        } else if sighting.strength >= self.threshold {
            Some(far)
        } else {
            None
        }
    }

    fn seen_at(&self, frame: usize) -> bool {
        self.sightings[frame].strength >= self.threshold
    }

    /// The ball waits until the gate opens, then leaves.
    pub(crate) fn release(&self) -> Link {
        let leaves = self.of_width(0.008).max(3.0);
        // The last frame before the blow that shows it waiting, rather than the first that does not: at the gate it is half hidden,
        // and one glance may miss it. That it begins there is the first frame's gate to say.
        let before = (0..self.frames()).take_while(|&f| self.clock.raw(f) < self.contact_at());
        let waits = before.filter(|&f| self.sightings[f].along <= leaves).last();
        let leaves_later = |from: usize| (from..self.frames()).any(|f| self.seen_at(f) && self.sightings[f].along > leaves);
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
        let gate = &self.plan.things[self.plan.gate];
        let map = self.plan.map(0);
        let core: Vec<usize> = super::plan::core_of(map, self.plan.width, gate.label);
        let opens = (0..self.plan.frames)
            .map(|f| core.iter().filter(|&&at| self.plan.map(f)[at] != gate.label).count() as f32 / core.len().max(1) as f32)
            .fold(0.0, f32::max);
        if core.len() < 12 || opens < 0.3 {
            let reason = "the ball leaves its place (the gate is too small on screen to be judged)".to_owned();
            return Link { fraction: 1.0, measured: None, tolerance: 2.0, unit: "frames", reason };
        }
        let opened = self.watch.gate_change.iter().position(|&c| c >= 0.4 * opens);
        let Some(opened) = opened else {
            return Link { fraction: 0.0, measured: None, tolerance: 2.0, unit: "frames", reason: "the gate never opens".into() };
        };
        // In frames of the truth, plus what the candidate's own frame step hides.
        let late = (opened as f32 - gone as f32).max(0.0) * self.clock.rate;
        let tolerance = 3.0 + 0.5 * self.clock.rate;
        Link {
            fraction: ramp(late, tolerance, tolerance + 4.0),
            measured: Some(late),
            tolerance,
            unit: "frames",
            reason: format!("the gate opens in frame {opened}, the ball leaves in frame {gone}"),
        }
    }

    /// The ball rolls down its path, gathering speed, to the first target.
    pub(crate) fn approach(&self) -> Link {
        let first = self.path.first_move() as f32;
        let tolerance = self.of_width(0.016) + 2.0 * self.plan.truth.ball_path_sigma_px;
        let none = tolerance + self.of_width(0.03);
        let (mut errors, mut unseen) = (Vec::new(), 0_usize);
        for frame in 0..self.frames() {
            let raw = self.clock.raw(frame);
            if raw < first || raw > self.contact_at() - 0.3 {
                continue;
            }
            match self.ball_error(frame) {
                Some(error) => errors.push(error),
                None => {
                    unseen += 1;
                    errors.push(none);
                }
            }
        }
        let link =
            |fraction: f32, measured: Option<f32>, reason: String| Link { fraction, measured, tolerance, unit: "pixels", reason };
        if errors.len() < 2 {
            return link(0.0, None, "the ball is not seen rolling down".into());
        }
        errors.sort_by(f32::total_cmp);
        let worst = &errors[errors.len() - errors.len().div_ceil(5)..];
        let error = worst.iter().sum::<f32>() / worst.len() as f32;
        let last = self.clock.raw(self.frames() - 1);
        let reached = (self.path.length(last) / self.path.total().max(1.0)).clamp(0.0, 1.0);
        let pace = ramp(self.clock.strain, 0.5, 0.8);
        let reason = if unseen > 0 {
            format!("worst fifth of {} frames on the way down; the ball is not seen in {unseen}", errors.len())
        } else if pace < 1.0 {
            format!("the ball's pace is {:.2} times off", libm::expf(self.clock.strain))
        } else {
            format!("worst fifth of {} frames on the way down", errors.len())
        };
        let rolls = self.gathers_speed(first);
        let reason =
            if rolls < 1.0 { "the ball moves at a constant speed, not as one that rolls down".to_owned() } else { reason };
        link(ramp(error, tolerance, none) * pace * rolls * ramp(1.0 - reached, 0.05, 0.6), Some(error), reason)
    }

    /// Whether the ball's progress is explained better by the truth's than by a constant speed, `0..=1`.
    fn gathers_speed(&self, first: f32) -> f32 {
        let (mut seen, mut wanted, mut times, mut off) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (frame, sighting) in self.sightings.iter().enumerate() {
            let raw = self.clock.raw(frame);
            if raw >= first - 1.0 && raw <= self.contact_at() && sighting.strength >= self.threshold {
                times.push(frame as f32);
                seen.push(sighting.along);
                wanted.push(self.path.length(raw));
                let (low, high) = (self.path.length(raw - JITTER), self.path.length(raw + JITTER));
                off.push(sighting.along - sighting.along.clamp(low, high));
            }
        }
        if seen.len() < 4 {
            return 1.0;
        }
        let own = rms(off.iter().copied());
        let straight = rms_about_line(&times, &seen);
        let truth_bends = rms_about_line(&times, &wanted);
        // Where the truth itself is nearly straight, or is met within a pixel or two, there is nothing to tell apart.
        if truth_bends < self.of_width(0.006) || own < self.of_width(0.006) {
            1.0
        } else {
            ramp(own / straight.max(0.1), 0.7, 1.2)
        }
    }

    /// Nothing moves before the ball arrives; the ball arrives where it should; then something does.
    pub(crate) fn contact(&self) -> Link {
        let step = self.clock.rate;
        let tolerance = 2.5 + 0.75 * step;
        let link =
            |fraction: f32, measured: Option<f32>, reason: String| Link { fraction, measured, tolerance, unit: "frames", reason };
        if self.clock.raw(self.frames() - 1) < self.contact_at() - 0.5 {
            return link(0.0, None, "the ball never reaches the targets".into());
        }
        // Before.
        let mut early = 0.0_f32;
        for frame in (0..self.frames()).filter(|&f| self.clock.raw(f) < self.contact_at() - 1.25 - 0.25 * step) {
            for follow in self.follows.iter().filter(|f| f.has_core) {
                early = early.max(follow.looks[frame].wanted_kept - follow.looks[frame].kept);
            }
        }
        let still = ramp(early, 0.2, 0.45);
        // Arrival: the frame or two nearest to the contact.
        let close = (0.75 * step).max(0.75);
        let near = (0..self.frames()).filter(|&f| (self.clock.raw(f) - self.contact_at()).abs() <= close);
        let arrivals: Vec<Option<f32>> = near.map(|f| self.ball_error(f)).collect();
        let place = self.of_width(0.018) + 2.0 * self.plan.truth.ball_path_sigma_px;
        let best = arrivals.iter().flatten().copied().fold(f32::INFINITY, f32::min);
        let arrives = ramp(best, place, place * 2.0);
        if arrives == 0.0 {
            return link(0.0, None, "the ball is not seen where it should meet the target".into());
        }
        if still == 0.0 {
            return link(0.0, Some(early), "a target moves before the ball has come".into());
        }
        // After.
        let wanted =
            self.follows.iter().filter(|f| f.has_core).filter_map(|f| stirs_in_truth(f, self.plan)).fold(f32::INFINITY, f32::min);
        if wanted.is_infinite() {
            return link(still * arrives, None, "the ball meets the target, which stands".into());
        }
        let seen = self.follows.iter().filter(|f| f.has_core).filter_map(|f| self.stirs(f)).fold(f32::INFINITY, f32::min);
        let off = (seen - wanted).abs();
        let reason = if seen.is_infinite() {
            "no target moves".to_owned()
        } else {
            format!("first target moves {:+.1} frames from when it should", seen - wanted)
        };
        link(ramp(off, tolerance, tolerance + 4.0) * still * arrives, seen.is_finite().then_some(off), reason)
    }

    /// Moment of the truth at which a target begins to leave its first place.
    fn stirs(&self, follow: &Follow) -> Option<f32> {
        let at = (1..follow.looks.len()).find(|&f| follow.looks[f].kept < STIRRED && self.clock.raw(f) > 0.0)?;
        let (before, after) = (follow.looks[at - 1].kept, follow.looks[at].kept);
        let part = ((before - STIRRED) / (before - after).max(1e-3)).clamp(0.0, 1.0);
        Some(self.clock.raw(at - 1) + part * self.clock.rate)
    }

    /// The targets start in order, the right way; those that stand, stand.
    pub(crate) fn response(&self) -> Link {
        let tolerance = 3.0 + 0.75 * self.clock.rate;
        let mut fractions = Vec::new();
        let mut worst: (f32, String) = (2.0, String::new());
        for follow in self.follows.iter().filter(|f| f.has_core) {
            let name = &self.plan.things[follow.thing].name;
            let (fraction, reason) = match stirs_in_truth(follow, self.plan) {
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
        let first = self.plan.things[follow.thing].centroids[0];
        let mut fits = Vec::new();
        for (frame, look) in follow.looks.iter().enumerate() {
            let moment = self.clock.raw(frame);
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
            let (_, strength) = self.finder.near(frame, wanted, radius, start + grown * progress);
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

    /// Share of the truth's clip that the candidate shows.
    pub(crate) fn shown_to(&self) -> f32 {
        self.clock.raw(self.frames() - 1) / (self.plan.frames - 1) as f32
    }

    /// The target's last frames as one look.
    fn final_look(&self, follow: &Follow) -> Look {
        let tail = &follow.looks[follow.looks.len().saturating_sub(3)..];
        let mut look = tail[tail.len() - 1];
        look.kept = tail.iter().map(|l| l.kept).sum::<f32>() / tail.len() as f32;
        look.wanted_kept = follow.wanted_kept[self.plan.frames - 1];
        let thing = &self.plan.things[follow.thing];
        look.wanted_centroid = thing.centroids[self.plan.frames - 1];
        look.wanted_area = thing.visible[self.plan.frames - 1];
        look
    }

    /// Whether a target ends displaced; `None` where its first place is too small to tell.
    fn ends_moved(&self, follow: &Follow, should: bool) -> Option<bool> {
        if !follow.has_core {
            return None;
        }
        let look = self.final_look(follow);
        let first = self.plan.things[follow.thing].centroids[0];
        let displaced = look.centroid.map(|c| distance(c, first));
        if should {
            let wanted = distance(look.wanted_centroid, first);
            if look.wanted_kept > 0.75 {
                // A short push: its first place stays mostly covered.
                return Some(displaced.is_some_and(|d| d >= 0.5 * wanted));
            }
            Some(look.kept < 0.5 + 0.5 * look.wanted_kept)
        } else {
            Some(look.kept < look.wanted_kept - 0.3)
        }
    }

    /// What has moved at the end, and so the class of the outcome.
    pub(crate) fn outcome(&self) -> Link {
        let link = |fraction: f32, wrong: f32, reason: String| Link {
            fraction,
            measured: Some(wrong),
            tolerance: 0.0,
            unit: "targets",
            reason,
        };
        let mut wrong = Vec::new();
        let mut judged = 0;
        for (follow, target) in self.follows.iter().zip(&self.plan.truth.targets) {
            let Some(moved) = self.ends_moved(follow, target.moved) else { continue };
            judged += 1;
            if moved != target.moved {
                wrong.push(format!("{} {}", target.name, if moved { "has moved" } else { "has not moved" }));
            }
        }
        if judged == 0 {
            return link(0.0, 0.0, "no target is large enough on screen to be judged".into());
        }
        if !wrong.is_empty() {
            return link(0.0, wrong.len() as f32, wrong.join(", "));
        }
        if self.plan.truth.family == Family::Pair && !self.further_is_right() {
            return link(0.0, 1.0, "the wrong one of the two has moved further".into());
        }
        link(1.0, 0.0, format!("all {judged} targets that can be judged end as they should"))
    }

    fn further_is_right(&self) -> bool {
        let way = |follow: &Follow| {
            let first = self.plan.things[follow.thing].centroids[0];
            let wanted = distance(self.final_look(follow).wanted_centroid, first);
            (self.final_look(follow).centroid.map_or(0.0, |c| distance(c, first)), wanted)
        };
        let (a, b) = (way(&self.follows[0]), way(&self.follows[1]));
        // Where neither should be further, there is nothing to compare.
        (a.1 - b.1).abs() < self.of_width(0.012) || (a.0 > b.0) == (a.1 > b.1)
    }

    /// Where everything has come to rest.
    pub(crate) fn places(&self) -> Link {
        let mut worst: (f32, Option<f32>, f32, String) = (1.0, None, 0.0, "all that is graded rests where it should".into());
        let mut take = |fraction: f32, error: Option<f32>, tolerance: f32, reason: String| {
            if fraction < worst.0 || worst.1.is_none() {
                let kept = if fraction < worst.0 { reason } else { worst.3.clone() };
                worst = (fraction.min(worst.0), error, tolerance, kept);
            }
        };
        for (follow, target) in self.follows.iter().zip(&self.plan.truth.targets) {
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
                let center = self.plan.things[follow.thing].centers[self.plan.frames - 1];
                distance(c, center) > 2.0 * tolerance && distance(seen, c) < distance(seen, center)
            });
            let fraction = if twin.is_some() { 0.0 } else { ramp(error, tolerance, none) };
            take(fraction, Some(error), tolerance, format!("{} rests {error:.1} pixels from its place", target.name));
        }
        let ball = &self.plan.things[self.plan.ball];
        let last = self.plan.frames - 1;
        let radius = ball.radii[last];
        let lost = ball.surface != Surface::Opaque && self.finder.vacated_share(ball.centers[last], radius) > 0.3;
        if self.plan.truth.ball_final_graded && !lost && ball.visible[last] >= 0.7 * std::f32::consts::PI * radius * radius {
            let tolerance = self.plan.truth.ball_final_tolerance_px.max(self.of_width(0.015)) + 3.0;
            let none = 2.0 * tolerance + self.of_width(0.015);
            let (center, strength) = self.finder.near(self.frames() - 1, ball.centers[last], radius, none + 2.0);
            if strength < self.threshold {
                take(0.0, None, tolerance, "the ball is not seen where it should rest".into());
            } else {
                let error = distance(center, ball.centers[last]);
                take(
                    ramp(error, tolerance, none),
                    Some(error),
                    tolerance,
                    format!("the ball rests {error:.1} pixels from its place"),
                );
            }
        }
        Link { fraction: worst.0, measured: worst.1, tolerance: worst.2, unit: "pixels", reason: worst.3 }
    }
}

/// Moment at which the truth shows a target leaving its first place, where it does.
fn stirs_in_truth(follow: &Follow, plan: &Plan) -> Option<f32> {
    let kept = &follow.wanted_kept;
    let at = (1..plan.frames).find(|&f| kept[f] < STIRRED)?;
    let part = ((kept[at - 1] - STIRRED) / (kept[at - 1] - kept[at]).max(1e-3)).clamp(0.0, 1.0);
    Some((at - 1) as f32 + part)
}

fn rms(values: impl ExactSizeIterator<Item = f32>) -> f32 {
    let count = values.len().max(1) as f32;
    (values.map(|v| v * v).sum::<f32>() / count).sqrt()
}

/// Root mean square distance of points from their least-squares line.
fn rms_about_line(x: &[f32], y: &[f32]) -> f32 {
    let n = x.len() as f32;
    let (mx, my) = (x.iter().sum::<f32>() / n, y.iter().sum::<f32>() / n);
    let sxx: f32 = x.iter().map(|v| (v - mx) * (v - mx)).sum();
    let sxy: f32 = x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum();
    let slope = if sxx > 0.0 { sxy / sxx } else { 0.0 };
    rms(x.iter().zip(y).map(|(a, b)| b - my - slope * (a - mx)))
}
