//! Where a walk goes through something.

use super::Fix;
use super::journey::Journey;
use super::pose::distance;

/// A walk that this much aside would have run into nothing has crossed nothing: what the tracking may be wrong by, and metres about it that
/// are moved aside.
const ASIDE: [f32; 2] = [0.15, 0.3];
const ABOUT: f32 = 0.9;
/// What of the points of a frame is found again at least where the pictures run on, so many seconds to both sides.
const BREAKS: (f64, f32) = (0.13, 0.2);
/// Seconds about a frame of which half must show where the eye is.
const SURE: f64 = 0.5;
/// So long a walk may not be seen that must lead through what lies between its ends, seconds.
const UNSEEN: f32 = 1.6;

impl Journey<'_> {
    /// The frame in which it goes through something, or up to which it must have, unseen.
    pub(super) fn crossed(&self) -> Option<usize> {
        (1..self.fixes.len()).find(|&frame| {
            let step = [self.at(frame - 1), self.at(frame)];
            let crosses = self.place.is_crossed(step[0], step[1]) && !self.is_jump(frame) && self.is_sure(frame);
            (crosses && (self.breaks_off(frame) || !self.avoids(frame))) || self.crossed_unseen(frame)
        })
    }

    /// Whether it is found again, after a while in which it was lost, with something between it and where it was found last.
    fn crossed_unseen(&self, frame: usize) -> bool {
        if self.fixes[frame].is_lost() || !self.fixes[frame - 1].is_lost() {
            return false;
        }
        let Some(from) = (0..frame).rev().find(|f| !self.fixes[*f].is_lost()) else { return false };
        let ends = [self.at(from), self.at(frame)];
        let jumps = (from + 1..=frame).any(|f| self.is_jump(f));
        // Farther than that, there may be a way around.
        let passed = (self.time[frame] - self.time[from]) as f32;
        passed < UNSEEN && !jumps && moved_aside().all(|by| self.place.is_crossed(moved(ends[0], by), moved(ends[1], by)))
    }

    /// Whether the pictures about a frame break off, as they do within a wall.
    fn breaks_off(&self, frame: usize) -> bool {
        self.about(frame, BREAKS.0).iter().any(|fix| fix.alike < BREAKS.1)
    }

    /// The frames about one, so many seconds to both sides; the next ones in any case.
    fn about(&self, frame: usize, seconds: f64) -> &[Fix] {
        let near = |f: &usize| (self.time[*f] - self.time[frame]).abs() <= seconds;
        let first = (0..frame).rev().take_while(near).last().unwrap_or(frame.saturating_sub(1));
        let last = (frame + 1..self.fixes.len()).take_while(near).last().unwrap_or((frame + 1).min(self.fixes.len() - 1));
        &self.fixes[first..=last]
    }

    /// Whether the walk about a frame runs into nothing if it is moved aside by what the tracking may be wrong by.
    fn avoids(&self, frame: usize) -> bool {
        let here = self.at(frame);
        let near = |f: &usize| distance(self.at(*f), here) < ABOUT && !self.is_jump(*f);
        let first = (0..frame).rev().take_while(near).last().unwrap_or(frame - 1);
        let last = (frame..self.fixes.len()).take_while(near).last().unwrap_or(frame);
        let clear = |by: [f32; 2]| {
            let at = |f: usize| moved(self.at(f), by);
            (first + 1..=last).all(|f| !self.place.is_crossed(at(f - 1), at(f)))
        };
        moved_aside().any(clear)
    }

    /// Whether frames about one show the place as it is seen from there.
    fn is_sure(&self, frame: usize) -> bool {
        let near = self.about(frame, SURE);
        near.iter().filter(|fix| fix.is_lost()).count() * 2 <= near.len()
    }
}

fn moved(at: [f32; 2], by: [f32; 2]) -> [f32; 2] {
    [0, 1].map(|k| at[k] + by[k])
}

/// The ways in which a walk is moved aside.
fn moved_aside() -> impl Iterator<Item = [f32; 2]> {
    ASIDE.into_iter().flat_map(|aside| {
        (0..8).map(move |k| {
            let (sin, cos) = libm::sincosf(k as f32 * std::f32::consts::FRAC_PI_4);
            [aside * cos, aside * sin]
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::place::{Bounds, Place};
    use super::super::pose::Pose;
    use super::*;

    fn fix(at: [f32; 2]) -> Fix {
        Fix::sure(Pose { at, yaw: 0.0 })
    }

    /// The frame in which a walk crosses a block of two metres.
    fn crossed(fixes: Vec<Fix>) -> Option<usize> {
        let task = crate::toy::Stroll::corridor().task;
        let place = Place::of_bounds(Bounds { min: [0.0, 0.0, 0.0], max: [2.0, 2.0, 2.0] });
        let time: Vec<f64> = (0..fixes.len()).map(|i| i as f64 / 16.0).collect();
        Journey { task: &task, place, fixes, sighted: None, repainted: Vec::new(), time: &time }.crossed()
    }

    /// A corner that is cut by less than the tracking may be wrong by is gone around, but where the pictures break off within it.
    #[test]
    fn a_corner_is_gone_around_where_the_pictures_run_on() {
        let of = |alike: f32| {
            let along = |i: usize| 0.08 * (i as f32 - 10.0);
            let alike = |i: usize| if i == 10 { alike } else { 1.0 };
            crossed((0..21).map(|i| Fix { alike: alike(i), ..fix([0.05 + along(i), 0.05 - along(i)]) }).collect())
        };
        assert!(of(1.0).is_none() && of(0.0).is_some_and(|frame| (9..=12).contains(&frame)), "{:?}", of(0.0));
    }

    /// What lies between where a walk is seen last and where it is seen again was walked through, dark or not.
    #[test]
    fn the_dark_hides_no_block() {
        let through = |i: usize| [0.12 * i as f32 - 0.2, 0.7];
        // Around a corner, a metre to each side of it.
        let around = |i: usize| if i < 12 { [-0.4, 1.0 - 0.12 * i as f32] } else { [-0.4 + 0.12 * (i as f32 - 11.0), -0.32] };
        let of = |way: &dyn Fn(usize) -> [f32; 2], dark: std::ops::Range<usize>| {
            let lost = |it: Fix| Fix { edges: 0.0, loose: 0.5, alike: 0.0, ..it };
            crossed((0..24).map(|i| if dark.contains(&i) { lost(fix(way(i))) } else { fix(way(i)) }).collect())
        };
        assert_eq!(of(&through, 1..20), Some(20));
        assert_eq!(of(&around, 6..17), None);
    }
}
