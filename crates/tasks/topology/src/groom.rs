//! A drawing is made round and even, and stays the same drawing.

use crate::plan::{Pass, Plan, RADIUS};
use glam::DVec2;

/// Steps in which a drawing finds its form.
pub(crate) const STEPS: usize = 120;
/// After how many it is looked whether the drawing is still the same.
const LOOKS: usize = 6;
/// Most that a vertex moves in a step, units.
const STRIDE: f64 = 0.012;
/// Strands push each other off up to this distance, units.
const REACH: f64 = 0.55;
/// How high strands that cross are held apart, units: more than they lie, so that they push each other around rather than off.
const APART: f64 = 0.16;
/// How strongly strands push, and over how many vertices to either side it spreads.
const PUSH: f64 = 8e-4;
const SPREAD: usize = 5;
/// The same of two crossings: up to which distance, how strongly, and over how many vertices.
const CROSSINGS: f64 = 0.4;
const SHOVE: f64 = 0.4;
const NARROW: usize = 2;
/// How often lines are smoothed in a step, by how much, and how far back where they must not become shorter (G. Taubin, "A signal processing approach
/// to fair surface design", 1995).
const SMOOTHS: usize = 2;
const FORTH: f64 = 0.5;
const BACK: f64 = -0.52;
/// Where it is so far from a pass to the next a line is not shortened, and where it is so far it is: units.
const SHORT: f64 = 0.28;
const LONG: f64 = 0.5;
/// How often those vertices are smoothed besides about which a line bends more sharply than a circle of this radius, units.
const MORE: usize = 6;
const SHARP: f64 = 3.0 * RADIUS;
/// Vertices this near along a strand do not push each other.
const NEAR: usize = 6;

/// The plan after some steps in which strands push each other off and straighten themselves, back in its square. `tension`: how far, 0 to 1; without
/// it loops keep their length. `None` of a plan that shows nothing clear.
pub(crate) fn groomed(plan: &Plan, steps: usize, tension: f64) -> Option<Plan> {
    let mut best = boxed(plan).spaced()?;
    let (mut left, mut at_once, mut fair) = (steps, LOOKS, true);
    while left > 0 {
        let mut next = best.clone();
        (0..at_once).for_each(|_| step(&mut next, fair, tension));
        left = left.saturating_sub(at_once);
        // Crossings are where they were but for what a few steps move them. If not, steps were too many, or smoothed loops that are small.
        match next.spaced().and_then(|next| boxed(&next).spaced()) {
            Some(next) => (best, at_once, fair) = (next, LOOKS, true),
            None if at_once > 1 => at_once /= 2,
            None if fair => (at_once, fair) = (LOOKS, false),
            None => break,
        }
    }
    Some(best)
}

/// The same with every vertex still that vertex, and in the square in which it was.
pub(crate) fn eased(plan: &Plan, steps: usize) -> Option<Plan> {
    let plan = plan.located()?;
    let (middle, half) = square(&plan);
    let formed = groomed(&plan, steps, 1.0)?.map(|p| middle + half * p);
    let lines = (0..plan.lines.len()).map(|line| carried(&plan, &formed, line)).collect::<Option<_>>()?;
    // Passes are where they are in the formed plan.
    let passes = plan.passes.iter().map(|pass| {
        let there = formed.passes.iter().find(|other| other.crossing == pass.crossing && other.over == pass.over)?;
        Some(Pass { place: there.place, ..*pass })
    });
    Plan { lines, passes: passes.collect::<Option<_>>()? }.located()
}

