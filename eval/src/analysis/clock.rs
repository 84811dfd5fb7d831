//! The candidate's clock: which moment of the truth does each of its frames show?
//!
//! Videos are retimed, held and resampled on their way through players and trainers, so events are compared by their order and
//! place. One line, truth frame = rate · candidate frame + offset, is fitted to a thing's known way; a clip that no line fits
//! did not move as it should.

use super::disc::Disc;
use super::maps::Maps;
use crate::Footage;

/// How far the rate may lie beyond what the clip's length or frame rate suggest.
const WIDEST: f32 = 2.2;
/// Resampling a clip to another rate shows each moment up to half a frame of the truth early or late.
pub(crate) const JITTER: f32 = 0.55;
/// What lies within that costs this part of what lies beyond it, where only half frames are to blame.
const WITHIN: f32 = 0.5;
/// A line on which the sightings are so much farther off than half frames explain, as a mean cost, may be the wrong one.
const UNEXPLAINED: f32 = 0.01;
/// A sighting this far off (as a share of the path) is as bad as none.
const FAR: f32 = 0.15;

/// The line.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    /// When each frame of the candidate is shown, in its usual steps.
    pub(super) ticks: Vec<f32>,
    /// Frames of the truth per usual step of the candidate.
    pub(crate) rate: f32,
    /// Frame of the truth at the candidate's frame 0; negative where it holds still first.
    pub(crate) offset: f32,
    /// How far the rate lies from what is natural: |ln(rate / natural)|.
    pub(crate) strain: f32,
    /// How many times faster than the truth it plays, by seconds.
    pub(crate) haste: f32,
}

impl Clock {
    /// The moment of the truth, in frames, within the clip.
    pub(crate) fn truth(&self, frame: usize, maps: &Maps) -> f32 {
        self.raw(frame).clamp(0.0, (maps.frames - 1) as f32)
    }

    /// The same, also before the beginning and after the end.
    pub(crate) fn raw(&self, frame: usize) -> f32 {
        self.rate * self.ticks[frame] + self.offset
    }

    /// Frames of the truth from a frame of the candidate to another.
    pub(crate) fn between(&self, first: usize, last: usize) -> f32 {
        self.rate * (self.ticks[last] - self.ticks[first])
    }

    /// Usual steps from a frame to the next.
    pub(crate) fn step(&self, frame: usize) -> f32 {
        self.ticks[frame + 1] - self.ticks[frame]
    }

    /// The candidate plays the whole of the truth, evenly.
    pub(crate) fn even(maps: &Maps, footage: &Footage) -> Self {
        let ticks = footage.ticks();
        let rate = natural(maps, footage, &ticks)[1];
        Self { rate, offset: 0.0, strain: 0.0, haste: rate / (footage.seconds_per_frame() as f32 * maps.fps).max(1e-6), ticks }
    }

    /// The line that explains best where the disc is seen on its path.
    /// And what it leaves unexplained, `0..=1`.
    pub(crate) fn fit(maps: &Maps, disc: &Disc, footage: &Footage) -> (Self, f32) {
        let ticks = footage.ticks();
        let natural = natural(maps, footage, &ticks);
        let seen: Vec<Option<f32>> = disc.sightings.iter().map(|s| (s.strength >= disc.threshold).then_some(s.along)).collect();
        let way = Way { length: |moment| disc.path.length(moment), until: disc.path.until() as f32, total: disc.path.total() };
        way.fit(&seen, ticks, natural)
    }
}

/// Rates by the clock, and by the share of the clip: a retimed clip keeps one of them.
pub(super) fn natural(maps: &Maps, footage: &Footage, ticks: &[f32]) -> [f32; 2] {
    let last = ticks.last().copied().unwrap_or(1.0).max(1.0);
    [footage.seconds_per_frame() as f32 * maps.fps, (maps.frames - 1) as f32 / last]
}

/// A known way.
struct Way<F> {
    /// Arc length at a moment of the truth, in frames.
    length: F,
    /// The moment at which it ends.
    until: f32,
    /// Its whole length.
    total: f32,
}

/// What a line costs, its rate, and the tick of the candidate at which it is at the way's end.
type Found = (f32, f32, f32);

/// A tick, and how far along the thing is seen then.
type Seen = (f32, Option<f32>);

impl<F: Fn(f32) -> f32> Way<F> {
    /// The line that explains best how far along a thing is seen in each frame, if it is seen.
    fn fit(&self, along: &[Option<f32>], ticks: Vec<f32>, natural: [f32; 2]) -> (Clock, f32) {
        let seen: Vec<Seen> = along.iter().zip(&ticks).map(|(&along, &tick)| (tick, along)).collect();
        let seen = seen.as_slice();
        let mut best = self.search(seen, natural, 1.0);
        let unexplained = |(_, rate, arrival): Found| self.cost(seen, natural, (rate, arrival), 0.0);
        if unexplained(best) > UNEXPLAINED {
            // At few frames a second half a frame is far, and a line that fits the last frames alone may cost less than the right one.
            let other = self.search(seen, natural, WITHIN);
            if unexplained(other) + UNEXPLAINED < unexplained(best) {
                best = other;
            }
        }
        let (cost, rate, arrival) = best;
        let clock =
            Clock { ticks, rate, offset: self.until - rate * arrival, strain: strain(rate, natural), haste: rate / natural[0] };
        (clock, cost)
    }

