//! A toy world that draws itself: a ball on a ramp, blocks, shadows and grain, flat shaded, with its truth. It stands in for the
//! renderer, so that the evaluator's rules can be tested in isolation and against wrong versions of any kind.

#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test takes what it needs")]

use raytruth_eval::causality::{CausalityTruth, Family, TargetTruth};
use raytruth_eval::{ClipTruth, Frame, ObjectTruth, Silhouette, Surface, TRUTH_VERSION, Truth, paint_outline};

pub const WIDTH: u32 = 480;
pub const HEIGHT: u32 = 300;
pub const FRAMES: u32 = 60;
const RELEASE: f32 = 8.0;
pub const CONTACT: f32 = 28.0;
const SETTLE: f32 = 50.0;

/// Where a thing is in a frame.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub center: [f32; 2],
    pub angle: f32,
    pub shown: bool,
}

/// One thing of the world: a disc or a box.
#[derive(Clone)]
pub struct Thing {
    pub name: String,
    pub role: &'static str,
    pub color: [u8; 3],
    pub half: [f32; 2],
    pub disc: bool,
    pub depth: f32,
    pub places: Vec<Place>,
}

/// A whole clip before it is drawn.
#[derive(Clone)]
pub struct World {
    pub family: Family,
    pub things: Vec<Thing>,
    pub targets: Vec<TargetTruth>,
    pub class: String,
    pub seed: u32,
}

/// The ball's way: down the ramp, round the foot, along the floor. `s` runs from 0 to 1 at the contact, and beyond.
fn way(s: f32) -> [f32; 2] {
    let (top, foot, meet) = ([70.0, 90.0], [190.0, 188.0], [282.0, 188.0]);
    let (a, b) = (length(top, foot), length(foot, meet));
    let at = s * (a + b);
    if at < a {
        let p = at / a;
        [top[0] + (foot[0] - top[0]) * p, top[1] + (foot[1] - top[1]) * p]
    } else {
        [foot[0] + at - a, foot[1]]
    }
}

fn length(a: [f32; 2], b: [f32; 2]) -> f32 {
    ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
}

const HUES: [[u8; 3]; 8] =
    [[200, 40, 35], [40, 90, 200], [225, 180, 30], [40, 160, 70], [150, 50, 180], [230, 110, 30], [30, 160, 180], [220, 60, 130]];

/// A tower of `count` blocks of which `fall` are knocked off, or a row of dominoes of which `fall` fall, or a pair.
pub fn world(family: Family, count: usize, fall: usize, ball_color: [u8; 3]) -> World {
    let mut things = Vec::new();
    let ball: Vec<Place> = (0..FRAMES).map(|f| ball_at(f as f32, fall > 0)).collect();
    things.push(Thing {
        name: "ball".into(),
        role: "ball",
        color: ball_color,
        half: [13.0, 13.0],
        disc: true,
        depth: 2.0,
        places: ball,
    });
    let gate = (0..FRAMES).map(|f| {
        let open = ((f as f32 - RELEASE + 1.0) / 3.0).clamp(0.0, 1.0);
        Place { center: [92.0, 96.0 - 34.0 * open], angle: 0.0, shown: true }
    });
    things.push(Thing {
        name: "gate".into(),
        role: "gate",
        color: [120, 120, 130],
        half: [4.0, 17.0],
        disc: false,
        depth: 1.9,
        places: gate.collect(),
    });
    let mut targets = Vec::new();
    for i in 0..count {
        let (half, start): ([f32; 2], [f32; 2]) = match family {
            Family::Tower => ([13.0, 10.0], [310.0, 191.0 - 20.0 * i as f32]),
            Family::Dominoes => ([5.0, 22.0], [302.0 + 24.0 * i as f32, 179.0]),
            Family::Pair => ([13.0, 13.0], [310.0, 200.0 - 34.0 * (1.0 - i as f32)]),
        };
        let moves = match family {
            // From the top down.
            Family::Tower => i + fall >= count,
            Family::Dominoes => i < fall,
            Family::Pair => fall > 0,
        };
        let begin = match family {
            Family::Dominoes => CONTACT + 3.5 * i as f32,
            _ => CONTACT,
        };
        let places: Vec<Place> = (0..FRAMES)
            .map(|f| {
                let t = (f as f32 - begin).max(0.0);
                if !moves {
                    return Place { center: start, angle: 0.0, shown: true };
                }
                match family {
                    Family::Tower => {
                        let rank = (i + fall - count) as f32;
                        let t = t.min(16.0);
                        let floor = 214.0;
                        let y = (start[1] - 2.0 * t + 0.55 * t * t).min(floor);
                        Place { center: [start[0] + (2.2 + 1.9 * rank) * t, y], angle: 0.11 * t, shown: true }
                    }
                    Family::Dominoes => {
                        let lean = (0.016 * t * t).min(1.35);
                        let pivot = [start[0] + 5.0, start[1] + 22.0];
                        let (sin, cos) = lean.sin_cos();
                        let (dx, dy) = (-5.0, -22.0);
                        Place {
                            center: [pivot[0] + dx * cos - dy * sin, pivot[1] + dx * sin + dy * cos],
                            angle: lean,
                            shown: true,
                        }
                    }
                    Family::Pair => {
                        let reach = if i == 0 { 34.0 } else { 80.0 };
                        let p = (t / 18.0).min(1.0);
                        Place { center: [start[0] + reach * p * (2.0 - p), start[1]], angle: 0.0, shown: true }
                    }
                }
            })
            .collect();
        targets.push(TargetTruth {
            name: format!("block_{i}"),
            moved: moves,
            moves_at: moves.then_some(begin as u32),
            final_graded: true,
            final_tolerance_px: 12.0,
            twin_final_center: None,
            twin_moved: None,
        });
        things.push(Thing {
            name: format!("block_{i}"),
            role: "target",
            color: HUES[i % HUES.len()],
            half,
            disc: false,
            depth: 2.1 + 0.01 * i as f32,
            places,
        });
    }
    World { family, things, targets, class: format!("fall_{fall}"), seed: 1 }
}

