//! Floors and worktops of boards.

use glam::Vec3;
use raytruth_scene::Material;

use super::finish::board;
use super::room::Room;
use crate::Rng;

/// Between two boards, metres.
const GAP: f32 = 0.0016;
/// Of a board, metres.
const THICK: f32 = 0.024;

/// A rectangle to lay boards on, in the site's coordinates: their upper side is z = 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Floor {
    pub(crate) x: (f32, f32),
    pub(crate) y: (f32, f32),
}

impl Floor {
    /// Boards `width` metres wide, along x or away from the camera, on a slab that shuts the gaps. Where `joints` is set, some boards are
    /// two.
    pub(crate) fn lay(self, room: &mut Room<'_>, wood: &Material, width: f32, away: bool, joints: bool, rng: &mut Rng) {
        let (across, along) = if away { (self.x, self.y) } else { (self.y, self.x) };
        let count = ((across.1 - across.0) / width).ceil().max(1.0);
        let width = (across.1 - across.0) / count;
        let (x, y) = (0.5 * (self.x.0 + self.x.1), 0.5 * (self.y.0 + self.y.1));
        let mut dark = wood.clone();
        dark.base_color *= 0.4;
        let half = Vec3::new(0.5 * (self.x.1 - self.x.0), 0.5 * (self.y.1 - self.y.0), 0.01);
        room.block("ground", half, 0.0, room.site.at(x, y, -THICK - 0.0101), &dark);
        for i in 0..count as u32 {
            let side = across.0 + (i as f32 + 0.5) * width;
            // Joints lie where they are seen, apart from each other.
            let joint = 0.5 * (along.0 + along.1) + room.site.radius * rng.range(-1.6, 1.6) as f32;
            let pieces = if joints && rng.chance(0.5) { vec![(along.0, joint), (joint + GAP, along.1)] } else { vec![along] };
            for (k, (from, to)) in pieces.into_iter().enumerate() {
                let half = Vec3::new(0.5 * (to - from), 0.5 * (width - GAP), 0.5 * THICK);
                let middle = 0.5 * (from + to);
                let pose = if away {
                    room.site.at_angle(side, middle, -0.5 * THICK, core::f32::consts::FRAC_PI_2)
                } else {
                    room.site.at(middle, side, -0.5 * THICK)
                };
                room.block(&format!("ground.{i}_{k}"), half, 0.0, pose, &board(wood, rng));
            }
        }
    }
}
