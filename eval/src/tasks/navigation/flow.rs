//! How the eye moves from a frame to the next: points with a known depth, for the place is known, are laid over the next frame
//! (direct alignment, Lucas & Kanade 1981, with the three numbers of a level walk as unknowns).

use super::picture::{LUMAS, Picture, Shown};
use super::place::{Body, Met, Place};
use super::pose::{Lens, View};
use crate::analysis::solve::{add, solve};

/// Most points.
const POINTS: usize = 420;
/// Steps of Gauss and Newton at each size, from the smallest picture.
const STEPS: [usize; LUMAS] = [5, 6, 8];
/// How far beside what is guessed it may begin, too: radians.
const BESIDE: [f32; 7] = [0.0, -0.02, 0.02, -0.07, 0.07, -0.15, 0.15];
/// Of what of the walk's pace, too, and how many of all these are tried, those first that look best in the smallest picture.
const PACES: [f32; 3] = [1.0, 0.0, 2.0];
const TRIED: usize = 8;
/// How far beside a point the surface may be that it belongs to, pixels.
const OUTLINE: f32 = 1.5;
/// The same for what does not fill its bounds: pixels, and pixels at a metre, for it is seen elsewhere if the eye is not quite where it is
/// thought to be; and the least depth for that, metres.
const ABOUT: (f32, f32) = (5.0, 12.0);
const NEAR: f32 = 0.7;
/// How often the way to where a body ends is halved.
const HALVED: usize = 3;
/// Difference, in levels, from which on a point counts less (Huber).
const HUBER: f32 = 8.0;
const TUKEY: f32 = 20.0;
/// A point is found again where it differs by less.
const ALIKE: f32 = 14.0;
/// Share of the points found again from which on a movement is not doubted, the mean squared difference, levels, up to which it is not, and the
/// step, metres and radians, below which it is found.
const SURE: f32 = 0.94;
const CLEAR: f32 = 10.0;
const STILL: f32 = 2e-4;
/// How well a movement is known before it is seen: the inverse of the variances.
const STEADY: [f32; 3] = [400.0, 1600.0, 1600.0];
/// A movement other than that of the walk so far must find so much more of the points again, or differ by so much of what that does.
const BETTER: f32 = 0.05;
const LESS: f32 = 0.5;
/// Fewest points that tell a movement.
const FEWEST: usize = 14;
/// Least variance of a difference, squared levels.
const VARIANCE: f32 = 16.0;

/// A movement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flow {
    /// As [`Pose::moved`](super::Pose::moved) takes it.
    pub(super) moved: [f32; 3],
    /// How well each of its numbers is known: the inverse of their covariance.
    pub(super) known: [[f32; 3]; 3],
    /// Share of the points that are found again.
    pub(super) alike: f32,
    /// Mean squared difference of the points, levels, bounded.
    pub(super) cost: f32,
}

impl Flow {
    /// Whether nobody doubts it.
    pub(super) fn is_sure(&self) -> bool {
        self.alike > SURE && self.cost < CLEAR
    }

    /// Whether it clearly finds more again, or as much with much less of a difference.
    pub(super) fn is_better(&self, other: &Self) -> bool {
        self.alike > other.alike + BETTER || (self.alike > other.alike - BETTER && self.cost < LESS * other.cost)
    }
}

/// A point of the frame before.
struct Point {
    at: [f32; 3],
    values: [f32; LUMAS],
}

