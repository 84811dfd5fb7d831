//! A ball on a ramp and its targets, in the toy world.

#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test takes what it needs")]

pub mod score;

use std::ops::{Deref, DerefMut};

use raytruth_eval::Truth;
use raytruth_eval::causality::{CausalityTruth, EVENTS, Family, TargetTruth};
use raytruth_eval::toy::{FRAMES, Place, Thing, World};

const RELEASE: f32 = 8.0;
pub const CONTACT: f32 = 28.0;
const SETTLE: f32 = 50.0;

/// A clip of a ball and its targets.
#[derive(Clone)]
pub struct Clip {
    pub family: Family,
    pub toy: World,
    pub targets: Vec<TargetTruth>,
    pub class: String,
}

impl Deref for Clip {
    type Target = World;

    fn deref(&self) -> &World {
        &self.toy
    }
}

impl DerefMut for Clip {
    fn deref_mut(&mut self) -> &mut World {
        &mut self.toy
    }
}

impl Clip {
    pub fn truth(&self) -> Truth {
        let task = CausalityTruth {
            family: self.family,
            class: self.class.clone(),
            ball: "ball".into(),
            latch: "latch".into(),
            targets: self.targets.clone(),
            ball_path_sigma_px: 1.0,
            ball_final_graded: true,
            ball_final_tolerance_px: 14.0,
        };
        let events = [(EVENTS[0], RELEASE as u32), (EVENTS[1], CONTACT as u32), (EVENTS[2], SETTLE as u32)];
        let truth = self.toy.truth("knowledge_causality", &events, EVENTS[1]);
        Truth { task: serde_json::to_value(task).expect("plain data"), ..truth }
    }
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
pub fn world(family: Family, count: usize, fall: usize, ball_color: [u8; 3]) -> Clip {
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
    let latch = (0..FRAMES).map(|f| {
        let open = ((f as f32 - RELEASE + 1.0) / 3.0).clamp(0.0, 1.0);
        Place { center: [92.0, 96.0 - 34.0 * open], angle: 0.0, shown: true }
    });
    things.push(Thing {
        name: "latch".into(),
        role: "latch",
        color: [120, 120, 130],
        half: [4.0, 17.0],
        disc: false,
        depth: 1.9,
        places: latch.collect(),
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
    let toy = World { things, backdrop, seed: 1 };
    Clip { family, toy, targets, class: format!("fall_{fall}") }
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
