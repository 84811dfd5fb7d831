//! A clip in which everything changes that can: a knot deforms, a beam grows, lamps go on and out, balls come and go, a sign lies over the
//! picture.

use std::f32::consts::TAU;
use std::ops::ControlFlow;
use std::sync::Arc;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{
    Animation, Camera, Environment, Light, LightShape, MarkForm, Material, Object, Overlay, Pattern, Pose, Power, Scene, Shape,
    Texture, Track,
};

use super::estimators::{BOTH, Distance, estimate_frame};
use super::{FULL, object, proof, renderer, scene};
use crate::{Frame, Profile, RenderSettings};

pub(super) const FRAMES: usize = 5;

/// Points of a knot that straightens out and turns.
fn knot(frame: usize) -> Vec<Vec3> {
    let bend = 1.0 - 0.2 * frame as f32;
    let turn = Quat::from_axis_angle(Vec3::new(0.6, 0.8, 0.0), 0.15 * frame as f32);
    (0..18)
        .map(|i| {
            let t = TAU * i as f32 / 18.0;
            let (a, b, c) = (Vec2::from_angle(t), Vec2::from_angle(2.0 * t), Vec2::from_angle(3.0 * t));
            turn * (0.12 * Vec3::new(a.x + 1.6 * bend * b.x, a.y - 1.6 * bend * b.y, -1.2 * bend * c.y))
        })
        .collect()
}

/// From its source along two legs.
fn beam(frame: usize) -> Shape {
    let way = [Vec3::new(-0.7, 0.35, 0.3), Vec3::new(0.2, 0.35, 0.3), Vec3::new(0.6, -0.2, 0.3)];
    let shape = |points: Vec<Vec3>| Shape::tube(0.02, points, false);
    match frame {
        0 => Shape::Nothing,
        1 => shape(vec![way[0], way[0].lerp(way[1], 0.5)]),
        2 => shape(vec![way[0], way[1]]),
        3 => shape(vec![way[0], way[1], way[1].lerp(way[2], 0.4)]),
        _ => shape(way.to_vec()),
    }
}

