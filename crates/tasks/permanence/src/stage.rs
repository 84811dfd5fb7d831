//! From a plot and a look to a scene.

use std::ops::Range;

use glam::{Quat, Vec3, vec3};
use raytruth_scene::{Aabb, Material, Pose, Power, Role, Scene, Shape};
use raytruth_task::dress::Place;
use raytruth_task::props::{Prop, PropKind};
use raytruth_task::{Clip, Film, Rejection, SceneBuilder, View, frame_points};

use crate::cloth::curtain;
use crate::family::ARM;
use crate::look::Look;
use crate::plot::{Board, Form, Part, Plot, Thing};

/// Share of the picture that stays free at each border; the contract asks for 4 %.
const MARGIN: f32 = 0.05;
/// Thickness of the mat, metres.
const MAT: f32 = 0.008;
/// What the mat is wider than all that moves on it, metres.
const HEM: f32 = 0.05;
/// Of rods that come from above: they leave the picture, and end before the camera. Metres.
const ROD: f32 = 0.75;
/// Display value of black where it gets dark, of 255.
const FLOOR: u8 = 3;
/// Radius of castors, metres.
const CASTOR: f32 = 0.006;
/// Where they are across and along a cart, metres: it tips about those in front, and a bar comes below its back.
const CASTORS: [[f32; 2]; 2] = [[-0.036, 0.036], [-0.036, 0.028]];
/// Of the edges of boards, metres.
const BEVEL: f32 = 0.0012;
/// Of the arm that comes from behind, metres.
const ARM_LENGTH: f32 = 0.2;

/// The scene with every pose of the plot, seen by a camera that has all of it in the central square.
pub(crate) fn build(plot: &Plot, look: &Look, clip: &Clip) -> Result<Scene, Rejection> {
    let mut builder = SceneBuilder::new(clip);
    for thing in &plot.things {
        add(&mut builder, thing, look);
    }
    film(plot, clip).play(&mut builder.scene);
    let points = corners(plot, &builder.scene, clip.frames as usize);
    let bounds = Aabb::of(points.iter().copied());
    // The mat is as large as what may happen, not as what does.
    let (lo, hi) = (bounds.min, bounds.max);
    let reach = vec3(lo.x.abs().max(hi.x) + HEM, lo.y.abs().max(hi.y) + HEM, 0.0);
    let mat = Shape::Box { half_extents: reach.with_z(0.5 * MAT), bevel: 0.002 };
    builder.add("mat", Role::Apparatus, mat, &look.mat).pose = Pose::from_translation(-0.5 * MAT * Vec3::Z);
    // Nothing else stands where arms come and go.
    let taken = Aabb { min: -reach, max: reach.with_z(hi.z) }.union(&arms(plot, &builder.scene, clip.frames as usize));
    let place = Place { bounds: taken, towards_camera: look.shot.towards_camera, floor: -MAT };
    look.setting.build(&mut builder, &place);
    if let Some(dark) = &plot.dark {
        let (from, until) = (clip.frame_at(dark.start) as usize, clip.frame_at(dark.end) as usize);
        put_out(&mut builder.scene, clip, from..until);
    }
    // What decides lies in the square that trainers crop to.
    let aspect = clip.aspect().min(1.0);
    let view = View { towards_camera: look.shot.towards_camera, fov_y: look.shot.fov_y, aspect, margin: MARGIN };
    builder.scene.camera =
        frame_points(&view, &points).ok_or_else(|| Rejection::new("no_camera", "the view has no direction"))?;
    Ok(builder.scene)
}

/// Puts all lights out for some frames. What the picture shows then is the least that codecs keep.
fn put_out(scene: &mut Scene, clip: &Clip, dark: Range<usize>) {
    let power = Power::on(clip.frames as usize, |frame| !dark.contains(&frame));
    scene.environment_power = power.clone();
    scene.lights.iter_mut().for_each(|light| light.power = power.clone());
    scene.materials.values_mut().filter(|m| m.emission != Vec3::ZERO).for_each(|m| m.emission_power = power.clone());
    scene.floor = FLOOR;
}

/// What everyone does, as the scene has it.
pub(crate) fn film(plot: &Plot, clip: &Clip) -> Film {
    plot.things.iter().fold(Film::new(clip), |film, thing| {
        let poses = (0..clip.frames).map(|frame| thing.way.pose(clip.time_of(frame)).mul(&base(&thing.form)));
        film.moving(&thing.name, poses.collect())
    })
}

/// Where a form is in the frame of its thing.
fn base(form: &Form) -> Pose {
    match form {
        Form::Cup { variant, .. } => Prop::new(PropKind::Cup, *variant).upside_down(),
        Form::Rod => Pose::from_translation(0.5 * ROD * Vec3::Z),
        // The first board stands for all.
        Form::Boards(boards) | Form::Screen(boards) | Form::Lining(boards) | Form::Cart(boards) => {
            Pose::from_translation(boards.first().map_or(Vec3::ZERO, |board| board.middle))
        }
        Form::Ball { .. } | Form::Arm | Form::Mesh(..) => Pose::IDENTITY,
    }
}

