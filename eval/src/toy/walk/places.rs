//! The toy's places.

use crate::navigation::{GoalTruth, LandmarkTruth, NavigationTruth, SolidKind, SolidTruth, StopTruth};

use super::path::way;
use super::{Body, EYE, Look, SKIRTING, Stroll, WALK_FRAMES, paint};

fn wall(bodies: &mut Vec<Body>, solids: &mut Vec<SolidTruth>, [x0, y0, x1, y1]: [f32; 4], [z0, z1]: [f32; 2]) {
    let (min, max) = ([x0, y0, z0], [x1, y1, z1]);
    bodies.push(Body { min, max, round: false, look: Look::Wall, landmark: None });
    solids.push(SolidTruth { kind: SolidKind::Wall, min, max });
}

/// Adds a landmark of some parts, the last of which has its colour.
fn landmark(stroll: &mut Stroll, name: &str, color: [u8; 3], parts: &[Body], is_solid: bool) {
    let index = stroll.task.landmarks.len();
    let (mut min, mut max) = ([f32::INFINITY; 3], [f32::NEG_INFINITY; 3]);
    for part in parts {
        stroll.bodies.push(Body { landmark: Some(index), ..*part });
        for k in 0..3 {
            min[k] = min[k].min(part.min[k]);
            max[k] = max[k].max(part.max[k]);
        }
    }
    if is_solid {
        stroll.task.solids.push(SolidTruth { kind: SolidKind::Thing, min, max });
    }
    let center = [0, 1, 2].map(|k| 0.5 * (min[k] + max[k]));
    stroll.task.landmarks.push(LandmarkTruth { name: name.into(), center, size: [0, 1, 2].map(|k| max[k] - min[k]) });
    stroll.colors.push(color);
}

/// Something on a pillar.
fn on_pillar(stroll: &mut Stroll, name: &str, [x, y]: [f32; 2], color: [u8; 3], round: bool) {
    let pillar = paint([x - 0.17, y - 0.17, 0.0], [x + 0.17, y + 0.17, 1.05], [205, 203, 198], false);
    let top = paint([x - 0.22, y - 0.22, 1.05], [x + 0.22, y + 0.22, 1.5], color, round);
    landmark(stroll, name, color, &[pillar, top], true);
}

const RED: [u8; 3] = [196, 42, 36];
const GREEN: [u8; 3] = [44, 148, 62];
const BLUE: [u8; 3] = [42, 82, 190];
const YELLOW: [u8; 3] = [222, 180, 34];
const TURQUOISE: [u8; 3] = [40, 168, 172];

fn empty(family: &str, ceiling: Option<f32>) -> Stroll {
    let goal = GoalTruth { landmark: String::new(), stand: [0.0; 2], face: [0.0; 2] };
    Stroll {
        bodies: Vec::new(),
        task: NavigationTruth {
            family: family.into(),
            told: "plan".into(),
            eye_m: EYE,
            clearance_m: 0.3,
            solids: Vec::new(),
            ceiling_m: ceiling,
            skirting_m: SKIRTING,
            landmarks: Vec::new(),
            stops: Vec::new(),
            goal,
            way: Vec::new(),
            second_best: 1.5,
        },
        colors: Vec::new(),
        poses: Vec::new(),
        plan: true,
        seed: 1,
        tint: [1.0; 3],
        longer: 1.0,
        decision: 30,
    }
}

