//! The light of a clip in which everything changes: each frame has that of a scene built anew.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Animation, Camera, Environment, Form, Forms, Material, Mesh, Object, Pose, Power, Scene, Shape, Sun};

use super::changing::{everything, frames, walking};
use super::estimators::{BOTH, Distance, Estimate, estimate_frame};
use super::{object, proof};
use crate::RenderSettings;

/// The scene as it is at one frame, with nothing that changes.
fn frozen(s: &Scene, frame: usize) -> Scene {
    let mut still = Scene { animation: None, environment_power: Power::FULL, overlays: Vec::new(), ..s.clone() };
    still.camera = Camera { pose: s.camera.pose_at(frame), track: None, ..s.camera.clone() };
    let radiance = |e: &mut Environment, power: f32| match e {
        Environment::Uniform { radiance } => *radiance *= power,
        other => panic!("{other:?}"),
    };
    radiance(&mut still.environment, s.environment_power.at(frame));
    for light in &mut still.lights {
        light.radiance *= light.power.at(frame);
        light.power = Power::FULL;
    }
    for material in still.materials.values_mut() {
        material.emission *= material.emission_power.at(frame);
        material.emission_power = Power::FULL;
    }
    let mut meshes = std::collections::BTreeMap::new();
    let at = |o: &Object| {
        let mut shape = o.shape_at(frame).clone();
        // A tube's very triangles: alone it would have fewer.
        if let (Shape::Tube { .. }, Some(Form::Mesh(mesh))) = (&shape, Forms::new(s, o).map(|f| f.at(frame))) {
            meshes.insert(o.name.clone(), Mesh::clone(&mesh));
            shape = Shape::Mesh { mesh: o.name.clone() };
        }
        Object { shape, shapes: Vec::new(), pose: o.pose_at(frame), track: None, ..o.clone() }
    };
    still.objects = s.objects.iter().map(at).filter(|o| !o.shape.is_nothing()).collect();
    still.meshes = meshes;
    still
}

/// Light is right at every frame: the clip's picture is that of a scene built anew, within noise. By the limits of [`Distance`] a false
/// alarm has a chance of 0.2 % for this test.
#[test]
fn each_frame_is_the_picture_of_a_scene_built_anew() {
    for mut s in [everything(true), walking(everything(false))] {
        // Patterns stay where they were on the first shape, which a scene built anew does not know.
        s.materials.get_mut("rope").expect("is there").texture = None;
        for frame in [0, 2, 4] {
            let clip = estimate_frame(&s, frame, BOTH, 100, &|_| ());
            let anew = estimate_frame(&frozen(&s, frame), 0, BOTH, 200, &|_| ());
            let distance = Distance::between(&clip, &anew);
            assert!(distance.is_small(), "frame {frame}: {distance:?}");
        }
    }
}

/// Inside a closed shape that emits and reflects a half, light adds up to its power, however that is shared out among groups.
#[test]
fn a_furnace_glows_with_its_power() {
    let powers: [&[f32]; 4] = [&[0.0, 1.0, 0.25], &[0.5, 0.5, 0.25], &[0.75, 0.1, 0.0], &[0.3, 0.0, 0.9]];
    for count in [1, 4] {
        let mut s = super::furnace::furnace(Shape::Sphere { radius: 1.5 }, 0.0);
        s.animation = Some(Animation { frames: 3, fps: 16 });
        let walls = s.materials["m"].clone();
        // As many shells in one place would hide each other: a box, each of whose sides has a power of its own.
        s.objects.clear();
        for side in 0..6 {
            let name = format!("m{side}");
            let power = Power(powers[side % count].to_vec());
            s.materials.insert(name.clone(), Material { emission_power: power, ..walls.clone() });
            let turn = [
                Quat::IDENTITY,
                Quat::from_rotation_x(0.5 * std::f32::consts::PI),
                Quat::from_rotation_x(std::f32::consts::PI),
                Quat::from_rotation_x(1.5 * std::f32::consts::PI),
                Quat::from_rotation_y(0.5 * std::f32::consts::PI),
                Quat::from_rotation_y(1.5 * std::f32::consts::PI),
            ][side];
            let pose = Pose::new(turn * Vec3::Z, turn);
            s.objects.push(object(1 + side as u16, Shape::Plane { size: Vec2::splat(2.0) }, &name, pose));
        }
        for frame in 0..3 {
            let got = super::mean(&super::render(&s, &proof(24), frame));
            let most = powers[..count].iter().map(|p| p[frame]).fold(0.0, f32::max);
            let least = powers[..count].iter().map(|p| p[frame]).fold(1.0, f32::min);
            // One power for all: exactly that. Several: between them.
            let margin = 0.025 * most + 1e-6;
            assert!((least - margin..=most + margin).contains(&got), "{count} powers, frame {frame}: {got}");
        }
    }
}

