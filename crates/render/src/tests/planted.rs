//! Pictures by a path tracing kernel with something changed in it, for tests that must notice.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::sync::Arc;

use glam::Vec3;
use raytruth_scene::Scene;

use super::{FULL, proof, renderer};
use crate::{Frame, RenderSettings};

/// What is done to the WGSL of the kernel.
pub(super) type Change<'c> = &'c dyn Fn(&mut String);
/// Something that holds of pictures, or what is seen instead.
pub(super) type Check = fn(Change<'_>) -> Result<(), String>;
/// What is wrong; who sees it; the expression; what stands in its place.
pub(super) type Fault = (&'static str, Check, &'static str, &'static str);

/// Leaves the kernel as it is.
pub(super) fn as_it_is(_: &mut String) {}

pub(super) fn show(s: &Scene, settings: &RenderSettings, frame: usize, change: Change<'_>) -> Frame {
    let renderer = renderer();
    let mut clip = renderer.clip(s, settings).expect("the scene is valid");
    let mut composed = raytruth_shaders::compose("path", &clip.world.defines).expect("composes");
    let before = composed.source.clone();
    change(&mut composed.source);
    if composed.source != before {
        clip.on_device.other_paths = Some(Arc::new(clip.on_device.engine.gpu.compile("path", &composed).expect("compiles")));
    }
    clip.frame(frame, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders")
}

/// As [`proof`], of few pixels: enough where chance has little part.
pub(super) fn small(samples: u32) -> RenderSettings {
    RenderSettings { width: 16, height: 8, ..proof(samples) }
}

/// Mean radiance of a picture.
pub(super) fn mean(frame: &Frame) -> Vec3 {
    let sum: glam::DVec3 = frame.radiance.iter().map(|c| Vec3::from(*c).as_dvec3()).sum();
    (sum / frame.radiance.len() as f64).as_vec3()
}

/// Whether every channel is what it should be, to a part of the brightest.
pub(super) fn near(what: &str, got: Vec3, expected: Vec3, tolerance: f32) -> Result<(), String> {
    let close = (got - expected).abs().max_element() <= tolerance * expected.abs().max_element().max(1e-3);
    if close { Ok(()) } else { Err(format!("{what}: {got}, not {expected}")) }
}

pub(super) fn assert_near(what: &str, got: Vec3, expected: Vec3, tolerance: f32) {
    near(what, got, expected, tolerance).unwrap_or_else(|e| panic!("{e}"));
}

/// The faults that nobody sees.
pub(super) fn survivors(faults: &[Fault]) -> Vec<&'static str> {
    let unseen = |(what, check, from, to): &&Fault| {
        let found = Cell::new(false);
        let seen = check(&|source| {
            let places = source.matches(from).count();
            assert!(places <= 1, "{what}: `{from}` stands in {places} places");
            found.set(found.get() || places == 1);
            *source = source.replace(from, to);
        });
        assert!(found.get(), "{what}: the shader does not say `{from}` any more");
        seen.is_ok()
    };
    faults.iter().filter(unseen).map(|fault| fault.0).collect()
}
