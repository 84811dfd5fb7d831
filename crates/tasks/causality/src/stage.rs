//! From a set, its film and a look to a scene.

use glam::Vec3;
use raytruth_scene::{Pose, Role, Scene, Shape};
use raytruth_task::dress::Place;
use raytruth_task::{Clip, Film, Rejection, SceneBuilder, View, frame_scene};

use crate::cast::{BALL, LATCH};
use crate::layout::{PLATE, TRAY_RISE};
use crate::look::Look;
use crate::simulate::Set;

/// Rounding of the edges of wooden blocks, metres.
const BEVEL: f32 = 0.0015;
/// Share of the picture that stays free at each border; the contract asks for 4 %.
const MARGIN: f32 = 0.05;

/// The scene with every pose of the film, seen by a camera that has all of it in frame.
pub(crate) fn build(set: &Set, film: &Film, look: &Look, clip: &Clip) -> Result<Scene, Rejection> {
    let mut builder = SceneBuilder::new(clip);
    apparatus(&mut builder, set, look);
    movers(&mut builder, set, film, look);
    // What stands around is built about the first frame: it does not know what happens.
    let place = Place { bounds: builder.bounds(), towards_camera: look.shot.towards_camera, floor: -TRAY_RISE };
    look.setting.build(&mut builder, &place);
    film.play(&mut builder.scene);
    let view = View { towards_camera: look.shot.towards_camera, fov_y: look.shot.fov_y, aspect: clip.aspect(), margin: MARGIN };
    let no_camera = || Rejection::new("no_camera", "the view has no direction");
    builder.scene.camera = frame_scene(&view, &builder.scene, clip).ok_or_else(no_camera)?;
    Ok(builder.scene)
}

/// What never moves.
fn apparatus(builder: &mut SceneBuilder, set: &Set, look: &Look) {
    let mut add = |name: &str, half_extents, bevel, pose, material| {
        builder.add(name, Role::Apparatus, Shape::Box { half_extents, bevel }, material).pose = pose;
    };
    // The post that the latch's finger slides up on stands on the far side, where it hides nothing.
    let (closed, plate) = (set.ramp.latch(set.radius), set.ramp.plate(set.radius));
    let travel = set.ramp.latch_lift(set.radius) + plate.z;
    let half = Vec3::new(0.5 * PLATE + 0.002, 0.004, 0.5 * travel + 0.004);
    let at = closed.point(Vec3::new(0.0, 0.5 * plate.y + half.y, half.z - 0.5 * plate.z - 0.004));
    add("post", half, 0.001, Pose::new(at, closed.rotation), &look.latch);

    let (x0, x1) = set.tray.x;
    let floor = Vec3::new(0.5 * (x1 - x0), set.tray.half_width, 0.5 * TRAY_RISE);
    add("tray", floor, 0.0, Pose::from_translation(Vec3::new(0.5 * (x0 + x1), 0.0, -0.5 * TRAY_RISE)), &look.tray);
    for (i, (half_extents, center)) in set.tray.walls().into_iter().enumerate() {
        add(&format!("wall_{i}"), half_extents, 0.002, Pose::from_translation(center), &look.rim);
    }
    let ramp = builder.mesh("ramp", set.ramp.mesh(set.radius, -TRAY_RISE));
    builder.add("ramp", Role::Apparatus, ramp, &look.ramp);
}

/// What moves, where it is in the first frame.
fn movers(builder: &mut SceneBuilder, set: &Set, film: &Film, look: &Look) {
    let mut add = |name: &str, role, shape, material| {
        builder.add(name, role, shape, material).pose = film.poses(name).first().copied().unwrap_or_default();
    };
    let plate = Shape::Box { half_extents: 0.5 * set.ramp.plate(set.radius), bevel: 0.0005 };
    add(LATCH, Role::Apparatus, plate, &look.latch);
    add(BALL, Role::Actor, Shape::Sphere { radius: set.radius }, &look.ball);
    for (block, material) in set.blocks.iter().zip(&look.targets) {
        add(&block.name, Role::Target, Shape::Box { half_extents: 0.5 * block.size, bevel: BEVEL }, material);
    }
}
