//! What all problems stand on: a ruled board with rails, in its surroundings, and the camera before it.

use glam::{Vec2, Vec3, vec3};
use raytruth_scene::{Aabb, Material, Pose, Role, Scene, Shape};
use raytruth_task::dress::Place;
use raytruth_task::{Clip, Rejection, SceneBuilder, View, frame_points};

use crate::look::Look;

/// Half of the square in which everything stands, metres.
pub(crate) const SQUARE: f64 = 0.15;
/// Side of the squares on the board, millimetres.
pub(crate) const RULED_MM: u32 = 25;
/// Share of the picture that stays free at each border; the contract asks for 4 %.
const MARGIN: f32 = 0.045;
/// Thickness of the board, and how far it goes beyond the square, metres.
const BOARD: f32 = 0.012;
const AROUND: Vec2 = Vec2::new(0.1, 0.03);

/// Half of the board across and along.
pub(crate) const HALF: Vec2 = Vec2::new(SQUARE as f32 + AROUND.x, SQUARE as f32 + AROUND.y);

/// The board, of half a size, and rails, of two materials. With a hole it is a block: half of the hole's size across and along, and how deep it is.
pub(crate) fn add_board(
    builder: &mut SceneBuilder,
    (board, metal): (&Material, &Material),
    half: Vec2,
    hole: Option<(Vec2, f32)>,
) {
    let thick = hole.map_or(BOARD, |(_, deep)| deep);
    let slab =
        |half: Vec2| Shape::Box { half_extents: half.extend(0.5 * thick), bevel: if hole.is_some() { 0.0 } else { 0.003 } };
    let down = |at: Vec2| Pose::from_translation(at.extend(-0.5 * thick));
    match hole {
        None => builder.add("board", Role::Apparatus, slab(half), board).pose = down(Vec2::ZERO),
        Some((hole, _)) => {
            // To the left, to the right, behind and before it.
            let side = 0.5 * (half.x - hole.x);
            let rest = 0.5 * (half.y - hole.y);
            builder.add("board", Role::Apparatus, slab(Vec2::new(side, half.y)), board).pose =
                down(Vec2::new(-hole.x - side, 0.0));
            let others =
                [(hole.x + side, 0.0, side, half.y), (0.0, hole.y + rest, hole.x, rest), (0.0, -hole.y - rest, hole.x, rest)];
            for (i, (x, y, wide, deep)) in others.into_iter().enumerate() {
                builder.part("board", &format!("board_{i}"), slab(Vec2::new(wide, deep)), board).pose = down(Vec2::new(x, y));
            }
        }
    }
    for (i, side) in [-1.0_f32, 1.0].into_iter().enumerate() {
        let rail = Shape::Box { half_extents: vec3(half.x - 0.004, 0.005, 0.004), bevel: 0.0015 };
        let at = vec3(0.0, side * (half.y - 0.008), 0.004);
        builder.part("board", &format!("rail_{i}"), rail, metal).pose = Pose::from_translation(at);
    }
}

/// The surroundings of a board with all that stands on it and goes down into it; and a camera that has some points in the square in the middle
/// of its picture.
pub(crate) fn finish(
    mut builder: SceneBuilder,
    look: &Look,
    clip: &Clip,
    board: Aabb,
    points: &[Vec3],
) -> Result<Scene, Rejection> {
    let place = Place {
        bounds: Aabb { min: board.min.with_z(0.0), max: board.max },
        towards_camera: look.shot.towards_camera,
        floor: board.min.z.min(-BOARD),
    };
    look.setting.build(&mut builder, &place);
    let aspect = clip.aspect().min(1.0);
    let view = View { towards_camera: look.shot.towards_camera, fov_y: look.shot.fov_y, aspect, margin: MARGIN };
    builder.scene.camera = frame_points(&view, points).ok_or_else(|| Rejection::new("no_camera", "the view has no direction"))?;
    Ok(builder.scene)
}

/// The corners of a box between two places.
pub(crate) fn corners(lo: Vec3, hi: Vec3) -> Vec<Vec3> {
    Aabb { min: lo, max: hi }.corners().to_vec()
}
