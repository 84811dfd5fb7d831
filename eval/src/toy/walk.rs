//! A toy place that one walks through: boxes and cylinders cast by rays, with boards on the floor, plaster and pictures on the walls, lamps,
//! furniture that does not fill its bounds, and grain. Its truth knows no more of it than a sample's does.

use crate::navigation::{
    ARRIVES, GoalTruth, LAST_DECISION, LandmarkTruth, NavigationTruth, Pose, SolidKind, SolidTruth, StopTruth,
};
use crate::truth::NO_MATTER;
use crate::{CameraTruth, ClipTruth, Frame, LabelMaps, ObjectTruth, Overlay, Shown, Surface, TRUTH_VERSION, Truth};

use super::{HEIGHT, WIDTH};

/// Frames of a clip.
pub const WALK_FRAMES: usize = 81;
/// Frames a second.
pub const WALK_FPS: u32 = 16;
const FOV: f32 = 62.0 * std::f32::consts::PI / 180.0;
const EYE: f32 = 1.5;
const SKIRTING: f32 = 0.09;
/// Where the plan lies, pixels.
const PLAN: [f32; 4] = [96.0, 6.0, 180.0, 90.0];

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    /// Plaster with pictures, above a skirting.
    Wall,
    /// One colour.
    Paint([u8; 3]),
}

/// A body.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// Lesser corner, metres.
    pub min: [f32; 3],
    /// Greater corner.
    pub max: [f32; 3],
    /// A cylinder between the same bounds, else a box.
    pub round: bool,
    /// How it shows.
    pub look: Look,
    /// Which landmark it is a part of.
    pub landmark: Option<usize>,
}

/// A place, and a walk through it.
#[derive(Clone, Debug)]
pub struct Stroll {
    /// What is drawn.
    pub bodies: Vec<Body>,
    /// What the truth says of the place and the way.
    pub task: NavigationTruth,
    /// Of the landmarks.
    pub colors: Vec<[u8; 3]>,
    /// Where the eye is, frame by frame.
    pub poses: Vec<Pose>,
    /// Whether a plan lies over the picture.
    pub plan: bool,
    /// Of textures and grain.
    pub seed: u32,
    /// What the walls' colour is multiplied by.
    pub tint: [f32; 3],
    /// Frame of the last decision.
    pub decision: u32,
}

fn wall(bodies: &mut Vec<Body>, solids: &mut Vec<SolidTruth>, [x0, y0, x1, y1]: [f32; 4], [z0, z1]: [f32; 2]) {
    let (min, max) = ([x0, y0, z0], [x1, y1, z1]);
    bodies.push(Body { min, max, round: false, look: Look::Wall, landmark: None });
    solids.push(SolidTruth { kind: SolidKind::Wall, min, max });
}