/// Where the vertices of a line go, if each keeps its share of the way from one pass to the next. `None` of a line that passes nothing.
fn carried(from: &Plan, to: &Plan, line: usize) -> Option<Vec<DVec2>> {
    let (n, m) = (from.lines[line].len() as f64, to.lines[line].len() as f64);
    let mut stops: Vec<(f64, f64)> = Vec::new();
    for pass in from.of_line(line) {
        let there = to.of_line(line).find(|other| other.crossing == pass.crossing && other.over == pass.over)?.at;
        // Rising with the first.
        let last = stops.last().map_or(f64::NEG_INFINITY, |stop| stop.1);
        stops.push((pass.at, if there < last { there + m } else { there }));
    }
    stops.first()?;
    // Slopes at the stops, and between them a cubic that never turns back (F. Fritsch, R. Carlson, "Monotone piecewise cubic interpolation", 1980,
    // with harmonic means for slopes), so that vertices are nowhere crowded.
    let count = stops.len() as i64;
    let stop = |i: i64| {
        let (turns, stop) = (i.div_euclid(count) as f64, stops[i.rem_euclid(count) as usize]);
        (stop.0 + turns * n, stop.1 + turns * m)
    };
    let rate = |i: i64| (stop(i + 1).1 - stop(i).1) / (stop(i + 1).0 - stop(i).0).max(1e-9);
    let slope = |i: i64| 2.0 / (1.0 / rate(i - 1).max(1e-9) + 1.0 / rate(i).max(1e-9));
    let at = |k: f64| {
        let i = stops.partition_point(|(at, _)| *at <= k) as i64 - 1;
        let ((x, y), (u, v)) = (stop(i), stop(i + 1));
        let (h, t) = (u - x, (k - x) / (u - x).max(1e-9));
        let (a, b) = (slope(i) * h, slope(i + 1) * h);
        let s = 1.0 - t;
        y * (1.0 + 2.0 * t) * s * s + v * t * t * (3.0 - 2.0 * t) + a * t * s * s - b * t * t * s
    };
    Some((0..from.lines[line].len()).map(|k| to.point(line, at(k as f64))).collect())
}

/// In the square from -1 to 1.
fn boxed(plan: &Plan) -> Plan {
    let (middle, half) = square(plan);
    plan.map(|p| (p - middle) / half)
}

/// Middle and half side of the square about a plan.
fn square(plan: &Plan) -> (DVec2, f64) {
    let points = || plan.lines.iter().flatten().copied();
    let (low, high) = (points().fold(DVec2::INFINITY, DVec2::min), points().fold(DVec2::NEG_INFINITY, DVec2::max));
    (0.5 * (low + high), 0.5 * (high - low).max_element())
}

