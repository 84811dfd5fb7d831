//! What the walk is, once it is known where the eye was: stops that are passed, walls that are crossed, where it ends.

use super::place::Place;
use super::pose::{Pose, distance, turn};
use super::{Fix, NavigationTruth, StopTruth, Tracked};

/// How far a walk may seem to pass beside a gate's end, and before the last one, metres: what the tracking may be wrong by.
const BESIDE: f32 = 0.25;
const BEFORE: f32 = 0.4;
/// From so far beside its end the goal may be seen, metres: what the tracking may be wrong by.
const SEEN_FROM: [f32; 2] = [0.15, 0.3];
/// How much farther from what is visited it may seem to pass.
const FARTHER: f32 = 0.35;
/// The end of a walk, seconds.
const END: f64 = 0.25;
/// Steps at which its length is measured, metres: shorter ones would count the trembling.
const STEP: f32 = 0.3;
/// Who leaves the first place by less goes nowhere: metres, radians.
const STAYS: (f32, f32) = (0.35, 0.35);
/// Nobody goes faster, metres and radians a second; and what a step may be wrong by.
const FASTEST: (f32, f32) = (3.6, 4.2);
const STEP_ERROR: (f32, f32) = (0.2, 0.16);
/// A moment, seconds, and what the way within it may be wrong by.
const MOMENT: f64 = 0.3;
const MOMENT_ERROR: (f32, f32) = (0.35, 0.25);
/// Share of the points of a frame that are found again where the next one runs on from it.
const RUNS_ON: f32 = 0.6;

/// The walk that a candidate shows.
pub(super) struct Journey<'a> {
    pub(super) task: &'a NavigationTruth,
    pub(super) place: Place,
    pub(super) fixes: Vec<Fix>,
    /// As [`Tracked::sighted`].
    pub(super) sighted: Option<f32>,
    /// As [`Tracked::repainted`].
    pub(super) repainted: Vec<f32>,
    pub(super) time: &'a [f64],
}

impl<'a> Journey<'a> {
    /// `time` is that of each frame.
    pub(super) fn new(task: &'a NavigationTruth, time: &'a [f64], tracked: Tracked) -> Self {
        let Tracked { fixes, sighted, repainted } = tracked;
        Self { task, place: Place::new(task), fixes, sighted, repainted, time }
    }

    pub(super) fn at(&self, frame: usize) -> [f32; 2] {
        self.fixes[frame].pose.at
    }

    /// Share of the frames that show the place from nowhere.
    pub(super) fn lost(&self) -> f32 {
        self.fixes.iter().filter(|fix| fix.is_lost()).count() as f32 / self.fixes.len() as f32
    }

    /// Whether it leaves its first place, or turns.
    pub(super) fn goes(&self) -> bool {
        let first = self.fixes[0].pose;
        let away = |f: &&Fix| f.pose.distance(first) > STAYS.0 || turn(f.pose.yaw - first.yaw).abs() > STAYS.1;
        self.fixes.iter().filter(away).count() > 1
    }

    /// How many stops are passed, in order.
    pub(super) fn passed(&self) -> usize {
        let stops = &self.task.stops;
        let mut next = 0_usize;
        for frame in 0..self.fixes.len() {
            let here = self.at(frame);
            let before = self.at(frame.saturating_sub(1));
            // Whoever goes back through a gate must come again.
            if let Some(StopTruth::Gate { from, to }) = next.checked_sub(1).map(|k| &stops[k])
                && crosses(before, here, *to, *from)
            {
                next -= 1;
            }
            while let Some(stop) = stops.get(next) {
                let passes = match stop {
                    StopTruth::Gate { from, to } => crosses(before, here, *from, *to),
                    StopTruth::Visit { center, radius, .. } => distance(here, *center) <= radius + FARTHER,
                };
                if !passes {
                    break;
                }
                next += 1;
            }
        }
        // The last gate may lie just before the goal.
        if let (Some(StopTruth::Gate { from, to }), true) = (stops.last(), next + 1 == stops.len()) {
            let end = self.end().at;
            let ahead = [to[1] - from[1], from[0] - to[0]];
            let length = (ahead[0] * ahead[0] + ahead[1] * ahead[1]).sqrt().max(1e-3);
            let on = [0, 1].map(|k| end[k] + BEFORE * ahead[k] / length);
            next += usize::from(crosses(end, on, *from, *to));
        }
        next
    }

    /// How much farther a step leads than anybody goes; at most 1 is fair.
    pub(super) fn haste(&self, frame: usize) -> f32 {
        // Those between that were not looked at stand still.
        let from = (0..frame).rev().find(|f| self.fixes[*f].looked).unwrap_or(frame - 1);
        let (before, now) = (self.fixes[from].pose, self.fixes[frame].pose);
        let passed = (self.time[frame] - self.time[from]) as f32;
        let way = before.distance(now) / (FASTEST.0 * passed + STEP_ERROR.0);
        let turned = turn(now.yaw - before.yaw).abs() / (FASTEST.1 * passed + STEP_ERROR.1);
        way.max(turned)
    }

