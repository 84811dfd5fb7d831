//! Finding a disc of known size: its inside looks like the thing, and its surroundings do not.

use std::rc::Rc;

use crate::Frame;
use crate::picture::difference;

use super::super::maps::BACKGROUND;
use super::super::palette::Palette;
use super::super::watch::Watch;
use super::lattice::{AROUND, INSIDE, RIM};
use super::likelihood::{CERTAIN, Likelihood, likelihoods};
use super::path::Path;
use super::{Subject, distance};

/// How much the ring around a disc speaks against it.
const RING_WEIGHT: f32 = 0.6;
/// How much a sharp outline speaks for a disc: what a ball of chrome or glass shows inside may look like anything.
const RIM_WEIGHT: f32 = 1.2;
/// How far inside and outside the outline its step is taken, pixels.
const RIM_REACH: f32 = 1.5;
/// The step (sum over the channels) from which an outline is as sharp as can be.
const RIM_STEP: f32 = 90.0;
/// What each pixel from the expected place costs a disc, where the moment is not known and where it is.
const PULL: f32 = 0.002;
const KNOWN_PULL: f32 = 0.03;
/// Points of a disc looked at before it is asked whether the rest can still matter.
const GLANCE: usize = 12;
/// Places on a path between those looked at first.
const STRIDE: usize = 6;
/// Least mean likelihood inside a disc that counts as a ball.
pub(crate) const FAINTEST: f32 = 0.22;

/// The best place on the path in one frame of the candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sighting {
    /// Arc length, pixels.
    pub(crate) along: f32,
    /// Mean likelihood inside the disc, `0..=1`.
    pub(crate) strength: f32,
}

/// What covers a pixel at a moment that is known: what another thing hides says nothing of the disc.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// The disc's label.
    pub(crate) label: u8,
    /// Labels at the moment.
    pub(crate) map: &'a [u8],
}

impl Known<'_> {
    fn open(&self, at: usize) -> bool {
        self.map[at] == self.label || self.map[at] == BACKGROUND
    }
}

/// Finds discs in the frames of a candidate.
pub(crate) struct DiscFinder {
    /// The candidate's frames, softened.
    soft: Rc<[Frame]>,
    width: i32,
    height: i32,
    likelihoods: Vec<Likelihood>,
}

impl DiscFinder {
    pub(crate) fn new(subject: &Subject<'_>, palette: &Palette, watch: &Watch, first: &Frame, thin: bool) -> Self {
        let likelihoods = likelihoods(subject, palette, watch, first, thin);
        let (width, height) = (subject.maps.width as i32, subject.maps.height as i32);
        Self { soft: Rc::clone(&watch.soft), width, height, likelihoods }
    }

    /// The pixel at a point of a disc, where the picture has one.
    fn pixel(&self, center: [f32; 2], radius: f32, offset: [f32; 2]) -> Option<usize> {
        let (x, y) = (floor(center[0] + offset[0] * radius), floor(center[1] + offset[1] * radius));
        ((0..self.width).contains(&x) && (0..self.height).contains(&y)).then(|| (y * self.width + x) as usize)
    }

    /// Mean chroma of the upper part of a disc (the lower one is in shade and mirrors the ground): red against green, yellow against blue. And
    /// its mean lightness, of 255.
    pub(crate) fn chroma(&self, frame: &Frame, center: [f32; 2], radius: f32) -> Option<([f32; 2], f32)> {
        let (mut sum, mut count) = ([0_u32; 3], 0_u32);
        for at in INSIDE.iter().filter(|o| o[1] < 0.3).filter_map(|o| self.pixel(center, radius, *o)) {
            (0..3).for_each(|c| sum[c] += u32::from(frame.rgb[at * 3 + c]));
            count += 1;
        }
        let [r, g, b] = sum.map(|v| v as f32);
        let light = (r + g + b) / 3.0;
        (light > 0.0).then(|| ([(r - g) / light * 0.707, (r + g - 2.0 * b) / light * 0.408], light / count as f32))
    }