fn ball_at(frame: f32, hit: bool) -> Place {
    let center = if frame <= CONTACT {
        let t = ((frame - RELEASE) / (CONTACT - RELEASE)).max(0.0);
        way(t * t)
    } else {
        // It goes on a little and stays; or it bounces back, and rolls up to the targets again.
        let [x, y] = way(1.0);
        if hit {
            let t = ((frame - CONTACT) / 14.0).min(1.0);
            [x + 16.0 * t * (2.0 - t), y]
        } else {
            let t = ((frame - CONTACT) / 24.0).min(1.0);
            [x - 46.0 * 4.0 * t * (1.0 - t), y]
        }
    };
    Place { center, angle: 0.0, shown: true }
}

impl Thing {
    pub fn outline(&self, frame: usize) -> Vec<[f32; 2]> {
        let place = self.places[frame];
        if self.disc {
            return (0..32)
                .map(|i| {
                    let (sin, cos) = (i as f32 * std::f32::consts::TAU / 32.0).sin_cos();
                    // The polygon of the disc's area.
                    let r = self.half[0] * 1.0032;
                    [place.center[0] + r * cos, place.center[1] + r * sin]
                })
                .collect();
        }
        let (sin, cos) = place.angle.sin_cos();
        [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0_f32]]
            .iter()
            .map(|c| {
                let (x, y) = (c[0] * self.half[0], c[1] * self.half[1]);
                [place.center[0] + x * cos - y * sin, place.center[1] + x * sin + y * cos]
            })
            .collect()
    }
}

impl World {
    pub fn truth(&self) -> Truth {
        let labels: Vec<Vec<u32>> = (0..FRAMES as usize).map(|f| self.visible(f)).collect();
        let objects = self
            .things
            .iter()
            .enumerate()
            .map(|(i, thing)| ObjectTruth {
                name: thing.name.clone(),
                id: i as u16 + 1,
                role: thing.role.into(),
                key: thing.role != "gate",
                surface: Surface::Opaque,
                color: thing.color,
                track: (0..FRAMES)
                    .map(|frame| Silhouette {
                        frame,
                        center: thing.places[frame as usize].center,
                        depth: thing.depth,
                        outline: thing.outline(frame as usize),
                        visible_px: labels[frame as usize][i] as f32,
                    })
                    .collect(),
            })
            .collect();
        let task = CausalityTruth {
            family: self.family,
            class: self.class.clone(),
            ball: "ball".into(),
            gate: "gate".into(),
            targets: self.targets.clone(),
            release_frame: RELEASE as u32,
            contact_frame: CONTACT as u32,
            settle_frame: SETTLE as u32,
            contact_center: way(1.0),
            ball_path_sigma_px: 1.0,
            ball_final_graded: true,
            ball_final_tolerance_px: 14.0,
        };
        Truth {
            version: TRUTH_VERSION,
            domain: "knowledge_causality".into(),
            clip: ClipTruth { width: WIDTH, height: HEIGHT, fps: 30, frames: FRAMES },
            objects,
            task: serde_json::to_value(task).expect("plain data"),
        }
    }

