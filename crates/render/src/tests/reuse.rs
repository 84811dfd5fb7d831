//! Reuse between frames, and independence of how the work is cut: the same bits either way.

use std::ops::ControlFlow;
use std::sync::Arc;

use glam::{Vec2, Vec3};
use raytruth_scene::{Animation, Camera, Light, LightShape, Material, Pose, Scene, Shape, Track};

use super::{object, proof, renderer, scene, scenes};
use crate::{Frame, Profile, RenderSettings};

/// A ball rolls beside a box of glass; the last two frames are alike.
pub(super) fn rolling() -> Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 1.2), Vec3::new(0.0, 0.0, 0.2), 0.7);
    let glass = Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, ..Material::default() };
    let steel = Material { metallic: 1.0, roughness: 0.2, ..Material::default() };
    let mut ball = object(2, Shape::Sphere { radius: 0.2 }, "steel", Pose::IDENTITY);
    let at = |x: f32| Pose::from_translation(Vec3::new(x, 0.0, 0.2));
    ball.track = Some(Track { poses: vec![at(-0.5), at(-0.3), at(0.0), at(0.0)] });
    let mut s = scene(
        camera,
        Vec3::splat(0.4),
        &[("glass", glass), ("steel", steel), ("grey", Material::default())],
        vec![
            object(1, Shape::Plane { size: Vec2::splat(5.0) }, "grey", Pose::IDENTITY),
            ball,
            object(
                3,
                Shape::Box { half_extents: Vec3::splat(0.25), bevel: 0.03 },
                "glass",
                Pose::from_translation(Vec3::new(0.6, 0.3, 0.25)),
            ),
        ],
    );
    s.animation = Some(Animation { frames: 4, fps: 30 });
    s.lights.push(Light {
        name: "l".into(),
        shape: LightShape::Rect { size: Vec2::splat(0.5) },
        pose: Pose::from_translation(Vec3::Z * 2.0),
        radiance: Vec3::splat(8.0),
        power: raytruth_scene::Power::FULL,
        visible_to_camera: true,
    });
    s
}

pub(super) fn settings() -> RenderSettings {
    RenderSettings { profile: Profile::Look, ..proof(9) }
}

pub(super) fn frames(numbers: &[usize], fixed_slices: Option<(u32, u32)>) -> Vec<Frame> {
    let renderer = renderer();
    let mut clip = renderer.clip(&rolling(), &settings()).expect("valid");
    clip.fixed_slices = fixed_slices;
    numbers.iter().map(|&f| clip.frame(f, &super::FULL, &mut |_| ControlFlow::Continue(())).expect("renders")).collect()
}

#[test]
fn a_clip_has_the_bits_of_frames_rendered_afresh() {
    let clip = frames(&[0, 1, 2, 3], None);
    for (number, frame) in clip.iter().enumerate() {
        let fresh = frames(&[number], None).remove(0);
        assert!(fresh == *frame, "frame {number} differs");
    }
    assert!(clip[0] != clip[1], "something moves");
    assert!(clip[2] == clip[3], "nothing moves");
    // In any order, and the same again from run to run.
    let backwards = frames(&[2, 0], None);
    assert!(backwards[0] == clip[2] && backwards[1] == clip[0]);
}

/// A ball rolls where the sun falls in through portals. Rays from the sun that it may cross, and what they are connected by, are traced anew.
#[test]
fn sunbeams_that_something_may_cross_are_traced_anew() {
    let mut s = scenes::named("nothing but the sun");
    let at = |x: f32| Pose::from_translation(Vec3::new(x, 0.0, 0.46));
    s.objects[1].track = Some(Track { poses: vec![at(-0.4), at(-0.1), at(0.3)] });
    s.animation = Some(Animation { frames: 3, fps: 30 });
    let renderer = renderer();
    let frame = |clip: &mut crate::ClipRenderer<'_>, number| {
        clip.frame(number, &super::FULL, &mut |_| ControlFlow::Continue(())).expect("renders")
    };
    let fresh = frame(&mut renderer.clip(&s, &settings()).expect("valid"), 2);
    // Later frames keep what was wrong in the first.
    for (from, to, as_it_is) in [
        ("sweeps(ray, hit.t))", "sweeps(ray, hit.t))", true),
        ("sweeps(ray, hit.t))", "false)", false),
        ("result.touched |= sweeps(shadow, reach);", "", false),
    ] {
        let mut clip = renderer.clip(&s, &settings()).expect("valid");
        Arc::get_mut(&mut clip.world).expect("nobody else has it").join_spans();
        let mut composed = raytruth_shaders::compose("path", &clip.world.defines).expect("composes");
        assert_eq!(composed.source.matches(from).count(), 1, "the shader does not say `{from}` once");
        composed.source = composed.source.replace(from, to);
        clip.on_device.other_paths = Some(Arc::new(clip.on_device.engine.gpu.compile("path", &composed).expect("compiles")));
        frame(&mut clip, 0);
        clip.on_device.other_paths = None;
        assert_eq!(frame(&mut clip, 2) == fresh, as_it_is, "`{to}` for `{from}`");
    }
}