/// Light of several groups adds up: a picture under two lamps is the sum of the pictures under each, times their powers.
#[test]
fn groups_add_up() {
    let mut s = everything(true);
    for object in &mut s.objects {
        (object.shape, object.shapes) = (object.first_shape().clone(), Vec::new());
    }
    // A sun is sampled directly, unlike an even sky.
    let sun = Sun { direction: Vec3::new(0.5, -0.5, 1.0).normalize(), irradiance: Vec3::splat(1.5), angular_radius: 0.05 };
    let even = Vec3::splat(0.2);
    s.environment = Environment::Gradient { zenith: even, horizon: even, ground: even, sun: Some(sun) };
    let proof = RenderSettings { max_bounces: Some(3), ..proof(4) };
    let whole = frames(&s, &[0, 3], &proof).0;
    let parts = s.lights.len() + 3;
    let mut sums = [0, 3].map(|_| vec![Vec3::ZERO; proof.pixels()]);
    for part in 0..parts {
        // The power of one alone, at full choice of all: the same paths.
        let mut alone = s.clone();
        let lights = alone.lights.len();
        let out = |power: &mut Power, own: usize| {
            if own != part {
                *power = Power(vec![0.0]);
            }
        };
        alone.lights.iter_mut().enumerate().for_each(|(i, l)| out(&mut l.power, i));
        out(&mut alone.environment_power, lights);
        let materials = ["detector", "panel"];
        for (i, name) in materials.iter().enumerate() {
            out(&mut alone.materials.get_mut(*name).expect("shines").emission_power, lights + 1 + i);
        }
        if part != lights {
            alone.materials.get_mut("beam").expect("shines").emission_power = Power(vec![0.0]);
        }
        for (sum, frame) in sums.iter_mut().zip(frames(&alone, &[0, 3], &proof).0) {
            sum.iter_mut().zip(&frame.radiance).for_each(|(sum, c)| *sum += Vec3::from(*c));
        }
    }
    for (sum, whole) in sums.iter().zip(&whole) {
        for (sum, whole) in sum.iter().zip(&whole.radiance) {
            let whole = Vec3::from(*whole);
            assert!(sum.distance(whole) < 1e-4 * whole.length() + 1e-5, "{sum} is not {whole}");
        }
    }
}

/// Faults planted in the path tracing kernel: what is wrong, the expression, what stands in its place.
#[rustfmt::skip]
const LIGHT_FAULTS: &[(&str, &str, &str)] = &[
    ("a path that changes has a group at full power", "light_power(1u) * light[1]", "light[1]"),
    ("a group is summed up with another", "group_1 += radiance_sum(path.light[1], first);", "group_1 += radiance_sum(path.light[2], first);"),
    ("a lamp of one group too many is at full power", "c * light_power(group)", "c"),
    ("the share of changing emitters is not counted when they are met", "control.changing_probability * changing_pdf(", "changing_pdf("),
    ("the share of changing emitters is not counted when they are chosen", "e.pdf * control.changing_probability", "e.pdf"),
    ("emitters that change are weighed as if they did not", "if surface.emission_changes {", "if surface.thin {"),
];

/// The sets of numbers are drawn anew for each; a picture that is right passes with the chance of
/// [`each_frame_is_the_picture_of_a_scene_built_anew`].
#[test]
fn faults_in_the_light_of_a_clip_are_found() {
    let mut s = everything(true);
    // Nearer to the beam and the detector, so that what is wrong is a good part of the picture.
    s.materials.get_mut("rope").expect("is there").texture = None;
    s.environment = Environment::Uniform { radiance: Vec3::splat(0.02) };
    s.lights.iter_mut().for_each(|l| l.radiance *= 0.3);
    s.camera = Camera::look_at(Vec3::new(0.3, -1.3, 1.2), Vec3::new(0.15, 0.1, 0.15), 0.75);
    s.materials.get_mut("beam").expect("is there").emission *= 4.0;
    // What changes is chosen rarely, so that its light comes in few bright spots: means over a dozen pictures are not yet normal.
    let pooled = |s: &Scene, frame: usize, first: u32, change: &dyn Fn(&mut String)| {
        Estimate::pooled(&[0, 20, 40].map(|k| estimate_frame(s, frame, BOTH, first + k, change)))
    };
    let anew = pooled(&frozen(&s, 3), 0, 200, &|_| ());
    let distance = |change: &dyn Fn(&mut String)| Distance::between(&pooled(&s, 3, 100, change), &anew);
    let right = distance(&|_| ());
    assert!(right.is_small(), "{right:?}");
    let survivors = LIGHT_FAULTS.iter().filter(|(what, from, to)| {
        distance(&|source: &mut String| {
            assert_eq!(source.matches(from).count(), 1, "{what}: the shader does not say `{from}` once");
            *source = source.replace(from, to);
        })
        .is_small()
    });
    assert_eq!(survivors.map(|fault| fault.0).collect::<Vec<_>>(), [""; 0]);
}
