//! Link 2: down the ramp, as a ball rolls.

use super::super::evidence::Evidence;
use crate::analysis::clock::JITTER;
use crate::grading::{Link, ramp};

/// One frame in so many on the way may fail to show the ball.
const LAPSES: usize = 6;
/// A ball stands still on its way if it does less than this part of what the truth's does from the same place.
const STANDS: f32 = 0.2;
/// So many frames of the truth it may seem to stand, and in so many it does: players show a frame twice.
const STALL: (f32, f32) = (1.7, 2.6);

impl Evidence<'_> {
    /// The ball rolls down its path, gathering speed, to the first target.
    pub(crate) fn approach(&self) -> Link {
        let first = self.disc().path.first_move() as f32;
        let tolerance = self.of_width(0.016) + 2.0 * self.truth.ball_path_sigma_px;
        let none = tolerance + self.of_width(0.03);
        let on_the_way = |&frame: &usize| (first..=self.contact_at() - 0.3).contains(&self.raw(frame));
        let way: Vec<Option<f32>> = (0..self.frames()).filter(on_the_way).map(|frame| self.ball_error(frame)).collect();
        let unseen = way.iter().filter(|error| error.is_none()).count();
        // A strong compression loses a small ball in a frame here and there, between two that show it.
        let mut lapses = way.len() / LAPSES;
        let mut errors = Vec::new();
        for (i, error) in way.iter().enumerate() {
            let shown = |at: usize| way.get(at).is_none_or(Option::is_some);
            let lapse = error.is_none() && lapses > 0 && i > 0 && shown(i - 1) && shown(i + 1);
            if lapse {
                lapses -= 1;
            } else {
                errors.push(error.unwrap_or(none));
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
        let last = self.raw(self.frames() - 1);
        let reached = (self.disc().path.length(last) / self.disc().path.total().max(1.0)).clamp(0.0, 1.0);
        let pace = ramp(self.seen.clock.strain, 0.5, 0.8) * ramp(self.seen.clock.haste, 2.2, 2.8);
        let reason = if unseen > 0 {
            format!("worst fifth of {} frames on the way down; the ball is not seen in {unseen}", errors.len())
        } else if pace < 1.0 {
            format!("the clip plays {:.2} times as fast as it should", self.seen.clock.haste)
        } else {
            format!("worst fifth of {} frames on the way down", errors.len())
        };
        let rolls = self.gathers_speed(first);
        let reason =
            if rolls < 1.0 { "the ball moves at a constant speed, not as one that rolls down".to_owned() } else { reason };
        let stall = self.stall();
        let goes_on = ramp(stall, STALL.0, STALL.1);
        let reason = if goes_on < 1.0 { format!("the ball stands still on its way for {stall:.1} frames") } else { reason };
        link(ramp(error, tolerance, none) * pace * rolls * goes_on * ramp(1.0 - reached, 0.05, 0.6), Some(error), reason)
    }

    /// The longest time for which the ball stands still on its way, frames of the truth.
    fn stall(&self) -> f32 {
        let (path, least) = (&self.disc().path, self.of_width(0.012));
        // Where it still waits, a pixel beside its place is no stall.
        let moving = path.first_move() as f32..=self.contact_at();
        let on_the_way =
            |&f: &usize| moving.contains(&self.raw(f)) && self.seen_at(f) && self.disc().sightings[f].along > self.leaves();
        let way: Vec<usize> = (0..self.frames()).filter(on_the_way).collect();
        let mut longest = 0.0_f32;
        for (i, &first) in way.iter().enumerate() {
            let from = self.disc().sightings[first].along;
            for &last in &way[i + 1..] {
                let time = self.seen.clock.between(first, last);
                let due = path.length(path.moment(from) + time) - from;
                let went = self.disc().sightings[last].along - from;
                if due >= least && went < STANDS * due {
                    longest = longest.max(time);
                }
            }
        }
        longest
    }

    /// Whether the ball's progress is explained better by the truth's than by a constant speed, `0..=1`.
    fn gathers_speed(&self, first: f32) -> f32 {
        let (mut seen, mut wanted, mut times, mut off) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (frame, sighting) in self.disc().sightings.iter().enumerate() {
            let raw = self.raw(frame);
            if raw >= first - 1.0 && raw <= self.contact_at() && sighting.strength >= self.disc().threshold {
                times.push(raw);
                seen.push(sighting.along);
                wanted.push(self.disc().path.length(raw));
                let (low, high) = (self.disc().path.length(raw - JITTER), self.disc().path.length(raw + JITTER));
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
