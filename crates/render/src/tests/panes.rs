//! Thin smooth sheets: direct light goes straight through them, weakened as closed forms say, counted once.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Absorption, Camera, Environment, Light, LightShape, Material, Object, Pose, Power, Shape, Sun};

use super::{mean, object, proof, render, scene};
use crate::RenderSettings;

fn pane() -> Material {
    Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, thin: true, ior: 1.5, ..Material::default() }
}

/// What a sheet of index 1.5 reflects of light that comes straight, to and fro between its faces.
const REFLECTED: f32 = 2.0 * 0.04 / 1.04;

/// A black floor, so that nothing comes back to it, seen from the side, below a sun straight above; the floor's brightness.
fn below_a_sun(angular_radius: f32, pane: &Material, panes: Vec<Object>) -> f32 {
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 0.6), Vec3::ZERO, 0.01);
    let floor = Material { base_color: Vec3::splat(0.01), roughness: 1.0, specular: 0.0, ..Material::default() };
    let mut objects = vec![object(1, Shape::Plane { size: Vec2::splat(60.0) }, "floor", Pose::IDENTITY)];
    objects.extend(panes);
    let mut s = scene(camera, Vec3::ZERO, &[("floor", floor), ("pane", pane.clone())], objects);
    let sun = Sun { direction: Vec3::Z, irradiance: Vec3::splat(3.0), angular_radius };
    let dark = Vec3::ZERO;
    s.environment = Environment::Gradient { zenith: dark, horizon: dark, ground: dark, sun: Some(sun) };
    let frame = render(&s, &proof(256), 0);
    // What mirrors bundle of a small sun is found by few paths, as bright dots.
    let mut green: Vec<f32> = frame.radiance.iter().map(|c| c[1]).collect();
    green.sort_by(f32::total_cmp);
    if angular_radius < 0.01 { green[green.len() / 2] } else { mean(&frame) }
}

/// Above the floor and the camera.
fn sheet(id: u16, z: f32) -> Object {
    object(id, Shape::Plane { size: Vec2::splat(4.0) }, "pane", Pose::from_translation(Vec3::Z * z))
}

#[test]
fn a_sun_shines_through_sheets_in_a_row() {
    for angular_radius in [0.00465, 0.15] {
        let bare = below_a_sun(angular_radius, &pane(), Vec::new());
        for count in 1..=4u16 {
            let sheets = (0..count).map(|i| sheet(2 + i, 1.0 + 0.3 * f32::from(i))).collect();
            let got = below_a_sun(angular_radius, &pane(), sheets) / bare;
            // A small sun is not found by what goes to and fro between sheets; of a large one all of it is.
            let straight = (1.0 - REFLECTED).powi(i32::from(count));
            let all = 1.0 / (1.0 + f32::from(count) * REFLECTED / (1.0 - REFLECTED));
            let (least, most) = if angular_radius < 0.01 { (straight, all) } else { (all, all) };
            assert!((least * 0.985..most * 1.015).contains(&got), "{angular_radius}, {count}: {got}, not {least} to {most}");
        }
    }
}

#[test]
fn tint_metal_coat_and_transmission_weaken_it() {
    let bare = below_a_sun(0.00465, &pane(), Vec::new());
    let tint = Some(Absorption { color: Vec3::splat(0.5), distance: 1.0 });
    let clear = 1.0 - REFLECTED;
    for (name, material, expected) in [
        ("tint", Material { absorption: tint, ..pane() }, 0.5 * clear),
        ("half transmitted", Material { transmission: 0.5, ..pane() }, 0.5 * clear),
        ("a third metal", Material { metallic: 0.333, ..pane() }, 0.667 * clear),
        // A varnish reflects 4 % at either way through it.
        ("coat", Material { coat: 1.0, coat_roughness: 0.5, ..pane() }, 0.96 * 0.96 * clear),
        ("half there", Material { opacity: 0.5, ..pane() }, 0.5 + 0.5 * clear),
        ("of no index", Material { ior: 1.0, ..pane() }, 1.0),
    ] {
        let got = below_a_sun(0.00465, &material, vec![sheet(2, 1.0)]) / bare;
        assert!((got / expected - 1.0).abs() < 0.03, "{name}: {got}, not {expected}");
    }
    // What is rough spreads light: a small sun is left to chance.
    let got = below_a_sun(0.00465, &Material { roughness: 0.2, ..pane() }, vec![sheet(2, 1.0)]) / bare;
    assert!(got < 1.2, "{got}");
}

