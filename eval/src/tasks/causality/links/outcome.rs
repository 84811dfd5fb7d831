//! Link 6: what has moved and what stands; where all stand, how the ball bounces back.

use super::super::Family;
use super::super::evidence::Evidence;
use crate::analysis::clock::JITTER;
use crate::analysis::disc::distance;
use crate::analysis::follow::Follow;
use crate::grading::{Link, ramp};

impl Evidence<'_> {
    /// Whether a target ends displaced; `None` where its first place is too small to tell.
    fn ends_moved(&self, follow: &Follow, should: bool) -> Option<bool> {
        if !follow.has_core {
            return None;
        }
        let look = self.final_look(follow);
        let first = self.thing(follow).centroids[0];
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
        for (follow, target) in self.seen.follows.iter().zip(&self.truth.targets) {
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
        if self.truth.family == Family::Pair && !self.further_is_right() {
            return link(0.0, 1.0, "the wrong one of the two has moved further".into());
        }
        if self.truth.targets.iter().any(|t| t.moved) {
            return link(1.0, 0.0, format!("all {judged} targets that can be judged end as they should"));
        }
        self.rebound().unwrap_or_else(|| link(1.0, 0.0, format!("all {judged} targets that can be judged stand")))
    }

    /// Where all targets stand, what the blow does is to send the ball back: how far it gets along its path, whatever it does then.
    /// `None` where the truth shows too little of that to be judged.
    fn rebound(&self) -> Option<Link> {
        let ball = self.ball();
        // It must have come before it can go back.
        let near: Vec<usize> =
            (0..self.frames()).filter(|&f| (self.raw(f) - self.contact_at()).abs() < 4.0 + self.seen.clock.rate).collect();
        let progress =
            |moment: f32| self.disc().path.project(ball.centers[(moment.max(0.0) as usize).min(self.seen.maps.frames - 1)]);
        // The truth's farthest at the same moments: at a coarse frame rate none may show the contact.
        let farthest_at = |later: f32| near.iter().map(|&f| progress(self.moment(f) + 0.5 + later)).fold(0.0, f32::max);
        let total = farthest_at(0.0);
        // A coarser clip than the truth may leave the contact out, and which moments it shows is known to half a frame of its own.
        let unsure = JITTER * self.seen.clock.rate * ((self.seen.clock.rate - 1.0) / 0.25).clamp(0.0, 1.0);
        let seen_total = (-4..=4).map(|part| farthest_at(0.25 * part as f32 * unsure)).fold(total, f32::min);
        // At the same moments, so that a coarse frame rate costs nothing: the truth's way back, and how far up the path it is seen.
        let after = (0..self.frames()).filter(|&f| self.raw(f) > self.contact_at() + 0.5);
        let within = |f: usize, total: f32, pick: fn(f32, f32) -> f32, none: f32| {
            let shifted = |part: f32| self.moment(f) + 0.5 + part * (0.3 + 0.4 * self.seen.clock.rate);
            [-1.0, -0.5, 0.0, 0.5, 1.0].map(|part| total - progress(shifted(part))).into_iter().fold(none, pick)
        };
        let least = second(after.clone().map(|f| within(f, seen_total, f32::min, f32::INFINITY)));
        let most = second(after.clone().map(|f| within(f, total, f32::max, 0.0)));
        if most < self.of_width(0.03) {
            return None;
        }
        let reached = near.into_iter().filter(|&f| self.seen_at(f)).map(|f| self.disc().sightings[f].along).fold(0.0, f32::max);
        // Blended frames show the ball in two places, of which the best sighting is one: it is also looked for where it should be.
        let back = |f: usize| {
            let due = progress(self.moment(f) + 0.5);
            let there = self.shows_at(f, due).then_some(reached - due);
            let best = self.seen_at(f).then_some(reached - self.disc().sightings[f].along);
            there.into_iter().chain(best).reduce(f32::max)
        };
        let farthest = second(after.filter_map(back)).max(0.0);
        // Restitution lower by 0.1 takes up to 0.36 of the way back: it goes with the square of the speed.
        let lost = 1.0 - farthest / least.max(1.0);
        Some(Link {
            fraction: ramp(lost, 0.4, 0.55).min(ramp(farthest / most, 1.8, 2.6)),
            measured: Some(lost),
            tolerance: 0.4,
            unit: "share of the way back",
            reason: format!("all targets stand, and the ball bounces back by {farthest:.0} pixels of {most:.0}"),
        })
    }

    fn further_is_right(&self) -> bool {
        let way = |follow: &Follow| {
            let first = self.thing(follow).centroids[0];
            let wanted = distance(self.final_look(follow).wanted_centroid, first);
            (self.final_look(follow).centroid.map_or(0.0, |c| distance(c, first)), wanted)
        };
        let (a, b) = (way(&self.seen.follows[0]), way(&self.seen.follows[1]));
        // Where neither should be further, there is nothing to compare.
        (a.1 - b.1).abs() < self.of_width(0.012) || (a.0 > b.0) == (a.1 > b.1)
    }
}

/// The second largest: one frame may deceive.
fn second(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.iter().rev().nth(1).copied().unwrap_or(0.0)
}
