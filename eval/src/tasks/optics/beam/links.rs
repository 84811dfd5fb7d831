//! The links of the story, each worth something by itself.

use std::ops::Range;

use crate::Failure;
use crate::analysis::course::median;
use crate::grading::{Link, Step, ramp};

use super::glow::Glow;
use super::truth::BeamTruth;

/// Share of all places that are looked at before the tip, and share of those that show it: where pieces of the beam cross in the picture, single
/// ones show another.
const LAST: f32 = 0.04;
const MOSTLY: f32 = 0.7;
/// The end of a clip, seconds; and frames of it of which most show the cap lit.
const END: f64 = 0.25;
const LAST_FRAMES: usize = 3;
/// How long another beam may be, widths, and what is worth nothing; in a small share of the frames anything may show.
const STRAY: (f32, f32) = (2.0, 6.0);
const BRIEF: f32 = 0.05;
/// How long before the beam comes the cap may light up, seconds, and what is worth nothing. The beam has come when this part of all that is ever seen
/// of its last leg shows.
const EARLY: (f32, f32) = (0.3, 0.6);
const COME: f32 = 0.9;
/// How many times as light a cap is that has lit up, at least and clearly; and one that has not, at most.
const LIGHTS: (f32, f32) = (1.3, 1.6);
const STAYS: (f32, f32) = (1.3, 1.6);
/// Share of a leg from which on it is there.
const THERE: f32 = 0.5;
/// Share of the length from which on the beam is judged as it grows, and of its places before the tip that must show.
const GROWN: f32 = 0.06;
const WHOLE: f32 = 0.7;
/// Share of the frames in which it may have gaps.
const GAPS: (f32, f32) = (0.08, 0.25);
/// Parts of what is seen of it that the tip may leap by, how much faster than usual it may go on, and the least time for all of it, seconds.
const LEAPS: (f32, f32) = (0.06, 0.12);
const HASTE: f32 = 1.6;
const FASTEST: f32 = 0.5;

/// Everything the links look at.
pub(super) struct Story<'a> {
    pub(super) task: &'a BeamTruth,
    pub(super) glow: Glow,
    pub(super) time: &'a [f64],
}

