//! The denoiser on rendered pictures: nearer to the converged picture than what it was given, and the same every time.

use std::ops::ControlFlow;

use glam::{Vec2, Vec3};
use raytruth_render::{DeviceOptions, RenderSettings, Renderer, View};
use raytruth_scene::{Camera, Environment, Light, LightShape, Material, Object, Pattern, Pose, Role, Scene, Shape, Texture};

/// A wooden block, a mirror ball and a plastic ball in a softbox's light.
fn still_life() -> Scene {
    let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -1.0, 0.5), Vec3::new(0.0, 0.0, 0.05), 0.5));
    scene.environment = Environment::Uniform { radiance: Vec3::splat(0.3) };
    scene.lights.push(Light {
        name: "softbox".into(),
        shape: LightShape::Rect { size: Vec2::splat(0.5) },
        pose: Camera::look_at(Vec3::new(-0.6, -0.5, 1.0), Vec3::ZERO, 1.0).pose,
        radiance: Vec3::splat(8.0),
        visible_to_camera: false,
    });
    let texture = Texture { pattern: Pattern::Wood, color: Vec3::new(0.3, 0.15, 0.05), scale: 0.02, strength: 0.8, seed: 1 };
    let wood = Material { base_color: Vec3::new(0.6, 0.4, 0.2), texture: Some(texture), ..Material::default() };
    let mirror = Material { base_color: Vec3::splat(0.9), metallic: 1.0, roughness: 0.0, ..Material::default() };
    let plastic = Material { base_color: Vec3::new(0.7, 0.05, 0.05), roughness: 0.25, ..Material::default() };
    for (name, material) in [("floor", Material::default()), ("wood", wood), ("mirror", mirror), ("plastic", plastic)] {
        scene.materials.insert(name.into(), material);
    }
    let mut add = |id, material: &str, shape, at| {
        let pose = Pose::from_translation(at);
        let name = format!("{material} {id}");
        scene.objects.push(Object {
            name,
            id,
            role: Role::Actor,
            shape,
            material: material.into(),
            parent: None,
            pose,
            track: None,
        });
    };
    add(1, "floor", Shape::Plane { size: Vec2::splat(4.0) }, Vec3::ZERO);
    add(2, "wood", Shape::Box { half_extents: Vec3::splat(0.07), bevel: 0.004 }, Vec3::new(0.0, 0.05, 0.07));
    add(3, "mirror", Shape::Sphere { radius: 0.08 }, Vec3::new(-0.22, 0.0, 0.08));
    add(4, "plastic", Shape::Sphere { radius: 0.08 }, Vec3::new(0.22, 0.0, 0.08));
    scene
}

fn render(renderer: &Renderer, samples: u32, denoise: bool, seed: u32) -> Vec<u8> {
    let settings = RenderSettings {
        width: 96,
        height: 60,
        samples_per_pixel: samples,
        view: View::Neutral,
        denoise,
        seed,
        ..RenderSettings::default()
    };
    let mut clip = renderer.clip(&still_life(), &settings).expect("the scene is valid");
    clip.frame(0, &mut |_| ControlFlow::Continue(())).expect("renders").rgb
}

/// Mean squared difference of display colours.
fn error(a: &[u8], b: &[u8]) -> f64 {
    a.iter().zip(b).map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2)).sum::<f64>() / a.len() as f64
}

#[test]
fn denoising_takes_three_fifths_of_the_error() {
    let renderer = Renderer::new(&DeviceOptions::default()).expect("a device");
    let truth = render(&renderer, 256, false, 99);
    let raw = error(&render(&renderer, 8, false, 0), &truth);
    let clean = render(&renderer, 8, true, 0);
    let denoised = error(&clean, &truth);
    // Half of the pixels of so small a picture lie on edges, where coverage is noise that no filter may touch.
    assert!(denoised < 0.4 * raw, "{raw:.1} raw, {denoised:.1} denoised");
    assert!(clean == render(&renderer, 8, true, 0), "the same picture every time");
}