/// The movement since the frame before; `None` where there is nothing to go by. `view` is that of the frame before, `lens` what the other is seen
/// through, `guess` where to begin.
pub(super) fn flow(
    place: &Place,
    view: &View,
    lens: Lens,
    [before, now]: [&Picture; 2],
    shown: &Shown,
    guess: [f32; 3],
) -> Option<Flow> {
    let stride = before.points.len() / POINTS + 1;
    let eye = view.eye();
    // What does not fill its bounds has an outline, which stands out, anywhere about them.
    let vague = place.vague(view);
    let points: Vec<Point> = (before.points.iter().step_by(stride))
        .filter_map(|&[x, y]| {
            let ray = view.ray([x, y]);
            // An outline is that of the nearer thing: one looks to both sides of it.
            let luma = &before.lumas[0];
            let slope = [luma.at(x + 1.0, y) - luma.at(x - 1.0, y), luma.at(x, y + 1.0) - luma.at(x, y - 1.0)];
            let step = OUTLINE / (slope[0] * slope[0] + slope[1] * slope[1]).sqrt().max(1e-3);
            let meets = |s: f32| place.meets(eye, view.ray([x + s * slope[0], y + s * slope[1]]));
            let sides = [meets(-step)?, meets(step)?];
            let Met { reach, body } = outline(meets(0.0)?, sides, step, meets)?;
            // The sky's outline is that of what stands on walls, which nobody knows.
            if body == Body::Sky || vague.iter().any(|v| v.hides([x, y], ABOUT.0 + ABOUT.1 / v.depth.max(NEAR), reach)) {
                return None;
            }
            let values = std::array::from_fn(|level| {
                let scale = 1.0 / (1 << level) as f32;
                before.lumas[level].at(x * scale, y * scale)
            });
            Some(Point { at: std::array::from_fn(|k| eye[k] + reach * ray[k]), values })
        })
        .collect();
    if points.len() < FEWEST {
        return None;
    }
    let at = |moved: &[f32; 3]| View::new(view.pose.moved(*moved), lens);
    // First as the walk went on so far, which small pictures could only lead away from. What is found again is right; else one begins
    // elsewhere, too, and with the smallest picture.
    let mut best = from(&points, view, at(&guess), now, shown, LUMAS - 1);
    if best.is_some_and(|best| best.is_sure()) {
        return best;
    }
    let beside = |pace: f32| BESIDE.map(|left| [pace * guess[0], pace * guess[1], pace * guess[2] + left]);
    let begins = PACES.into_iter().flat_map(beside);
    let mut begins: Vec<(f32, [f32; 3])> = begins.map(|moved| (cost(&points, &at(&moved), now, shown), moved)).collect();
    begins.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, moved) in begins.into_iter().take(TRIED) {
        let found = from(&points, view, at(&moved), now, shown, LUMAS);
        if found.is_some_and(|found| best.is_none_or(|best| found.is_better(&best))) {
            best = found;
        }
        if best.is_some_and(|best| best.is_sure()) {
            break;
        }
    }
    best
}

/// What a point belongs to: where another body begins right beside it that is nearer, to that, where it ends. `sides` are what is met a step
/// to both sides.
fn outline(here: Met, sides: [Met; 2], step: f32, meets: impl Fn(f32) -> Option<Met>) -> Option<Met> {
    let (nearer, mut on) = if sides[0].reach < sides[1].reach { (sides[0], -step) } else { (sides[1], step) };
    if nearer.body == here.body || nearer.reach >= here.reach {
        return Some(here);
    }
    let (mut end, mut beside) = (nearer, 0.0);
    for _ in 0..HALVED {
        let middle = 0.5 * (on + beside);
        let met = meets(middle)?;
        if met.body == nearer.body {
            (on, end) = (middle, met);
        } else {
            beside = middle;
        }
    }
    Some(end)
}

/// The movement near one to begin with, by so many sizes.
fn from(points: &[Point], view: &View, begin: View, now: &Picture, shown: &Shown, sizes: usize) -> Option<Flow> {
    let mut current = begin;
    for (level, steps) in (0..sizes).rev().zip(&STEPS[LUMAS - sizes..]) {
        for _ in 0..*steps {
            let seen = look(points, &current, now, shown, level);
            if seen.count < FEWEST {
                return None;
            }
            let (mut a, mut b) = (seen.a, seen.b);
            // Where nothing tells, as where all that is seen is a wall ahead, nobody starts to slide.
            let off = current.pose.way_to(begin.pose);
            for k in 0..3 {
                a[k][k] += VARIANCE * STEADY[k];
                b[k] += VARIANCE * STEADY[k] * off[k];
            }
            a[3][3] += 1.0;
            let step = solve(a, b)?;
            let step = [step[0], step[1], step[2]];
            current = View::new(current.pose.moved(step), begin.lens);
            if step[0].abs() + step[1].abs() + step[2].abs() < STILL {
                break;
            }
        }
    }
    let seen = look(points, &current, now, shown, 0);
    if seen.count < FEWEST {
        return None;
    }
    let cost = seen.cost / seen.count as f32;
    let scale = 1.0 / cost.max(VARIANCE);
    let known = std::array::from_fn(|i| std::array::from_fn(|j| seen.a[i][j] * scale));
    Some(Flow { moved: view.pose.way_to(current.pose), known, alike: seen.alike as f32 / seen.count as f32, cost })
}

