//! A scene in which everything changes that can: a knot deforms, a beam grows, lamps go on and out, balls come and go, a sign lies over the
//! picture.

use std::f32::consts::TAU;
use std::ops::ControlFlow;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{
    Animation, Camera, Light, LightShape, MarkForm, Material, Overlay, Pattern, Pose, Power, Scene, Shape, Texture, Track,
};

use super::{FULL, object, proof, renderer, scene};
use crate::{Frame, Profile, RenderSettings};

pub(super) const FRAMES: usize = 5;

/// Points of a knot that straightens out and turns.
fn knot(frame: usize) -> Vec<Vec3> {
    let bend = 1.0 - 0.2 * frame as f32;
    let turn = Quat::from_axis_angle(Vec3::new(0.6, 0.8, 0.0), 0.15 * frame as f32);
    (0..18)
        .map(|i| {
            let t = TAU * i as f32 / 18.0;
            let (a, b, c) = (Vec2::from_angle(t), Vec2::from_angle(2.0 * t), Vec2::from_angle(3.0 * t));
            turn * (0.12 * Vec3::new(a.x + 1.6 * bend * b.x, a.y - 1.6 * bend * b.y, -1.2 * bend * c.y))
        })
        .collect()
}

/// From its source along two legs.
fn beam(frame: usize) -> Shape {
    let way = [Vec3::new(-0.7, 0.35, 0.3), Vec3::new(0.2, 0.35, 0.3), Vec3::new(0.6, -0.2, 0.3)];
    let shape = |points: Vec<Vec3>| Shape::tube(0.02, points, false);
    match frame {
        0 => Shape::Nothing,
        1 => shape(vec![way[0], way[0].lerp(way[1], 0.5)]),
        2 => shape(vec![way[0], way[1]]),
        3 => shape(vec![way[0], way[1], way[1].lerp(way[2], 0.4)]),
        _ => shape(way.to_vec()),
    }
}