fn add(builder: &mut SceneBuilder, thing: &Thing, look: &Look) {
    let (name, role) = (thing.name.as_str(), thing.part.role());
    let is_made = matches!(thing.form, Form::Cart(_) | Form::Lining(_) | Form::Mesh(..)) || thing.way.is_still();
    let material = look.materials.get(name).unwrap_or(if is_made { &look.joinery } else { &look.mover });
    match &thing.form {
        Form::Ball { radius } => {
            builder.add(name, role, Shape::Sphere { radius: *radius }, material);
        }
        Form::Cup { variant, ring } => {
            let mut prop = Prop::new(PropKind::Cup, *variant);
            // A ring of another colour is a thing of its own: the evaluator sees the cup without it.
            let rings = if ring.is_some() { prop.parts.extract_if(.., |part| part.name == "ring").collect() } else { Vec::new() };
            builder.prop(name, role, &prop, Pose::IDENTITY, &mut |_| material.clone());
            for part in rings {
                let own = format!("{name}_{}", part.name);
                let shape = builder.mesh(&format!("cup_{variant}_{}", part.name), part.mesh);
                builder.add(&own, Role::Apparatus, shape, &look.materials[&own]).parent = Some(name.to_owned());
            }
        }
        Form::Rod => {
            builder.add(name, role, Shape::Box { half_extents: vec3(0.003, 0.003, 0.5 * ROD), bevel: 0.0 }, material);
        }
        Form::Arm => {
            let plate = Shape::Box { half_extents: vec3(ARM, 0.022, 0.018), bevel: 0.002 };
            builder.add(name, role, plate, material);
            let mut part = |what: &str, half_extents: Vec3, at: Vec3| {
                let own = format!("{name}_{what}");
                let object = builder.part(name, &own, Shape::Box { half_extents, bevel: 0.001 }, material);
                object.pose = Pose::new(at, Quat::IDENTITY);
                object.parent = Some(name.to_owned());
            };
            part("bar", vec3(0.6 * ARM, 0.5 * ARM_LENGTH, 0.6 * ARM), 0.5 * ARM_LENGTH * Vec3::Y);
            part("post", vec3(0.8 * ARM, 0.8 * ARM, 0.5 * ROD), vec3(0.0, ARM_LENGTH, 0.5 * ROD - ARM));
        }
        Form::Mesh(what, mesh) => {
            let shape = builder.mesh(what, mesh.clone());
            builder.add(name, role, shape, material);
        }
        Form::Boards(boards) | Form::Lining(boards) => add_boards(builder, (name, role), boards, material),
        Form::Screen(boards) => {
            add_boards(builder, (name, role), boards, material);
            if let Some(front) = boards.first().filter(|_| look.curtains) {
                let cloth = format!("{name}_cloth");
                let shape = builder.mesh(&cloth, curtain(front));
                builder.part(name, &cloth, shape, material).parent = Some(name.to_owned());
            }
        }
        Form::Cart(boards) => {
            add_boards(builder, (name, role), boards, material);
            let Some(first) = boards.first() else { return };
            let places = CASTORS[1].into_iter().flat_map(|y| CASTORS[0].map(|x| (x, y)));
            for (i, (x, y)) in places.enumerate() {
                let castor = Shape::Sphere { radius: CASTOR };
                let object = builder.part(name, &format!("{name}_castor_{i}"), castor, &look.mover);
                object.pose = Pose::from_translation(vec3(x, y, CASTOR) - first.middle);
                object.parent = Some(name.to_owned());
            }
        }
    }
}

fn add_boards(builder: &mut SceneBuilder, (name, role): (&str, Role), boards: &[Board], material: &Material) {
    let shape = |board: &Board| Shape::Box { half_extents: board.half, bevel: BEVEL.min(0.4 * board.half.min_element()) };
    let Some((first, others)) = boards.split_first() else { return };
    builder.add(name, role, shape(first), material);
    for (i, board) in others.iter().enumerate() {
        let object = builder.part(name, &format!("{name}_{}", i + 1), shape(board), material);
        object.pose = Pose::from_translation(board.middle - first.middle);
        object.parent = Some(name.to_owned());
    }
}

/// Where arms with all their parts are in the course of time, up to no height.
fn arms(plot: &Plot, scene: &Scene, frames: usize) -> Aabb {
    let is_arm = |name: &str| plot.thing(name).is_some_and(|thing| matches!(thing.form, Form::Arm));
    let parts = scene.objects.iter().enumerate().filter(|(_, o)| is_arm(&o.name) || o.parent.as_deref().is_some_and(is_arm));
    let bounds = parts.flat_map(|(i, _)| (0..frames).map(move |frame| scene.object_aabb(i, frame)));
    let all = bounds.fold(Aabb::EMPTY, |all, bounds| all.union(&bounds));
    Aabb { min: all.min.with_z(0.0), max: all.max.with_z(0.0) }
}

/// Corners of the bounds of all that hides or is hidden, over the frames.
fn corners(plot: &Plot, scene: &Scene, frames: usize) -> Vec<Vec3> {
    let acts = |name: &str| plot.thing(name).is_some_and(|thing| thing.part != Part::Mover);
    let parts = scene.objects.iter().enumerate().filter(|(_, o)| acts(&o.name) || o.parent.as_deref().is_some_and(acts));
    parts.flat_map(|(i, _)| (0..frames).flat_map(move |frame| scene.object_aabb(i, frame).corners())).collect()
}
