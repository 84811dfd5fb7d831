//! A clip in which everything changes that can: a knot deforms, a beam grows, lamps go on and out, balls come and go, a sign lies over the
//! picture.

use std::f32::consts::TAU;
use std::ops::ControlFlow;
use std::sync::Arc;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{
    Animation, Camera, Environment, Form, Forms, Light, LightShape, MarkForm, Material, Mesh, Object, Overlay, Pattern, Pose,
    Power, Scene, Shape, Sun, Texture, Track,
};

use super::estimators::{BOTH, Distance, Estimate, estimate_frame};
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

pub(super) fn settings() -> RenderSettings {
    RenderSettings { profile: Profile::Look, denoise: true, ..proof(5) }
}

pub(super) fn frames(s: &Scene, numbers: &[usize], settings: &RenderSettings) -> (Vec<Frame>, f64) {
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

/// What a planted fault in the host's sweeps does: a clip keeps what has changed meanwhile.
#[test]
fn faults_in_sweeps_and_shares_are_found() {
    type Harm = (&'static str, fn(&mut crate::world::World));
    let harms: [Harm; 4] = [
        ("no capsules", |w| w.swept_mut().capsules.clear()),
        ("one capsule less", |w| assert!(w.swept_mut().capsules.pop().is_some())),
        ("no boxes", |w| w.swept_mut().boxes.clear()),
        ("thin capsules", |w| w.swept_mut().capsules.iter_mut().for_each(|c| c.radius *= 0.3)),
    ];
    let renderer = renderer();
    let s = everything(false);
    for (what, harm) in harms {
        let harmed = |numbers: &[usize]| -> Frame {
            let mut clip = renderer.clip(&s, &settings()).expect("valid");
            let world = Arc::get_mut(&mut clip.world).expect("nobody else has it");
            world.join_spans();
            harm(world);
            let mut last = Frame::default();
            for &f in numbers {
                last = clip.frame(f, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
            }
            last
        };
        assert!(harmed(&[0, 4]).radiance != harmed(&[4]).radiance, "{what}: nobody sees it");
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

/// A clip's first frame traced by a kernel that forgets what may change: later frames keep what was wrong then.
#[test]
fn faults_in_the_partition_are_found() {
    let renderer = renderer();
    let s = everything(true);
    let right = frames_of(&renderer, &s, &[4]);
    for (what, from, to) in [
        ("changing emitters are summed up once for all", "    e.moves = true;\n", ""),
        ("lamps of many are summed up once for all", "path.touched |= met_changing_light;", ""),
        ("moving boxes are not looked at", "i < control.swept_count", "i < 0u"),
        ("deforming tubes are not looked at", "i < control.capsule_count", "i < 0u"),
        ("capsules are looked at up to their middle", "let u = clamp((along * s + beside) / length2, 0.0, 1.0);", "let u = 0.0;"),
    ] {
        let mut clip = renderer.clip(&s, &settings()).expect("valid");
        Arc::get_mut(&mut clip.world).expect("nobody else has it").join_spans();
        let mut composed = raytruth_shaders::compose("path", &clip.world.defines).expect("composes");
        assert_eq!(composed.source.matches(from).count(), 1, "{what}: the shader does not say `{from}` once");
        composed.source = composed.source.replace(from, to);
        clip.on_device.other_paths = Some(Arc::new(clip.on_device.engine.gpu.compile("path", &composed).expect("compiles")));
        clip.frame(0, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
        clip.on_device.other_paths = None;
        let later = clip.frame(4, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
        assert!(later.radiance != right[0].radiance, "{what}: nobody sees it");
    }
}

fn frames_of(renderer: &crate::Renderer, s: &Scene, numbers: &[usize]) -> Vec<Frame> {
    let mut clip = renderer.clip(s, &settings()).expect("valid");
    numbers.iter().map(|&f| clip.frame(f, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders")).collect()
}

/// With what never changes in a hierarchy of its own, rays meet the same.
#[test]
fn two_hierarchies_give_the_bits_of_one() {
    let mut s = everything(false);
    let points = (0..140).map(|i| 0.5 * Vec3::from((Vec2::from_angle(i as f32 * TAU / 140.0), 0.4)));
    let ring = Shape::Tube { radius: 0.02, points: points.collect(), closed: true, colors: Vec::new(), rings: Some(1) };
    s.objects.push(object(30, ring, "rope", Pose::IDENTITY));
    let renderer = renderer();
    let whole = |forget: bool, left_out: &[&str]| -> Vec<Frame> {
        let mut clip = renderer.clip(&s, &settings()).expect("valid");
        let world = Arc::get_mut(&mut clip.world).expect("nobody else has it");
        assert!(world.has_still_level(), "it is worth one");
        if forget {
            world.forget_still_level();
        }
        [0, 3].map(|f| clip.frame_without(left_out, f, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders")).to_vec()
    };
    // What never changes is left out of one hierarchy, what changes of either.
    for left_out in [&[][..], &["object 30"], &["object 5"]] {
        assert!(whole(false, left_out) == whole(true, left_out), "without {left_out:?}");
    }
}

#[test]
fn a_picture_without_a_thing_differs_by_nothing_else() {
    let mut s = everything(true);
    // A ball in a closed box, which nobody sees.
    let half = Vec3::splat(0.12);
    s.objects.push(object(
        20,
        Shape::Box { half_extents: half, bevel: 0.0 },
        "floor",
        Pose::from_translation(Vec3::new(-0.9, -0.3, 0.12)),
    ));
    let hidden = |f: usize| Pose::from_translation(Vec3::new(-0.9, -0.3, 0.1 + 0.01 * f as f32));
    s.objects.push(object(21, Shape::Sphere { radius: 0.05 }, "rope", Pose::IDENTITY).moving((0..FRAMES).map(hidden)));
    let renderer = renderer();
    let mut clip = renderer.clip(&s, &settings()).expect("valid");
    let quiet = &mut |_: crate::Progress| ControlFlow::Continue(());
    let whole = clip.frame(2, &FULL, quiet).expect("renders");
    let without = clip.frame_without(&["object 21"], 2, &FULL, quiet).expect("renders");
    assert!(without == whole, "nobody sees it");
    let without = clip.frame_without(&["object 7", "object 5"], 2, &FULL, quiet).expect("renders");
    let (mut gone, mut same, mut other) = (0, 0, 0);
    for i in 0..whole.radiance.len() {
        assert!(![5, 7].contains(&without.passes.object_id[i]));
        if [5, 7].contains(&whole.passes.object_id[i]) {
            gone += 1;
        } else {
            assert_eq!(whole.passes.object_id[i], without.passes.object_id[i]);
            same += usize::from(whole.radiance[i] == without.radiance[i]);
            other += usize::from(whole.radiance[i] != without.radiance[i]);
        }
    }
    assert!(gone > 50 && other > 50 && same < 2500, "{gone} pixels of them, {other} in their light, {same} elsewhere");
    // What shines takes its light along: the detector and the beam are all that is not white here.
    s.lights.clear();
    s.environment = Environment::Uniform { radiance: Vec3::splat(0.3) };
    let gray = |s: &Scene, left_out: &[&str]| -> f32 {
        let mut s = s.clone();
        for name in ["rope", "panel"] {
            s.materials.get_mut(name).expect("is there").emission = Vec3::ZERO;
        }
        // The knot has colours of its own.
        s.objects.retain(|o| o.name != "object 5");
        let mut clip = renderer.clip(&s, &proof(16)).expect("valid");
        let frame = clip.frame_without(left_out, 4, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
        frame.radiance.iter().map(|c| (c[0] - c[1]).abs() + (c[1] - c[2]).abs()).fold(0.0, f32::max)
    };
    assert!(gray(&s, &[]) > 0.1, "the beam is red");
    assert!(gray(&s, &["object 4", "object 6", "object 11"]) < 1e-4, "light of what is not there");
    // It leaves no trace.
    assert!(clip.frame(2, &FULL, quiet).expect("renders") == whole);
    let error = clip.frame_without(&["ghost"], 2, &FULL, quiet).expect_err("there is none");
    assert!(error.to_string().contains("no object \"ghost\""), "{error}");
}

/// A picture is known only if it would have the same bits: a camera that rests for a while has other noise in each frame.
#[test]
fn a_walk_that_pauses_has_the_bits_of_frames_rendered_afresh() {
    let mut s = walking(everything(false));
    let still = s.objects.len() - 1;
    s.objects.truncate(still);
    for object in &mut s.objects {
        (object.shape, object.shapes, object.track) = (object.first_shape().clone(), Vec::new(), None);
    }
    s.lights.iter_mut().for_each(|l| l.power = Power::FULL);
    s.materials.values_mut().for_each(|m| m.emission_power = Power::FULL);
    s.overlays.clear();
    let poses = &mut s.camera.track.as_mut().expect("it walks").poses;
    poses[2] = poses[1];
    let (clip, _) = frames(&s, &[0, 1, 2, 3, 4, 5], &settings());
    for (number, frame) in clip.iter().enumerate() {
        assert!(frames(&s, &[number], &settings()).0[0] == *frame, "frame {number} differs");
    }
}

/// Symptom: black or NaN pixels on a patterned mesh. Cause: a triangle without area in the mesh's first form has no normal there.
#[test]
fn a_triangle_that_unfolds_has_a_pattern() {
    let mesh = |x: f32| Mesh {
        positions: vec![Vec3::ZERO, Vec3::Z * 0.8, Vec3::new(x, 0.0, 0.8)],
        triangles: vec![[0, 1, 2], [2, 1, 0]],
        ..Mesh::default()
    };
    let stripes = Texture { pattern: Pattern::Checker, color: Vec3::splat(0.3), scale: 0.05, strength: 1.0, seed: 3 };
    let flap = Material { texture: Some(stripes), ..Material::default() };
    let camera = Camera::look_at(Vec3::new(0.2, -2.0, 0.4), Vec3::new(0.2, 0.0, 0.4), 0.6);
    let shapes = ["shut", "open"].map(|mesh| Shape::Mesh { mesh: mesh.into() });
    let objects = vec![object(1, Shape::Nothing, "flap", Pose::IDENTITY).changing(shapes)];
    let mut s = scene(camera, Vec3::ONE, &[("flap", flap)], objects);
    s.meshes = [("shut".to_owned(), mesh(0.0)), ("open".to_owned(), mesh(0.6))].into();
    s.animation = Some(Animation { frames: 2, fps: 16 });
    let frame = super::render(&s, &proof(4), 1);
    assert!(frame.passes.object_id.contains(&1));
    assert!(frame.radiance.iter().flatten().all(|v| v.is_finite() && *v > 0.1));
}

#[test]
fn overlays_lie_over_the_finished_picture_alone() {
    let mut s = everything(false);
    s.floor = 0;
    let settings = settings();
    let with = frames(&s, &[0, 3], &settings).0;
    let overlay = s.overlays.remove(0);
    let without = frames(&s, &[0, 3], &settings).0;
    let painted = overlay.paint(&s, (64, 40));
    for ((with, without), (number, opacity)) in with.iter().zip(&without).zip([(0, 1.0), (3, 0.5)]) {
        let mut expected = without.rgb.clone();
        painted.over(&mut expected, 64, opacity);
        assert!(expected == with.rgb && expected != without.rgb, "frame {number}");
        assert!(
            with.radiance == without.radiance
                && with.passes.depth == without.passes.depth
                && with.passes.albedo == without.passes.albedo
        );
        let covered = painted.places(64).zip(&painted.pixels).filter(|(_, p)| opacity * p.w >= 0.5).count();
        let laid = with.passes.object_id.iter().filter(|id| **id == 99).count();
        assert!(laid == covered && laid > 40, "{laid} pixels of the sign, {covered} covered");
    }
    let large = Overlay::new("plan", 98, Vec2::new(0.5, 0.0), Vec2::new(1.0, 0.5));
    s.overlays = vec![large.mark(MarkForm::Disc { center: Vec2::ZERO, radius: 0.1 }, Vec3::ONE)];
    let error = renderer().clip(&s, &settings).map(|_| ()).expect_err("too large").to_string();
    assert!(error.contains("\"plan\"") && error.contains("64 x 40 pixels"), "{error}");
}

#[test]
fn the_floor_raises_black_and_leaves_white() {
    for (radiance, view) in [(0.0, 5), (1e6, 255)] {
        let mut s = scene(Camera::look_at(Vec3::Y, Vec3::ZERO, 0.7), Vec3::splat(radiance), &[], Vec::new());
        s.floor = 5;
        let picture = super::render(&s, &proof(1), 0).rgb;
        assert!(picture.iter().all(|v| *v == view), "{:?}", &picture[..3]);
    }
}

#[test]
fn more_ways_of_power_than_can_be_told_apart_are_refused() {
    let mut s = everything(false);
    s.animation = Some(Animation { frames: 400, fps: 16 });
    s.lights = (0..300)
        .map(|i| Light {
            name: format!("l{i}"),
            power: Power((0..400).map(|f| if f == i { 0.5 } else { 1.0 }).collect()),
            ..s.lights[0].clone()
        })
        .collect();
    let error = renderer().clip(&s, &settings()).map(|_| ()).expect_err("too many").to_string();
    assert!(error.contains("at most 255"), "{error}");
}