#[test]
fn what_moves_unseen_costs_nothing_and_changes_nothing() {
    // In a closed room of its own.
    let mut s = rolling();
    let down = Pose::from_translation(Vec3::Z * -50.0);
    s.objects[1].track = Some(Track { poses: (0..3).map(|i| down.mul(&Pose::from_translation(Vec3::X * i as f32))).collect() });
    s.animation = Some(Animation { frames: 3, fps: 30 });
    let ground = object(9, Shape::Plane { size: Vec2::splat(500.0) }, "grey", Pose::from_translation(Vec3::Z * -1.0));
    s.objects.push(ground);
    let renderer = renderer();
    let mut clip = renderer.clip(&s, &settings()).expect("valid");
    let mut told = (0, 1);
    let mut frame = |number| {
        let picture = clip.frame(number, &super::FULL, &mut |p| {
            told = (p.done, p.total);
            ControlFlow::Continue(())
        });
        assert_eq!(told.0, told.1);
        picture.expect("renders")
    };
    let [first, second] = [frame(0), frame(1)];
    assert!(first == second);
    assert_eq!(clip.on_device.dynamic_paths(), Some(0));
}

#[test]
fn the_cut_of_the_work_does_not_show() {
    let [whole] = &frames(&[1], Some((u32::MAX, 64)))[..] else { panic!("one frame") };
    for slices in [(1, 1), (7, 2), (3, 64), (40, 5)] {
        assert!(frames(&[1], Some(slices))[0] == *whole, "groups and samples per dispatch {slices:?}");
    }
}

/// Symptom: gigabytes of memory and minutes of time for a small clip on a busy machine, where submissions are small. Cause: Mesa
/// 22's software driver recompiled the kernel at every submission, because conditions in it depended on a uniform buffer alone.
#[test]
#[cfg(target_os = "linux")]
fn a_submission_retains_no_memory() {
    let resident = || {
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
        let line = status.lines().find(|l| l.starts_with("VmRSS")).expect("has the line").to_owned();
        line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).expect("a number") / 1024
    };
    frames(&[0, 1], Some((1, 1)));
    let before = resident();
    // 40 groups, 9 samples: 360 submissions each.
    frames(&[0, 1], Some((1, 1)));
    let grown = resident().saturating_sub(before);
    assert!(grown < 100, "{grown} MiB more after 720 submissions");
}

/// A veil before the ball and one over it, through which it shadows the ground: the same bits on and afresh.
#[test]
fn what_moves_behind_gaps_is_traced_anew() {
    let mut s = rolling();
    s.materials.insert("veil".into(), Material { opacity: 0.5, ..Material::default() });
    for (id, y, z) in [(8, -1.0, 0.5), (9, 0.0, 0.8)] {
        let pose = Pose::from_translation(Vec3::new(0.0, y, z));
        s.objects.push(object(id, Shape::Plane { size: Vec2::splat(1.5) }, "veil", pose));
    }
    let renderer = renderer();
    let mut on = renderer.clip(&s, &settings()).expect("valid");
    for number in 0..3 {
        let [kept, fresh] = {
            let mut afresh = renderer.clip(&s, &settings()).expect("valid");
            [&mut on, &mut afresh]
                .map(|clip| clip.frame(number, &super::FULL, &mut |_| ControlFlow::Continue(())).expect("renders"))
        };
        assert!(kept.radiance == fresh.radiance, "frame {number} differs");
    }
}