    /// Mean likelihood at those of a disc's points that are `open`. `None` where it cannot exceed `bar`, as most places show early.
    fn mean(
        &self,
        value: impl Fn(usize) -> u8,
        points: &[[f32; 2]],
        (center, radius): ([f32; 2], f32),
        known: Option<Known<'_>>,
        bar: f32,
    ) -> Option<f32> {
        let share = |sum: u32, count: usize| sum as f32 / (count.max(1) * usize::from(CERTAIN)) as f32;
        let (mut sum, mut count, mut left) = (0_u32, 0, points.len());
        for some in points.chunks(GLANCE) {
            for at in some.iter().filter_map(|o| self.pixel(center, radius, *o)) {
                if known.is_none_or(|k| k.open(at)) {
                    sum += u32::from(value(at));
                    count += 1;
                }
            }
            left -= some.len();
            if share(sum + left as u32 * u32::from(CERTAIN), count + left) <= bar {
                return None;
            }
        }
        Some(share(sum, count))
    }

    /// Mean likelihood inside a disc, and the disc's score: that less what lies around it, and where the moment is known its outline's
    /// sharpness. `None` where the score does not exceed `bar`.
    fn disc(&self, frame: usize, center: [f32; 2], radius: f32, known: Option<Known<'_>>, bar: f32) -> Option<(f32, f32)> {
        let likelihood = &self.likelihoods[frame];
        let outline = if known.is_some() { RIM_WEIGHT } else { 0.0 };
        let alone = known.is_some();
        let inside = self.mean(|at| likelihood.ball(at, alone), &INSIDE, (center, radius), known, bar - outline)?;
        let around = self.mean(|at| likelihood.changed(at), &AROUND, (center, radius), known, f32::NEG_INFINITY)?;
        let mut score = inside - RING_WEIGHT * around;
        if score + outline <= bar {
            return None;
        }
        if let Some(known) = known {
            let (sharp, count) = self.rim(frame, center, radius, Some(known));
            score += RIM_WEIGHT * (sharp / count.max(1.0));
        }
        (score > bar).then_some((inside, score))
    }

    /// How sharp the outline of a disc is, `0..=1`, summed over the directions in which it is open, and their number.
    fn rim(&self, frame: usize, center: [f32; 2], radius: f32, known: Option<Known<'_>>) -> (f32, f32) {
        let soft = &self.soft[frame].rgb;
        let (mut rim, mut count) = (0.0_f32, 0.0_f32);
        for direction in RIM.iter() {
            let at = |reach: f32| {
                self.pixel(center, radius, [direction[0] * reach, direction[1] * reach])
                    .filter(|&at| known.is_none_or(|k| k.open(at)))
            };
            if let (Some(within), Some(beyond)) = (at(1.0 - RIM_REACH / radius), at(1.0 + RIM_REACH / radius)) {
                let step = difference(&soft[within * 3..within * 3 + 3], &soft[beyond * 3..beyond * 3 + 3]) as f32;
                rim += (step / RIM_STEP).min(1.0);
                count += 1.0;
            }
        }
        (rim, count)
    }

    /// The best place on the path.
    pub(crate) fn on_path(&self, frame: usize, path: &Path) -> Sighting {
        self.on_path_where(frame, path, &|_| true)
    }

    /// The best of the places on the path that `fits` takes.
    pub(crate) fn on_path_where(&self, frame: usize, path: &Path, fits: &dyn Fn([f32; 2]) -> bool) -> Sighting {
        // A few places first: with their best as the bar the others are left early.
        let few = path.points.iter().step_by(STRIDE).filter(|p| fits(p.0));
        let bar = few.fold(f32::NEG_INFINITY, |bar, &(center, radius)| {
            self.disc(frame, center, radius, None, bar).map_or(bar, |(_, score)| score)
        });
        let mut best = (bar.next_down(), Sighting { along: 0.0, strength: 0.0 });
        for (i, &(center, radius)) in path.points.iter().enumerate().filter(|(_, p)| fits(p.0)) {
            if let Some((strength, score)) = self.disc(frame, center, radius, None, best.0) {
                best = (score, Sighting { along: i as f32, strength });
            }
        }
        best.1
    }

    /// The best place within `reach` of a point: centre and strength.
    pub(crate) fn near(
        &self,
        frame: usize,
        around: [f32; 2],
        radius: f32,
        reach: f32,
        known: Option<Known<'_>>,
    ) -> ([f32; 2], f32) {
        let expected = self.disc(frame, around, radius, known, f32::NEG_INFINITY);
        let mut best = (expected.map_or(f32::NEG_INFINITY, |(_, score)| score.next_down()), around, 0.0);
        let pull = if known.is_some() { KNOWN_PULL } else { PULL };
        for (step, span) in [(2.0_f32, reach), (0.5, 1.5)] {
            let steps = (span / step) as i32;
            let from = best.1;
            for dy in -steps..=steps {
                for dx in -steps..=steps {
                    let (ox, oy) = (dx as f32 * step, dy as f32 * step);
                    if ox * ox + oy * oy > span * span * 2.0 {
                        continue;
                    }
                    let center = [from[0] + ox, from[1] + oy];
                    // Where the likelihood is flat, the expected place is as good as any.
                    let away = pull * distance(center, around);
                    if let Some((strength, score)) = self.disc(frame, center, radius, known, best.0 + away) {
                        best = (score - away, center, strength);
                    }
                }
            }
        }
        (best.1, best.2)
    }

