//! Kernels that are timed.

use std::ops::ControlFlow;

use std::time::{Duration, Instant};

use glam::{Vec2, Vec3};
use raytruth_scene::{Camera, Light, Pose, Shape};

use super::reuse::{rolling, settings};
use super::things::lambert;
use super::{object, proof, renderer, scene};
use crate::{DeviceOptions, Output, Pass, RenderSettings, Renderer, internals};

#[test]
fn every_kernel_of_a_frame_is_timed_and_the_picture_stays() {
    let settings = RenderSettings { denoise: true, ..settings() };
    let go = |timed| {
        let renderer = Renderer::new(&DeviceOptions { timed, ..DeviceOptions::default() }).expect("opens");
        let mut clip = renderer.clip(&rolling(), &settings).expect("valid");
        super::passes(&mut clip, 0, &[Pass::Flow]);
        let picture = clip.frame(1, &super::FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
        (picture, clip.kernel_times().to_vec())
    };
    let ((plain, none), (picture, times)) = (go(false), go(true));
    assert!(none.is_empty() && picture == plain);
    let kernels: Vec<&str> = times.iter().map(|t| t.kernel).collect();
    let expected = [
        "path",
        "passes",
        "resolve",
        "denoise_prepare",
        "denoise_pilot",
        "denoise",
        "denoise_taken",
        "denoise_return",
        "view",
        "dynamic_counts",
    ];
    assert_eq!(kernels, expected);
    assert!(times.iter().all(|t| t.dispatches > 0 && t.milliseconds > 0.0), "{times:?}");
}

#[test]
fn every_ray_of_a_path_is_counted() {
    let camera = Camera::look_at(Vec3::Z * 2.0, Vec3::ZERO, 0.5);
    let floor = || vec![object(1, Shape::Plane { size: Vec2::splat(9.0) }, "m", Pose::IDENTITY)];
    let count = |objects, lit: bool, bounces| {
        let mut scene = scene(camera.clone(), Vec3::ZERO, &[("m", lambert(0.5))], objects);
        if lit {
            scene.lights.push(Light::rect("lamp", Vec2::ONE, Vec3::new(0.5, 0.0, 3.0), Vec3::ZERO, Vec3::ONE));
        }
        let settings = RenderSettings { max_bounces: Some(bounces), ..proof(4) };
        internals::rays_per_path(&renderer(), &scene, &settings, 0).expect("valid")
    };
    // Nothing is met; the floor is; then a shadow ray besides; and what leaves the floor meets nothing.
    assert_eq!([count(Vec::new(), true, 4), count(floor(), false, 0)], [1.0, 1.0]);
    assert_eq!([count(floor(), true, 0), count(floor(), true, 1)], [2.0, 3.0]);
}

#[test]
fn a_device_is_busy_while_it_renders_and_not_between() {
    let renderer = Renderer::new(&DeviceOptions { watched: true, ..DeviceOptions::default() }).expect("opens");
    let mut clip = renderer.clip(&rolling(), &settings()).expect("valid");
    let start = Instant::now();
    let mut frame = |index| clip.frame(index, &[Output::Rgb], &mut |_| ControlFlow::Continue(())).expect("renders");
    frame(0);
    let between = Instant::now();
    std::thread::sleep(Duration::from_millis(300));
    let after = Instant::now();
    frame(1);
    drop(clip);
    // What follows the device may learn a little later.
    std::thread::sleep(Duration::from_millis(300));
    let busy = renderer.busy();
    assert!(busy.windows(2).all(|pair| pair[0].1 < pair[1].0), "{busy:?}");
    assert!(busy.iter().any(|(from, to)| *from > start && *to > *from && *from < between), "nothing before");
    assert!(busy.iter().any(|(from, _)| *from > after), "nothing after");
    let pause = between + Duration::from_millis(150);
    assert!(busy.iter().all(|(from, to)| *to < pause || *from > pause), "busy in the pause: {busy:?}");
    assert!(renderer.busy().is_empty(), "told twice");
}
