//! From a set, its film and a look to a scene.

use glam::Vec3;
use raytruth_scene::{Material, Object, Pose, Role, Scene, Shape};
use raytruth_task::dress::{Place, Shot};
use raytruth_task::{Clip, Rejection, SceneBuilder, View, frame_scene};

use crate::film::{BALL, Film, GATE, TARGETS};
use crate::layout::{PLATE, TRAY_RISE};
use crate::look::Look;
use crate::simulate::Set;

/// Rounding of the edges of wooden blocks, metres.
const BEVEL: f32 = 0.0015;
/// Share of the picture that stays free at each border; the contract asks for 4 %.
const MARGIN: f32 = 0.05;

/// Names of what moves, as in [`Film`].
pub(crate) fn names(set: &Set) -> Vec<String> {
    let fixed = ["ball".to_owned(), "gate".to_owned()];
    fixed.into_iter().chain(set.blocks.iter().map(|b| b.name.clone())).collect()
}

/// The scene with every pose of the film, seen by a camera that has all of it in frame.
pub(crate) fn build(set: &Set, film: &Film, look: &Look, clip: &Clip) -> Result<Scene, Rejection> {
    let mut stage = Stage { set: SceneBuilder::new(clip) };
    stage.apparatus(set, look);
    stage.movers(set, film, look);
    let Shot { towards_camera, fov_y, .. } = look.shot;
    let view = View { towards_camera, fov_y, aspect: clip.aspect(), margin: MARGIN };
    let camera = frame_scene(&view, &stage.set.scene, clip);
    stage.set.scene.camera = camera.ok_or_else(|| Rejection::new("no_camera", "the view has no direction"))?;
    let place = Place { bounds: stage.set.bounds(), towards_camera, floor: -TRAY_RISE };
    look.setting.build(&mut stage.set, &place);
    Ok(stage.set.scene)
}

struct Stage {
    set: SceneBuilder,
}

impl Stage {
    fn add(&mut self, name: &str, role: Role, shape: Shape, material: &Material, place: impl FnOnce(Object) -> Object) {
        let object = self.set.add(name, role, shape, material);
        *object = place(object.clone());
    }

    fn fixed_box(&mut self, name: &str, half_extents: Vec3, pose: Pose, bevel: f32, material: &Material) {
        self.add(name, Role::Apparatus, Shape::Box { half_extents, bevel }, material, |o| o.at(pose));
    }

    fn apparatus(&mut self, set: &Set, look: &Look) {
        let ramp = self.set.mesh("ramp", set.ramp.mesh(set.radius, -TRAY_RISE));
        self.add("ramp", Role::Apparatus, ramp, &look.ramp, |o| o);

        // The post that the gate's finger slides up on stands on the far side, where it hides nothing.
        let closed = set.ramp.gate(set.radius);
        let plate = set.ramp.plate(set.radius);
        let travel = set.ramp.gate_lift(set.radius) + plate.z;
        let half = Vec3::new(0.5 * PLATE + 0.002, 0.004, 0.5 * travel + 0.004);
        let at = closed.point(Vec3::new(0.0, 0.5 * plate.y + half.y, half.z - 0.5 * plate.z - 0.004));
        self.fixed_box("post", half, Pose::new(at, closed.rotation), 0.001, &look.gate);

        let (x0, x1) = set.tray.x;
        let floor = Vec3::new(0.5 * (x1 - x0), set.tray.half_width, 0.5 * TRAY_RISE);
        let middle = Vec3::new(0.5 * (x0 + x1), 0.0, -0.5 * TRAY_RISE);
        self.fixed_box("tray", floor, Pose::from_translation(middle), 0.0, &look.tray);
        for (i, (half_extents, center)) in set.tray.walls().into_iter().enumerate() {
            self.fixed_box(&format!("wall_{i}"), half_extents, Pose::from_translation(center), 0.002, &look.rim);
        }
    }

    fn movers(&mut self, set: &Set, film: &Film, look: &Look) {
        let poses = |who: usize| film.0[who].iter().copied();
        let gate = Shape::Box { half_extents: 0.5 * set.ramp.plate(set.radius), bevel: 0.0005 };
        self.add("gate", Role::Apparatus, gate, &look.gate, |o| o.moving(poses(GATE)));
        let ball = Shape::Sphere { radius: set.radius };
        self.add("ball", Role::Actor, ball, &look.ball, |o| o.moving(poses(BALL)));
        for (i, (block, material)) in set.blocks.iter().zip(&look.targets).enumerate() {
            let shape = Shape::Box { half_extents: 0.5 * block.size, bevel: BEVEL };
            self.add(&block.name, Role::Target, shape, material, |o| o.moving(poses(TARGETS + i)));
        }
    }
}