/// What a picture shows where the points should be.
struct Seen {
    a: [[f32; 4]; 4],
    b: [f32; 4],
    /// Sum of squared differences, bounded.
    cost: f32,
    count: usize,
    alike: usize,
}

/// The mean difference, bounded, in the smallest picture.
fn cost(points: &[Point], view: &View, now: &Picture, shown: &Shown) -> f32 {
    let (level, mut sum, mut count) = (LUMAS - 1, 0.0, 0);
    for point in points.iter().step_by(2) {
        let Some(spot) = view.spot(point.at).filter(|s| view.shows(s.at, 3.0) && shown.at(s.at)) else { continue };
        let scale = 1.0 / (1 << level) as f32;
        sum += (now.lumas[level].at(spot.at[0] * scale, spot.at[1] * scale) - point.values[level]).abs().min(30.0);
        count += 1;
    }
    // What lies beside the picture is no likeness.
    (sum + 15.0 * (points.len() / 2 - count.min(points.len() / 2)) as f32) / points.len() as f32
}

fn look(points: &[Point], view: &View, now: &Picture, shown: &Shown, level: usize) -> Seen {
    let (luma, scale) = (&now.lumas[level], 1.0 / (1 << level) as f32);
    let mut seen = Seen { a: [[0.0; 4]; 4], b: [0.0; 4], cost: 0.0, count: 0, alike: 0 };
    for point in points {
        let Some(spot) = view.spot(point.at).filter(|s| view.shows(s.at, 3.0) && shown.at(s.at)) else { continue };
        let (x, y) = (spot.at[0] * scale, spot.at[1] * scale);
        let [value, right, down] = luma.with_slopes(x, y);
        let (off, slope) = (value - point.values[level], [scale * right, scale * down]);
        let [sx, sy] = view.slopes(&spot);
        // The last unknown is a change of exposure.
        let row = [0, 1, 2].map(|k| slope[0] * sx[k] + slope[1] * sy[k]);
        let weight = if level > 0 {
            if off.abs() > HUBER { HUBER / off.abs() } else { 1.0 }
        } else {
            let part = (off / TUKEY).clamp(-1.0, 1.0);
            (1.0 - part * part) * (1.0 - part * part)
        };
        add(&mut seen.a, &mut seen.b, [row[0], row[1], row[2], 1.0], -off, weight);
        seen.cost += (off * off).min(30.0 * 30.0);
        seen.count += 1;
        seen.alike += usize::from(off.abs() < ALIKE);
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::super::place::Bounds;
    use super::*;

    /// A wall that one looks along: a pixel before its end it is a good deal nearer than there.
    #[test]
    fn an_outline_is_as_deep_as_the_end_of_what_is_nearer() {
        let place = Place::of_bounds(Bounds { min: [1.0, -0.1, 0.0], max: [3.0, 0.0, 2.5] });
        let (eye, step, end) = ([0.0, 0.5, 1.5], 0.012, 0.5 / 3.0);
        let meets = |s: f32| place.meets(eye, [1.0, s + 0.001 - end, 0.0]);
        let at = |s: f32| meets(s).expect("it fills its bounds");
        let sides = [at(-step), at(step)];
        assert!(at(0.0).body == Body::Sky && (sides[0].reach - 2.8).abs() < 0.05, "{sides:?}");
        let met = outline(at(0.0), sides, step, meets).expect("a wall");
        assert!(met.body == Body::Solid(0) && (met.reach - 3.0).abs() < 0.04, "{met:?}");
        // Before the end there is no outline.
        let within = |s: f32| meets(s - 2.0 * step);
        let here = within(0.0).expect("a wall");
        assert_eq!(outline(here, [-step, step].map(|s| within(s).expect("a wall")), step, within), Some(here));
    }
}
