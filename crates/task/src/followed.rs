//! What the evaluator is told of an object, and what is seen of it.

use glam::{Vec2, Vec3};
use raytruth_eval::{Shown, Surface};

use crate::painter::Alone;

/// A centre that has moved less than this in the picture has not moved, pixels of the clip.
const STILL_PX: f32 = 0.05;
/// What the evaluator is told of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its name in the scene. Other objects of the same id are parts of it.
    pub name: String,
    /// What it is to the task: `ball`, `target`, ...
    pub role: String,
    /// Whether the evaluator must be able to see it.
    pub key: bool,
    /// How it shows.
    pub surface: Surface,
    /// Display colour.
    pub color: [u8; 3],
}

impl Followed {
    /// A key object that shows its own colour (`0xRRGGBB`).
    #[must_use]
    pub fn opaque(name: impl Into<String>, role: impl Into<String>, color: u32) -> Self {
        let [_, r, g, b] = color.to_be_bytes();
        Self { name: name.into(), role: role.into(), key: true, surface: Surface::Opaque, color: [r, g, b] }
    }
}

/// What is seen of an object in an entry of the maps.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) shown: Shown,
    pub(crate) center: Option<Vec2>,
    pub(crate) alone: Alone,
    pub(crate) held_by: Option<String>,
    pub(crate) enclosed: bool,
}

impl Seen {
    /// Whether an entry need not be written for it.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let near = match (self.center, other.center) {
            (Some(a), Some(b)) => a.distance(b) < STILL_PX,
            (a, b) => a.is_none() && b.is_none(),
        };
        near && self.shown == other.shown && self.held_by == other.held_by && self.enclosed == other.enclosed
    }
}

/// A linear colour as it is displayed (IEC 61966-2-1).
#[must_use]
pub fn display(color: Vec3) -> [u8; 3] {
    let encode = |v: f32| if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * libm::powf(v, 1.0 / 2.4) - 0.055 };
    color.to_array().map(|v| (encode(v.clamp(0.0, 1.0)) * 255.0 + 0.5) as u8)
}