    /// The disc of the sharpest outline within `reach` of a point: its centre, and how sharp it is, `0..=1`. That is all that tells a
    /// ball of chrome or glass from ground that nobody has seen before. Elsewhere as much of it must be open as at the point: a piece
    /// of an outline is any edge.
    pub(crate) fn outline(
        &self,
        frame: usize,
        around: [f32; 2],
        radius: f32,
        reach: f32,
        known: Option<Known<'_>>,
    ) -> ([f32; 2], f32) {
        let steps = reach as i32;
        let offsets = (-steps..=steps).flat_map(|dy| (-steps..=steps).map(move |dx| [dx as f32, dy as f32]));
        let (_, open) = self.rim(frame, around, radius, known);
        let discs = offsets.map(|o| {
            let center = [around[0] + o[0], around[1] + o[1]];
            let (sharp, count) = self.rim(frame, center, radius, known);
            (center, sharp / count.max(open).max(1.0))
        });
        discs.fold((around, 0.0), |best, disc| if disc.1 > best.1 { disc } else { best })
    }

    /// Mean likelihood inside a disc of which nothing is known, `0..=1`: what has a target's hue is the target.
    pub(crate) fn strength(&self, frame: usize, center: [f32; 2], radius: f32) -> f32 {
        let likelihood = &self.likelihoods[frame];
        self.mean(|at| likelihood.ball(at, false), &INSIDE, (center, radius), None, f32::NEG_INFINITY).unwrap_or(0.0)
    }

    /// Least strength that counts as seen, from the strengths on the way.
    pub(crate) fn threshold(sightings: &[Sighting]) -> f32 {
        let mut strengths: Vec<f32> = sightings.iter().map(|s| s.strength).collect();
        strengths.sort_by(f32::total_cmp);
        let typical = strengths.get(strengths.len() * 3 / 4).copied().unwrap_or(0.0);
        (typical * 0.5).max(FAINTEST)
    }
}

/// The integer below; the standard library's calls libm where the processor is not known to have the instruction.
fn floor(value: f32) -> i32 {
    let cut = value as i32;
    cut - i32::from(value < cut as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (usize, usize) = (96, 64);

    /// A frame of likelihoods that no disc explains well, from a small generator.
    fn noise(seed: u32) -> Likelihood {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((state >> 16) % (u32::from(CERTAIN) + 1)) as u8
        };
        let mut values = || (0..SIZE.0 * SIZE.1).map(|_| next()).collect::<Vec<u8>>();
        let (ball, changed) = (values(), values());
        Likelihood::of_all(changed, ball)
    }

    #[test]
    fn leaving_early_changes_no_verdict() {
        let grey = Frame { width: SIZE.0 as u32, height: SIZE.1 as u32, rgb: vec![128; SIZE.0 * SIZE.1 * 3] };
        let soft: Rc<[Frame]> = [grey].into();
        for seed in 0..20 {
            let finder = DiscFinder {
                soft: Rc::clone(&soft),
                width: SIZE.0 as i32,
                height: SIZE.1 as i32,
                likelihoods: vec![noise(seed)],
            };
            let path = Path::straight([12.0, 20.0], [80.0, 40.0], 7.0);
            let all = path.points.iter().enumerate().filter_map(|(i, &(center, radius))| {
                let (strength, score) = finder.disc(0, center, radius, None, f32::NEG_INFINITY)?;
                Some((score, i as f32, strength))
            });
            let best = all.fold((f32::NEG_INFINITY, 0.0, 0.0), |best, disc| if disc.0 > best.0 { disc } else { best });
            let found = finder.on_path(0, &path);
            assert_eq!((found.along, found.strength), (best.1, best.2), "seed {seed}");
            // A bar that the score exceeds gives it, one that it meets gives nothing.
            let (center, radius) = path.points[best.1 as usize];
            assert_eq!(finder.disc(0, center, radius, None, best.0.next_down()), Some((best.2, best.0)));
            assert_eq!(finder.disc(0, center, radius, None, best.0), None);
        }
    }
}