    /// The same of the steps that lead to a frame within a moment: who is that far has been faded over.
    pub(super) fn rush(&self, frame: usize) -> f32 {
        let Some(from) = (0..frame).rev().find(|&f| self.time[frame] - self.time[f] >= MOMENT) else { return 0.0 };
        let passed = (self.time[frame] - self.time[from]) as f32;
        let turned: f32 = (from + 1..=frame).map(|f| turn(self.fixes[f].pose.yaw - self.fixes[f - 1].pose.yaw)).sum();
        let way = self.fixes[from].pose.distance(self.fixes[frame].pose);
        (way / (FASTEST.0 * passed + MOMENT_ERROR.0)).max(turned.abs() / (FASTEST.1 * passed + MOMENT_ERROR.1))
    }

    /// Whether it is somewhere else at once. Where the pictures run on, a long step is the tracking's, which had gone astray.
    pub(super) fn is_jump(&self, frame: usize) -> bool {
        frame > 0 && (self.rush(frame) > 1.0 || (self.haste(frame) > 1.0 && self.fixes[frame].alike < RUNS_ON))
    }

    fn last_frames(&self) -> &[Fix] {
        let end = self.time[self.time.len() - 1];
        let first = self.time.iter().position(|&t| t >= end - END).unwrap_or(0);
        &self.fixes[first..]
    }

    /// Where it ends.
    pub(super) fn end(&self) -> Pose {
        let last = self.last_frames();
        let middle = |value: fn(&Fix) -> f32| {
            let mut values: Vec<f32> = last.iter().map(value).collect();
            values.sort_by(f32::total_cmp);
            values[values.len() / 2]
        };
        let first = last[0].pose.yaw;
        let mut turns: Vec<f32> = last.iter().map(|f| turn(f.pose.yaw - first)).collect();
        turns.sort_by(f32::total_cmp);
        Pose { at: [middle(|f| f.pose.at[0]), middle(|f| f.pose.at[1])], yaw: first + turns[turns.len() / 2] }
    }

    /// How far it goes, and turns, in its end.
    pub(super) fn unrest(&self) -> (f32, f32) {
        let last = self.last_frames();
        let end = last[last.len() - 1].pose;
        (last[0].pose.distance(end), turn(last[0].pose.yaw - end.yaw).abs())
    }

    /// Whether most of its last frames show the place from where it ends, and in its colours.
    pub(super) fn shows_its_end(&self) -> bool {
        let last = self.last_frames();
        2 * last.iter().filter(|fix| !fix.is_lost() && !fix.lacks).count() > last.len()
    }

    /// Its length over that of the shortest way.
    pub(super) fn length(&self) -> f32 {
        let (mut length, mut from) = (0.0, self.at(0));
        for fix in &self.fixes {
            let step = distance(from, fix.pose.at);
            if step >= STEP {
                length += step;
                from = fix.pose.at;
            }
        }
        length += distance(from, self.end().at);
        let way: f32 = self.task.way.windows(2).map(|w| distance(w[0], w[1])).sum();
        length / way.max(0.5)
    }

    /// Whether there is nothing between the end and what is faced from there.
    pub(super) fn sees_goal(&self) -> bool {
        let (end, goal) = (self.end().at, &self.task.goal);
        // The face of the goal is a part of it.
        let near = [0, 1].map(|k| goal.face[k] + 0.25 * (goal.stand[k] - goal.face[k]));
        SEEN_FROM.iter().any(|aside| {
            let from = [0, 1].map(|k| end[k] + aside * (near[k] - end[k]).clamp(-1.0, 1.0));
            !self.place.is_crossed(from, near)
        })
    }
}

/// Whether a step crosses a gate, with `right` to the right and `left` to the left.
fn crosses(before: [f32; 2], here: [f32; 2], right: [f32; 2], left: [f32; 2]) -> bool {
    let way = [left[0] - right[0], left[1] - right[1]];
    let length = (way[0] * way[0] + way[1] * way[1]).sqrt().max(1e-3);
    let way = way.map(|v| v / length);
    // Ahead of the gate is a quarter turn to the right of the way from right to left.
    let ahead = |p: [f32; 2]| (p[0] - right[0]) * way[1] - (p[1] - right[1]) * way[0];
    let along = |p: [f32; 2]| (p[0] - right[0]) * way[0] + (p[1] - right[1]) * way[1];
    let (a, b) = (ahead(before), ahead(here));
    if !(a < 0.0 && b >= 0.0) {
        return false;
    }
    let part = a / (a - b);
    let at = along(before) + part * (along(here) - along(before));
    (-BESIDE..=length + BESIDE).contains(&at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_is_crossed_one_way() {
        let (right, left) = ([1.0, 0.0], [1.0, 1.0]);
        assert!(crosses([0.5, 0.5], [1.5, 0.5], right, left), "walking along x, y is to the left");
        assert!(!crosses([1.5, 0.5], [0.5, 0.5], right, left) && !crosses([0.5, 1.5], [1.5, 1.5], right, left));
    }
}
