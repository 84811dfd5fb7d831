//! A toy place that one walks through: boxes and cylinders cast by rays, with boards on the floor, plaster and pictures on the walls, lamps,
//! furniture that does not fill its bounds, stones on walls, and grain. Its truth knows no more of it than a sample's does.

mod draw;
mod found;
mod of_truth;
mod path;
mod places;
mod rays;

use crate::navigation::{ARRIVES, LAST_DECISION, LandmarkTruth, NavigationTruth, Pose};
use crate::{CameraTruth, ClipTruth, LabelMaps, ObjectTruth, Overlay, Shown, Surface, TRUTH_VERSION, Truth};

use super::{HEIGHT, WIDTH};
pub use found::walk_found;
use path::way;

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
    /// What the truth's focal length is multiplied by, but in the first frame.
    pub longer: f32,
    /// Frame of the last decision.
    pub decision: u32,
}

fn paint(min: [f32; 3], max: [f32; 3], color: [u8; 3], round: bool) -> Body {
    Body { min, max, round, look: Look::Paint(color), landmark: None }
}

impl Stroll {
    /// The same place, and another walk.
    #[must_use]
    pub fn along(&self, corners: &[[f32; 2]]) -> Self {
        Self { poses: way(corners, WALK_FRAMES), ..self.clone() }
    }

    /// Its truth.
    #[must_use]
    pub fn truth(&self) -> Truth {
        let entries: Vec<u32> = (0..self.poses.len() as u32).step_by(2).collect();
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
        let last = self.poses.len() as u32 - 1;
        Truth {
            version: TRUTH_VERSION,
            domain: "spatiality_navigation".into(),
            clip: ClipTruth { width: WIDTH, height: HEIGHT, fps: WALK_FPS, frames: self.poses.len() as u32 },
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
}