    fn visible(&self, frame: usize) -> Vec<u32> {
        let mut map = vec![0_usize; (WIDTH * HEIGHT) as usize];
        for i in self.order() {
            paint_outline(&mut map, WIDTH as usize, &self.things[i].outline(frame), i + 1);
        }
        (0..self.things.len()).map(|i| map.iter().filter(|&&m| m == i + 1).count() as u32).collect()
    }

    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.things.len()).collect();
        order.sort_by(|&a, &b| self.things[b].depth.total_cmp(&self.things[a].depth));
        order
    }

    pub fn draw(&self) -> Vec<Frame> {
        (0..FRAMES as usize).map(|f| self.draw_frame(f)).collect()
    }

    /// Twice the size, averaged down: soft edges as a renderer makes them.
    pub fn draw_frame(&self, frame: usize) -> Frame {
        static BACKDROP: std::sync::OnceLock<Vec<[f32; 3]>> = std::sync::OnceLock::new();
        let (w, h) = (WIDTH as usize * S, HEIGHT as usize * S);
        let empty = BACKDROP
            .get_or_init(|| (0..w * h).map(|at| backdrop((at % w) as f32 / S as f32, (at / w) as f32 / S as f32)).collect());
        let mut rgb = empty.clone();
        for thing in self.things.iter().filter(|t| t.places[frame].shown) {
            let fall: Vec<[f32; 2]> = thing.outline(frame).iter().map(|p| [p[0] + 9.0, p[1] + 5.0]).collect();
            each_pixel(&fall, w, h, |at| rgb[at] = rgb[at].map(|v| v * 0.62));
        }
        for i in self.order() {
            let thing = &self.things[i];
            let place = thing.places[frame];
            if !place.shown {
                continue;
            }
            each_pixel(&thing.outline(frame), w, h, |at| {
                let (x, y) = ((at % w) as f32 / S as f32, (at / w) as f32 / S as f32);
                let (dx, dy) = ((x - place.center[0]) / thing.half[0], (y - place.center[1]) / thing.half[1]);
                let light = if thing.disc { 1.0 - 0.35 * dy - 0.15 * dx } else { 0.95 - 0.25 * (dx * place.angle.cos()) };
                rgb[at] = thing.color.map(|c| f32::from(c) * light);
            });
        }
        let mut state = 977 * (frame as u32 + 1) + self.seed * 7919;
        let mut out = Vec::with_capacity((WIDTH * HEIGHT * 3) as usize);
        for y in 0..HEIGHT as usize {
            for x in 0..WIDTH as usize {
                let at = y * S * w + x * S;
                let corners = [rgb[at], rgb[at + 1], rgb[at + w], rgb[at + w + 1]];
                let means: [f32; 3] = std::array::from_fn(|c| corners.iter().map(|corner| corner[c]).sum::<f32>() / 4.0);
                for mean in means {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let grain = ((state >> 16) & 7) as f32 - 3.5;
                    out.push((mean + grain * 0.8).clamp(0.0, 255.0) as u8);
                }
            }
        }
        Frame { width: WIDTH, height: HEIGHT, rgb: out }
    }
}

/// Samples per pixel and axis.
const S: usize = 2;

/// Calls for every sample inside a convex outline (in pixels of the picture).
fn each_pixel(outline: &[[f32; 2]], w: usize, h: usize, mut set: impl FnMut(usize)) {
    let low = [0, 1].map(|c| outline.iter().map(|p| p[c]).fold(f32::INFINITY, f32::min).max(0.0) as usize * S);
    let high = [0, 1].map(|c| outline.iter().map(|p| p[c]).fold(0.0, f32::max).ceil() as usize * S);
    let (x1, y1) = (high[0].min(w), high[1].min(h));
    if low[0] >= x1 || low[1] >= y1 {
        return;
    }
    let (bw, bh) = (x1 - low[0], y1 - low[1]);
    let mut mask = vec![false; bw * bh];
    let local: Vec<[f32; 2]> =
        outline.iter().map(|p| [p[0] * S as f32 - low[0] as f32, p[1] * S as f32 - low[1] as f32]).collect();
    paint_outline(&mut mask, bw, &local, true);
    for (at, _) in mask.iter().enumerate().filter(|(_, m)| **m) {
        set((low[1] + at / bw) * w + low[0] + at % bw);
    }
}

/// A wall, a tiled floor, a ramp.
fn backdrop(x: f32, y: f32) -> [f32; 3] {
    let ramp = x < 190.0 && y > 104.0 + (x - 70.0) * 0.816 && x > 40.0;
    if ramp {
        let stripe = if (x as i32 / 14) % 2 == 0 { 8.0 } else { 0.0 };
        [118.0 + stripe, 110.0 + stripe, 100.0 + stripe]
    } else if y > 200.0 {
        let tile = (x as i32 / 32 + y as i32 / 20) % 2 == 0;
        if tile { [168.0, 166.0, 160.0] } else { [146.0, 146.0, 144.0] }
    } else {
        [196.0 - y * 0.12, 200.0 - y * 0.12, 206.0 - y * 0.1]
    }
}
