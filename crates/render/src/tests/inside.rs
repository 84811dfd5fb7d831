//! Lamps and cameras inside of clear solids, where the right value is known.
//!
//! Radiance is carried over the square of the index of refraction n, and a camera inside of a solid reports it so: there a sky of 1 is 1,
//! and what shines with 1 is 1 / n².

use std::ops::ControlFlow;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{
    Animation, Camera, Environment, Light, LightShape, Material, Object, Pose, Power, Scene, Shape, Sun, Track,
};

use super::planted::{self, assert_near, small};
use super::things::{across, ball, filled, glass, lambert};
use super::{FULL, mean, object, proof, render, renderer, scene};
use crate::{Output, Pass, Passes};

const IOR: f32 = 1.5;

/// Camera at y = -1 that looks along y at a wall at y = 1, which shines with 1.
fn before_a_wall(materials: &[(&str, Material)], mut objects: Vec<Object>) -> Scene {
    let wall = Pose::new(Vec3::Y, Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
    objects.push(object(9, Shape::Plane { size: Vec2::splat(4.0) }, "wall", wall));
    let mut s = scene(Camera::look_at(Vec3::NEG_Y, Vec3::ZERO, 0.05), Vec3::ZERO, materials, objects);
    s.materials.insert("wall".into(), Material { emission: Vec3::ONE, ..lambert(0.0) });
    s
}

fn mean_color(s: &Scene, frame: usize) -> Vec3 {
    let frame = render(s, &proof(16), frame);
    frame.radiance.iter().map(|c| Vec3::from(*c)).sum::<Vec3>() / frame.radiance.len() as f32
}

fn assert_close(got: Vec3, expected: Vec3, part: f32, what: &str) {
    assert!(((got - expected) / expected).abs().max_element() < part, "{what}: {got}, not {expected}");
}

/// How bright a shell of radius 2 is within, with a ball of radius 1 in its middle or without.
fn in_a_shell(albedo: f32, light: impl Fn(&mut Scene), solid: Option<Material>) -> f32 {
    let camera = Camera::look_at(Vec3::new(0.0, -1.6, 0.5), Vec3::new(0.5, -2.0, 1.0), 0.8);
    let mut s = scene(camera, Vec3::ZERO, &[("shell", lambert(albedo))], vec![ball(1, 2.0, "shell")]);
    light(&mut s);
    if let Some(solid) = solid {
        s.materials.insert("solid".into(), solid);
        s.objects.push(ball(2, 1.0, "solid"));
    }
    mean(&render(&s, &proof(256), 0))
}

fn lamp(shape: LightShape, pose: Pose) -> Light {
    Light { name: "lamp".into(), shape, pose, radiance: Vec3::splat(5.0), power: Power::FULL, visible_to_camera: true }
}

/// A ball of clear glass sends out every bit of what a lamp in its middle gives, so that the shell around it is as bright as without it.
#[test]
fn lamps_give_the_same_power_through_glass() {
    let round = |s: &mut Scene| s.lights.push(lamp(LightShape::Sphere { radius: 0.5 }, Pose::IDENTITY));
    let [bare, within] = [None, Some(glass(IOR))].map(|solid| in_a_shell(0.5, round, solid));
    assert!((within / bare - 1.0).abs() < 0.02, "{within} for {bare}");
    // An object that shines does not let through what comes back to it: 4 % and a little.
    let shining = |s: &mut Scene| {
        s.materials.insert("core".into(), Material { emission: Vec3::splat(5.0), ..lambert(0.0) });
        s.objects.push(ball(3, 0.5, "core"));
    };
    let [bare, within] = [None, Some(glass(IOR))].map(|solid| in_a_shell(0.1, shining, solid));
    assert!((0.92..1.0).contains(&(within / bare)), "{within} for {bare}");
}

/// The same for those whose light leaves a ball of glass in other directions than it came: bounds.
#[test]
fn lamps_that_shine_one_way_give_no_more_through_glass() {
    let down = Pose::from_translation(Vec3::Z * 0.1);
    let spot = LightShape::Spot { radius: 0.3, inner_angle: 0.5, outer_angle: 0.9 };
    for shape in [LightShape::Rect { size: Vec2::splat(0.6) }, LightShape::Disk { radius: 0.3 }, spot] {
        let light = lamp(shape.clone(), down);
        let [bare, within] =
            [None, Some(glass(IOR))].map(|solid| in_a_shell(0.8, |s: &mut Scene| s.lights.push(light.clone()), solid));
        assert!((0.85..1.06).contains(&(within / bare)), "{shape:?}: {within} for {bare}");
    }
}

/// Walls that shine with 0.5 and reflect 0.5 add up to 1, in a medium to 1 / n²; from either side of how light is found.
#[test]
fn furnaces_filled_with_glass_glow_evenly() {
    let walls = Material { emission: Vec3::splat(0.5), ..lambert(0.5) };
    for (shape, ior, priority) in [
        (Shape::Box { half_extents: Vec3::new(1.0, 1.2, 0.8), bevel: 0.0 }, 1.33, 0),
        (Shape::Sphere { radius: 1.5 }, 1.5, 0),
        (Shape::Sphere { radius: 1.5 }, 1.8, 3),
    ] {
        let camera = Camera::look_at(Vec3::new(0.2, 0.1, 0.0), Vec3::new(-1.0, 0.5, 0.2), 1.2);
        let around = Material { priority, ..glass(ior) };
        let objects = vec![object(1, shape.clone(), "walls", Pose::IDENTITY), ball(2, 4.0, "solid")];
        let s = scene(camera, Vec3::ZERO, &[("walls", walls.clone()), ("solid", around)], objects);
        let (got, expected) = (mean(&render(&s, &proof(16), 0)), 1.0 / (ior * ior));
        assert!((got / expected - 1.0).abs() < 0.025, "{shape:?} of {ior}: {got}, not {expected}");
    }
}

/// Under an even sky of 1 a camera sees 1 everywhere, whatever clear solids it is in.
#[test]
fn a_white_sky_is_white_from_inside() {
    let solids = [("a", glass(1.5)), ("b", Material { priority: 1, ..glass(1.33) }), ("c", glass(2.2))];
    for inside in [vec![ball(1, 2.0, "a")], vec![ball(1, 2.0, "a"), ball(2, 1.5, "b"), ball(3, 3.0, "c")]] {
        let s = scene(Camera::look_at(Vec3::new(0.2, -0.3, 0.1), Vec3::Y, 1.0), Vec3::ONE, &solids, inside.clone());
        let got = mean(&render(&s, &proof(32), 0));
        assert!((got - 1.0).abs() < 0.01, "{} solids: {got}", inside.len());
    }
}

/// What a sky and a sun give into a medium without a floor, seen through its surface from above.
#[test]
fn a_sky_seen_from_inside_is_divided_too() {
    let fresnel = ((IOR - 1.0) / (IOR + 1.0)).powi(2);
    let surface = object(1, Shape::Plane { size: Vec2::splat(50.0) }, "water", Pose::IDENTITY);
    let down = Camera { pose: Pose::from_translation(Vec3::Z), ..Camera::look_at(Vec3::Z, Vec3::ZERO, 0.01) };
    let mut s = scene(down, Vec3::ONE, &[("water", glass(IOR)), ("floor", lambert(0.1))], vec![surface]);
    let expected = (1.0 - fresnel) / (IOR * IOR) + fresnel;
    let got = mean(&render(&s, &proof(256), 0));
    assert!((got / expected - 1.0).abs() < 0.01, "{got}, not {expected}");
    // A sun just below the horizon lights a small slope without crossing the surface.
    let slope = Pose::new(Vec3::NEG_Z, Quat::from_rotation_y(0.8));
    s.objects.push(object(2, Shape::Plane { size: Vec2::splat(0.2) }, "floor", slope));
    let sun = Sun { direction: Vec3::new(1.0, 0.0, -0.02).normalize(), irradiance: Vec3::splat(3.0), angular_radius: 0.01 };
    let dark = Vec3::ZERO;
    s.environment = Environment::Gradient { zenith: dark, horizon: dark, ground: dark, sun: Some(sun) };
    let within = mean(&render(&s, &proof(256), 0));
    s.objects.remove(0);
    let bare = mean(&render(&s, &proof(16), 0));
    let expected = bare * (1.0 - fresnel) / (IOR * IOR);
    assert!(bare > 0.0 && (within / expected - 1.0).abs() < 0.03, "{within}, not {expected}");
}

/// Two metres of what leaves 1/2, 1/4 and 1/8 of light after one.
#[test]
fn a_medium_absorbs_from_the_camera_on() {
    let half = Vec3::new(0.5, 0.25, 0.125);
    let boxed =
        |id, material: &str| object(id, Shape::Box { half_extents: Vec3::splat(5.0), bevel: 0.2 }, material, Pose::IDENTITY);
    for solid in [ball(1, 8.0, "a"), boxed(1, "a")] {
        for ior in [1.0, 1.4] {
            let s = before_a_wall(&[("a", filled(ior, half))], vec![solid.clone()]);
            assert_close(mean_color(&s, 0), half * half / (ior * ior), 0.01, "one medium");
        }
    }
    // Nested: the one of the higher priority is there, of equal ones the smaller.
    let other = Vec3::new(0.9, 0.8, 0.7);
    for (priorities, expected) in [([0, 0], other), ([0, 1], other), ([1, 0], half)] {
        let [a, b] = priorities;
        let materials =
            [("a", Material { priority: a, ..filled(1.0, half) }), ("b", Material { priority: b, ..filled(1.0, other) })];
        let s = before_a_wall(&materials, vec![ball(1, 4.0, "b"), boxed(2, "a")]);
        assert_close(mean_color(&s, 0), expected * expected, 0.01, &format!("priorities {priorities:?}"));
        let s = before_a_wall(&materials, vec![boxed(2, "a"), ball(1, 4.0, "b")]);
        assert_close(mean_color(&s, 0), expected * expected, 0.01, "the order of objects says nothing");
    }
}

/// A camera that goes into water, and one that water rises around: each frame starts in what is there. Blur is the mean of both sides.
#[test]
fn what_the_camera_is_in_is_found_frame_by_frame() {
    let half = Vec3::new(0.5, 0.25, 0.125);
    let mut s = before_a_wall(&[("a", filled(1.0, half))], vec![ball(1, 1.25, "a")]);
    let at = |y: f32| Pose { translation: Vec3::Y * y, ..s.camera.pose };
    // Before the water, then within it.
    let track = [-2.0, -0.75, -0.5, 0.5].map(at).to_vec();
    s.camera.track = Some(Track { poses: track });
    s.animation = Some(Animation { frames: 4, fps: 25 });
    for (frame, metres) in [2.25, 1.75, 1.5, 0.5].into_iter().enumerate() {
        assert_close(mean_color(&s, frame), half.powf(metres), 0.01, &format!("frame {frame}"));
    }
    let mut still = before_a_wall(&[("a", filled(1.0, half))], vec![ball(1, 1.25, "a")]);
    let there = |y: f32| Pose::from_translation(Vec3::Y * y);
    still.objects[0].track = Some(Track { poses: vec![there(1.0), there(0.0), there(-0.5), there(-4.0)] });
    still.animation = Some(Animation { frames: 4, fps: 25 });
    let renderer = renderer();
    let mut clip = renderer.clip(&still, &proof(4)).expect("valid");
    for (frame, metres) in [1.25, 2.0, 1.75, 0.0].into_iter().enumerate() {
        let seen = clip.frame(frame, &[Output::Radiance], &mut |_| ControlFlow::Continue(())).expect("renders");
        let got = seen.radiance.iter().map(|c| Vec3::from(*c)).sum::<Vec3>() / seen.radiance.len() as f32;
        assert_close(got, half.powf(metres), 0.01, &format!("water that moves, frame {frame}"));
    }
    drop(clip);
    drop(renderer);
    // Half a frame before frame 1 the camera is still outside.
    s.camera.shutter = 1.0;
    let settings = proof(16);
    let moments = (0..16).map(|i| 0.5 + (i as f32 + 0.5) / 16.0);
    let camera_y = |t: f32| if t < 1.0 { -2.0 + 1.25 * t } else { -0.75 + 0.25 * (t - 1.0) };
    let expected = moments.map(|t| half.powf((1.0 - camera_y(t)).min(2.25))).sum::<Vec3>() / 16.0;
    let frame = render(&s, &settings, 1);
    let got = frame.radiance.iter().map(|c| Vec3::from(*c)).sum::<Vec3>() / frame.radiance.len() as f32;
    assert_close(got, expected, 0.01, "while the shutter is open");
}

/// A surface through the lens would put its parts into two media.
#[test]
fn a_lens_lies_on_one_side_of_a_surface() {
    let lens = |aperture: f32, solid: Object| {
        let mut s = before_a_wall(&[("a", glass(1.5))], vec![solid]);
        s.camera.aperture = aperture;
        renderer().clip(&s, &proof(1)).err().map(|e| e.to_string())
    };
    let boxed = |half: Vec3| object(1, Shape::Box { half_extents: half, bevel: 0.0 }, "a", Pose::IDENTITY);
    // The lens is at y = -1, in the plane of x and z.
    for (aperture, solid, fits) in [
        (0.1, ball(1, 3.0, "a"), true),
        (0.1, ball(1, 1.02, "a"), true),
        (0.25, ball(1, 1.02, "a"), false),
        (0.0, ball(1, 1.0001, "a"), true),
        (0.1, boxed(Vec3::splat(2.0)), true),
        (0.1, boxed(Vec3::new(0.05, 2.0, 2.0)), false),
        (0.1, boxed(Vec3::new(0.15, 2.0, 2.0)), true),
        (0.1, boxed(Vec3::new(2.0, 0.99, 2.0)), true),
    ] {
        let error = lens(aperture, solid.clone());
        assert_eq!(error.is_none(), fits, "{aperture} in {:?}: {error:?}", solid.shape);
        if let Some(error) = error {
            assert!(error.contains("lens") && error.contains("object 1") && error.contains("frame 0"), "{error}");
        }
    }
}

/// A thing that is left out is not around the camera either.
#[test]
fn a_camera_is_not_in_what_is_left_out() {
    let color = Vec3::new(0.5, 0.25, 0.125);
    let materials = [("a", filled(1.33, color)), ("wall", Material { emission: Vec3::ONE, ..lambert(0.0) })];
    let camera = Camera::look_at(Vec3::NEG_Y, Vec3::ZERO, 0.05);
    let s = scene(camera, Vec3::ZERO, &materials, vec![ball(1, 4.0, "a"), across(9, "wall", 4.0, 1.0)]);
    let renderer = renderer();
    let mut clip = renderer.clip(&s, &small(4)).expect("valid");
    let quiet = &mut |_: crate::Progress| ControlFlow::Continue(());
    let with = clip.frame(0, &FULL, quiet).expect("renders");
    assert_near("with", planted::mean(&with), color * color / (1.33 * 1.33), 1e-3);
    let without = clip.frame_without(&["object 1"], 0, &FULL, quiet).expect("renders");
    assert_near("without", planted::mean(&without), Vec3::ONE, 1e-3);
}

/// What is seen through a surface from inside of a solid is absorbed from the camera on.
#[test]
fn mirrors_and_glass_are_looked_through_from_inside() {
    let color = Vec3::new(0.5, 0.25, 0.125);
    let tank = Shape::Box { half_extents: Vec3::splat(1.0), bevel: 0.0 };
    let s = scene(
        Camera::look_at(Vec3::NEG_Y, Vec3::ZERO, 0.02),
        Vec3::ONE,
        &[("water", filled(1.33, color)), ("wall", lambert(0.5))],
        vec![object(1, tank, "water", Pose::from_translation(Vec3::NEG_Y)), across(9, "wall", 4.0, 1.0)],
    );
    let renderer = renderer();
    let mut clip = renderer.clip(&s, &proof(1)).expect("the scene is valid");
    let Passes { specular_id, specular_throughput, .. } = super::passes(&mut clip, 0, &[Pass::Id, Pass::SpecularId]);
    assert!(specular_id.iter().all(|id| *id == 9));
    let expected = color * (1.0 - (0.33f32 / 2.33).powi(2));
    assert!(specular_throughput.iter().all(|t| Vec3::from(*t).distance(expected) < 2e-3), "{:?}", specular_throughput[0]);
}

/// Surfaces that come upon a lens later, while it is exposed, or from beside are found.
#[test]
fn a_lens_is_looked_after_in_every_moment() {
    let refused = |places: &[f32], shutter: f32, shape: Shape, aperture: f32| {
        let mut camera = Camera::look_at(Vec3::ZERO, Vec3::Y, 0.5);
        (camera.aperture, camera.shutter) = (aperture, shutter);
        let comes = object(1, shape, "a", Pose::IDENTITY).moving(places.iter().map(|x| Pose::from_translation(Vec3::X * *x)));
        let mut s = scene(camera, Vec3::ONE, &[("a", glass(1.5))], vec![comes]);
        s.animation = Some(Animation { frames: places.len() as u32, fps: 10 });
        renderer().clip(&s, &proof(16)).err().map(|e| e.to_string())
    };
    let ball = Shape::Sphere { radius: 0.3 };
    assert_eq!(refused(&[2.0, 2.0], 0.0, ball.clone(), 0.1), None);
    let later = refused(&[2.0, 0.3], 0.0, ball.clone(), 0.1).expect("it lies across the lens");
    assert!(later.contains("frame 1"), "{later}");
    // It passes between two frames.
    assert_eq!(refused(&[-1.0, 1.0], 0.0, ball.clone(), 0.1), None);
    assert!(refused(&[-1.0, 1.0], 1.0, ball, 0.1).is_some());
    // Its box does not hold the lens's middle.
    let boxed = Shape::Box { half_extents: Vec3::splat(0.5), bevel: 0.0 };
    assert!(refused(&[0.6], 0.0, boxed.clone(), 0.2).is_some());
    assert_eq!(refused(&[0.6], 0.0, boxed, 0.05), None);
}
