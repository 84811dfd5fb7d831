//! Scenes whose pictures and times are measured.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{
    Absorption, Animation, Camera, Environment, Light, LightShape, Material, Object, Pattern, Pose, Role, Scene, Shape, Texture,
    Track, srgb,
};

fn object(id: u16, name: &str, role: Role, shape: Shape, material: &str, pose: Pose) -> Object {
    Object { name: name.into(), id, role, shape, shapes: Vec::new(), material: material.into(), parent: None, pose, track: None }
}

fn block(half: Vec3) -> Shape {
    Shape::Box { half_extents: half, bevel: 0.002 }
}

/// A softbox above and the sky around it.
fn lit(camera: Camera) -> Scene {
    let mut scene = Scene::new(camera);
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
    scene
}

/// A ramp, a ball and a tower of bevelled blocks on a table: about 2,300 triangles. The ball rolls and the tower's top tilts over
/// 60 frames.
#[must_use]
pub fn causality() -> Scene {
    let camera = Camera::look_at(Vec3::new(0.15, -1.25, 0.55), Vec3::new(0.05, 0.0, 0.12), 0.55);
    let mut scene = lit(camera);
    scene.animation = Some(Animation { frames: 60, fps: 30 });
    let wood = |color: u32, dark: u32, seed| Material {
        base_color: srgb(color),
        roughness: 0.45,
        texture: Some(Texture { pattern: Pattern::Wood, color: srgb(dark), scale: 0.012, strength: 0.8, seed }),
        ..Material::default()
    };
    let plastic = |color: u32| Material { base_color: srgb(color), roughness: 0.35, ..Material::default() };
    let materials = [
        ("table", Material { base_color: srgb(0xb9b4ab), roughness: 0.6, ..Material::default() }),
        ("ramp", wood(0xc99a62, 0x8a5a2e, 1)),
        ("iron", Material { base_color: Vec3::new(0.56, 0.57, 0.58), metallic: 1.0, roughness: 0.25, ..Material::default() }),
        ("red", plastic(0xc8322d)),
        ("yellow", plastic(0xe8b820)),
        ("blue", plastic(0x2c5fb3)),
        ("green", plastic(0x3f8f4a)),
        ("wood", wood(0xd8b07a, 0x9a6a3a, 5)),
    ];
    scene.materials = materials.map(|(name, material)| (name.to_owned(), material)).into();

    scene.objects.push(object(1, "table", Role::Backdrop, Shape::Plane { size: Vec2::splat(6.0) }, "table", Pose::IDENTITY));
    // The ramp falls to the right at 25 degrees.
    let tilt = Quat::from_rotation_y(25f32.to_radians());
    let ramp_middle = Vec3::new(-0.32, 0.0, 0.13);
    let shape = block(Vec3::new(0.25, 0.06, 0.008));
    scene.objects.push(object(2, "ramp", Role::Apparatus, shape, "ramp", Pose::new(ramp_middle, tilt)));
    let leg = block(Vec3::new(0.01, 0.06, 0.105));
    scene.objects.push(object(3, "leg", Role::Apparatus, leg, "ramp", Pose::from_translation(Vec3::new(-0.5, 0.0, 0.105))));

    let radius = 0.03;
    let along = tilt * Vec3::X;
    let start = ramp_middle - 0.2 * along + tilt * Vec3::Z * (0.008 + radius);
    let mut ball = object(4, "ball", Role::Actor, Shape::Sphere { radius }, "iron", Pose::from_translation(start));
    let rolled = |frame: i32| {
        let s = 0.45 * (frame as f32 / 45.0).min(1.0).powi(2);
        Pose::new(start + s * along, Quat::from_rotation_y(s / radius))
    };
    ball.track = Some(Track { poses: (0..60).map(rolled).collect() });
    scene.objects.push(ball);

    let half = 0.025;
    for (i, material) in (0u16..).zip(["red", "yellow", "blue", "green", "wood", "red"]) {
        let pose = Pose::from_translation(Vec3::new(0.25, 0.0, half * (2.0 * f32::from(i) + 1.0)));
        let mut b = object(5 + i, &format!("block {i}"), Role::Target, block(Vec3::splat(half)), material, pose);
        if i >= 4 {
            let tilted = |frame: i32| {
                let angle = 0.3 * ((frame - 40) as f32 / 20.0).clamp(0.0, 1.0);
                Pose::new(pose.translation + Vec3::X * angle * 0.05, Quat::from_rotation_y(angle))
            };
            b.track = Some(Track { poses: (0..60).map(tilted).collect() });
        }
        scene.objects.push(b);
    }
    let drum = Shape::Cylinder { radius: 0.03, half_height: 0.04, bevel: 0.003 };
    scene.objects.push(object(20, "drum", Role::Distractor, drum, "yellow", Pose::from_translation(Vec3::new(0.1, 0.25, 0.04))));
    scene
}