impl Story<'_> {
    fn end(&self) -> usize {
        let end = self.time[self.time.len() - 1];
        self.time.iter().position(|&t| t >= end - END).unwrap_or(0)
    }

    /// Share of the places of some legs that show the beam in a frame; none if there are no places.
    fn share(&self, frame: usize, of: impl Fn(usize) -> bool) -> Option<f32> {
        let lit = &self.glow.lit[frame];
        let own = self.glow.spots.iter().zip(lit).filter(|(spot, _)| of(spot.leg));
        let (all, shown) = own.fold((0_u32, 0_u32), |(all, shown), (_, lit)| (all + 1, shown + u32::from(*lit)));
        (all > 0).then(|| shown as f32 / all as f32)
    }

    /// The same of the legs in the open behind so many optics, the best of the frames at the end.
    fn shown(&self, after: usize) -> f32 {
        let own = |leg: usize| self.task.legs[leg].open && self.task.legs[leg].after == after;
        (self.end()..self.time.len()).filter_map(|frame| self.share(frame, own)).fold(0.0, f32::max)
    }

    /// The beam is there, from the source to what it meets first.
    pub(super) fn begins(&self) -> Link {
        let shown = self.shown(0);
        Link {
            fraction: ramp(1.0 - shown, 0.25, 0.7),
            measured: Some(shown),
            tolerance: 0.75,
            unit: "share of its length",
            reason: format!("{:.0} % of the beam shows between the source and what it meets first", shown * 100.0),
        }
    }

    /// Whether any lamp lights up, in any frame.
    pub(super) fn any_lamp(&self) -> bool {
        self.glow.caps.iter().flatten().any(|&cap| cap > LIGHTS.1)
    }

    /// Whether anything of the beam shows, or a lamp lights up, in any frame.
    pub(super) fn anything_happens(&self) -> bool {
        let some = |frame: usize| self.share(frame, |_| true).is_some_and(|share| share > 0.05);
        self.any_lamp() || (0..self.time.len()).any(some)
    }

    /// It leaves one after the other of the things that turn it, as it should.
    pub(super) fn way(&self) -> Link {
        let count = self.task.optics.len();
        let (mut holds, mut sum) = (1.0_f32, 0.0);
        for after in 1..=count {
            holds = holds.min(ramp(1.0 - self.shown(after), 0.3, 0.7));
            sum += holds;
        }
        let shown = (1..=count).take_while(|&after| self.shown(after) > THERE).count();
        Link {
            fraction: sum / count.max(1) as f32,
            measured: Some(shown as f32),
            tolerance: count as f32,
            unit: "optics",
            reason: format!("the beam leaves {shown} of {count} optics the way it should"),
        }
    }

    /// Nothing else shines like it.
    pub(super) fn alone(&self) -> Link {
        let worst = but_briefly(self.glow.stray.clone());
        Link {
            fraction: ramp(worst, STRAY.0, STRAY.1),
            measured: Some(worst),
            tolerance: STRAY.0,
            unit: "widths",
            reason: format!("beside its way another beam shines, {worst:.1} widths long"),
        }
    }

    /// It grows from the source on, without leaps, and nothing downstream comes first.
    pub(super) fn goes_on(&self) -> Link {
        // In glass a beam is dim and seen more than once.
        let is_open: Vec<bool> = self.glow.spots.iter().map(|spot| self.task.legs[spot.leg].open).collect();
        let open =
            |lit: &Vec<bool>| lit.iter().zip(&is_open).filter(|(_, open)| **open).map(|(lit, _)| *lit).collect::<Vec<bool>>();
        let lit: Vec<Vec<bool>> = self.glow.lit.iter().map(open).collect();
        let far = |lit: &Vec<bool>| tip(lit).map_or(0.0, |tip| (tip + 1) as f32 / lit.len() as f32);
        // Frames in which much is missing before the tip.
        let gap = |lit: &Vec<bool>| {
            let before = &lit[..tip(lit).map_or(0, |tip| tip + 1)];
            (before.iter().filter(|l| **l).count() as f32) < WHOLE * before.len() as f32
        };
        let growing = lit.iter().filter(|lit| far(lit) > GROWN).count().max(1);
        let gaps = lit.iter().filter(|lit| far(lit) > GROWN && gap(lit)).count() as f32 / growing as f32;
        // A single frame is a flicker.
        let far: Vec<f32> = lit.iter().map(far).collect();
        let steady = |at: usize| median(far[at.saturating_sub(1)..(at + 2).min(far.len())].to_vec());
        let leap = self.leap(&(0..far.len()).map(steady).collect::<Vec<f32>>());
        Link {
            fraction: ramp(gaps, GAPS.0, GAPS.1).min(ramp(leap, LEAPS.0, LEAPS.1)),
            measured: Some(leap),
            tolerance: LEAPS.0,
            unit: "of its length at once",
            reason: format!(
                "the beam has gaps before its tip in {:.0} % of the frames, and leaps by at most {:.0} % of its length",
                gaps * 100.0,
                leap * 100.0
            ),
        }
    }

    /// How much farther the tip comes from a frame to the next than at its usual pace, or falls back; parts of all that is seen of the beam.
    fn leap(&self, far: &[f32]) -> f32 {
        let at = |share: f32| far.iter().position(|&far| far > share);
        let passed = match (at(0.02), at(0.9)) {
            (Some(from), Some(to)) => (self.time[to] - self.time[from]) as f32,
            _ => f32::INFINITY,
        };
        let pace = 1.0 / passed.max(FASTEST);
        let step = |frame: usize| {
            let allowed = HASTE * pace * (self.time[frame] - self.time[frame - 1]) as f32;
            (far[frame] - far[frame - 1] - allowed).max(far[frame - 1] - far[frame])
        };
        (1..far.len()).map(step).fold(far.first().copied().unwrap_or(0.0), f32::max)
    }

    fn right(&self) -> usize {
        self.task.detectors.iter().position(|name| *name == self.task.answer).unwrap_or(0)
    }

    /// How light a cap is in some frames.
    fn cap(&self, detector: usize, frames: Range<usize>) -> Vec<f32> {
        self.glow.caps[frames].iter().map(|caps| caps[detector]).collect()
    }

    /// The right cap is lit in the end, and no other at any time.
    pub(super) fn answer(&self) -> Step {
        let answer = self.right();
        // The very last one may flicker, or be one of few.
        let last = self.cap(answer, self.time.len().saturating_sub(LAST_FRAMES)..self.time.len());
        let right = median(last.clone()).max(last[last.len() - 1]);
        let others = (0..self.task.detectors.len()).filter(|&i| i != answer);
        let (other, most) = others
            .map(|i| (i, but_briefly(self.cap(i, 0..self.time.len()))))
            .fold((answer, 0.0), |a, b| if b.1 > a.1 { b } else { a });
        let link = |fraction: f32, measured: f32, reason: String| Link {
            fraction,
            measured: Some(measured),
            tolerance: LIGHTS.1,
            unit: "times as light",
            reason,
        };
        let dark = ramp(most, STAYS.0, STAYS.1);
        if dark < 1.0 {
            let name = &self.task.detectors[other];
            let reason = format!("the cap of `{name}` is {most:.2} times as light as at first");
            let lights = 1.0 - ramp(right, LIGHTS.0, LIGHTS.1);
            return Step::new(link(dark.min(lights), most, reason), Failure::WrongOutcome);
        }
        let reason = format!("the cap of `{}` is {right:.2} times as light as at first", self.task.answer);
        let failure = if most > right { Failure::WrongOutcome } else { Failure::NeverReleased };
        Step::new(link(1.0 - ramp(right, LIGHTS.0, LIGHTS.1), right, reason), failure)
    }

    fn is_lit(&self, frame: usize) -> bool {
        self.glow.caps[frame][self.right()] > 0.5 * (LIGHTS.0 + LIGHTS.1)
    }

    /// How long before the beam comes the right cap lights up, seconds; none if no beam comes, or the cap stays dark.
    fn early(&self) -> Option<f32> {
        let last = self.task.optics.len();
        let own = |leg: usize| self.task.legs[leg].open && self.task.legs[leg].after == last;
        let shares: Vec<f32> = (0..self.time.len()).map(|frame| self.share(frame, own).unwrap_or(0.0)).collect();
        let most = shares.iter().copied().fold(0.0, f32::max);
        let arrives = if most > THERE { shares.iter().position(|&share| share >= COME * most) } else { None };
        let first = (0..self.time.len()).find(|&frame| self.is_lit(frame));
        arrives.zip(first).map(|(arrives, first)| (self.time[arrives] - self.time[first]) as f32)
    }

    /// Whether the right cap lights up long before the beam comes.
    pub(super) fn is_early(&self) -> bool {
        self.early().is_some_and(|early| early > EARLY.1)
    }

    /// It lights up when the beam comes, and stays lit.
    pub(super) fn kept(&self) -> Link {
        let frames = self.time.len();
        let first = (0..frames).find(|&frame| self.is_lit(frame)).unwrap_or(frames);
        let share = (first..frames).filter(|&frame| self.is_lit(frame)).count() as f32 / (frames - first).max(1) as f32;
        let (in_time, reason) = match self.early() {
            Some(early) if early > EARLY.0 => {
                (ramp(early, EARLY.0, EARLY.1), format!("the cap lights up {early:.2} s before the beam comes"))
            }
            Some(_) => (1.0, format!("once lit, the cap is in {:.0} % of the frames", share * 100.0)),
            None => (0.0, "no beam comes, or no cap lights up".to_owned()),
        };
        let fraction = ramp(1.0 - share, 0.1, 0.4).min(in_time);
        Link { fraction, measured: Some(share), tolerance: 0.9, unit: "share of frames", reason }
    }
}

/// What some values, one a frame, do not exceed but for a moment.
fn but_briefly(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(((1.0 - BRIEF) * values.len() as f32) as usize).or(values.last()).copied().unwrap_or(0.0)
}

/// The last place up to which the beam has come; none if it has not set off.
fn tip(lit: &[bool]) -> Option<usize> {
    let last = ((LAST * lit.len() as f32) as usize).max(4).min(lit.len().max(1));
    let mostly = |at: &usize| {
        let own = &lit[(at + 1).saturating_sub(last)..=*at];
        lit[*at] && own.iter().filter(|l| **l).count() as f32 >= MOSTLY * own.len() as f32
    };
    (0..lit.len()).rev().find(mostly)
}
