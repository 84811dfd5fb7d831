//! Where a clip is cut into spans. Over a short one fewer paths come near something that changes, but each begins with a frame of which
//! all paths are traced.

use std::ops::Range;

use glam::Vec3;
use raytruth_scene::Camera;

use super::{Capsule, Sweeps, Swept};

/// Frames at which a long clip may be cut.
const MOST_CUTS: usize = 128;
/// Rays along a row of the picture, and rows.
const RAYS: (u32, u32) = (24, 15);

/// Frames in a row of which each picture is made with the paths kept from the first of them that was traced.
pub(crate) struct Span {
    pub(crate) frames: Range<usize>,
    pub(crate) swept: Swept,
}

/// What tells how many of the camera's paths come near something.
pub(crate) struct Eye {
    origin: Vec3,
    directions: Vec<Vec3>,
}

impl Eye {
    /// `aspect`: width over height of the picture.
    pub(crate) fn new(camera: &Camera, aspect: f32) -> Self {
        let pose = camera.pose_at(0);
        let up = (0.5 * camera.fov_y).tan();
        let across = |i: u32, count: u32| (i as f32 + 0.5) / count as f32 * 2.0 - 1.0;
        let (columns, rows) = RAYS;
        let ray = |i: u32| Vec3::new(up * aspect * across(i % columns, columns), up * across(i / columns, rows), -1.0);
        Self { origin: pose.translation, directions: (0..columns * rows).map(|i| pose.vector(ray(i)).normalize()).collect() }
    }

    /// Part of all paths that come near: as if each, seen from where it first arrives, had once more the chance that it has when it sets out.
    /// Shares measured in clips of all kinds of motion were 1.3 to 1.9 times what is seen, if that is little.
    fn share(&self, swept: &Swept) -> f64 {
        let meets = |d: &&Vec3| {
            swept.boxes.iter().any(|b| b.is_met_by(self.origin, **d, f32::INFINITY))
                || swept.capsules.iter().any(|c| c.meets(self.origin, **d))
        };
        let seen = self.directions.iter().filter(meets).count() as f64 / self.directions.len() as f64;
        1.0 - (1.0 - seen).powi(2)
    }
}

/// A span, and what it costs.
struct Part {
    span: Span,
    /// Its frames after the first which are not the picture of the one before.
    new: usize,
    /// Frames of which all paths are traced that cost as much.
    cost: f64,
}

impl Part {
    fn new(sweeps: &Sweeps<'_>, eye: &Eye, frames: Range<usize>, new: usize) -> Self {
        let swept = sweeps.during(&frames);
        let cost = 1.0 + new as f64 * eye.share(&swept);
        Self { span: Span { frames, swept }, new, cost }
    }
}

/// All frames of a clip in spans: neighbours become one as long as that saves work, those first that save most.
///
/// `same`: whether a frame is the picture of the one before.
pub(crate) fn spans(sweeps: &Sweeps<'_>, eye: &Eye, frames: usize, same: impl Fn(usize) -> bool) -> Vec<Span> {
    let step = frames.div_ceil(MOST_CUTS).max(1);
    let new: Vec<bool> = (0..frames).map(|frame| frame == 0 || !same(frame)).collect();
    let part = |frames: Range<usize>| {
        let count = new[frames.start + 1..frames.end].iter().filter(|new| **new).count();
        Part::new(sweeps, eye, frames, count)
    };
    let mut parts: Vec<Part> = (0..frames).step_by(step).map(|first| part(first..frames.min(first + step))).collect();
    let joined = |a: &Part, b: &Part| {
        let between = usize::from(new[b.span.frames.start]);
        Part::new(sweeps, eye, a.span.frames.start..b.span.frames.end, a.new + between + b.new)
    };
    // Of each but the last, with the one after it.
    let mut pairs: Vec<Part> = parts.windows(2).map(|pair| joined(&pair[0], &pair[1])).collect();
    loop {
        let saved = |i: usize| parts[i].cost + parts[i + 1].cost - pairs[i].cost;
        // Of equals the first.
        let best = (0..pairs.len()).rev().max_by(|&a, &b| saved(a).total_cmp(&saved(b))).filter(|&i| saved(i) > 0.0);
        let Some(i) = best else { break };
        parts[i] = pairs.remove(i);
        parts.remove(i + 1);
        for i in [i.wrapping_sub(1), i] {
            if let Some(pair) = pairs.get_mut(i) {
                *pair = joined(&parts[i], &parts[i + 1]);
            }
        }
    }
    parts.into_iter().map(|part| part.span).collect()
}

impl Capsule {
    /// Whether a ray comes nearer to its axis than its radius; as in the shader.
    fn meets(&self, origin: Vec3, direction: Vec3) -> bool {
        let (axis, apart) = (self.to - self.from, origin - self.from);
        let length2 = axis.length_squared().max(1e-20);
        let (along, ahead, beside) = (axis.dot(direction), apart.dot(direction), apart.dot(axis));
        let s = ((along * beside - ahead * length2) / (length2 - along * along).max(1e-20)).max(0.0);
        let u = ((along * s + beside) / length2).clamp(0.0, 1.0);
        let t = (along * u - ahead).max(0.0);
        (apart + t * direction - u * axis).length_squared() <= self.radius * self.radius
    }
}