impl Stroll {
    /// A corridor about a room, with a doorway in it; the goal is a red door around one corner.
    #[must_use]
    pub fn corridor() -> Self {
        let mut it = empty("maze", Some(2.6));
        let (bodies, solids) = (&mut it.bodies, &mut it.task.solids);
        let full = [0.0, 2.6];
        for plan in [[-0.1, -0.1, 7.3, 0.0], [-0.1, 5.4, 7.3, 5.5], [-0.1, -0.1, 0.0, 5.5], [7.2, -0.1, 7.3, 5.5]] {
            wall(bodies, solids, plan, full);
        }
        for plan in [[1.8, 1.8, 5.4, 1.9], [1.8, 3.5, 5.4, 3.6], [1.8, 1.8, 1.9, 3.6], [5.3, 1.8, 5.4, 3.6]] {
            wall(bodies, solids, plan, full);
        }
        // A doorway across the way, with its frame.
        wall(bodies, solids, [5.35, 2.6, 5.85, 2.7], full);
        wall(bodies, solids, [6.75, 2.6, 7.25, 2.7], full);
        wall(bodies, solids, [5.8, 2.6, 6.8, 2.7], [2.1, 2.6]);
        for (x0, x1, z0, z1) in [(5.765, 5.85, 0.0, 2.185), (6.75, 6.835, 0.0, 2.185), (5.765, 6.835, 2.1, 2.185)] {
            bodies.push(paint([x0, 2.584, z0], [x1, 2.716, z1], [232, 230, 222], false));
        }
        // A shelf that does not fill its bounds.
        bodies.push(paint([3.4, 1.5, 0.0], [4.3, 1.8, 0.8], [112, 104, 96], false));
        bodies.push(paint([3.5, 1.6, 0.8], [4.0, 1.8, 1.6], [96, 100, 108], false));
        solids.push(SolidTruth { kind: SolidKind::Thing, min: [3.4, 1.5, 0.0], max: [4.3, 1.8, 1.6] });
        on_pillar(&mut it, "green_ball", [6.85, 0.4], GREEN, true);
        on_pillar(&mut it, "blue_cube", [0.4, 0.4], BLUE, false);
        on_pillar(&mut it, "turquoise_vase", [0.4, 5.0], TURQUOISE, true);
        let door = paint([5.8, 5.34, 0.0], [6.8, 5.4, 2.1], RED, false);
        landmark(&mut it, "red_door", RED, &[door], false);
        it.task.goal = GoalTruth { landmark: "red_door".into(), stand: [6.3, 4.15], face: [6.3, 5.34] };
        it.task.stops = vec![
            StopTruth::Gate { from: [4.5, 0.0], to: [4.5, 1.8] },
            StopTruth::Gate { from: [7.2, 1.8], to: [5.4, 1.8] },
            StopTruth::Gate { from: [6.75, 2.65], to: [5.85, 2.65] },
        ];
        it.task.way = vec![[3.9, 0.9], [6.3, 0.9], [6.3, 4.15]];
        it.poses = way(&it.task.way, WALK_FRAMES);
        it
    }

    /// A walled square below the sky; one passes a yellow obelisk and stops before a blue kiosk.
    #[must_use]
    pub fn plaza() -> Self {
        let mut it = empty("plaza", None);
        let (bodies, solids) = (&mut it.bodies, &mut it.task.solids);
        for plan in [[-0.2, -0.2, 10.2, 0.0], [-0.2, 10.0, 10.2, 10.2], [-0.2, -0.2, 0.0, 10.2], [10.0, -0.2, 10.2, 10.2]] {
            wall(bodies, solids, plan, [0.0, 2.4]);
            // Stones that lie on it and stand over, which the truth says nothing of.
            let [x0, y0, x1, y1] = plan;
            bodies.push(paint([x0 - 0.05, y0 - 0.05, 2.4], [x1 + 0.05, y1 + 0.05, 2.52], [96, 92, 86], false));
        }
        let stone = [188, 184, 176];
        let slender = |x: f32, y: f32, color| {
            [
                paint([x - 0.35, y - 0.35, 0.0], [x + 0.35, y + 0.35, 0.4], stone, false),
                paint([x - 0.22, y - 0.22, 0.4], [x + 0.22, y + 0.22, 2.8], color, false),
            ]
        };
        landmark(&mut it, "yellow_obelisk", YELLOW, &slender(5.2, 4.4, YELLOW), true);
        landmark(&mut it, "green_column", GREEN, &slender(8.4, 3.0, GREEN), true);
        let basin =
            [paint([2.2, 6.6, 0.0], [3.6, 8.0, 0.45], stone, true), paint([2.7, 7.1, 0.45], [3.1, 7.5, 1.5], TURQUOISE, true)];
        landmark(&mut it, "turquoise_fountain", TURQUOISE, &basin, true);
        let kiosk = [paint([7.1, 7.1, 0.0], [8.3, 8.3, 1.0], stone, false), paint([7.1, 7.1, 1.0], [8.3, 8.3, 2.5], BLUE, false)];
        landmark(&mut it, "blue_kiosk", BLUE, &kiosk, true);
        let tree =
            [paint([4.8, 8.5, 0.0], [5.0, 8.7, 1.2], [88, 84, 80], true), paint([4.3, 8.0, 1.2], [5.5, 9.2, 2.6], RED, true)];
        landmark(&mut it, "red_tree", RED, &tree, true);
        it.task.goal = GoalTruth { landmark: "blue_kiosk".into(), stand: [6.0, 7.4], face: [7.1, 7.7] };
        it.task.stops = vec![StopTruth::Visit { landmark: "yellow_obelisk".into(), center: [5.2, 4.4], radius: 1.4 }];
        it.task.way = vec![[2.2, 2.6], [4.2, 5.0], [6.0, 7.4]];
        it.poses = way(&[[2.2, 2.6], [4.2, 5.0], [5.0, 7.0], [6.0, 7.4]], WALK_FRAMES);
        it.plan = false;
        it
    }
}
