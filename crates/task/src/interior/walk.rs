//! A walk as a film camera on rails makes it: level, eased, looking ahead.

use glam::Vec2;
use raytruth_scene::{Curve, Pose, Track};

/// A way through a place.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Through which it goes, at least two, on the floor.
    pub way: Vec<Vec2>,
    /// Where the view rests at the end.
    pub towards: Vec2,
    /// Height of the eye, metres.
    pub eye: f32,
}

/// How far ahead along the way one looks, metres.
const AHEAD: f32 = 1.1;
/// How long before the end the view begins to turn to where it rests, metres.
const TURN: f32 = 1.8;
/// Part of the time that speeding up takes, and slowing down.
const EASE: f64 = 0.18;

impl Walk {
    /// A pose a frame: at an even pace but for its ends.
    #[must_use]
    pub fn track(&self, frames: u32) -> Track {
        let curve = Curve::new(&self.way.iter().map(|p| p.extend(self.eye)).collect::<Vec<_>>(), false);
        let chart = Chart::new(&curve);
        let last = f64::from(frames.saturating_sub(1).max(1));
        let pose = |frame: u32| {
            let at = chart.length() * eased(f64::from(frame) / last) as f32;
            let eye = curve.point(chart.parameter(at));
            // Where the way ends, the view goes on to what it is for.
            let over = ((at + TURN - chart.length()) / TURN).clamp(0.0, 1.0);
            let ahead = curve.point(chart.parameter((at + AHEAD).min(chart.length())));
            let forward = (ahead - eye).normalize_or(curve.tangent(chart.parameter(at))).truncate();
            let target = (self.towards - eye.truncate()).normalize_or(forward);
            let turn = over * over * (3.0 - 2.0 * over);
            let way = Vec2::from_angle(turn * forward.angle_to(target)).rotate(forward).extend(0.0);
            Pose::looking_at(eye, eye + way)
        };
        Track { poses: (0..frames).map(pose).collect() }
    }
}

/// Part of the way at a part of the time: speed rises evenly, holds, and falls.
fn eased(t: f64) -> f64 {
    let top = 1.0 / (1.0 - EASE);
    if t < EASE {
        0.5 * top * t * t / EASE
    } else if t > 1.0 - EASE {
        1.0 - 0.5 * top * (1.0 - t) * (1.0 - t) / EASE
    } else {
        top * (t - 0.5 * EASE)
    }
}

/// A curve's parameter by its length.
struct Chart(Vec<f32>);

/// Pieces a span.
const PIECES: usize = 64;

impl Chart {
    fn new(curve: &Curve) -> Self {
        let point = |i: usize| curve.point(i as f32 / PIECES as f32);
        let mut lengths = vec![0.0];
        for i in 1..=curve.spans() * PIECES {
            lengths.push(lengths[i - 1] + point(i).distance(point(i - 1)));
        }
        Self(lengths)
    }

    fn length(&self) -> f32 {
        self.0.last().copied().unwrap_or(0.0)
    }

    fn parameter(&self, at: f32) -> f32 {
        let i = self.0.partition_point(|&l| l <= at).clamp(1, (self.0.len() - 1).max(1));
        let [from, to] = [self.0[i - 1], self.0.get(i).copied().unwrap_or(f32::MAX)];
        ((i - 1) as f32 + ((at - from) / (to - from).max(1e-9)).clamp(0.0, 1.0)) / PIECES as f32
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;

    fn heading(pose: &Pose) -> Vec2 {
        pose.vector(Vec3::NEG_Z).truncate()
    }

    #[test]
    fn it_goes_evenly_from_the_first_point_to_the_last_and_looks_there() {
        let walk =
            Walk { way: vec![Vec2::ZERO, Vec2::new(3.0, 0.0), Vec2::new(4.0, 2.0)], towards: Vec2::new(0.0, 4.0), eye: 1.5 };
        let poses = walk.track(81).poses;
        assert!(poses[0].translation.distance(Vec3::Z * 1.5) < 1e-4);
        assert!(poses[80].translation.distance(Vec3::new(4.0, 2.0, 1.5)) < 1e-3);
        assert!(heading(&poses[80]).dot(Vec2::new(-4.0, 2.0).normalize()) > 0.9999);
        assert!(heading(&poses[0]).x > 0.95);
        let steps: Vec<f32> = poses.windows(2).map(|w| w[0].translation.distance(w[1].translation)).collect();
        let middle = &steps[20..60];
        let (least, most) = middle.iter().fold((f32::MAX, 0.0_f32), |(lo, hi), &s| (lo.min(s), hi.max(s)));
        assert!(most < 1.03 * least, "{least} to {most}");
        assert!(steps[0] < 0.1 * most && steps[79] < 0.1 * most, "it starts and ends at rest");
        let turns = poses.windows(2).map(|w| heading(&w[0]).angle_to(heading(&w[1])).abs().to_degrees());
        assert!(turns.fold(0.0, f32::max) < 6.0, "no jerk");
        assert!(poses.iter().all(|pose| pose.vector(Vec3::X).z.abs() < 1e-5), "no roll");
    }
}
