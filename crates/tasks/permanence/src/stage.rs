//! From a plot and a look to a scene.

use glam::{Quat, Vec3, vec3};
use raytruth_scene::{Aabb, Pose, Role, Scene, Shape};
use raytruth_task::dress::Place;
use raytruth_task::props::{Prop, PropKind};
use raytruth_task::{Clip, Film, Rejection, SceneBuilder, View, frame_points};

use crate::family::ARM;
use crate::look::Look;
use crate::plot::{Form, Part, Plot, Thing};

/// Share of the picture that stays free at each border; the contract asks for 4 %.
const MARGIN: f32 = 0.05;
/// Thickness of the mat, metres.
const MAT: f32 = 0.008;
/// What the mat is wider than all that moves on it, metres.
const HEM: f32 = 0.05;
/// Of rods that come from above: they leave the picture, and end before the camera. Metres.
const ROD: f32 = 0.75;
/// Of the arm that comes from behind, metres.
const ARM_LENGTH: f32 = 0.34;

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
    let place =
        Place { bounds: Aabb { min: -reach, max: reach.with_z(hi.z) }, towards_camera: look.shot.towards_camera, floor: -MAT };
    look.setting.build(&mut builder, &place);
    // What decides lies in the square that trainers crop to.
    let aspect = clip.aspect().min(1.0);
    let view = View { towards_camera: look.shot.towards_camera, fov_y: look.shot.fov_y, aspect, margin: MARGIN };
    builder.scene.camera =
        frame_points(&view, &points).ok_or_else(|| Rejection::new("no_camera", "the view has no direction"))?;
    Ok(builder.scene)
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
        Form::Ball { .. } | Form::Arm => Pose::IDENTITY,
    }
}

fn add(builder: &mut SceneBuilder, thing: &Thing, look: &Look) {
    let (name, role) = (thing.name.as_str(), thing.part.role());
    let material = look.materials.get(name).unwrap_or(&look.mover);
    match &thing.form {
        Form::Ball { radius } => {
            builder.add(name, role, Shape::Sphere { radius: *radius }, material);
        }
        Form::Cup { variant, .. } => {
            let ring = &look.materials[&format!("{name}_ring")];
            let dress = &mut |part: &raytruth_task::props::PropPart| if part.name == "ring" { ring } else { material }.clone();
            builder.prop(name, role, &Prop::new(PropKind::Cup, *variant), Pose::IDENTITY, dress);
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
    }
}

/// Corners of the bounds of all that hides or is hidden, over the frames.
fn corners(plot: &Plot, scene: &Scene, frames: usize) -> Vec<Vec3> {
    let acts = |name: &str| plot.thing(name).is_some_and(|thing| thing.part != Part::Mover);
    let parts = scene.objects.iter().enumerate().filter(|(_, o)| acts(&o.name) || o.parent.as_deref().is_some_and(acts));
    parts.flat_map(|(i, _)| (0..frames).flat_map(move |frame| scene.object_aabb(i, frame).corners())).collect()
}
