//! Motion blur against areas and times worked out by hand, and its reuse between frames.

use std::f32::consts::FRAC_PI_2;
use std::ops::ControlFlow;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Animation, Camera, Material, Pose, Scene, Shape, Track};

use super::reuse::{rolling, settings};
use super::{object, proof, render, renderer, scene};
use crate::{Frame, RenderSettings};

/// A white square of 16 x 16 pixels before black, that moves by 12 pixels a frame to the right where `speed` is 1. It shines.
fn square(shutter: f32) -> Scene {
    // One metre is ten pixels.
    let camera = Camera { shutter, ..Camera::look_at(Vec3::Y * -10.0, Vec3::ZERO, 2.0 * 0.2f32.atan()) };
    let shine = Material { base_color: Vec3::ZERO, emission: Vec3::ONE, ..Material::default() };
    let upright = Quat::from_rotation_x(FRAC_PI_2);
    let mut plane = object(1, Shape::Plane { size: Vec2::splat(1.6) }, "shine", Pose::IDENTITY);
    plane.track = Some(Track { poses: [-1.2, 0.0, 1.2].map(|x| Pose::new(Vec3::X * x, upright)).to_vec() });
    let mut s = scene(camera, Vec3::ZERO, &[("shine", shine)], vec![plane]);
    s.animation = Some(Animation { frames: 3, fps: 30 });
    s
}

/// The same picture from a camera that moves the other way.
fn passed_by(shutter: f32) -> Scene {
    let mut s = square(shutter);
    let poses = s.objects[0].track.take().expect("it moves").poses;
    s.objects[0].pose = poses[1];
    let here = s.camera.pose;
    s.camera.track =
        Some(Track { poses: poses.iter().map(|p| Pose::new(here.translation - p.translation, here.rotation)).collect() });
    s
}

/// Mean of each column over the square's rows.
fn profile(frame: &Frame) -> Vec<f32> {
    let row = |y: usize| &frame.radiance[y * 64..(y + 1) * 64];
    (0..64).map(|x| (12..28).map(|y| row(y)[x][1]).sum::<f32>() / 16.0).collect()
}

/// Which part of an exposure a column of pixels sees the square: the convolution of two boxes, integrated over a pixel in small steps.
fn expected(shutter: f32, x: usize) -> f32 {
    let steps = 4000;
    let mut seen = 0;
    for i in 0..steps {
        let time = (i as f32 + 0.5) / steps as f32 - 0.5;
        let left = 24.0 + 12.0 * shutter * time;
        for j in 0..8 {
            let at = x as f32 + (j as f32 + 0.5) / 8.0;
            seen += u32::from(at > left && at < left + 16.0);
        }
    }
    seen as f32 / (8 * steps) as f32
}

#[test]
fn a_square_is_blurred_along_its_way() {
    for shutter in [0.0, 0.5, 1.0] {
        for (s, name) in [(square(shutter), "square"), (passed_by(shutter), "camera")] {
            let got = profile(&render(&s, &proof(64), 1));
            for (x, got) in got.iter().enumerate() {
                let expected = expected(shutter, x);
                // 1024 stratified samples a column; 64 moments, 3/16 of a pixel apart.
                assert!((got - expected).abs() < 0.02, "{name}, shutter {shutter}, column {x}: {got} for {expected}");
            }
        }
    }
}

/// A square that grows by 6 pixels on each side a frame, and is not there before: while frame 1 is exposed it is all there, and on its way to
/// frame 2.
#[test]
fn what_grows_is_blurred_and_what_comes_is_there_at_once() {
    for shutter in [0.0, 0.5, 1.0] {
        let mut s = square(shutter);
        let plane = |half: f32| Shape::Plane { size: Vec2::splat(2.0 * half) };
        s.objects[0].shapes = vec![Shape::Nothing, plane(0.8), plane(1.4)];
        s.objects[0].pose = s.objects[0].track.take().expect("it moved").poses[1];
        let got = profile(&render(&s, &proof(64), 1));
        for (x, got) in got.iter().enumerate() {
            let steps = 4000;
            let seen = (0..steps).filter(|i| {
                let time = (*i as f32 + 0.5) / steps as f32;
                // Half of the exposure lies before frame 1, when it has the size of frame 1.
                let half = 8.0 + 6.0 * (shutter * (time - 0.5)).max(0.0);
                (x as f32 + 0.5 - 32.0).abs() < half
            });
            let expected = seen.count() as f32 / steps as f32;
            // A pixel is as wide as a sixth of the way.
            assert!((got - expected).abs() < 0.1, "shutter {shutter}, column {x}: {got} for {expected}");
        }
        let before = profile(&render(&s, &proof(4), 0));
        assert!(before.iter().all(|v| *v == 0.0), "it is not there yet: {before:?}");
    }
}

#[test]
fn at_the_clip_ends_things_wait() {
    // Half of the exposure lies before the first frame, whose pose holds there.
    let got = profile(&render(&square(1.0), &proof(64), 0));
    for k in 0..6u8 {
        let expected = 0.5 + (f32::from(k) + 0.5) / 12.0;
        assert!((got[usize::from(12 + k)] - expected).abs() < 0.02, "{k}: {got:?}");
    }
}

