//! Tests of whole pictures, small, on whatever adapter there is, with all of wgpu's run-time checks on.

mod blur;
mod changing;
mod contract;
mod defines;
mod deforming;
mod edges;
mod emission;
mod estimators;
mod furnace;
mod glass;
mod guides;
mod images;
mod inside;
mod layout;
mod light;
mod light_over_time;
mod limits;
mod maps;
mod media;
mod motion;
mod mutants;
mod over_time;
mod panes;
mod passes;
mod planted;
mod recovery;
mod reuse;
mod rims;
mod scenes;
mod sky;
mod spans;
mod specular_id;
mod specular_more;
mod things;
mod times;
mod walking;

use std::ops::ControlFlow;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use glam::Vec3;
use raytruth_scene::{Camera, Environment, Material, Object, Pose, Role, Scene, Shape};

use crate::{ClipRenderer, DeviceOptions, Frame, Output, Pass, Passes, Profile, RenderSettings, Renderer};

/// One renderer for all tests; they take turns, for the device uses every core anyway.
fn renderer() -> MutexGuard<'static, Renderer> {
    static RENDERER: LazyLock<Mutex<Renderer>> = LazyLock::new(|| {
        let options = DeviceOptions { checked_shaders: true, ..DeviceOptions::default() };
        Mutex::new(Renderer::new(&options).expect("the tests need an adapter"))
    });
    RENDERER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// 64 x 40 pixels without limits, filter or denoiser.
pub(crate) fn proof(samples: u32) -> RenderSettings {
    RenderSettings {
        width: 64,
        height: 40,
        samples_per_pixel: samples,
        profile: Profile::Proof,
        denoise: false,
        ..RenderSettings::default()
    }
}

/// The picture, and what is hit first.
const FULL: [Output; 6] = [
    Output::Rgb,
    Output::Radiance,
    Output::Pass(Pass::Depth),
    Output::Pass(Pass::Normal),
    Output::Pass(Pass::Albedo),
    Output::Pass(Pass::Id),
];

/// Passes alone.
fn passes(clip: &mut ClipRenderer<'_>, frame: usize, wanted: &[Pass]) -> Passes {
    let outputs: Vec<Output> = wanted.iter().copied().map(Output::from).collect();
    clip.frame(frame, &outputs, &mut |_| ControlFlow::Continue(())).expect("renders").passes
}

pub(crate) fn render(scene: &Scene, settings: &RenderSettings, frame: usize) -> Frame {
    let renderer = renderer();
    let mut clip = renderer.clip(scene, settings).expect("the scene is valid");
    clip.frame(frame, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders")
}

fn object(id: u16, shape: Shape, material: &str, pose: Pose) -> Object {
    let name = format!("object {id}");
    Object { name, id, role: Role::Target, shape, shapes: Vec::new(), material: material.into(), parent: None, pose, track: None }
}

fn scene(camera: Camera, radiance: Vec3, materials: &[(&str, Material)], objects: Vec<Object>) -> Scene {
    let mut scene = Scene::new(camera);
    scene.environment = Environment::Uniform { radiance };
    scene.materials = materials.iter().map(|(name, m)| ((*name).to_owned(), m.clone())).collect();
    scene.objects = objects;
    scene
}

fn matte(albedo: f32) -> Material {
    // Index 1 leaves no highlight: a Lambertian surface.
    Material { base_color: Vec3::splat(albedo), roughness: 1.0, ior: 1.0, ..Material::default() }
}

fn mean(frame: &Frame) -> f32 {
    frame.radiance.iter().flatten().sum::<f32>() / (3 * frame.radiance.len()) as f32
}
