//! Thin smooth sheets: direct light goes straight through them, weakened as closed forms say, counted once.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{
    Absorption, Camera, Environment, Image, Light, LightShape, Maps, Material, Mesh, Object, Pose, Power, Role, Scene, Shape, Sun,
};

use super::planted::{self, as_it_is, assert_near, show, small};
use super::things::{around, glass, lambert, lamp, pane};
use super::{mean, object, proof, render, scene};
use crate::RenderSettings;

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
        let bare = below_a_sun(angular_radius, &pane(1.5), Vec::new());
        for count in 1..=4u16 {
            let sheets = (0..count).map(|i| sheet(2 + i, 1.0 + 0.3 * f32::from(i))).collect();
            let got = below_a_sun(angular_radius, &pane(1.5), sheets) / bare;
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
    let bare = below_a_sun(0.00465, &pane(1.5), Vec::new());
    let tint = Some(Absorption { color: Vec3::splat(0.5), distance: 1.0 });
    let clear = 1.0 - REFLECTED;
    for (name, material, expected) in [
        ("tint", Material { absorption: tint, ..pane(1.5) }, 0.5 * clear),
        ("half transmitted", Material { transmission: 0.5, ..pane(1.5) }, 0.5 * clear),
        ("a third metal", Material { metallic: 0.333, ..pane(1.5) }, 0.667 * clear),
        // A varnish reflects 4 % at either way through it.
        ("coat", Material { coat: 1.0, coat_roughness: 0.5, ..pane(1.5) }, 0.96 * 0.96 * clear),
        ("half there", Material { opacity: 0.5, ..pane(1.5) }, 0.5 + 0.5 * clear),
        ("of no index", Material { ior: 1.0, ..pane(1.5) }, 1.0),
    ] {
        let got = below_a_sun(0.00465, &material, vec![sheet(2, 1.0)]) / bare;
        assert!((got / expected - 1.0).abs() < 0.03, "{name}: {got}, not {expected}");
    }
    // What is rough spreads light: a small sun is left to chance.
    let got = below_a_sun(0.00465, &Material { roughness: 0.2, ..pane(1.5) }, vec![sheet(2, 1.0)]) / bare;
    assert!(got < 1.2, "{got}");
}