/// `many`: with lights of more than three powers of their own.
pub(super) fn everything(many: bool) -> Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -2.4, 1.3), Vec3::new(0.0, 0.05, 0.25), 0.55);
    let stripes = Texture { pattern: Pattern::Stripes, color: Vec3::splat(0.1), scale: 0.05, strength: 1.0, seed: 3 };
    let glass = Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, ..Material::default() };
    let shine = |r, g, b, power: Power| Material {
        base_color: Vec3::ZERO,
        emission: Vec3::new(r, g, b),
        emission_power: power,
        ..Material::default()
    };
    let mut s = scene(
        camera,
        Vec3::splat(0.25),
        &[
            ("floor", Material { roughness: 0.4, ..Material::default() }),
            ("rope", Material { texture: Some(stripes), roughness: 0.3, ..Material::default() }),
            ("mirror", Material { base_color: Vec3::splat(0.9), metallic: 1.0, roughness: 0.0, ..Material::default() }),
            ("glass", glass),
            ("beam", shine(9.0, 2.0, 1.0, Power::FULL)),
            ("detector", shine(1.0, 6.0, 1.0, Power(vec![0.0, 0.0, 0.0, 0.5, 1.0]))),
        ],
        vec![
            object(1, Shape::Plane { size: Vec2::splat(5.0) }, "floor", Pose::IDENTITY),
            object(
                2,
                Shape::Box { half_extents: Vec3::new(0.5, 0.01, 0.3), bevel: 0.0 },
                "mirror",
                Pose::new(Vec3::new(-0.3, 0.7, 0.3), Quat::from_rotation_z(0.4)),
            ),
            object(3, Shape::Sphere { radius: 0.13 }, "glass", Pose::from_translation(Vec3::new(0.55, -0.45, 0.14))),
            object(4, Shape::Sphere { radius: 0.06 }, "detector", Pose::from_translation(Vec3::new(0.7, -0.3, 0.3))),
        ],
    );
    let hues = |i: usize| 0.5 + 0.5 * Vec3::new(Vec2::from_angle(i as f32 * TAU / 18.0).x, Vec2::from_angle(i as f32).y, 0.3);
    let rope = |frame| Shape::Tube {
        radius: 0.035,
        points: knot(frame),
        closed: true,
        colors: (0..18).map(hues).collect(),
        rings: Some(6),
    };
    s.objects.push(
        object(5, Shape::Nothing, "rope", Pose::from_translation(Vec3::new(-0.1, -0.1, 0.35))).changing((0..FRAMES).map(rope)),
    );
    s.objects.push(object(6, Shape::Nothing, "beam", Pose::IDENTITY).changing((0..FRAMES).map(beam)));
    let ball = |id, x: f32| object(id, Shape::Sphere { radius: 0.1 }, "rope", Pose::from_translation(Vec3::new(x, -0.5, 0.1)));
    s.objects.push(ball(7, -0.6).there(FRAMES, |f| f >= 2));
    s.objects.push(ball(8, -0.3).there(FRAMES, |f| f < 3));
    s.objects.push(ball(9, 0.1).changing((0..FRAMES).map(|f| Shape::Sphere { radius: 0.06 + 0.01 * f as f32 })));
    let rolls = |f: usize| Pose::new(Vec3::new(0.3 + 0.1 * f as f32, -0.75, 0.08), Quat::from_rotation_y(f as f32));
    s.objects.push(
        object(10, Shape::Box { half_extents: Vec3::splat(0.07), bevel: 0.0 }, "floor", Pose::IDENTITY)
            .moving((0..FRAMES).map(rolls)),
    );
    let lamp = |name: &str, x: f32, power: &[f32]| Light {
        power: Power(power.to_vec()),
        visible_to_camera: true,
        ..Light::rect(name, Vec2::splat(0.4), Vec3::new(x, -0.4, 1.6), Vec3::ZERO, Vec3::new(7.0, 6.0, 5.0))
    };
    s.lights = vec![lamp("left", -0.8, &[1.0, 1.0, 0.0, 0.0, 0.25]), lamp("right", 0.8, &[0.0, 1.0]), lamp("still", 0.0, &[])];
    if many {
        s.environment_power = Power(vec![1.0, 0.8, 0.6, 0.4, 0.2]);
        s.lights.push(Light { shape: LightShape::Sphere { radius: 0.1 }, ..lamp("ball", -0.4, &[0.3, 0.9, 0.3, 0.9, 0.3]) });
        s.materials.insert("panel".into(), shine(0.5, 0.5, 3.0, Power(vec![1.0, 0.0, 1.0, 0.0, 1.0])));
        let panel = Pose::new(Vec3::new(0.9, 0.5, 0.5), Quat::from_rotation_y(-1.2));
        s.objects.push(object(11, Shape::Plane { size: Vec2::splat(0.4) }, "panel", panel));
    }
    s.overlays.push(
        Overlay {
            opacity: Power(vec![1.0, 1.0, 1.0, 0.5, 1.0]),
            ..Overlay::new("sign", 99, Vec2::new(0.3, -0.3), Vec2::splat(0.3))
        }
        .mark(MarkForm::Disc { center: Vec2::ZERO, radius: 0.12 }, Vec3::new(0.8, 0.1, 0.1)),
    );
    s.floor = 3;
    s.animation = Some(Animation { frames: FRAMES as u32, fps: 16 });
    s
}

/// The same seen by somebody who walks.
pub(super) fn walking(mut s: Scene) -> Scene {
    let eye = |f: usize| Vec3::new(0.12 * f as f32, -2.4 + 0.1 * f as f32, 1.3);
    s.camera.track = Some(Track { poses: (0..FRAMES).map(|f| Pose::looking_at(eye(f), Vec3::new(0.0, 0.05, 0.25))).collect() });
    s
}

pub(super) fn settings() -> RenderSettings {
    RenderSettings { profile: Profile::Look, denoise: true, ..proof(5) }
}

pub(super) fn frames(s: &Scene, numbers: &[usize], settings: &RenderSettings) -> (Vec<Frame>, f64) {
    let renderer = renderer();
    let mut clip = renderer.clip(s, settings).expect("valid");
    let made = numbers.iter().map(|&f| clip.frame(f, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders")).collect();
    (made, clip.traced_share())
}
