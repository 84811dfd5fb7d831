//! The denoiser on rendered pictures: nearer to the converged picture than what it was given, and the same every time.

use std::ops::ControlFlow;

use glam::{Vec2, Vec3};
use raytruth_render::{ClipRenderer, DeviceOptions, Output, Pass, Passes, RenderSettings, Renderer, View};
use raytruth_scene::{
    Animation, Camera, Environment, Light, LightShape, Material, Object, Pattern, Pose, Role, Scene, Shape, Texture, Track,
};

/// A wooden block, a mirror ball and a plastic ball in a softbox's light.
fn still_life() -> Scene {
    let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -1.0, 0.5), Vec3::new(0.0, 0.0, 0.05), 0.5));
    scene.environment = Environment::Uniform { radiance: Vec3::splat(0.3) };
    scene.lights.push(Light {
        name: "softbox".into(),
        shape: LightShape::Rect { size: Vec2::splat(0.5) },
        pose: Camera::look_at(Vec3::new(-0.6, -0.5, 1.0), Vec3::ZERO, 1.0).pose,
        radiance: Vec3::splat(8.0),
        power: raytruth_scene::Power::FULL,
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
            shapes: Vec::new(),
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

fn settings(samples: u32, denoise: bool, seed: u32) -> RenderSettings {
    RenderSettings {
        width: 96,
        height: 60,
        samples_per_pixel: samples,
        view: View::Neutral,
        denoise,
        seed,
        ..RenderSettings::default()
    }
}

fn render(renderer: &Renderer, samples: u32, denoise: bool, seed: u32) -> Vec<u8> {
    let mut clip = renderer.clip(&still_life(), &settings(samples, denoise, seed)).expect("the scene is valid");
    clip.frame(0, &[Output::Rgb], &mut |_| ControlFlow::Continue(())).expect("renders").rgb
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

const FRAMES: usize = 3;

/// The same from a camera that walks around it, by about a pixel a frame.
fn walk_around() -> Scene {
    let mut scene = still_life();
    let at = |frame: usize| {
        let (sin, cos) = (0.03 * frame as f32).sin_cos();
        Pose::looking_at(Vec3::new(sin, -cos, 0.5), Vec3::new(0.0, 0.0, 0.05))
    };
    scene.camera.track = Some(Track { poses: (0..FRAMES).map(at).collect() });
    scene.animation = Some(Animation { frames: FRAMES as u32, fps: 30 });
    scene
}

/// Frames of a clip, 8-bit.
fn clip(renderer: &Renderer, settings: &RenderSettings) -> Vec<Vec<u8>> {
    let mut clip = renderer.clip(&walk_around(), settings).expect("the scene is valid");
    (0..FRAMES).map(|f| clip.frame(f, &[Output::Rgb], &mut |_| ControlFlow::Continue(())).expect("renders").rgb).collect()
}

/// For each pixel that is seen again in the next frame, how much its colour differs there, channel by channel.
fn differences(frames: &[Vec<u8>], passes: &[Passes]) -> Vec<f64> {
    let (width, height) = (96, 60);
    let mut out = Vec::new();
    for (k, pair) in frames.windows(2).enumerate() {
        for i in 0..width * height {
            let Some([x, y]) = passes[k].flow_forward[i] else { continue };
            let (x, y) = ((i % width) as f32 + x, (i / width) as f32 + y);
            let (left, top) = (x.floor() as i64, y.floor() as i64);
            if left < 0 || top < 0 || left + 1 >= width as i64 || top + 1 >= height as i64 {
                continue;
            }
            let (fx, fy) = (f64::from(x.fract()), f64::from(y.fract()));
            let first = top as usize * width + left as usize;
            let corners = [
                (first, (1.0 - fx) * (1.0 - fy)),
                (first + 1, fx * (1.0 - fy)),
                (first + width, (1.0 - fx) * fy),
                (first + width + 1, fx * fy),
            ];
            // Not at edges, where something else may come into sight.
            if corners.iter().any(|(j, _)| passes[k + 1].object_id[*j] != passes[k].object_id[i]) {
                continue;
            }
            for channel in 0..3 {
                let there: f64 = corners.iter().map(|(j, weight)| weight * f64::from(pair[1][3 * j + channel])).sum();
                out.push(there - f64::from(pair[0][3 * i + channel]));
            }
        }
    }
    out
}

/// Flicker with a moving camera: how the difference between a frame and the next, brought over it by optical flow, departs from that of a
/// converged clip. Root mean square, in 255ths.
fn flicker(renderer: &Renderer, samples: u32, denoise: bool, truth: &[f64], passes: &[Passes]) -> f64 {
    let own = differences(&clip(renderer, &settings(samples, denoise, 0)), passes);
    (own.iter().zip(truth).map(|(a, b)| (a - b).powi(2)).sum::<f64>() / own.len() as f64).sqrt()
}

fn passes(clip: &mut ClipRenderer<'_>, frame: usize) -> Passes {
    let wanted = [Pass::Flow, Pass::Id].map(Output::from);
    clip.frame(frame, &wanted, &mut |_| ControlFlow::Continue(())).expect("renders").passes
}

#[test]
fn a_moving_camera_flickers_little() {
    let renderer = Renderer::new(&DeviceOptions::default()).expect("a device");
    let mut walk = renderer.clip(&walk_around(), &settings(1, false, 0)).expect("the scene is valid");
    let passes: Vec<Passes> = (0..FRAMES).map(|f| passes(&mut walk, f)).collect();
    let truth = differences(&clip(&renderer, &settings(512, false, 99)), &passes);
    assert!(truth.len() > 20_000, "{} values", truth.len());
    let of = |samples, denoise| flicker(&renderer, samples, denoise, &truth, &passes);
    let (raw, few, usual) = (of(16, false), of(16, true), of(50, true));
    assert!(few < 2.3 && usual < 1.9, "{few:.2} at 16 samples, {usual:.2} at 50; the converged clip's own noise is 0.7 of this");
    assert!(few < 0.6 * raw, "{raw:.2} raw, {few:.2} denoised");
}