    /// The line of the least cost.
    fn search(&self, seen: &[Seen], natural: [f32; 2], within: f32) -> Found {
        let low = natural[0].min(natural[1]) / WIDEST;
        let high = natural[0].max(natural[1]) * WIDEST;
        let mut best = (f32::INFINITY, natural[0], self.until / natural[0]);
        let mut try_one = |rate: f32, arrival: f32| {
            let found = self.cost(seen, natural, (rate, arrival), within);
            if found < best.0 {
                best = (found, rate, arrival);
            }
            best
        };
        let last = seen.last().map_or(0.0, |s| s.0).max(1.0) as usize + 1;
        let steps = (libm::logf(high / low) / 0.02) as i32;
        for step in 0..=steps {
            let rate = low * libm::expf(0.02 * step as f32);
            for quarter in 4..last * 4 {
                try_one(rate, quarter as f32 * 0.25);
            }
        }
        // Once more, finer, around the best.
        let (_, rate, arrival) = try_one(natural[0], self.until / natural[0]);
        for fine in -8..=8 {
            for shift in -10..=10 {
                try_one(rate * (1.0 + 0.0025 * fine as f32), arrival + 0.025 * shift as f32);
            }
        }
        best
    }

    /// How far the sightings lie from a line, as a mean. `within`: the part that counts of what half a frame explains.
    fn cost(&self, seen: &[Seen], natural: [f32; 2], (rate, arrival): (f32, f32), within: f32) -> f32 {
        let offset = self.until - rate * arrival;
        let far = (FAR * self.total).max(1.0);
        let (mut sum, mut used) = (0.0_f32, 0_u32);
        for (tick, along) in seen {
            let moment = rate * tick + offset;
            if moment > self.until {
                break;
            }
            used += 1;
            let off = along.map_or(far, |along| {
                let exact = (along - (self.length)(moment)).abs();
                if within < 1.0 {
                    let allowed = along.clamp((self.length)(moment - JITTER), (self.length)(moment + JITTER));
                    (along - allowed).abs() + within * exact
                } else {
                    exact
                }
            });
            sum += (off / far).min(1.0);
        }
        if used < 2 { f32::INFINITY } else { sum / used as f32 + 0.01 * strain(rate, natural) }
    }
}

/// How far a rate lies from what is natural.
pub(super) fn strain(rate: f32, natural: [f32; 2]) -> f32 {
    natural.iter().map(|&n| libm::logf(rate / n).abs()).fold(f32::INFINITY, f32::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ball that rolls down, pixels by frames of a clip of 16 a second.
    const LENGTHS: [f32; 14] = [0.0, 0.0, 0.0, 0.0, 0.0, 2.1, 9.8, 23.0, 41.8, 66.0, 95.7, 130.7, 168.2, 168.2];

    fn ticks(count: usize) -> Vec<f32> {
        (0..count).map(|i| i as f32).collect()
    }

    fn way() -> Way<impl Fn(f32) -> f32> {
        let length = |moment: f32| {
            let low = moment.clamp(0.0, 12.0).floor();
            let (a, b) = (LENGTHS[low as usize], LENGTHS[low as usize + 1]);
            a + (b - a) * (moment - low).clamp(0.0, 1.0)
        };
        Way { length, until: 12.0, total: 168.2 }
    }

    /// Played 15 % slower, the nearest frame each time: one is shown twice, shortly before the end. As it was seen.
    #[test]
    fn a_frame_that_is_shown_twice_does_not_lead_astray() {
        let mut seen = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 7.0, 22.0, 45.0, 64.0, 96.0, 96.0, 130.0, 163.0].map(Some).to_vec();
        seen.resize(37, None);
        let (clock, _) = way().fit(&seen, ticks(37), [1.0, 32.0 / 36.0]);
        for frame in 0..15 {
            let right = frame as f32 / 1.15;
            assert!((clock.raw(frame) - right).abs() < 0.6, "frame {frame}: {} instead of {right}", clock.raw(frame));
        }
    }

    #[test]
    fn a_clip_like_the_truth_is_read_exactly() {
        let way = way();
        let seen: Vec<_> = (0..33).map(|i| (i != 9).then(|| (way.length)(i as f32))).collect();
        let (clock, _) = way.fit(&seen, ticks(33), [1.0, 1.0]);
        assert!((clock.rate - 1.0).abs() < 1e-3 && clock.offset.abs() < 0.02, "{clock:?}");
    }
}