fn paint(min: [f32; 3], max: [f32; 3], color: [u8; 3], round: bool) -> Body {
    Body { min, max, round, look: Look::Paint(color), landmark: None }
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
        bodies.push(paint([3.4, 1.5, 0.0], [4.3, 1.8, 0.8], [120, 92, 66], false));
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
            [paint([4.8, 8.5, 0.0], [5.0, 8.7, 1.2], [104, 82, 60], true), paint([4.3, 8.0, 1.2], [5.5, 9.2, 2.6], RED, true)];
        landmark(&mut it, "red_tree", RED, &tree, true);
        it.task.goal = GoalTruth { landmark: "blue_kiosk".into(), stand: [6.0, 7.4], face: [7.1, 7.7] };
        it.task.stops = vec![StopTruth::Visit { landmark: "yellow_obelisk".into(), center: [5.2, 4.4], radius: 1.4 }];
        it.task.way = vec![[2.2, 2.6], [4.2, 5.0], [6.0, 7.4]];
        it.poses = way(&[[2.2, 2.6], [4.2, 5.0], [5.0, 7.0], [6.0, 7.4]], WALK_FRAMES);
        it.plan = false;
        it
    }

    /// The same place, and another walk.
    #[must_use]
    pub fn along(&self, corners: &[[f32; 2]]) -> Self {
        Self { poses: way(corners, WALK_FRAMES), ..self.clone() }
    }

    /// Its truth.
    #[must_use]
    pub fn truth(&self) -> Truth {
        let entries: Vec<u32> = (0..WALK_FRAMES as u32).step_by(2).collect();
        let maps: Vec<Vec<u8>> = entries.iter().map(|&f| self.labels(f as usize)).collect();
        let object = |(i, landmark): (usize, &LandmarkTruth)| {
            let count = |map: &Vec<u8>| map.iter().filter(|l| usize::from(**l) == i + 1).count() as u32;
            ObjectTruth {
                name: landmark.name.clone(),
                id: i as u16 + 1,
                role: if landmark.name == self.task.goal.landmark { "goal" } else { "landmark" }.into(),
                key: landmark.name == self.task.goal.landmark,
                surface: Surface::Opaque,
                color: self.colors[i],
                shown: maps.iter().map(|m| if count(m) > 0 { Shown::Seen } else { Shown::Outside }).collect(),
                center: vec![None; maps.len()],
                whole_px: maps.iter().map(count).collect(),
                held_by: Vec::new(),
                enclosed: Vec::new(),
            }
        };
        let rotation = |pose: &Pose| {
            // Local -z to the heading, +y up: turned by the yaw less a right angle about z, after a quarter turn about x.
            let (s, c) = libm::sincosf(0.5 * (pose.yaw - std::f32::consts::FRAC_PI_2));
            let half = std::f32::consts::FRAC_1_SQRT_2;
            [c * half, s * half, s * half, c * half]
        };
        let camera = CameraTruth {
            fov_y: FOV,
            position: self.poses.iter().map(|p| [p.at[0], p.at[1], EYE]).collect(),
            rotation: self.poses.iter().map(rotation).collect(),
        };
        let overlays =
            if self.plan { vec![Overlay { name: "plan".into(), id: 99, rect: PLAN, shown: Vec::new() }] } else { Vec::new() };
        let last = WALK_FRAMES as u32 - 1;
        Truth {
            version: TRUTH_VERSION,
            domain: "spatiality_navigation".into(),
            clip: ClipTruth { width: WIDTH, height: HEIGHT, fps: WALK_FPS, frames: WALK_FRAMES as u32 },
            objects: self.task.landmarks.iter().enumerate().map(object).collect(),
            maps: LabelMaps::new(WIDTH as usize, HEIGHT as usize, entries, maps.concat()).pack(),
            events: [(LAST_DECISION.to_owned(), self.decision), (ARRIVES.to_owned(), last - 6)].into(),
            decisive_event: LAST_DECISION.into(),
            events_end: last,
            camera: Some(camera),
            overlays,
            unregistered: Vec::new(),
            task: serde_json::to_value(&self.task).expect("plain data"),
        }
    }

    /// All frames.
    #[must_use]
    pub fn draw(&self) -> Vec<Frame> {
        (0..self.poses.len()).map(|f| self.draw_frame(f)).collect()
    }

    /// A frame, with soft edges and grain.
    #[must_use]
    pub fn draw_frame(&self, frame: usize) -> Frame {
        let (width, height) = (WIDTH as usize, HEIGHT as usize);
        let eye = self.poses[frame].at;
        let columns: Vec<Column> = (0..width).map(|x| self.column(frame, x as f32 + 0.5)).collect();
        let halves: Vec<Column> = (0..2 * width).map(|x| self.column(frame, 0.5 * x as f32 + 0.25)).collect();
        let color = |column: &Column, y: f32| self.color(eye, &self.hit(frame, column, y));
        let middles: Vec<[f32; 3]> =
            (0..width * height).map(|at| color(&columns[at % width], (at / width) as f32 + 0.5)).collect();
        let mut state = 977 * (frame as u32 + 1) + self.seed * 7919;
        let mut rgb = Vec::with_capacity(3 * width * height);
        for (at, middle) in middles.iter().enumerate() {
            let (x, y) = (at % width, at / width);
            let near = [
                at.saturating_sub(1),
                (at + 1).min(middles.len() - 1),
                at.saturating_sub(width),
                (at + width).min(middles.len() - 1),
            ];
            // Edges are sampled more finely.
            let is_edge = near.iter().any(|&n| (0..3).map(|c| (middles[n][c] - middle[c]).abs()).sum::<f32>() > 12.0);
            let value = if is_edge {
                let four = [(0, 0.25), (0, 0.75), (1, 0.25), (1, 0.75)].map(|(i, v)| color(&halves[2 * x + i], y as f32 + v));
                [0, 1, 2].map(|c| four.iter().map(|f| f[c]).sum::<f32>() * 0.25)
            } else {
                *middle
            };
            for v in value {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                rgb.push((v + (((state >> 16) & 15) as f32 - 7.5) * 0.6).clamp(0.0, 255.0) as u8);
            }
        }
        let mut frame = Frame { width: WIDTH, height: HEIGHT, rgb };
        if self.plan {
            lay_plan(&mut frame);
        }
        frame
    }

    fn labels(&self, frame: usize) -> Vec<u8> {
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
    fn column(&self, frame: usize, x: f32) -> Column {
        let Pose { at, yaw } = self.poses[frame];
        let (sin, cos) = libm::sincosf(yaw);
        let side = (x - 0.5 * WIDTH as f32) / focal();
        let ray = [cos + side * sin, sin - side * cos];
        let bodies = self.bodies.iter().enumerate();
        let mut spans: Vec<(f32, f32, usize)> =
            bodies.filter_map(|(i, b)| span(b, at, ray).map(|(t0, t1)| (t0, t1, i))).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        Column { ray, spans }
    }

    /// What a ray of a column meets.
    fn hit(&self, frame: usize, Column { ray, spans }: &Column, y: f32) -> Hit {
        let at = self.poses[frame].at;
        let rise = (0.5 * HEIGHT as f32 - y) / focal();
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

    fn color(&self, eye: [f32; 2], hit: &Hit) -> [f32; 3] {
        let [x, y, z] = hit.at;
        let body = hit.body.map(|b| &self.bodies[b]);
        let away = [x - eye[0], y - eye[1]].map(|v| v * v).iter().sum::<f32>().sqrt();
        // Lamps in a row, and dusk in corners.
        let lamp = 0.86 + 0.10 * libm::sinf(1.3 * x + 0.4) * libm::cosf(1.1 * y) + 0.02 * z;
        // Surfaces lie inside cells, not between two.
        let grain = |scale: f32, salt: i32| noise([x, y, z].map(|v| (v + 0.0137) * scale), salt + self.seed as i32);
        let tinted = |c: [f32; 3], light: f32| [0, 1, 2].map(|k| c[k] * light);
        match body {
            None if hit.t >= 60.0 => [150.0 + 0.4 * z, 178.0 + 0.3 * z, 212.0],
            None if z > 1.0 => tinted([226.0, 225.0, 220.0], lamp * (1.0 - 0.02 * grain(3.0, 5))),
            None => {
                // What is finer than a pixel is not seen.
                let (near, fine) = ((3.0 / hit.t).min(1.0), (1.6 / hit.t).min(1.0));
                let board = (y / 0.14).floor();
                let piece = ((x + board * 0.37) / 0.9).floor();
                let tone = 0.95 + 0.22 * near * (noise([board, piece, 0.0], 11 + self.seed as i32) - 0.5);
                let seam = if (y / 0.14 - board) < 0.06 { 1.0 - 0.25 * fine * fine } else { 1.0 };
                tinted([164.0, 138.0, 108.0], lamp * tone * seam * (0.96 + 0.06 * fine * fine * grain(20.0, 2)))
            }
            Some(body) => {
                let round = if body.round { 0.8 + 0.25 * libm::sinf(3.0 * (x + y)) } else { 1.0 };
                let upright = if hit.flat {
                    1.08
                } else if (x - body.min[0]).abs() < 1e-3 || (x - body.max[0]).abs() < 1e-3 {
                    0.86
                } else {
                    1.0
                };
                let light = lamp * upright * round * (1.0 - 0.006 * away);
                match body.look {
                    Look::Paint(color) => tinted(color.map(f32::from), light * (0.97 + 0.06 * grain(9.0, 3))),
                    Look::Wall if hit.flat => tinted([196.0, 190.0, 180.0], light),
                    Look::Wall if z < SKIRTING => tinted([92.0, 80.0, 70.0], light),
                    Look::Wall => {
                        let along = x + y;
                        let frame = (along / 1.7).floor();
                        let (u, v) = (along - 1.7 * frame - 0.85, z - 1.45 - 0.2 * noise([frame, 0.0, 0.0], 7));
                        let half = [0.18 + 0.2 * noise([frame, 1.0, 0.0], 7), 0.16 + 0.16 * noise([frame, 2.0, 0.0], 7)];
                        let hung = noise([frame, 3.0, 0.0], 7 + self.seed as i32) > 0.35;
                        if hung && u.abs() < half[0] && v.abs() < half[1] {
                            let rim = u.abs() > half[0] - 0.03 || v.abs() > half[1] - 0.03;
                            let tone = 90.0 + 110.0 * noise([frame, (9.0 * u).floor(), (9.0 * v).floor()], 9);
                            return if rim {
                                tinted([60.0, 50.0, 42.0], light)
                            } else {
                                tinted([tone, tone * 0.96, tone * 0.9], light)
                            };
                        }
                        let (near, fine) = ((5.0 / hit.t).min(1.0), (1.6 / hit.t).min(1.0));
                        let plaster = 0.96 + 0.08 * near * (grain(6.0, 1) - 0.5) + 0.05 * fine * fine * (grain(25.0, 4) - 0.5);
                        let base = [204.0, 200.0, 190.0];
                        tinted([0, 1, 2].map(|k| base[k] * self.tint[k]), light * plaster)
                    }
                }
            }
        }
    }
}

/// A column of the picture: the direction of its rays on the floor, and where they enter and leave which body.
struct Column {
    ray: [f32; 2],
    spans: Vec<(f32, f32, usize)>,
}

/// Pixels.
fn focal() -> f32 {
    0.5 * HEIGHT as f32 / libm::tanf(0.5 * FOV)
}

/// What a ray meets.
struct Hit {
    at: [f32; 3],
    t: f32,
    body: Option<usize>,
    /// Above or below, rather than aside.
    flat: bool,
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

/// 0 to 1, one for each cell of a metre.
fn noise(p: [f32; 3], salt: i32) -> f32 {
    let [x, y, z] = p.map(|v| v.floor() as i32);
    let mut mixed =
        (x.wrapping_mul(73_856_093) ^ y.wrapping_mul(19_349_663) ^ z.wrapping_mul(83_492_791) ^ salt.wrapping_mul(2_654_435))
            as u32;
    mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0x5bd1_e995);
    ((mixed ^ (mixed >> 15)) & 0xffff) as f32 / 65535.0
}

fn lay_plan(frame: &mut Frame) {
    for y in PLAN[1] as usize..PLAN[3] as usize {
        for x in PLAN[0] as usize..PLAN[2] as usize {
            let (u, v) = (x - PLAN[0] as usize, y - PLAN[1] as usize);
            let stroke = u < 4
                || v < 4
                || u >= 80
                || v >= 80
                || (u / 4 == 9 && v > 30)
                || (v / 4 == 12 && u < 50)
                || (u / 4 == 16 && v < 40);
            let at = 3 * (y * WIDTH as usize + x);
            frame.rgb[at..at + 3].copy_from_slice(if stroke { &[30, 30, 34] } else { &[240, 238, 230] });
        }
    }
}

/// A walk from corner to corner: eased, its bends rounded, looking ahead along the way.
fn way(corners: &[[f32; 2]], frames: usize) -> Vec<Pose> {
    let length = |a: [f32; 2], b: [f32; 2]| ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt();
    let total: f32 = corners.windows(2).map(|w| length(w[0], w[1])).sum();
    // Beyond its ends it goes straight on.
    let point = |s: f32| {
        let mut left = s;
        let last = corners.len() - 2;
        for (i, w) in corners.windows(2).enumerate() {
            let own = length(w[0], w[1]);
            if left < own || i == last {
                return [0, 1].map(|k| w[0][k] + (w[1][k] - w[0][k]) * left / own);
            }
            left -= own;
        }
        corners[0]
    };
    let round = |s: f32| {
        let all = (-10..=10).map(|k| point(s + 0.085 * k as f32));
        all.fold([0.0; 2], |sum, p| [sum[0] + p[0] / 21.0, sum[1] + p[1] / 21.0])
    };
    let eased = |u: f32| {
        let u = u.clamp(0.0, 1.0);
        // Ramps of a fifth at either end.
        let ramp = 0.2;
        let area = if u < ramp {
            u * u / (2.0 * ramp)
        } else if u < 1.0 - ramp {
            u - 0.5 * ramp
        } else {
            1.0 - ramp - (1.0 - u).powi(2) / (2.0 * ramp)
        };
        area / (1.0 - ramp)
    };
    let pose = |f: usize| {
        let s = total * eased((f as f32 - 4.0) / (frames as f32 - 12.0));
        let (a, b) = (round(s - 0.35), round(s + 0.35));
        Pose { at: round(s), yaw: libm::atan2f(b[1] - a[1], b[0] - a[0]) }
    };
    (0..frames).map(pose).collect()
}