#[test]
fn passes_show_the_frames_own_time() {
    let [frozen, blurred] = [0.0, 0.5].map(|shutter| render(&square(shutter), &proof(4), 1));
    assert!(frozen.passes == blurred.passes && frozen.radiance != blurred.radiance);
    let still = |shutter| {
        let mut s = square(shutter);
        s.objects[0].track = None;
        render(&s, &proof(4), 1)
    };
    assert!(still(0.0) == still(0.5), "nothing moves: the same bits");
}

/// A ball rolls, and a rod turns by a quarter of a turn a frame: meanwhile it is where it is at no frame. It takes a lid with it.
fn busy() -> Scene {
    let mut s = rolling();
    s.camera.shutter = 0.8;
    let rod = Shape::Box { half_extents: Vec3::new(0.5, 0.02, 0.02), bevel: 0.0 };
    let mut rod = object(4, rod, "grey", Pose::IDENTITY);
    let turned = |i: u8| Pose::new(Vec3::new(-0.2, 0.4, 0.6), Quat::from_rotation_y(f32::from(i) * FRAC_PI_2));
    rod.track = Some(Track { poses: [0, 1, 2, 2].map(turned).to_vec() });
    let mut lid = object(5, Shape::Sphere { radius: 0.05 }, "steel", Pose::from_translation(Vec3::new(0.5, 0.0, 0.1)));
    lid.parent = Some(rod.name.clone());
    s.objects.extend([rod, lid]);
    s
}

fn frames(s: &Scene, settings: &RenderSettings, numbers: &[usize], cut: Option<(u32, u32)>) -> Vec<Frame> {
    let renderer = renderer();
    let mut clip = renderer.clip(s, settings).expect("valid");
    clip.fixed_slices = cut;
    numbers.iter().map(|&f| clip.frame(f, &super::FULL, &mut |_| ControlFlow::Continue(())).expect("renders")).collect()
}

#[test]
fn a_blurred_clip_has_the_bits_of_frames_rendered_afresh() {
    let (s, settings) = (busy(), settings());
    let clip = frames(&s, &settings, &[0, 1, 2, 3], None);
    for (number, frame) in clip.iter().enumerate() {
        assert!(frames(&s, &settings, &[number], Some((7, 2)))[0] == *frame, "frame {number} differs");
    }
    assert!(clip[2] != clip[3], "the exposure of frame 2 begins while things move");
}

#[test]
fn progress_reaches_the_end() {
    let renderer = renderer();
    let mut clip = renderer.clip(&busy(), &settings()).expect("valid");
    let mut told = Vec::new();
    clip.frame(1, &super::FULL, &mut |p| {
        told.push((p.done, p.total));
        ControlFlow::Continue(())
    })
    .expect("renders");
    assert!(told.is_sorted() && told.last() == Some(&(64 * 40 * 9, 64 * 40 * 9)), "{told:?}");
}

/// What lies beside the plane in focus is a disk, of a size that the lens's tells: the variance of its light about its middle is half its
/// radius squared, and the ball's own image and the pixel's width add theirs.
#[test]
fn beside_the_plane_in_focus_points_are_disks() {
    // One hundred pixels are a slope of 1; the ball is a disk of three pixels.
    for (aperture, focus) in [(0.0, 10.0), (1.0, 10.0), (1.0, 5.0), (1.0, 20.0), (0.5, 5.0)] {
        let mut camera = Camera::look_at(Vec3::Y * -10.0, Vec3::ZERO, 2.0 * 0.2f32.atan());
        (camera.aperture, camera.focus_distance) = (aperture, focus);
        let shine = Material { base_color: Vec3::ZERO, specular: 0.0, emission: Vec3::ONE, ..Material::default() };
        let ball = object(1, Shape::Sphere { radius: 0.3 }, "shine", Pose::IDENTITY);
        let frame = render(&scene(camera, Vec3::ZERO, &[("shine", shine)], vec![ball]), &proof(256), 0);
        let (mut sum, mut squares) = (0.0, Vec2::ZERO);
        for (i, c) in frame.radiance.iter().enumerate() {
            let at = Vec2::new((i % 64) as f32 - 31.5, (i / 64) as f32 - 19.5);
            sum += c[1];
            squares += c[1] * at * at;
        }
        let spread = 100.0 * aperture * (1.0 / focus - 0.1);
        // Of each axis: a quarter of the radius squared; of a pixel a twelfth.
        let expected = 0.25 * (spread * spread + 9.0) + 1.0 / 12.0;
        let got = squares / sum;
        assert!((got / expected - 1.0).abs().max_element() < 0.04, "aperture {aperture}, focus {focus}: {got}, not {expected}");
    }
}

/// With the box filter a pixel shows how much of it is covered.
#[test]
fn a_pixel_is_as_bright_as_it_is_covered() {
    let mut s = square(0.0);
    s.objects[0].track = None;
    // A quarter of a pixel to the right, and as much up.
    s.objects[0].pose = Pose::new(Vec3::new(0.025, 0.0, 0.025), Quat::from_rotation_x(FRAC_PI_2));
    s.animation = None;
    let frame = render(&s, &proof(64), 0);
    for (x, y, expected) in [(24, 20, 0.75), (25, 20, 1.0), (40, 20, 0.25), (41, 20, 0.0), (30, 11, 0.25), (30, 27, 0.75)] {
        let got = frame.radiance[64 * y + x][1];
        assert!((got - expected).abs() < 0.03, "{x}, {y}: {got}, not {expected}");
    }
}
