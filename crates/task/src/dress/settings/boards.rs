//! Floors and worktops of boards.

use glam::Vec3;
use raytruth_scene::{Material, Mesh};

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
        let radius = room.site.radius;
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
                // Boards of one length share a mesh.
                let shape = room.shared_mesh(&format!("board_{:.0}", 2e4 * half.x), || plank(half, 8.0 * half.y + 0.6 * radius));
                room.put(&format!("ground.{i}_{k}"), shape, pose, &board(wood, rng));
            }
        }
    }
}

/// A sharp box in pieces along x, about `piece` metres long: the triangles of a long one that lies askew would have boxes around them that hold all others.
fn plank(half: Vec3, piece: f32) -> Mesh {
    let pieces = (2.0 * half.x / piece).ceil().max(1.0) as u32;
    let mut mesh = Mesh::default();
    for i in 0..=pieces {
        let x = half.x * (2.0 * i as f32 / pieces as f32 - 1.0);
        // Round the section, anticlockwise seen from the far end.
        let section = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
        mesh.positions.extend(section.map(|(y, z)| Vec3::new(x, y * half.y, z * half.z)));
    }
    for first in (0..pieces).map(|i| 4 * i) {
        for k in 0..4 {
            let [a, b] = [first + k, first + (k + 1) % 4];
            mesh.triangles.extend([[a, a + 4, b + 4], [a, b + 4, b]]);
        }
    }
    let end = 4 * pieces;
    mesh.triangles.extend([[0, 1, 2], [0, 2, 3], [end, end + 2, end + 1], [end, end + 3, end + 2]]);
    // Turned inside out: the section runs the other way round as seen along x.
    mesh.triangles.iter_mut().for_each(|t| t.swap(1, 2));
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planks_are_closed_and_face_outwards() {
        let half = Vec3::new(2.0, 0.06, 0.012);
        let mesh = plank(half, 0.3);
        let corner = |i: u32| mesh.positions[i as usize];
        let volume: f32 = mesh.triangles.iter().map(|t| corner(t[0]).dot(corner(t[1]).cross(corner(t[2]))) / 6.0).sum();
        assert!((volume / (8.0 * half.element_product()) - 1.0).abs() < 1e-3, "{volume}");
        let mut edges: Vec<[u32; 2]> = mesh.triangles.iter().flat_map(|t| [[t[0], t[1]], [t[1], t[2]], [t[2], t[0]]]).collect();
        edges.sort_unstable();
        assert!(edges.iter().all(|[a, b]| edges.binary_search(&[*b, *a]).is_ok()), "an open edge");
        let longest = mesh.triangles.iter().map(|t| (corner(t[0]).x - corner(t[1]).x).abs()).fold(0.0, f32::max);
        assert!(longest <= 0.3 + 1e-6, "{longest}");
    }
}
