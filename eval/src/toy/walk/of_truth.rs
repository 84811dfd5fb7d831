//! The toy of any place that a truth describes: what the evaluator makes of drawn problems can be seen without rendering them.

use crate::Truth;
use crate::navigation::{LAST_DECISION, LandmarkTruth, NavigationTruth, Pose, SolidKind, SolidTruth};

use super::{Body, Look, Stroll, paint};

/// Stones on walls below the sky: how far they stand over, and their height, metres.
const STONE: (f32, f32) = (0.04, 0.09);
const STONES: [u8; 3] = [96, 92, 86];

impl Stroll {
    /// The walk of a truth through its place. Walls are as it says; things and landmarks fill parts of their bounds. No plan lies over it.
    ///
    /// # Errors
    /// A sentence if the truth is no walk's.
    pub fn of_truth(truth: &Truth) -> Result<Self, String> {
        let task: NavigationTruth = serde_json::from_value(truth.task.clone()).map_err(|e| e.to_string())?;
        let decision = *truth.events.get(LAST_DECISION).ok_or("no decision")?;
        let color = |landmark: &LandmarkTruth| {
            truth.objects.iter().find(|o| o.name == landmark.name).map(|o| o.color).ok_or("a landmark without a color")
        };
        let colors = task.landmarks.iter().map(color).collect::<Result<Vec<_>, _>>()?;
        let mut bodies = Vec::new();
        let is_landmark = |solid: &SolidTruth| {
            let middle = [0, 1].map(|k| 0.5 * (solid.min[k] + solid.max[k]));
            task.landmarks.iter().any(|l| (0..2).all(|k| (l.center[k] - middle[k]).abs() < 0.05))
        };
        for solid in &task.solids {
            match solid.kind {
                SolidKind::Wall => add_wall(&mut bodies, solid, task.ceiling_m.is_none()),
                _ if is_landmark(solid) => {}
                _ => add_thing(&mut bodies, solid),
            }
        }
        for (i, (landmark, color)) in task.landmarks.iter().zip(&colors).enumerate() {
            add_landmark(&mut bodies, i, landmark, *color);
        }
        let poses = Pose::of_truth(truth);
        Ok(Self { bodies, task, colors, poses, plan: false, seed: 1, tint: [1.0; 3], longer: 1.0, decision })
    }
}

fn add_wall(bodies: &mut Vec<Body>, solid: &SolidTruth, below_sky: bool) {
    let SolidTruth { min, max, .. } = *solid;
    bodies.push(Body { min, max, round: false, look: Look::Wall, landmark: None });
    if below_sky {
        let (over, high) = STONE;
        bodies.push(paint([min[0] - over, min[1] - over, max[2]], [max[0] + over, max[1] + over, max[2] + high], STONES, false));
    }
}

fn add_thing(bodies: &mut Vec<Body>, solid: &SolidTruth) {
    let SolidTruth { min, max, .. } = *solid;
    let part = |k: usize, part: f32| min[k] + part * (max[k] - min[k]);
    let top = part(2, 0.6);
    bodies.push(paint(min, [max[0], max[1], top], [112, 104, 96], false));
    bodies.push(paint([part(0, 0.3), part(1, 0.3), top], max, [96, 100, 108], false));
}

fn add_landmark(bodies: &mut Vec<Body>, index: usize, landmark: &LandmarkTruth, color: [u8; 3]) {
    let [min, max]: [[f32; 3]; 2] = [-0.5, 0.5].map(|half| std::array::from_fn(|k| landmark.center[k] + half * landmark.size[k]));
    let mut add = |body: Body| bodies.push(Body { landmark: Some(index), ..body });
    if landmark.is_flat() {
        add(paint(min, max, color, false));
        return;
    }
    let part = |k: usize, part: f32| min[k] + part * (max[k] - min[k]);
    let is_square = (landmark.size[0] - landmark.size[1]).abs() < 0.05;
    add(paint([part(0, 0.12), part(1, 0.12), min[2]], [part(0, 0.88), part(1, 0.88), part(2, 0.4)], [205, 203, 198], false));
    add(paint([min[0], min[1], part(2, 0.4)], max, color, is_square));
}
