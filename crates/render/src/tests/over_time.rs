//! Clips in which everything changes that can have the bits of frames rendered afresh.

use std::f32::consts::TAU;
use std::ops::ControlFlow;
use std::sync::Arc;

use glam::{Vec2, Vec3};
use raytruth_scene::{
    Animation, Camera, Environment, Light, MarkForm, Material, Mesh, Overlay, Pattern, Pose, Power, Scene, Shape, Texture,
};

use super::changing::{FRAMES, everything, frames, settings, walking};
use super::{FULL, object, proof, renderer, scene};
use crate::Frame;

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
