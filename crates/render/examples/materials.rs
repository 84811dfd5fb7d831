//! Renders balls and blocks of the materials that tasks use, to judge them by eye: `materials [samples] [width] [output.png]`.

use std::ops::ControlFlow;

use glam::{Quat, Vec2, Vec3};
use raytruth_render::{DeviceOptions, Output, RenderSettings, Renderer};
use raytruth_scene::{
    Absorption, Camera, Environment, Light, LightShape, Material, Object, Pattern, Pose, Role, Scene, Shape, Texture, srgb,
};

fn texture(pattern: Pattern, color: u32, scale: f32, strength: f32) -> Option<Texture> {
    Some(Texture { pattern, color: srgb(color), scale, strength, seed: 3 })
}

fn materials() -> Vec<(&'static str, Material)> {
    let base = Material::default;
    let iron = Material {
        base_color: Vec3::new(0.33, 0.325, 0.32),
        metallic: 1.0,
        roughness: 0.42,
        texture: texture(Pattern::Concrete, 0x55504a, 0.004, 0.5),
        ..base()
    };
    let brass = Material {
        base_color: Vec3::new(0.887, 0.68, 0.33),
        metallic: 1.0,
        roughness: 0.2,
        texture: texture(Pattern::Brushed, 0xb08d45, 0.004, 0.5),
        ..base()
    };
    let wood =
        Material { base_color: srgb(0xd2a56d), roughness: 0.5, texture: texture(Pattern::Wood, 0x8a5a2e, 0.008, 0.85), ..base() };
    let rubber = Material {
        base_color: srgb(0x2b2b2d),
        roughness: 0.75,
        ior: 1.45,
        texture: texture(Pattern::Concrete, 0x3a3a3c, 0.004, 0.5),
        ..base()
    };
    let plastic = Material { base_color: srgb(0xd8342b), roughness: 0.22, ..base() };
    let foam = Material {
        base_color: srgb(0xf3eddd),
        roughness: 1.0,
        ior: 1.2,
        texture: texture(Pattern::Speckle, 0xcfc5aa, 0.0025, 0.5),
        ..base()
    };
    let glass = Material {
        base_color: Vec3::ONE,
        roughness: 0.0,
        ior: 1.5,
        transmission: 1.0,
        absorption: Some(Absorption { color: Vec3::new(0.8, 0.95, 0.9), distance: 0.08 }),
        ..base()
    };
    let concrete = Material {
        base_color: srgb(0xa9a59c),
        roughness: 0.9,
        texture: texture(Pattern::Concrete, 0x7f7b73, 0.012, 0.7),
        ..base()
    };
    let mirror = Material { base_color: Vec3::splat(0.95), metallic: 1.0, roughness: 0.0, ..base() };
    let coated = Material { base_color: srgb(0x2456a8), roughness: 0.5, coat: 1.0, coat_roughness: 0.08, ..base() };
    let frosted = Material { base_color: Vec3::ONE, roughness: 0.25, transmission: 1.0, ..base() };
    let tiles =
        Material { base_color: srgb(0xdfd8c8), roughness: 0.3, texture: texture(Pattern::Tiles, 0x8d877c, 0.03, 1.0), ..base() };
    vec![
        ("iron", iron),
        ("brass", brass),
        ("wood", wood),
        ("rubber", rubber),
        ("plastic", plastic),
        ("foam", foam),
        ("glass", glass),
        ("concrete", concrete),
        ("mirror", mirror),
        ("coated", coated),
        ("frosted", frosted),
        ("tiles", tiles),
        (
            "cork",
            Material {
                base_color: srgb(0xbf9160),
                roughness: 0.9,
                texture: texture(Pattern::Speckle, 0x7a5532, 0.003, 0.7),
                ..base()
            },
        ),
        (
            "steel",
            Material {
                base_color: Vec3::new(0.56, 0.57, 0.58),
                metallic: 1.0,
                roughness: 0.16,
                texture: texture(Pattern::Brushed, 0xa0a0a0, 0.004, 0.4),
                ..base()
            },
        ),
        (
            "checker",
            Material {
                base_color: srgb(0xe8e4da),
                roughness: 0.4,
                texture: texture(Pattern::Checker, 0x30506a, 0.02, 1.0),
                ..base()
            },
        ),
        (
            "stripes",
            Material {
                base_color: srgb(0xe8e4da),
                roughness: 0.3,
                texture: texture(Pattern::Stripes, 0xc23b2e, 0.02, 1.0),
                ..base()
            },
        ),
    ]
}

fn scene() -> Scene {
    let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -1.05, 0.85), Vec3::new(0.0, 0.0, 0.02), 0.55));
    scene.environment = Environment::Gradient {
        zenith: Vec3::new(0.35, 0.42, 0.55),
        horizon: Vec3::splat(0.6),
        ground: Vec3::splat(0.25),
        sun: None,
    };
    scene.lights.push(Light {
        name: "softbox".into(),
        shape: LightShape::Rect { size: Vec2::splat(0.8) },
        pose: Camera::look_at(Vec3::new(-0.7, -0.9, 1.5), Vec3::ZERO, 1.0).pose,
        radiance: Vec3::new(11.0, 10.2, 9.2),
        power: raytruth_scene::Power::FULL,
        visible_to_camera: false,
    });
    scene.materials.insert("table".into(), Material { base_color: srgb(0xb9b4ab), roughness: 0.6, ..Material::default() });
    let mut push = |name: String, shape, material: &str, pose| {
        let id = scene.objects.len() as u16 + 1;
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
    push("table".into(), Shape::Plane { size: Vec2::splat(6.0) }, "table", Pose::IDENTITY);
    for (i, (name, _)) in materials().iter().enumerate() {
        let (column, row) = ((i % 4) as f32 - 1.5, 1.6 - (i / 4) as f32);
        let at = Vec3::new(0.24 * column, 0.22 * row, 0.0);
        push(
            format!("{name} ball"),
            Shape::Sphere { radius: 0.045 },
            name,
            Pose::new(at + Vec3::new(-0.03, 0.0, 0.045), Quat::from_rotation_z(0.7)),
        );
        let block = Shape::Box { half_extents: Vec3::splat(0.025), bevel: 0.002 };
        push(format!("{name} block"), block, name, Pose::new(at + Vec3::new(0.06, -0.02, 0.025), Quat::from_rotation_z(0.35)));
    }
    scene.materials.extend(materials().into_iter().map(|(name, material)| (name.to_owned(), material)));
    scene
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |i: usize, default: u32| args.get(i).map_or(Ok(default), |s| s.parse());
    let width = number(1, 960)?;
    let settings = RenderSettings {
        width,
        height: width * 5 / 8,
        samples_per_pixel: number(0, 16)?,
        denoise: std::env::var_os("RAW").is_none(),
        ..RenderSettings::default()
    };
    let renderer = Renderer::new(&DeviceOptions::default())?;
    let picture = renderer.clip(&scene(), &settings)?.frame(0, &[Output::Rgb], &mut |_| ControlFlow::Continue(()))?;
    let path = args.get(2).map_or("materials.png", String::as_str);
    Ok(picture.save_png(path)?)
}