/// `many`: with lights of more than three powers of their own.
pub(super) fn everything(many: bool) -> Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -2.4, 1.3), Vec3::new(0.0, 0.05, 0.25), 0.55);
    let stripes = Texture { pattern: Pattern::Stripes, color: Vec3::splat(0.1), scale: 0.05, strength: 1.0, seed: 3 };
    let glass = Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, ..Material::default() };
    let shine = |r, g, b, power: Power| Material {
        base_color: Vec3::ZERO,
        emission: Vec3::new(r, g, b),
        emission_power: power,
        ..Material::default()
    };
    let mut s = scene(
        camera,
        Vec3::splat(0.25),
        &[
            ("floor", Material { roughness: 0.4, ..Material::default() }),
            ("rope", Material { texture: Some(stripes), roughness: 0.3, ..Material::default() }),
            ("mirror", Material { base_color: Vec3::splat(0.9), metallic: 1.0, roughness: 0.0, ..Material::default() }),
            ("glass", glass),
            ("beam", shine(9.0, 2.0, 1.0, Power::FULL)),
            ("detector", shine(1.0, 6.0, 1.0, Power(vec![0.0, 0.0, 0.0, 0.5, 1.0]))),
        ],
        vec![
            object(1, Shape::Plane { size: Vec2::splat(5.0) }, "floor", Pose::IDENTITY),
            object(
                2,
                Shape::Box { half_extents: Vec3::new(0.5, 0.01, 0.3), bevel: 0.0 },
                "mirror",
                Pose::new(Vec3::new(-0.3, 0.7, 0.3), Quat::from_rotation_z(0.4)),
            ),
            object(3, Shape::Sphere { radius: 0.13 }, "glass", Pose::from_translation(Vec3::new(0.55, -0.45, 0.14))),
            object(4, Shape::Sphere { radius: 0.06 }, "detector", Pose::from_translation(Vec3::new(0.7, -0.3, 0.3))),
        ],
    );
    let hues = |i: usize| 0.5 + 0.5 * Vec3::new(Vec2::from_angle(i as f32 * TAU / 18.0).x, Vec2::from_angle(i as f32).y, 0.3);
    let rope = |frame| Shape::Tube {
        radius: 0.035,
        points: knot(frame),
        closed: true,
        colors: (0..18).map(hues).collect(),
        rings: Some(6),
    };
    s.objects.push(
        object(5, Shape::Nothing, "rope", Pose::from_translation(Vec3::new(-0.1, -0.1, 0.35))).changing((0..FRAMES).map(rope)),
    );
    s.objects.push(object(6, Shape::Nothing, "beam", Pose::IDENTITY).changing((0..FRAMES).map(beam)));
    let ball = |id, x: f32| object(id, Shape::Sphere { radius: 0.1 }, "rope", Pose::from_translation(Vec3::new(x, -0.5, 0.1)));
    s.objects.push(ball(7, -0.6).there(FRAMES, |f| f >= 2));
    s.objects.push(ball(8, -0.3).there(FRAMES, |f| f < 3));
    s.objects.push(ball(9, 0.1).changing((0..FRAMES).map(|f| Shape::Sphere { radius: 0.06 + 0.01 * f as f32 })));
    let rolls = |f: usize| Pose::new(Vec3::new(0.3 + 0.1 * f as f32, -0.75, 0.08), Quat::from_rotation_y(f as f32));
    s.objects.push(
        object(10, Shape::Box { half_extents: Vec3::splat(0.07), bevel: 0.0 }, "floor", Pose::IDENTITY)
            .moving((0..FRAMES).map(rolls)),
    );
    let lamp = |name: &str, x: f32, power: &[f32]| Light {
        power: Power(power.to_vec()),
        visible_to_camera: true,
        ..Light::rect(name, Vec2::splat(0.4), Vec3::new(x, -0.4, 1.6), Vec3::ZERO, Vec3::new(7.0, 6.0, 5.0))
    };
    s.lights = vec![lamp("left", -0.8, &[1.0, 1.0, 0.0, 0.0, 0.25]), lamp("right", 0.8, &[0.0, 1.0]), lamp("still", 0.0, &[])];
    if many {
        s.environment_power = Power(vec![1.0, 0.8, 0.6, 0.4, 0.2]);
        s.lights.push(Light { shape: LightShape::Sphere { radius: 0.1 }, ..lamp("ball", -0.4, &[0.3, 0.9, 0.3, 0.9, 0.3]) });
        s.materials.insert("panel".into(), shine(0.5, 0.5, 3.0, Power(vec![1.0, 0.0, 1.0, 0.0, 1.0])));
        let panel = Pose::new(Vec3::new(0.9, 0.5, 0.5), Quat::from_rotation_y(-1.2));
        s.objects.push(object(11, Shape::Plane { size: Vec2::splat(0.4) }, "panel", panel));
    }
    s.overlays.push(
        Overlay {
            opacity: Power(vec![1.0, 1.0, 1.0, 0.5, 1.0]),
            ..Overlay::new("sign", 99, Vec2::new(0.3, -0.3), Vec2::splat(0.3))
        }
        .mark(MarkForm::Disc { center: Vec2::ZERO, radius: 0.12 }, Vec3::new(0.8, 0.1, 0.1)),
    );
    s.floor = 3;
    s.animation = Some(Animation { frames: FRAMES as u32, fps: 16 });
    s
}

/// The same seen by somebody who walks.
pub(super) fn walking(mut s: Scene) -> Scene {
    let eye = |f: usize| Vec3::new(0.12 * f as f32, -2.4 + 0.1 * f as f32, 1.3);
    s.camera.track = Some(Track { poses: (0..FRAMES).map(|f| Pose::looking_at(eye(f), Vec3::new(0.0, 0.05, 0.25))).collect() });
    s
}

