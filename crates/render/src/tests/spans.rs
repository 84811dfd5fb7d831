//! Clips of which one part changes after the other.

use std::f32::consts::TAU;
use std::ops::ControlFlow;
use std::sync::Arc;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Animation, Camera, Light, Material, Object, Pose, Power, Scene, Shape};

use super::{FULL, matte, object, proof, renderer, scene};
use crate::world::World;
use crate::{Frame, RenderSettings};

const FRAMES: usize = 24;

fn settings() -> RenderSettings {
    RenderSettings { width: 48, height: 30, ..proof(2) }
}

fn stage(objects: impl IntoIterator<Item = Object>) -> Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -2.0, 1.2), Vec3::new(0.0, 0.0, 0.1), 0.7);
    let glow = Material { base_color: Vec3::ZERO, emission: Vec3::new(6.0, 4.0, 2.0), ..Material::default() };
    let floor = object(1, Shape::Plane { size: Vec2::splat(4.0) }, "matte", Pose::IDENTITY);
    let mut s = scene(camera, Vec3::splat(0.4), &[("matte", matte(0.6)), ("glow", glow)], vec![floor]);
    // Else all paths would look for what shines and changes.
    s.lights = vec![Light::rect("lamp", Vec2::splat(0.5), Vec3::new(0.0, -0.5, 2.0), Vec3::ZERO, Vec3::splat(9.0))];
    s.objects.extend(objects);
    s.animation = Some(Animation { frames: FRAMES as u32, fps: 24 });
    s
}

/// A block that goes a small round between two frames.
fn block(id: u16, at: Vec2, from: usize, to: usize) -> Object {
    let half_extents = Vec3::new(0.06, 0.09, 0.12);
    let pose = move |frame: usize| {
        let turn = TAU * (frame.clamp(from, to) - from) as f32 / (to - from) as f32;
        let place = at + 0.1 * Vec2::from_angle(turn);
        Pose::new(place.extend(0.12), Quat::from_rotation_z(0.5 * turn))
    };
    object(id, Shape::Box { half_extents, bevel: 0.0 }, "matte", Pose::IDENTITY).moving((0..FRAMES).map(pose))
}

/// A rod that shines, and grows between two frames.
fn beam(id: u16, at: Vec2, from: usize, to: usize) -> Object {
    let shape = move |frame: usize| {
        let length = 0.15 + 0.5 * (frame.clamp(from, to) - from) as f32 / (to - from) as f32;
        Shape::tube(0.08, vec![at.extend(0.1), at.extend(0.1) + length * Vec3::X], false)
    };
    object(id, Shape::Nothing, "glow", Pose::IDENTITY).changing((0..FRAMES).map(shape))
}

fn world(s: &Scene) -> World {
    World::new(s, &settings()).expect("valid")
}

/// Frames by their numbers; `one`: as if the clip were one span.
fn frames(s: &Scene, numbers: impl IntoIterator<Item = usize>, one: bool) -> (Vec<Frame>, Vec<f64>) {
    let renderer = renderer();
    let mut clip = renderer.clip(s, &settings()).expect("valid");
    if one {
        Arc::get_mut(&mut clip.world).expect("nobody else has it").join_spans();
    }
    let shown = |number| (clip.frame(number, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders"), clip.traced_share());
    numbers.into_iter().map(shown).unzip()
}

#[test]
fn what_moves_later_costs_nothing_now() {
    let s = stage([block(2, Vec2::new(-0.5, 0.0), 0, 11), block(3, Vec2::new(0.5, 0.0), 12, 23)]);
    let world = world(&s);
    let spans = [5, 18].map(|frame| world.span(frame));
    assert!(spans[0] != spans[1], "{spans:?}");
    let shares = |one| frames(&s, 0..FRAMES, one).1;
    let (cut, whole) = (shares(false), shares(true));
    let least = whole[0];
    assert!([5, 18].iter().all(|&frame| cut[frame] < 0.7 * least), "{cut:?} of {least}");
}

#[test]
fn what_happens_at_once_is_one_span() {
    let mut lit = stage([]);
    lit.environment_power = Power((0..FRAMES).map(|f| f as f32 / 23.0).collect());
    let short = stage([block(2, Vec2::ZERO, 8, 12)]);
    for (s, name) in [(stage([]), "nothing"), (lit, "light alone"), (stage([block(2, Vec2::ZERO, 0, 23)]), "a round")] {
        let world = world(&s);
        assert_eq!(world.span(FRAMES - 1), 0, "{name}");
    }
    // What stands still before and after costs nothing in any of them.
    let world = world(&short);
    assert!((1..=8).all(|f| world.same(f - 1, f)) && (13..FRAMES).all(|f| world.same(f - 1, f)));
}

#[test]
fn every_frame_of_every_span_has_the_bits_of_one_rendered_afresh() {
    let shining = stage([
        beam(2, Vec2::new(-0.6, 0.5), 0, 11),
        beam(3, Vec2::new(0.1, 0.5), 12, 23),
        block(4, Vec2::new(-0.5, 0.0), 0, 11),
        block(5, Vec2::new(0.5, 0.0), 12, 23),
    ]);
    let mut blurred = stage([block(2, Vec2::new(-0.5, 0.0), 0, 11), block(3, Vec2::new(0.5, 0.0), 12, 23)]);
    blurred.camera.shutter = 0.5;
    for (s, name) in [(shining, "shining"), (blurred, "blurred")] {
        let (clip, _) = frames(&s, 0..FRAMES, false);
        assert!(world(&s).span(FRAMES - 1) > 0, "{name} is one span");
        // Both sides of each cut, and some between.
        for number in (0..FRAMES).step_by(3).chain([7, 8, 11, 12, 23]) {
            assert!(frames(&s, [number], false).0[0] == clip[number], "{name}: frame {number} differs");
        }
        let mixed = [20, 3, 4, 13, 12];
        for (frame, number) in frames(&s, mixed, false).0.iter().zip(mixed) {
            assert!(*frame == clip[number], "{name}: frame {number} differs in another order");
        }
    }
}

/// By rounding alone.
#[test]
fn cuts_do_not_show() {
    let s = stage([block(2, Vec2::new(-0.5, 0.0), 0, 11), block(3, Vec2::new(0.5, 0.0), 12, 23)]);
    let [cut, whole] = [false, true].map(|one| frames(&s, 0..FRAMES, one).0);
    for (number, (cut, whole)) in cut.iter().zip(&whole).enumerate() {
        let apart = |(a, b): (&[f32; 3], &[f32; 3])| Vec3::from(*a).distance(Vec3::from(*b)) / (Vec3::from(*b).length() + 1e-3);
        let most = cut.radiance.iter().zip(&whole.radiance).map(apart).fold(0.0, f32::max);
        assert!(most < 1e-5, "frame {number}: {most}");
    }
}
