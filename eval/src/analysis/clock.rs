//! The candidate's clock: which moment of the truth does each of its frames show?
//!
//! Videos are retimed, held and resampled on their way through players and trainers, so events are compared by their order and
//! place. One line, truth frame = rate · candidate frame + offset, is fitted to a thing's known way; a clip that no line fits
//! did not move as it should.

use super::disc::Disc;
use super::maps::Maps;

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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    /// Frames of the truth per frame of the candidate.
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
        self.rate * frame as f32 + self.offset
    }

    /// The candidate plays the whole of the truth, evenly.
    pub(crate) fn even(maps: &Maps, frames: usize, seconds_per_frame: f64) -> Self {
        let rate = (maps.frames - 1) as f32 / (frames.max(2) - 1) as f32;
        Self { rate, offset: 0.0, strain: 0.0, haste: rate / (seconds_per_frame as f32 * maps.fps).max(1e-6) }
    }

    /// The line that explains best where the disc is seen on its path.
    pub(crate) fn fit(maps: &Maps, disc: &Disc, seconds_per_frame: f64) -> Self {
        let (path, sightings, threshold) = (&disc.path, &disc.sightings, disc.threshold);
        let count = sightings.len().max(2);
        // By the clock, and by the share of the clip: a retimed clip keeps one of them.
        let natural = [(seconds_per_frame as f32) * maps.fps, (maps.frames - 1) as f32 / (count - 1) as f32];
        let low = natural[0].min(natural[1]) / WIDEST;
        let high = natural[0].max(natural[1]) * WIDEST;
        let until = path.until() as f32;
        let strain = |rate: f32| natural.iter().map(|&n| libm::logf(rate / n).abs()).fold(f32::INFINITY, f32::min);
        // `within`: what costs that lies as near as half a frame.
        let cost = |rate: f32, arrival: f32, within: f32| {
            let offset = until - rate * arrival;
            let (mut sum, mut used) = (0.0_f32, 0_u32);
            for (frame, sighting) in sightings.iter().enumerate() {
                let moment = rate * frame as f32 + offset;
                if moment > until {
                    break;
                }
                used += 1;
                let exact = (sighting.along - path.length(moment)).abs();
                let off = if within < 1.0 {
                    let allowed = sighting.along.clamp(path.length(moment - JITTER), path.length(moment + JITTER));
                    (sighting.along - allowed).abs() + within * exact
                } else {
                    exact
                };
                sum += if sighting.strength < threshold { 1.0 } else { (off / (FAR * path.total()).max(1.0)).min(1.0) };
            }
            if used < 2 { f32::INFINITY } else { sum / used as f32 + 0.01 * strain(rate) }
        };
        let search = |within: f32| {
            let mut best = (f32::INFINITY, natural[0], until / natural[0]);
            let steps = (libm::logf(high / low) / 0.02) as i32;
            for step in 0..=steps {
                let rate = low * libm::expf(0.02 * step as f32);
                for quarter in 4..(count * 4) {
                    let arrival = quarter as f32 * 0.25;
                    let found = cost(rate, arrival, within);
                    if found < best.0 {
                        best = (found, rate, arrival);
                    }
                }
            }
            // Once more, finer, around the best.
            let (_, rate, arrival) = best;
            for fine in -8..=8 {
                for shift in -10..=10 {
                    let (r, a) = (rate * (1.0 + 0.0025 * fine as f32), arrival + 0.025 * shift as f32);
                    let found = cost(r, a, within);
                    if found < best.0 {
                        best = (found, r, a);
                    }
                }
            }
            best
        };
        let mut best = search(1.0);
        let unexplained = |(_, rate, arrival): (f32, f32, f32)| cost(rate, arrival, 0.0);
        if unexplained(best) > UNEXPLAINED {
            // At few frames a second half a frame is far, and a line that fits the last frames alone may cost less than the right one.
            let other = search(WITHIN);
            if unexplained(other) + UNEXPLAINED < unexplained(best) {
                best = other;
            }
        }
        Self { rate: best.1, offset: until - best.1 * best.2, strain: strain(best.1), haste: best.1 / natural[0] }
    }
}