/// A torus knot, `t` in 0..2π.
#[must_use]
pub fn knot_curve(t: f32) -> Vec3 {
    let r = 0.18 + 0.07 * (3.0 * t).cos();
    Vec3::new(r * (2.0 * t).cos(), r * (2.0 * t).sin(), 0.07 * (3.0 * t).sin())
}

/// A torus knot of 24,000 triangles between a mirror and balls of glass and gold.
#[must_use]
pub fn knot() -> Scene {
    let camera = Camera::look_at(Vec3::new(0.9, -1.5, 0.8), Vec3::new(0.0, 0.05, 0.22), 0.6);
    let mut scene = lit(camera);
    let materials = [
        ("floor", {
            let checks = Texture { pattern: Pattern::Checker, color: srgb(0x6d6f75), scale: 0.1, strength: 1.0, seed: 0 };
            Material { base_color: srgb(0xd0ccc4), roughness: 0.5, texture: Some(checks), ..Material::default() }
        }),
        ("knot", Material { base_color: srgb(0xc23b22), roughness: 0.3, ..Material::default() }),
        ("mirror", Material { base_color: Vec3::splat(0.95), metallic: 1.0, roughness: 0.0, ..Material::default() }),
        ("gold", Material { base_color: Vec3::new(1.0, 0.78, 0.34), metallic: 1.0, roughness: 0.2, ..Material::default() }),
        ("glass", {
            let absorption = Absorption { color: Vec3::new(0.7, 0.95, 0.85), distance: 0.2 };
            Material {
                base_color: Vec3::ONE,
                roughness: 0.0,
                transmission: 1.0,
                absorption: Some(absorption),
                ..Material::default()
            }
        }),
    ];
    scene.materials = materials.map(|(name, material)| (name.to_owned(), material)).into();
    let points = (0..375).map(|i| knot_curve(std::f32::consts::TAU * i as f32 / 375.0)).collect();
    let tube = Shape::tube(0.028, points, true);
    scene.objects = vec![
        object(1, "floor", Role::Backdrop, Shape::Plane { size: Vec2::splat(8.0) }, "floor", Pose::IDENTITY),
        object(2, "knot", Role::Target, tube, "knot", Pose::new(Vec3::new(0.0, 0.0, 0.29), Quat::from_rotation_x(1.2))),
        object(
            3,
            "mirror",
            Role::Apparatus,
            block(Vec3::new(0.5, 0.01, 0.35)),
            "mirror",
            Pose::new(Vec3::new(-0.25, 0.5, 0.35), Quat::from_rotation_z(0.3)),
        ),
        object(
            4,
            "glass",
            Role::Target,
            Shape::Sphere { radius: 0.12 },
            "glass",
            Pose::from_translation(Vec3::new(0.38, -0.22, 0.12)),
        ),
        object(
            5,
            "gold",
            Role::Target,
            Shape::Sphere { radius: 0.1 },
            "gold",
            Pose::from_translation(Vec3::new(-0.35, -0.2, 0.1)),
        ),
    ];
    scene
}
