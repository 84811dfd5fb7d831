//! Tracks to keyframes.

use std::collections::HashMap;

use glam::{Quat, Vec3};
use raytruth_scene::{Animation, Pose, Track};
use serde_json::{Value, json};

use super::binary::Binary;
use crate::extras::Motion;

/// The one animation of a file.
pub(super) struct Keys {
    clip: Option<Animation>,
    samplers: Vec<Value>,
    channels: Vec<Value>,
    /// Accessors of times, by number of poses.
    times: HashMap<usize, usize>,
}

impl Keys {
    pub(super) fn new(clip: Option<Animation>) -> Self {
        Self { clip, samplers: Vec::new(), channels: Vec::new(), times: HashMap::new() }
    }

    /// Adds the channels of a node's track: one key a frame, linear in between. What stays constant gets none.
    pub(super) fn track(&mut self, binary: &mut Binary, node: usize, track: &Track) {
        let (Some(clip), Some(first)) = (self.clip, track.poses.first()) else { return };
        // A track that ends before the clip holds, so that players loop over the whole clip.
        let count = track.poses.len();
        let frame = |k: usize| (k as f64 / f64::from(clip.fps)) as f32;
        let end = (f64::from(clip.frames - 1) / f64::from(clip.fps)) as f32;
        let hold = end > frame(count - 1);
        let last = hold.then(|| track.poses[count - 1]);
        let poses = || track.poses.iter().chain(last.as_ref());
        let times = *self.times.entry(count).or_insert_with(|| {
            let times: Vec<f32> = (0..count).map(frame).chain(hold.then_some(end)).collect();
            binary.times(&times)
        });
        if track.poses.iter().any(|p| p.translation != first.translation) {
            let values: Vec<_> = poses().map(|p| p.translation).collect();
            let output = binary.translations(&values);
            self.channel(node, "translation", times, output);
        }
        if track.poses.iter().any(|p| p.rotation != first.rotation) {
            // Quaternions of either sign are the same rotation; neighbours on the same side keep players from spinning.
            let mut near = Quat::IDENTITY;
            let values: Vec<_> = poses()
                .map(|p| {
                    let q = p.rotation.normalize();
                    near = if q.dot(near) < 0.0 { -q } else { q };
                    near
                })
                .collect();
            let output = binary.rotations(&values);
            self.channel(node, "rotation", times, output);
        }
    }

    /// Adds a node's coming and going: its scale steps between 0 and 1 at the frame in which it comes or goes.
    pub(super) fn shown(&mut self, binary: &mut Binary, node: usize, is_there: &[bool]) {
        let Some(clip) = self.clip else { return };
        let time = |k: usize| (k as f64 / f64::from(clip.fps)) as f32;
        let changes = (0..is_there.len()).filter(|&k| k == 0 || is_there[k] != is_there[k - 1]);
        let keys: Vec<(f32, Vec3)> = changes.map(|k| (time(k), Vec3::splat(if is_there[k] { 1.0 } else { 0.0 }))).collect();
        let input = binary.times(&keys.iter().map(|k| k.0).collect::<Vec<_>>());
        let output = binary.translations(&keys.iter().map(|k| k.1).collect::<Vec<_>>());
        self.keys(node, "scale", (input, output), "STEP");
    }

    fn channel(&mut self, node: usize, path: &str, input: usize, output: usize) {
        self.keys(node, path, (input, output), "LINEAR");
    }

    fn keys(&mut self, node: usize, path: &str, (input, output): (usize, usize), interpolation: &str) {
        self.channels.push(json!({ "sampler": self.samplers.len(), "target": { "node": node, "path": path } }));
        self.samplers.push(json!({ "input": input, "output": output, "interpolation": interpolation }));
    }

    /// The animation; none where nothing moves.
    pub(super) fn finish(self) -> Option<Value> {
        (!self.channels.is_empty()).then(|| json!({ "name": "clip", "channels": self.channels, "samplers": self.samplers }))
    }
}

/// The pose that a node starts in, and what the keys do not say of the track.
pub(super) fn start(pose: Pose, track: Option<&Track>) -> (Pose, Motion) {
    let Some(first) = track.and_then(|t| t.poses.first()) else { return (pose, Motion::default()) };
    let count = track.map(|t| u32::try_from(t.poses.len()).unwrap_or(u32::MAX));
    (*first, Motion { track: count, pose: (pose != *first).then_some(pose), hides: false })
}
