//! What the rays of a toy picture meet.

use crate::navigation::Pose;
use crate::toy::{HEIGHT, WIDTH};
use crate::truth::NO_MATTER;

use super::{Body, EYE, FOV, PLAN, Stroll};

/// A column of the picture: the direction of its rays on the floor, and where they enter and leave which body.
pub(super) struct Column {
    ray: [f32; 2],
    spans: Vec<(f32, f32, usize)>,
}

/// What a ray meets.
pub(super) struct Hit {
    pub(super) at: [f32; 3],
    pub(super) t: f32,
    pub(super) body: Option<usize>,
    /// Above or below, rather than aside.
    pub(super) flat: bool,
}

impl Stroll {
    pub(super) fn labels(&self, frame: usize) -> Vec<u8> {
        let columns: Vec<Column> = (0..WIDTH).map(|x| self.column(frame, x as f32 + 0.5)).collect();
        let label = |at: usize| {
            let (x, y) = (at % WIDTH as usize, (at / WIDTH as usize) as f32 + 0.5);
            let across = x as f32 + 0.5;
            if self.plan && across > PLAN[0] && across < PLAN[2] && y > PLAN[1] && y < PLAN[3] {
                return NO_MATTER;
            }
            let body = self.hit(frame, &columns[x], y).body;
            body.and_then(|b| self.bodies[b].landmark).map_or(0, |l| l as u8 + 1)
        };
        (0..(WIDTH * HEIGHT) as usize).map(label).collect()
    }

    /// What the rays of a column may meet.
    pub(super) fn column(&self, frame: usize, x: f32) -> Column {
        let Pose { at, yaw } = self.poses[frame];
        let (sin, cos) = libm::sincosf(yaw);
        let side = (x - 0.5 * WIDTH as f32) / self.focal(frame);
        let ray = [cos + side * sin, sin - side * cos];
        let bodies = self.bodies.iter().enumerate();
        let mut spans: Vec<(f32, f32, usize)> =
            bodies.filter_map(|(i, b)| span(b, at, ray).map(|(t0, t1)| (t0, t1, i))).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        Column { ray, spans }
    }

    /// What a ray of a column meets.
    pub(super) fn hit(&self, frame: usize, Column { ray, spans }: &Column, y: f32) -> Hit {
        let at = self.poses[frame].at;
        let rise = (0.5 * HEIGHT as f32 - y) / self.focal(frame);
        let level = |z: f32| (z - EYE) / rise;
        let mut best = Hit { at: [0.0; 3], t: 60.0, body: None, flat: true };
        if rise < 0.0 {
            best.t = best.t.min(level(0.0));
        } else if let Some(ceiling) = self.task.ceiling_m {
            best.t = best.t.min(level(ceiling));
        }
        for &(t0, t1, i) in spans {
            if t0 >= best.t {
                break;
            }
            let (body, z) = (&self.bodies[i], EYE + rise * t0);
            let (t, flat) = match () {
                () if z > body.max[2] => (level(body.max[2]), true),
                () if z < body.min[2] => (level(body.min[2]), true),
                () => (t0, false),
            };
            if t >= t0 && t < t1 && t < best.t {
                best = Hit { at: [0.0; 3], t, body: Some(i), flat };
            }
        }
        best.at = [at[0] + best.t * ray[0], at[1] + best.t * ray[1], EYE + rise * best.t];
        best
    }

    /// Pixels.
    fn focal(&self, frame: usize) -> f32 {
        let longer = if frame == 0 { 1.0 } else { self.longer };
        longer * 0.5 * HEIGHT as f32 / libm::tanf(0.5 * FOV)
    }
}

/// Where a ray on the floor enters and leaves a body's plan. From inside nothing is seen of it.
fn span(body: &Body, eye: [f32; 2], ray: [f32; 2]) -> Option<(f32, f32)> {
    if body.round {
        let middle = [0, 1].map(|k| 0.5 * (body.min[k] + body.max[k]) - eye[k]);
        let radius = 0.5 * (body.max[0] - body.min[0]);
        let (a, b) = (ray[0] * ray[0] + ray[1] * ray[1], ray[0] * middle[0] + ray[1] * middle[1]);
        let inside = b * b - a * (middle[0] * middle[0] + middle[1] * middle[1] - radius * radius);
        if inside <= 0.0 {
            return None;
        }
        let (t0, t1) = ((b - inside.sqrt()) / a, (b + inside.sqrt()) / a);
        return (t0 > 0.0).then_some((t0, t1));
    }
    let (mut enters, mut leaves) = (f32::NEG_INFINITY, f32::INFINITY);
    for k in 0..2 {
        let (a, b) = ((body.min[k] - eye[k]) / ray[k], (body.max[k] - eye[k]) / ray[k]);
        enters = enters.max(a.min(b));
        leaves = leaves.min(a.max(b));
    }
    (enters < leaves && enters > 0.0).then_some((enters, leaves))
}
