//! What callers rely on: errors that name the fault, progress, cancelling.

use std::ops::ControlFlow;

use glam::{Vec2, Vec3};
use raytruth_scene::{Camera, Material, Pose, Shape};

use super::{object, proof, renderer, scene};
use crate::{DeviceChoice, DeviceOptions, RenderError, RenderSettings, Renderer, self_test};

fn simple() -> raytruth_scene::Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -2.0, 1.0), Vec3::ZERO, 0.7);
    let floor = object(1, Shape::Plane { size: Vec2::ONE }, "m", Pose::IDENTITY);
    scene(camera, Vec3::ONE, &[("m", Material::default())], vec![floor])
}

#[test]
fn absurd_settings_are_refused_by_name() {
    let renderer = renderer();
    let base = proof(4);
    for (settings, named) in [
        (RenderSettings { width: 0, ..base.clone() }, "`width` is 0"),
        (RenderSettings { height: 0, ..base.clone() }, "`height` is 0"),
        (RenderSettings { width: 100_000, height: 100_000, ..base.clone() }, "`width` is 100000"),
        (RenderSettings { samples_per_pixel: 0, ..base.clone() }, "`samples_per_pixel` is 0"),
        (RenderSettings { max_bounces: Some(1_000_000), ..base.clone() }, "`max_bounces` is 1000000: it must lie in 0..=1024"),
    ] {
        let error = renderer.clip(&simple(), &settings).err().expect("is refused").to_string();
        assert!(error.contains(named) && error.contains("must lie in"), "{error}");
    }
}

#[test]
fn a_picture_that_does_not_fit_says_so() {
    let renderer = renderer();
    let settings = RenderSettings { width: 16_384, height: 16_384, ..proof(1) };
    match renderer.clip(&simple(), &settings) {
        Err(RenderError::Setting { field, rule, .. }) => assert!(field.contains("width") && rule.contains("pixels"), "{rule}"),
        // An adapter with room for twelve gigabytes of sums.
        Ok(_) => assert!(renderer.adapter().limits.max_storage_buffer_binding_size > 12 << 30),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn invalid_scenes_are_refused() {
    let renderer = renderer();
    let mut broken = simple();
    broken.objects[0].pose.translation.x = f32::NAN;
    let error = renderer.clip(&broken, &proof(1)).err().expect("is refused");
    assert!(matches!(error, RenderError::Scene(_)) && error.to_string().contains("NaN"), "{error}");
    let mut dangling = simple();
    dangling.objects[0].material = "nowhere".into();
    assert!(renderer.clip(&dangling, &proof(1)).is_err());
}

#[test]
fn an_empty_scene_shows_the_sky() {
    let camera = Camera::look_at(Vec3::new(0.0, -2.0, 1.0), Vec3::ZERO, 0.7);
    let frame = super::render(&scene(camera, Vec3::splat(0.25), &[], vec![]), &proof(2), 0);
    assert!(frame.radiance.iter().all(|c| *c == [0.25; 3]));
    assert!(frame.passes.object_id.iter().all(|id| *id == 0) && frame.passes.depth.iter().all(|d| d.is_infinite()));
}

#[test]
fn progress_grows_and_break_cancels() {
    let renderer = renderer();
    let mut clip = renderer.clip(&simple(), &proof(8)).expect("valid");
    clip.fixed_slices = Some((10, 4));
    let mut seen = Vec::new();
    let whole = clip
        .frame(0, &super::FULL, &mut |p| {
            // A long wait tells the same again.
            if seen.last() != Some(&p) {
                seen.push(p);
            }
            ControlFlow::Continue(())
        })
        .expect("renders");
    assert_eq!(seen.len(), 8, "40 groups in tens, 8 samples in fours");
    assert!(seen.windows(2).all(|w| w[0].done < w[1].done), "{seen:?}");
    let last = seen[seen.len() - 1];
    assert_eq!((last.done, last.total), (64 * 40 * 8, 64 * 40 * 8));

    let mut clip = renderer.clip(&simple(), &proof(8)).expect("valid");
    clip.fixed_slices = Some((10, 4));
    let mut calls = 0;
    let cancelled = clip.frame(0, &super::FULL, &mut |_| {
        calls += 1;
        if calls == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(cancelled, Err(RenderError::Cancelled)) && calls == 3);
    // What was begun leaves no trace.
    assert!(clip.frame(0, &super::FULL, &mut |_| ControlFlow::Continue(())).expect("renders") == whole);
}

#[test]
fn a_device_that_is_not_there_is_told_with_those_that_are() {
    let options = DeviceOptions { device: DeviceChoice::Name("no such thing".into()), ..DeviceOptions::default() };
    let error = Renderer::new(&options).err().expect("is refused").to_string();
    assert!(error.contains("no such thing") && error.contains("there is"), "{error}");
}

#[test]
fn the_device_computes_what_it_should() {
    let report = self_test(&DeviceOptions::default()).expect("passes");
    assert!(!report.adapter.name.is_empty());
}
