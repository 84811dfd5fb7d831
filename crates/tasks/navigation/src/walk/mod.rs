//! A walk: from the corners of a way to where one is, and where one looks, at every time. Level, eased, looking ahead.

mod course;

use glam::Vec2;
use raytruth_scene::{Pose, Track};
use raytruth_task::{Clip, Rejection};

use course::Course;

/// Height of the eye, metres.
pub(crate) const EYE: f32 = 1.5;
/// Vertical field of view, degrees: what a person sees.
pub(crate) const FOV_Y: f32 = 62.0;
/// How long one stands at the start, and before the goal, seconds.
pub(crate) const HOLDS: [f64; 2] = [0.25, 0.45];
/// Slowest and fastest pace besides setting off and stopping, m/s.
pub(crate) const PACE: [f32; 2] = [0.9, 2.0];
/// How fast one speeds up and slows down, m/s².
const EASE: f32 = 2.0;
/// Part of the fastest turn that one plans with: turns are measured over some steps.
const SPARE: f32 = 0.96;
/// Steps of a walk, metres.
const STEP: f32 = 0.02;

/// What is asked of a walk.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// From the start to the stand, in straight lines.
    pub through: Vec<Vec2>,
    /// The way one looks at the start.
    pub heading: Vec2,
    /// The point that is faced in the end.
    pub face: Vec2,
    /// How long all of it takes, holds included, seconds.
    pub seconds: f64,
    /// Fastest turn, degrees a second.
    pub turn: f32,
}

/// A walk.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    /// Places and headings (radians, counter-clockwise from +x, not wrapped), [`STEP`] apart.
    steps: Vec<(Vec2, f32)>,
    /// When each is reached, seconds.
    times: Vec<f64>,
}

impl Walk {
    /// A walk as it must be.
    ///
    /// # Errors
    /// [`Rejection`] `too_fast` or `too_slow` if the time does not suit the way's length, `too_sharp` if it turns where there is no room for it.
    pub(crate) fn new(plan: &Plan) -> Result<Self, Rejection> {
        let course = Course::new(plan, STEP);
        let limit = course.limits(SPARE * plan.turn.to_radians(), PACE[1]);
        // Where one does not speed up or slow down.
        let ease = (PACE[0] * PACE[0] / (2.0 * EASE * STEP)) as usize;
        let inner = limit.get(ease..limit.len().saturating_sub(ease)).unwrap_or_default();
        if inner.iter().any(|&v| v < PACE[0]) {
            return Err(Rejection::new("too_sharp", "a turn needs a slower pace"));
        }
        let walks = plan.seconds - HOLDS[0] - HOLDS[1];
        let took = |most: f32| *times(&limit, most, EASE).last().unwrap_or(&0.0);
        if took(PACE[1]) > walks {
            return Err(Rejection::new("too_fast", format!("the way takes {:.2} of {walks:.2} s", took(PACE[1]))));
        }
        if took(PACE[0]) < walks {
            return Err(Rejection::new("too_slow", format!("the way takes {:.2} of {walks:.2} s", took(PACE[0]))));
        }
        Ok(Self::paced(course, &limit, walks, EASE))
    }

    /// The same for a walk that is wrong on purpose: as fast as it must be.
    pub(crate) fn wrong(plan: &Plan) -> Self {
        let course = Course::new(plan, STEP);
        // No limit but a pace that no film shows.
        let limit = course.limits(200.0_f32.to_radians(), 12.0);
        Self::paced(course, &limit, plan.seconds - HOLDS[0] - HOLDS[1], 6.0 * EASE)
    }

    fn paced(course: Course, limit: &[f32], walks: f64, ease: f32) -> Self {
        let (mut slow, mut fast) = (0.05_f32, 12.0_f32);
        for _ in 0..40 {
            let middle = 0.5 * (slow + fast);
            let took = *times(limit, middle, ease).last().unwrap_or(&0.0);
            if took > walks { slow = middle } else { fast = middle }
        }
        let times = times(limit, fast, ease).into_iter().map(|t| t + HOLDS[0]).collect();
        Self { steps: course.steps, times }
    }

    /// Where one is at a time, seconds, and where one looks: radians, counter-clockwise from +x.
    pub(crate) fn at(&self, time: f64) -> (Vec2, f32) {
        let i = self.times.partition_point(|&t| t <= time).clamp(1, self.times.len() - 1);
        let [from, to] = [self.times[i - 1], self.times[i]];
        let part = ((time - from) / (to - from).max(1e-12)).clamp(0.0, 1.0) as f32;
        let ((p, a), (q, b)) = (self.steps[i - 1], self.steps[i]);
        (p.lerp(q, part), a + part * (b - a))
    }

    /// The eye's pose at a time.
    pub(crate) fn pose(&self, time: f64) -> Pose {
        let (place, heading) = self.at(time);
        let eye = place.extend(EYE);
        Pose::looking_at(eye, eye + Vec2::from_angle(heading).extend(0.0))
    }

