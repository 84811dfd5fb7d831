//! Doors and windows: where walls are open, and what is set around that.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Pose, Shape};

use super::{Interior, Rect, WallFrame};

/// What an opening is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpeningKind {
    /// Down to the floor, with a frame.
    Door,
    /// With a frame, bars and a sill.
    Window,
}

/// A hole in a wall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opening {
    /// What it is.
    pub kind: OpeningKind,
    /// x: metres from the wall's beginning; y: above the floor.
    pub rect: Rect,
}

impl Opening {
    /// A doorway with its middle `at` metres from the wall's beginning.
    #[must_use]
    pub fn door(at: f32, width: f32, height: f32) -> Self {
        Self { kind: OpeningKind::Door, rect: Rect::new((at - 0.5 * width, 0.0), (at + 0.5 * width, height)) }
    }

    /// A window with its middle `at` metres from the wall's beginning, from `sill` to `head` metres above the floor.
    #[must_use]
    pub fn window(at: f32, width: f32, sill: f32, head: f32) -> Self {
        Self { kind: OpeningKind::Window, rect: Rect::new((at - 0.5 * width, sill), (at + 0.5 * width, head)) }
    }
}

/// Width of a door's frame on the wall, metres.
const ARCHITRAVE: f32 = 0.085;
/// How far it stands out.
const PROUD: f32 = 0.016;
/// Thickness of linings.
const LINING: f32 = 0.028;
/// Width of a window's outer frame, and of the bars between its panes.
const SASH: f32 = 0.055;
const BAR: f32 = 0.032;

impl Interior<'_> {
    /// What is set around an opening, as parts of the wall.
    pub(super) fn set_opening(&mut self, wall: &WallFrame, index: usize, opening: &Opening) {
        match opening.kind {
            OpeningKind::Door => self.door_frame(wall, index, opening.rect),
            OpeningKind::Window => self.window_frame(wall, index, opening.rect),
        }
    }

    fn door_frame(&mut self, wall: &WallFrame, index: usize, hole: Rect) {
        let material = self.style.frame.clone();
        let half = 0.5 * wall.thickness;
        let (low, high) = (hole.min, hole.max);
        let mut piece = |part: &str, lo: Vec3, hi: Vec3| {
            self.piece(wall, &format!("door_{index}_{part}"), lo, hi, &material);
        };
        let (inner, outer) = (half, half + PROUD);
        piece("left", Vec3::new(low.x, 0.0, -half), Vec3::new(low.x + LINING, high.y, half));
        piece("right", Vec3::new(high.x - LINING, 0.0, -half), Vec3::new(high.x, high.y, half));
        piece("top", Vec3::new(low.x, high.y - LINING, -half), Vec3::new(high.x, high.y, half));
        for (side, [near, far]) in [("a", [inner, outer]), ("b", [-outer, -inner])] {
            let edge = 0.5 * LINING;
            let (x0, x1) = (low.x + edge - ARCHITRAVE, high.x - edge + ARCHITRAVE);
            let top = high.y - edge + ARCHITRAVE;
            piece(&format!("left_{side}"), Vec3::new(x0, 0.0, near), Vec3::new(x0 + ARCHITRAVE, top, far));
            piece(&format!("right_{side}"), Vec3::new(x1 - ARCHITRAVE, 0.0, near), Vec3::new(x1, top, far));
            piece(&format!("top_{side}"), Vec3::new(x0, top - ARCHITRAVE, near), Vec3::new(x1, top, far));
        }
    }

    fn window_frame(&mut self, wall: &WallFrame, index: usize, hole: Rect) {
        let material = self.style.frame.clone();
        let (low, high) = (hole.min, hole.max);
        let mut piece = |part: String, lo: Vec2, hi: Vec2, depth: [f32; 2]| {
            self.piece(wall, &format!("window_{index}_{part}"), lo.extend(depth[0]), hi.extend(depth[1]), &material);
        };
        // Nearer to the outside, which is where the wall's left is.
        let sash = [-0.035, 0.015];
        piece("left".into(), low, Vec2::new(low.x + SASH, high.y), sash);
        piece("right".into(), Vec2::new(high.x - SASH, low.y), high, sash);
        piece("bottom".into(), low, Vec2::new(high.x, low.y + SASH), sash);
        piece("top".into(), Vec2::new(low.x, high.y - SASH), high, sash);
        let size = hole.size();
        let columns = (size.x / 0.75).round().max(1.0) as u32;
        for k in 1..columns {
            let x = low.x + size.x * k as f32 / columns as f32;
            piece(format!("bar_{k}"), Vec2::new(x - 0.5 * BAR, low.y), Vec2::new(x + 0.5 * BAR, high.y), [-0.025, 0.005]);
        }
        let y = low.y + 0.68 * size.y;
        piece("transom".into(), Vec2::new(low.x, y - 0.5 * BAR), Vec2::new(high.x, y + 0.5 * BAR), [-0.025, 0.005]);
        let half = 0.5 * wall.thickness;
        piece("sill".into(), low - Vec2::new(0.05, 0.03), Vec2::new(high.x + 0.05, low.y + 0.008), [0.016, half + 0.05]);
        // Outside is to the left of the wall, its −z.
        let outwards = Pose::new(hole.center().extend(0.0), Quat::from_rotation_y(core::f32::consts::PI));
        let pose = wall.pose.mul(&outwards);
        self.portal(pose, size);
    }

    /// A box of a wall, from corner to corner in its frame.
    pub(super) fn piece(&mut self, wall: &WallFrame, part: &str, lo: Vec3, hi: Vec3, material: &raytruth_scene::Material) {
        let half = 0.5 * (hi - lo).abs();
        self.beveled(wall, part, [lo, hi], 0.0025_f32.min(0.3 * half.min_element()), material);
    }

    /// The same with edges of a radius: sharp ones are cheap.
    pub(super) fn beveled(
        &mut self,
        wall: &WallFrame,
        part: &str,
        [lo, hi]: [Vec3; 2],
        bevel: f32,
        material: &raytruth_scene::Material,
    ) {
        let shape = Shape::Box { half_extents: 0.5 * (hi - lo).abs(), bevel };
        let pose = wall.pose.mul(&Pose::from_translation(0.5 * (lo + hi)));
        self.set.part(&wall.name, &format!("{}_{part}", wall.name), shape, material).pose = pose;
    }
}