fn step(plan: &mut Plan, fair: bool, tension: f64) {
    let heights: Vec<Vec<f64>> =
        (0..plan.lines.len()).map(|line| plan.heights(line, |pass| if pass.over { APART } else { -APART })).collect();
    let all: Vec<(usize, usize, DVec2, f64)> = plan
        .lines
        .iter()
        .enumerate()
        .flat_map(|(line, points)| points.iter().enumerate().map(move |(k, p)| (line, k, *p)))
        .map(|(line, k, p)| (line, k, p, heights[line][k]))
        .collect();
    let mut push = vec![DVec2::ZERO; all.len()];
    for i in 0..all.len() {
        for j in 0..i {
            let (a, b) = (all[i], all[j]);
            let off = a.2 - b.2;
            if off.x.abs() > REACH || off.y.abs() > REACH {
                continue;
            }
            let n = plan.lines[a.0].len();
            if a.0 == b.0 && a.1.abs_diff(b.1).min(n - a.1.abs_diff(b.1)) < NEAR {
                continue;
            }
            let square = off.length_squared() + (a.3 - b.3) * (a.3 - b.3);
            if square < REACH * REACH {
                let force = off * (PUSH / (square * square).max(1e-6) * (1.0 - square / (REACH * REACH)));
                push[i] += force;
                push[j] -= force;
            }
        }
    }
    // Crossings push each other off as well: where two lie side by side the lens between them would close.
    let firsts: Vec<usize> = plan.lines.iter().scan(0, |sum, line| Some(std::mem::replace(sum, *sum + line.len()))).collect();
    let mut shove = vec![DVec2::ZERO; all.len()];
    for a in &plan.passes {
        for b in plan.passes.iter().filter(|b| b.crossing != a.crossing) {
            let off = plan.point(a.line, a.at) - plan.point(b.line, b.at);
            let far = off.length();
            if far < CROSSINGS {
                let vertex = (a.at as usize).min(plan.lines[a.line].len() - 1);
                shove[firsts[a.line] + vertex] += off * (SHOVE * (1.0 - far / CROSSINGS) / far.max(1e-3));
            }
        }
    }
    let mut first = 0;
    let slack: Vec<Vec<f64>> = (0..plan.lines.len()).map(|line| slack(plan, line)).collect();
    for (index, line) in plan.lines.iter_mut().enumerate() {
        let n = line.len();
        let own = [(&push[first..first + n], SPREAD), (&shove[first..first + n], NARROW)];
        // What pushes one vertex pushes its neighbours: lines move, not vertices.
        let smooth = |k: usize| {
            let mean = |(own, spread): (&[DVec2], usize)| {
                let sum: DVec2 = (0..=2 * spread).map(|i| own[(k + n + i - spread) % n]).sum();
                sum / (2 * spread + 1) as f64
            };
            own.map(mean).into_iter().map(|p| p.clamp_length_max(STRIDE)).sum::<DVec2>()
        };
        let mut moved: Vec<DVec2> = line.iter().enumerate().map(|(k, p)| *p + smooth(k)).collect();
        for round in 0..if fair { SMOOTHS + MORE } else { 0 } {
            let about = |k: usize| [moved[(k + n - 1) % n], moved[k], moved[(k + 1) % n]];
            let is_sharp = |k: usize| [k + n - 1, k, k + 1].iter().any(|k| bends(about(k % n)));
            let straight = drawn(&moved, FORTH);
            let fair = drawn(&straight, BACK);
            moved = (0..n)
                .map(|k| {
                    // Where crossings are near to each other along the strand it is not shortened: loops would shrink to nothing.
                    let goal = fair[k].lerp(straight[k], tension * slack[index][k]);
                    if round < SMOOTHS || is_sharp(k) { goal } else { moved[k] }
                })
                .collect();
        }
        *line = moved;
        first += n;
    }
}

/// How far each vertex of a line may be drawn straight, 0 to 1.
fn slack(plan: &Plan, line: usize) -> Vec<f64> {
    let points = &plan.lines[line];
    let n = points.len() as f64;
    let edge = points.iter().zip(points.iter().cycle().skip(1)).map(|(a, b)| a.distance(*b)).sum::<f64>() / n;
    let stops: Vec<f64> = plan.of_line(line).map(|pass| pass.at).collect();
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return vec![1.0; points.len()] };
    let way = |k: usize| {
        let next = stops.partition_point(|at| *at <= k as f64);
        let before = next.checked_sub(1).map_or(last - n, |i| stops[i]);
        stops.get(next).map_or(first + n, |at| *at) - before
    };
    (0..points.len()).map(|k| ((way(k) * edge - SHORT) / (LONG - SHORT)).clamp(0.0, 1.0)).collect()
}

/// Every vertex a share of the way to the middle of its neighbours.
fn drawn(line: &[DVec2], share: f64) -> Vec<DVec2> {
    let n = line.len();
    let middle = |k: usize| 0.5 * (line[(k + 1) % n] + line[(k + n - 1) % n]);
    (0..n).map(|k| line[k] + (middle(k) - line[k]) * share).collect()
}

/// Whether a line through three places bends too much.
fn bends([a, b, c]: [DVec2; 3]) -> bool {
    let area = (b - a).perp_dot(c - a).abs();
    // The circle through them has the radius abc / 4K (K: the triangle's area).
    a.distance(b) * b.distance(c) * c.distance(a) < 2.0 * area * SHARP
}