fn settings() -> RenderSettings {
    RenderSettings { profile: Profile::Look, denoise: true, ..proof(5) }
}

fn frames(s: &Scene, numbers: &[usize], settings: &RenderSettings) -> (Vec<Frame>, f64) {
    let renderer = renderer();
    let mut clip = renderer.clip(s, settings).expect("valid");
    let made = numbers.iter().map(|&f| clip.frame(f, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders")).collect();
    (made, clip.traced_share())
}

#[test]
fn a_clip_of_everything_has_the_bits_of_frames_rendered_afresh() {
    let blurred = |mut s: Scene| {
        s.camera.shutter = 0.6;
        s
    };
    for (s, name) in [
        (everything(false), "still camera"),
        (everything(true), "many powers"),
        (blurred(everything(true)), "blurred"),
        (walking(everything(true)), "walking camera"),
    ] {
        let (clip, share) = frames(&s, &[0, 1, 2, 3, 4], &settings());
        for (number, frame) in clip.iter().enumerate() {
            assert!(frames(&s, &[number], &settings()).0[0] == *frame, "{name}: frame {number} differs");
        }
        let (backwards, _) = frames(&s, &[3, 1], &settings());
        assert!(backwards[0] == clip[3] && backwards[1] == clip[1], "{name}: in another order");
        assert!(clip.windows(2).all(|pair| pair[0].rgb != pair[1].rgb), "{name}: something changes in every frame");
        assert!(name.contains("camera") == (name == "walking camera" || name == "still camera"));
        assert!(share < 1.0 || name == "walking camera", "{name}: {share} of the paths are traced anew");
    }
}

/// Lamps that go on and out cost a later frame no path at all.
#[test]
fn what_changes_its_power_alone_is_traced_once() {
    let mut s = everything(false);
    for object in &mut s.objects {
        (object.shape, object.shapes) = (object.first_shape().clone(), Vec::new());
        object.track = None;
    }
    let (clip, share) = frames(&s, &[0, 1, 2, 3, 4], &settings());
    assert_eq!(share, 0.0);
    for (number, frame) in clip.iter().enumerate() {
        assert!(frames(&s, &[number], &settings()).0[0] == *frame, "frame {number} differs");
    }
    assert!(clip.windows(2).all(|pair| pair[0].radiance != pair[1].radiance));
}

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
    let at = |o: &Object| Object {
        shape: o.shape_at(frame).clone(),
        shapes: Vec::new(),
        pose: o.pose_at(frame),
        track: None,
        ..o.clone()
    };
    still.objects = s.objects.iter().map(at).filter(|o| !o.shape.is_nothing()).collect();
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

/// What a planted fault in the host's sweeps does: a clip keeps what has changed meanwhile.
#[test]
fn faults_in_sweeps_and_shares_are_found() {
    type Harm = (&'static str, fn(&mut crate::world::World));
    let harms: [Harm; 4] = [
        ("no capsules", |w| w.control_mut().capsule_count = 0),
        ("one capsule less", |w| w.control_mut().capsule_count -= 1),
        ("no boxes", |w| w.control_mut().swept_count = 0),
        ("thin capsules", |w| w.params_mut().capsules.iter_mut().step_by(2).for_each(|c| c[3] *= 0.3)),
    ];
    let renderer = renderer();
    let s = everything(false);
    for (what, harm) in harms {
        let harmed = |numbers: &[usize]| -> Frame {
            let mut clip = renderer.clip(&s, &settings()).expect("valid");
            harm(Arc::get_mut(&mut clip.world).expect("nobody else has it"));
            let mut last = Frame::default();
            for &f in numbers {
                last = clip.frame(f, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
            }
            last
        };
        assert!(harmed(&[0, 4]).radiance != harmed(&[4]).radiance, "{what}: nobody sees it");
    }
}
