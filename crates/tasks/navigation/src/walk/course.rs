//! The line of a walk: a way in straight lines, its corners rounded, and the way one looks along it.

use glam::Vec2;

use super::Plan;

/// How far before and after a corner one leaves the straight line, metres.
const ROUND: f32 = 1.25;
/// The same at the ends.
const ROUND_AT_ENDS: f32 = 0.1;
/// How far ahead one looks, and over how much of the way around that the view is spread, metres.
const AHEAD: f32 = 0.4;
const SPREAD: f32 = 0.8;

/// Steps before and after over which a turn is measured.
const RATE_OVER: usize = 4;

/// Places and headings, evenly spaced.
pub(super) struct Course {
    pub(super) steps: Vec<(Vec2, f32)>,
    /// Metres from each to the next.
    step: f32,
}

impl Course {
    pub(super) fn new(plan: &Plan, step: f32) -> Self {
        let line = Line::new(&plan.through);
        let count = (line.length / step) as usize + 1;
        let places: Vec<Vec2> = (0..=count)
            .map(|i| {
                let at = line.length * i as f32 / count as f32;
                let reach = ROUND.min(ROUND_AT_ENDS + at.min(line.length - at));
                spread(reach, |u| line.point(at + u))
            })
            .collect();
        let places = even(&places, step);
        let last = places.len() - 1;
        let mut headings: Vec<f32> = Vec::with_capacity(last + 1);
        // Not wrapped: each turn goes on from the one before.
        let mut turn_to = |direction: Vec2| {
            let before = headings.last().copied().unwrap_or_else(|| plan.heading.to_angle());
            headings.push(before + Vec2::from_angle(before).angle_to(direction));
        };
        (0..last).for_each(|i| turn_to(places[i + 1] - places[i]));
        turn_to(plan.face - places[last]);
        let end = headings[last];
        // Before the start one has looked where one looks at first.
        let heading = |at: f32| match at / step {
            x if x < 0.0 => plan.heading.to_angle(),
            x if x >= (last - 1) as f32 => end,
            x => headings[x as usize] + x.fract() * (headings[x as usize + 1] - headings[x as usize]),
        };
        let length = step * last as f32;
        let looks = (0..=last).map(|i| {
            let at = step * i as f32;
            let reach = SPREAD.min(AHEAD + (length - at));
            spread(reach, |u| heading(at + AHEAD + u))
        });
        let looks: Vec<f32> = looks.collect();
        Self { steps: places.into_iter().zip(looks).collect(), step }
    }

    /// How fast one may go at each step if the view turns by at most `turn` radians a second, and at most `most`, m/s.
    pub(super) fn limits(&self, turn: f32, most: f32) -> Vec<f32> {
        let last = self.steps.len() - 1;
        let rate = |i: usize| {
            let (from, to) = (i.saturating_sub(RATE_OVER), (i + RATE_OVER).min(last));
            (self.steps[to].1 - self.steps[from].1).abs() / (self.step * (to - from) as f32)
        };
        (0..=last).map(|i| most.min(turn / rate(i).max(1e-6))).collect()
    }
}

/// The mean of what `value` gives within `reach` before and after, nearer ones more.
fn spread<T>(reach: f32, value: impl Fn(f32) -> T) -> T
where
    T: std::ops::Mul<f32, Output = T> + std::ops::Add<T, Output = T>,
{
    let tap = |(i, weight): (usize, f32)| value(reach * (i as f32 - TAPS as f32) / TAPS as f32) * weight;
    let mut taps = WEIGHTS.into_iter().enumerate().map(tap);
    let first = taps.next().expect("taps");
    taps.fold(first, |sum, tap| sum + tap)
}

/// Taps before and after, and what each counts.
const TAPS: usize = 40;
const WEIGHTS: [f32; 2 * TAPS + 1] = {
    let (mut weights, mut whole, mut i) = ([0.0; 2 * TAPS + 1], 0.0, 0);
    while i < weights.len() {
        weights[i] = 1.0 - i.abs_diff(TAPS) as f32 / (TAPS + 1) as f32;
        whole += weights[i];
        i += 1;
    }
    while i > 0 {
        i -= 1;
        weights[i] /= whole;
    }
    weights
};

/// The same line with steps of one length.
fn even(places: &[Vec2], step: f32) -> Vec<Vec2> {
    let line = Line::new(places);
    let count = (line.length / step).round().max(2.0) as usize;
    (0..=count).map(|i| line.point(line.length * i as f32 / count as f32)).collect()
}

/// Straight pieces, and their lengths.
struct Line {
    points: Vec<Vec2>,
    /// Metres from the beginning.
    at: Vec<f32>,
    length: f32,
}

impl Line {
    fn new(points: &[Vec2]) -> Self {
        let mut at = vec![0.0];
        for w in points.windows(2) {
            at.push(at[at.len() - 1] + w[0].distance(w[1]));
        }
        Self { length: at[at.len() - 1], points: points.to_vec(), at }
    }

    /// Beyond its ends it goes straight on.
    fn point(&self, at: f32) -> Vec2 {
        let i = self.at.partition_point(|&a| a <= at).clamp(1, self.points.len() - 1);
        let (from, to) = (self.at[i - 1], self.at[i]);
        let (a, b) = (self.points[i - 1], self.points[i]);
        a + (b - a) * ((at - from) / (to - from).max(1e-9))
    }
}