/// A bubble is two sheets to a ray, from outside and from inside, and as a mesh too.
#[test]
fn light_goes_through_bubbles() {
    let bare = below_a_sun(0.00465, &pane(1.5), Vec::new());
    let bubble = |z: f32, radius: f32| object(2, Shape::Sphere { radius }, "pane", Pose::from_translation(Vec3::Z * z));
    let boxed = object(2, Shape::Box { half_extents: Vec3::splat(0.4), bevel: 0.0 }, "pane", Pose::from_translation(Vec3::Z));
    let through = 1.0 - REFLECTED;
    for (name, thing, expected) in
        [("above", bubble(1.0, 0.5), through * through), ("around", bubble(0.0, 5.0), through), ("box", boxed, through * through)]
    {
        let got = below_a_sun(0.00465, &pane(1.5), vec![thing]) / bare;
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
    let mut s = scene(camera, Vec3::ZERO, &[("floor", floor), ("pane", pane(1.5))], vec![ground, window]);
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

/// Looks down at a floor from beside what hangs above it, a metre high, below a lamp in a height of two metres; direct light alone.
fn below(things: Vec<Object>, materials: &[(&str, Material)], change: impl Fn(&mut Scene)) -> f32 {
    let camera = Camera::look_at(Vec3::new(0.0, -2.0, 0.3), Vec3::ZERO, 0.005);
    let floor = object(1, Shape::Plane { size: Vec2::splat(4.0) }, "floor", Pose::IDENTITY);
    let mut objects = vec![floor];
    objects.extend(things.into_iter().map(|o| Object { role: Role::Backdrop, ..o }));
    let mut s = scene(camera, Vec3::ZERO, &[("floor", lambert(0.5))], objects);
    s.materials.extend(materials.iter().map(|(name, m)| ((*name).to_owned(), m.clone())));
    s.lights.push(lamp(LightShape::Disk { radius: 0.02 }, Pose::from_translation(Vec3::Z * 2.0), 100.0));
    change(&mut s);
    planted::mean(&show(&s, &RenderSettings { max_bounces: Some(0), ..small(16) }, 0, &as_it_is)).x
}

/// A square with an image over it, in a height of one metre.
fn mapped_sheet(s: &mut Scene, pixel: [u8; 4]) {
    let mesh = Mesh {
        positions: [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)].map(|(x, y)| Vec3::new(x, y, 0.0)).to_vec(),
        texcoords: [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(u, v)| Vec2::new(u, v)).to_vec(),
        triangles: vec![[0, 3, 2], [0, 2, 1]],
        ..Mesh::default()
    };
    s.meshes.insert("sheet".into(), mesh);
    s.images.insert("i".into(), Image::srgb8(1, 1, vec![pixel]).expect("it fits"));
    s.objects.push(object(2, Shape::Mesh { mesh: "sheet".into() }, "pane", Pose::from_translation(Vec3::Z)));
}

/// What a thin sheet of relative index n reflects, to and fro, of light that comes under an angle (Fresnel).
fn reflected(n: f32, cos_i: f32) -> f32 {
    let cos_t = (1.0 - (1.0 - cos_i * cos_i) / (n * n)).sqrt();
    let [s, p] = [(cos_i - n * cos_t) / (cos_i + n * cos_t), (n * cos_i - cos_t) / (n * cos_i + cos_t)];
    let f = 0.5 * (s * s + p * p);
    2.0 * f / (1.0 + f)
}

/// Light that is sampled directly meets panes as paths do: against the medium around them, by their images and normal maps, as far as the
/// lamp and no farther, and not at all where they are rough.
#[test]
fn direct_light_meets_panes_as_paths_do() {
    let nothing = |_: &mut Scene| ();
    let plane = || object(2, Shape::Plane { size: Vec2::splat(2.0) }, "pane", Pose::from_translation(Vec3::Z));
    let bare = below(vec![], &[], nothing);
    let close = |what: &str, got: f32, expected: f32| assert_near(what, Vec3::splat(got), Vec3::splat(expected), 1e-3);
    close("a pane", below(vec![plane()], &[("pane", pane(1.5))], nothing) / bare, 1.0 - reflected(1.5, 1.0));
    let water = [("water", glass(1.33))];
    let in_water = below(vec![around("water")], &water, nothing);
    close("water", in_water / bare, 1.0 / (1.33 * 1.33));
    for ior in [1.33, 1.5] {
        let got = below(vec![plane(), around("water")], &[("water", glass(1.33)), ("pane", pane(ior))], nothing) / in_water;
        close(&format!("{ior} in water"), got, 1.0 - reflected(ior / 1.33, 1.0));
    }
    let bubble = object(2, Shape::Sphere { radius: 0.3 }, "pane", Pose::from_translation(Vec3::Z * 2.0));
    close("a lamp in a bubble", below(vec![bubble], &[("pane", pane(1.5))], nothing) / bare, 1.0 - reflected(1.5, 1.0));
    let rough = Material { roughness: 0.2, ..pane(1.5) };
    assert_eq!(below(vec![plane()], &[("pane", rough.clone())], nothing), 0.0, "rough");
    // Smooth, and half a metal, by an image; a quarter of that is a metal's.
    let maps = Maps { metallic_roughness: Some("i".into()), ..Maps::default() };
    let rough_by_image = Material { maps: maps.clone(), ..rough.clone() };
    assert_eq!(below(vec![], &[("pane", rough_by_image)], |s| mapped_sheet(s, [0, 255, 0, 255])), 0.0, "rough by an image");
    for (metallic, left) in [(0.5, 1.0 - 0.5 * 128.0 / 255.0), (1.0, 1.0 - 128.0 / 255.0)] {
        let by_image = Material { metallic, maps: maps.clone(), ..rough.clone() };
        let got = below(vec![], &[("pane", by_image)], |s| mapped_sheet(s, [0, 0, 128, 255])) / bare;
        close(&format!("an image, metallic {metallic}"), got, left * (1.0 - reflected(1.5, 1.0)));
    }
    // A normal that leans by 60 degrees is bent until what it mirrors is a hundredth above the sheet.
    let leaning = Material { maps: Maps { normal: Some("i".into()), ..Maps::default() }, ..pane(1.5) };
    let (x, z) = (2.0 * 238.0 / 255.0 - 1.0, 2.0 * 191.0 / 255.0 - 1.0);
    let aside = (2.0 * f32::atan2(x, z)).sin();
    let angle = 0.5 * f32::atan2(aside, 0.01);
    let got = below(vec![], &[("pane", leaning)], |s| mapped_sheet(s, [238, 128, 191, 255])) / bare;
    close("a normal map", got, 1.0 - reflected(1.5, angle.cos()));
}