    /// A pose for each frame of a clip.
    pub(crate) fn track(&self, clip: &Clip) -> Track {
        Track { poses: (0..clip.frames).map(|frame| self.pose(clip.time_of(frame))).collect() }
    }

    /// Every place and heading, [`STEP`] apart.
    pub(crate) fn steps(&self) -> &[(Vec2, f32)] {
        &self.steps
    }

    /// When one is nearest to a place, seconds: the first time, if it is passed more than once.
    pub(crate) fn time_near(&self, place: Vec2) -> f64 {
        let far = |i: usize| self.steps[i].0.distance(place);
        let nearest = (0..self.steps.len()).map(far).fold(f32::INFINITY, f32::min);
        self.times[(0..self.steps.len()).find(|&i| far(i) < nearest + 0.1).unwrap_or(0)]
    }

    /// When one stands before the goal, seconds.
    pub(crate) fn arrives(&self) -> f64 {
        *self.times.last().unwrap_or(&0.0)
    }

    /// Length, metres.
    pub(crate) fn length(&self) -> f32 {
        self.steps.windows(2).map(|w| w[0].0.distance(w[1].0)).sum()
    }

    /// All of its turns, whichever way, degrees.
    pub(crate) fn turns(&self) -> f32 {
        self.steps.windows(2).map(|w| (w[1].1 - w[0].1).abs()).sum::<f32>().to_degrees()
    }
}

/// When each step is reached, if one goes as fast as `limit` and `most` let one, from rest to rest, and speeds up and slows down by `ease`.
fn times(limit: &[f32], most: f32, ease: f32) -> Vec<f64> {
    let mut v: Vec<f32> = limit.iter().map(|l| l.min(most)).collect();
    let n = v.len();
    let gain = 2.0 * ease * STEP;
    // From rest: the first step takes its time.
    let least = (0.5 * gain).sqrt();
    v[0] = v[0].min(least);
    v[n - 1] = v[n - 1].min(least);
    for i in 1..n {
        v[i] = v[i].min((v[i - 1] * v[i - 1] + gain).sqrt());
    }
    for i in (0..n - 1).rev() {
        v[i] = v[i].min((v[i + 1] * v[i + 1] + gain).sqrt());
    }
    let mut times = vec![0.0; n];
    for i in 1..n {
        times[i] = times[i - 1] + f64::from(STEP / (0.5 * (v[i - 1] + v[i])));
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(through: &[(f32, f32)], face: (f32, f32)) -> Plan {
        let through: Vec<Vec2> = through.iter().map(|&p| p.into()).collect();
        Plan { heading: through[1] - through[0], through, face: face.into(), seconds: 5.0, turn: 75.0 }
    }

    #[test]
    fn it_keeps_pace_and_turns_no_faster_than_it_may() {
        let plan = plan(&[(0.0, 0.0), (3.0, 0.0), (3.0, 2.6)], (3.0, 4.0));
        let walk = Walk::new(&plan).expect("a walk");
        assert!(walk.pose(0.0).translation.truncate().length() < 1e-3);
        assert!(walk.pose(5.0).translation.truncate().distance(Vec2::new(3.0, 2.6)) < 0.02);
        assert!((walk.arrives() - 4.55).abs() < 1e-3 && (walk.turns() - 90.0).abs() < 1.0);
        let rate = 240.0;
        let at = |i: u32| walk.at(f64::from(i) / rate);
        for i in 0..(5.0 * rate) as u32 {
            let ((p, a), (q, b)) = (at(i), at(i + 1));
            let (pace, turn) = (p.distance(q) * rate as f32, (b - a).abs().to_degrees() * rate as f32);
            assert!(pace < PACE[1] + 0.01 && turn < 76.0, "{pace} m/s, {turn} degrees/s");
        }
        assert!((walk.at(5.0).1 - core::f32::consts::FRAC_PI_2).abs() < 0.01, "it faces the goal");
        let straight = |length: f32| Plan { through: vec![Vec2::ZERO, Vec2::X * length], face: Vec2::X * 30.0, ..plan.clone() };
        let longer = straight(20.0);
        assert_eq!(Walk::new(&longer).map(|_| ()).expect_err("too long").reason, "too_fast");
        let shorter = straight(1.0);
        assert_eq!(Walk::new(&shorter).map(|_| ()).expect_err("too short").reason, "too_slow");
    }

    /// A walk through a wall takes the time it has.
    #[test]
    fn a_wrong_walk_is_as_fast_as_it_must_be() {
        let walk = Walk::wrong(&plan(&[(0.0, 0.0), (14.0, 0.0), (14.0, 6.0)], (14.0, 9.0)));
        assert!((walk.arrives() - 4.55).abs() < 0.02, "{}", walk.arrives());
    }
}