/// A bubble is two sheets to a ray, from outside and from inside, and as a mesh too.
#[test]
fn light_goes_through_bubbles() {
    let bare = below_a_sun(0.00465, &pane(), Vec::new());
    let bubble = |z: f32, radius: f32| object(2, Shape::Sphere { radius }, "pane", Pose::from_translation(Vec3::Z * z));
    let boxed = object(2, Shape::Box { half_extents: Vec3::splat(0.4), bevel: 0.0 }, "pane", Pose::from_translation(Vec3::Z));
    let through = 1.0 - REFLECTED;
    for (name, thing, expected) in
        [("above", bubble(1.0, 0.5), through * through), ("around", bubble(0.0, 5.0), through), ("box", boxed, through * through)]
    {
        let got = below_a_sun(0.00465, &pane(), vec![thing]) / bare;
        assert!((got / expected - 1.0).abs() < 0.03, "{name}: {got}, not {expected}");
    }
}

/// A pane before the camera takes what it reflects and no bounce; passes show the pane.
#[test]
fn a_pane_is_no_bounce_and_is_still_seen() {
    let camera = Camera::look_at(Vec3::new(0.0, -2.0, 2.0), Vec3::ZERO, 0.3);
    let floor = Material { base_color: Vec3::splat(0.02), roughness: 1.0, specular: 0.0, ..Material::default() };
    let ground = object(1, Shape::Plane { size: Vec2::splat(9.0) }, "floor", Pose::IDENTITY);
    let facing = camera.pose.rotation;
    let window = object(2, Shape::Plane { size: Vec2::splat(0.9) }, "pane", Pose::new(Vec3::new(0.013, -1.0, 1.0), facing));
    let mut s = scene(camera, Vec3::ZERO, &[("floor", floor), ("pane", pane())], vec![ground, window]);
    s.lights.push(Light {
        name: "lamp".into(),
        shape: LightShape::Sphere { radius: 0.05 },
        pose: Pose::from_translation(Vec3::new(2.5, 0.5, 1.5)),
        radiance: Vec3::splat(50.0),
        power: Power::FULL,
        visible_to_camera: false,
    });
    for max_bounces in [Some(0), Some(1), None] {
        let settings = RenderSettings { max_bounces, ..proof(128) };
        let with = render(&s, &settings, 0);
        let other = with.passes.object_id.iter().position(|id| *id != 2);
        assert_eq!(other, None, "the pane is seen first");
        let mut without = s.clone();
        without.objects.pop();
        let got = mean(&with) / mean(&render(&without, &settings, 0));
        assert!((got / (1.0 - REFLECTED) - 1.0).abs() < 0.02, "{max_bounces:?}: {got}");
    }
    // The lamp that the camera does not see stays unseen through the pane.
    s.camera = Camera::look_at(Vec3::new(0.0, -2.0, 2.0), Vec3::new(2.5, 0.5, 1.5), 0.05);
    s.objects[1].pose = Pose::new(Vec3::new(0.3, -1.5, 1.9), s.camera.pose.rotation);
    s.objects[0].pose = Pose::new(Vec3::NEG_Z * 5.0, Quat::IDENTITY);
    let seen = mean(&render(&s, &proof(16), 0));
    assert!(seen < 1.0, "{seen}");
}
