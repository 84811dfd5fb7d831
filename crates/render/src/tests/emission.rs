//! Objects that shine, and more lights than fit in the parameters, against closed forms.

use std::f32::consts::PI;
use std::ops::ControlFlow;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Animation, Camera, Light, LightShape, Material, Object, Pose, Scene, Shape};

use super::{matte, object, proof, render, renderer, scene};

const FLOOR: f32 = 0.6;

/// A large matte plane seen from above, and something that shines above it; no sky.
fn lit_by(lamps: Vec<Object>, radiance: f32) -> Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -0.8, 2.0), Vec3::ZERO, 0.02);
    let mut objects = vec![object(1, Shape::Plane { size: Vec2::splat(8.0) }, "floor", Pose::IDENTITY)];
    objects.extend(lamps);
    let lamp = Material { emission: Vec3::new(1.0, 0.5, 0.25) * radiance, ..matte(0.0) };
    scene(camera, Vec3::ZERO, &[("floor", matte(FLOOR)), ("lamp", lamp)], objects)
}

/// Mean radiance of a spot about the origin, from which the lamps must not be in the camera's way.
fn spot(scene: &Scene) -> Vec3 {
    let frame = render(scene, &proof(64), 0);
    frame.radiance.iter().map(|c| Vec3::from(*c)).sum::<Vec3>() / frame.radiance.len() as f32
}

/// Out of the camera's line to the origin.
const ABOVE: Vec3 = Vec3::new(0.0, 0.0, 0.7);

#[test]
fn emissive_shapes_shine_as_their_form_factors_say() {
    // A parallel rectangle: four quarters (Howell, configuration B-4). A ball: (r / d)². A box shows the floor its lower face, and
    // two of its side faces' form factors are those of perpendicular rectangles: here it is thin, and they are left out.
    let part = |a: f32, b: f32| a / (1.0 + a * a).sqrt() * (b / (1.0 + a * a).sqrt()).atan();
    let rect = |w: f32, h: f32, d: f32| {
        let (a, b) = (0.5 * w / d, 0.5 * h / d);
        4.0 / (2.0 * PI) * (part(a, b) + part(b, a))
    };
    let turned = Pose::new(ABOVE, Quat::from_rotation_z(0.5));
    let thin = Shape::Box { half_extents: Vec3::new(0.3, 0.15, 1e-4), bevel: 0.0 };
    for (shape, factor) in [
        (Shape::Plane { size: Vec2::new(0.6, 0.3) }, rect(0.6, 0.3, 0.7)),
        (thin, rect(0.6, 0.3, 0.6999)),
        (Shape::Sphere { radius: 0.2 }, (0.2f32 / 0.7).powi(2)),
    ] {
        let got = spot(&lit_by(vec![object(2, shape.clone(), "lamp", turned)], 4.0));
        let expected = FLOOR * 4.0 * factor * Vec3::new(1.0, 0.5, 0.25);
        assert!((got / expected - 1.0).abs().max_element() < 0.01, "{got}, not {expected}, for {shape:?}");
    }
}

/// Many small triangles of unequal size are one light: a ball that is a mesh shines as a ball.
#[test]
fn a_mesh_shines_as_the_ball_it_is() {
    // A capsule without a straight part is a ball in triangles.
    let ball = Shape::Capsule { radius: 0.2, half_height: 0.0 };
    let got = spot(&lit_by(vec![object(2, ball, "lamp", Pose::from_translation(ABOVE))], 4.0));
    let expected = FLOOR * 4.0 * (0.2f32 / 0.7).powi(2);
    assert!((got.x / expected - 1.0).abs() < 0.012, "{got}, not {expected}");
}

/// What shines and moves is in D: rendering on gives the bits of rendering afresh.
#[test]
fn a_lamp_that_moves_takes_its_light_along() {
    let mut s = lit_by(vec![object(2, Shape::Plane { size: Vec2::new(0.4, 0.3) }, "lamp", Pose::IDENTITY)], 4.0);
    s.animation = Some(Animation { frames: 3, fps: 30 });
    s.camera = Camera::look_at(Vec3::new(0.0, -3.0, 2.0), Vec3::ZERO, 0.8);
    let lamp = s.objects.pop().expect("the lamp");
    // It turns its face away at the end: then none of its light falls where it fell before.
    let pose = |i: usize| Pose::new(ABOVE + Vec3::X * 0.3 * i as f32, Quat::from_rotation_y(0.78 * i as f32));
    s.objects.push(lamp.moving((0..3).map(pose)));
    let renderer = renderer();
    let settings = proof(4);
    let mut on = renderer.clip(&s, &settings).expect("valid");
    for frame in 0..3 {
        let kept = on.frame(frame, &super::FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
        let mut afresh = renderer.clip(&s, &settings).expect("valid");
        let fresh = afresh.frame(frame, &super::FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
        assert!(kept.radiance == fresh.radiance, "frame {frame} differs");
    }
}

/// A hundred lights around a circle add up; their number does not matter to the mean.
#[test]
fn many_lights_add_up() {
    let mut s = lit_by(Vec::new(), 0.0);
    let count = 100;
    let (height, around, radius, radiance) = (1.0f32, 0.5f32, 0.01f32, 3000.0);
    s.lights = (0..count)
        .map(|i| {
            let at = Vec2::from_angle(2.0 * PI * i as f32 / count as f32) * around;
            // Strengths differ by ten.
            let strength = if i % 10 == 0 { 10.0 } else { 1.0 };
            Light {
                name: format!("light {i}"),
                shape: LightShape::Disk { radius },
                pose: Pose::from_translation(at.extend(height)),
                radiance: Vec3::splat(radiance * strength),
                power: raytruth_scene::Power::FULL,
                visible_to_camera: false,
            }
        })
        .collect();
    let power = radiance * PI * radius * radius * (0.1 * 10.0 + 0.9) * count as f32;
    let expected = FLOOR / PI * power * height * height / (height * height + around * around).powi(2);
    let got = spot(&s).x;
    assert!((got / expected - 1.0).abs() < 0.015, "{got}, not {expected}");
}
