//! From a set, its film and a look to a scene.

use glam::Vec3;
use raytruth_scene::{Animation, Camera, Material, Object, Pose, Role, Scene, Shape};
use raytruth_task::{Clip, Film, Rejection, View, frame_scene};

use crate::cast::{BALL, LATCH};
use crate::layout::{PLATE, TRAY_RISE};
use crate::look::{Look, sweep};
use crate::simulate::Set;

/// Ids in the object-id pass.
const FIRST_ID: u16 = 1;
/// Rounding of the edges of wooden blocks, metres.
const BEVEL: f32 = 0.0015;
/// Share of the picture that stays free at each border; the contract asks for 4 %.
const MARGIN: f32 = 0.05;

/// The scene with every pose of the film, seen by a camera that has all of it in frame.
pub(crate) fn build(set: &Set, film: &Film, look: &Look, clip: &Clip) -> Result<Scene, Rejection> {
    let mut scene = Scene::new(Camera::look_at(Vec3::NEG_Y, Vec3::ZERO, look.studio.fov_y));
    scene.animation = Some(Animation { frames: clip.frames, fps: clip.fps });
    let mut stage = Stage { scene: &mut scene, next_id: FIRST_ID };
    stage.backdrop(look);
    stage.apparatus(set, look);
    stage.movers(set, look);
    film.play(stage.scene);

    let view =
        View { towards_camera: look.studio.towards_camera, fov_y: look.studio.fov_y, aspect: clip.aspect(), margin: MARGIN };
    scene.camera = frame_scene(&view, &scene, clip).ok_or_else(|| Rejection::new("no_camera", "the view has no direction"))?;

    let (low, high) = bounds(&scene);
    let center = 0.5 * (low + high);
    scene.environment = look.studio.environment();
    scene.lights = look.studio.lights(center, 0.5 * low.distance(high));
    Ok(scene)
}

/// Corners of everything but the backdrop, in the first frame.
fn bounds(scene: &Scene) -> (Vec3, Vec3) {
    let solid = scene.objects.iter().enumerate().filter(|(_, o)| o.role != Role::Backdrop);
    solid.fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(low, high), (i, _)| {
        let corners = scene.object_aabb(i, 0).corners();
        corners.into_iter().fold((low, high), |(low, high), c| (low.min(c), high.max(c)))
    })
}

struct Stage<'a> {
    scene: &'a mut Scene,
    next_id: u16,
}

impl Stage<'_> {
    fn add(&mut self, name: &str, role: Role, shape: Shape, material: &Material, place: impl FnOnce(Object) -> Object) {
        self.scene.materials.entry(name.to_owned()).or_insert_with(|| material.clone());
        self.scene.objects.push(place(Object::new(name, self.next_id, shape, name).role(role)));
        self.next_id += 1;
    }

    fn fixed_box(&mut self, name: &str, half_extents: Vec3, pose: Pose, bevel: f32, material: &Material) {
        self.add(name, Role::Apparatus, Shape::Box { half_extents, bevel }, material, |o| o.at(pose));
    }

    fn backdrop(&mut self, look: &Look) {
        self.scene.meshes.insert("sweep".to_owned(), sweep(-TRAY_RISE));
        self.add("backdrop", Role::Backdrop, Shape::Mesh { mesh: "sweep".into() }, &look.studio.backdrop, |o| o);
    }

    fn apparatus(&mut self, set: &Set, look: &Look) {
        self.scene.meshes.insert("ramp".to_owned(), set.ramp.mesh(set.radius, -TRAY_RISE));
        self.add("ramp", Role::Apparatus, Shape::Mesh { mesh: "ramp".into() }, &look.ramp, |o| o);

        // The post that the latch's finger slides up on stands on the far side, where it hides nothing.
        let closed = set.ramp.latch(set.radius);
        let plate = set.ramp.plate(set.radius);
        let travel = set.ramp.latch_lift(set.radius) + plate.z;
        let half = Vec3::new(0.5 * PLATE + 0.002, 0.004, 0.5 * travel + 0.004);
        let at = closed.point(Vec3::new(0.0, 0.5 * plate.y + half.y, half.z - 0.5 * plate.z - 0.004));
        self.fixed_box("post", half, Pose::new(at, closed.rotation), 0.001, &look.latch);

        let (x0, x1) = set.tray.x;
        let floor = Vec3::new(0.5 * (x1 - x0), set.tray.half_width, 0.5 * TRAY_RISE);
        let middle = Vec3::new(0.5 * (x0 + x1), 0.0, -0.5 * TRAY_RISE);
        self.fixed_box("tray", floor, Pose::from_translation(middle), 0.0, &look.tray);
        for (i, (half_extents, center)) in set.tray.walls().into_iter().enumerate() {
            self.fixed_box(&format!("wall_{i}"), half_extents, Pose::from_translation(center), 0.002, &look.rim);
        }
    }

    fn movers(&mut self, set: &Set, look: &Look) {
        let plate = Shape::Box { half_extents: 0.5 * set.ramp.plate(set.radius), bevel: 0.0005 };
        self.add(LATCH, Role::Apparatus, plate, &look.latch, |o| o);
        self.add(BALL, Role::Actor, Shape::Sphere { radius: set.radius }, &look.ball, |o| o);
        for (block, material) in set.blocks.iter().zip(&look.targets) {
            let shape = Shape::Box { half_extents: 0.5 * block.size, bevel: BEVEL };
            self.add(&block.name, Role::Target, shape, material, |o| o);
        }
    }
}
