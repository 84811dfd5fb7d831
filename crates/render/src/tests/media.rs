//! Emitters, cameras, lamps, panes and clips within clear solids, each against a closed form.
//!
//! Seeds are fixed. Direct light alone has no noise where both sides are of the same points; elsewhere the standard deviation is a fifth
//! of the tolerance or less: a false alarm, when code changes, has a chance below 1e-5.

use std::f32::consts::{FRAC_PI_2, FRAC_PI_4};
use std::ops::ControlFlow;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{
    Absorption, Animation, Camera, Environment, Image, Light, LightShape, Maps, Material, Mesh, Object, Pose, Power, Role, Scene,
    Shape, Sun,
};

use super::planted::{as_it_is, mean, near, show, small};
use super::{FULL, object, over_time, proof, renderer, scene};
use crate::{Frame, Pass, Passes, RenderSettings};

fn lambert(albedo: f32) -> Material {
    Material { base_color: Vec3::splat(albedo), roughness: 1.0, specular: 0.0, ..Material::default() }
}

fn glass(ior: f32) -> Material {
    Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, ior, ..Material::default() }
}

fn filled(ior: f32, left_after_a_metre: Vec3) -> Material {
    Material { absorption: Some(Absorption { color: left_after_a_metre, distance: 1.0 }), ..glass(ior) }
}

fn pane(ior: f32) -> Material {
    Material { thin: true, ..glass(ior) }
}

fn ball(id: u16, radius: f32, material: &str) -> Object {
    object(id, Shape::Sphere { radius }, material, Pose::IDENTITY)
}

/// Around everything; it is not what the lights are chosen for.
fn around(material: &str) -> Object {
    Object { role: Role::Backdrop, ..ball(90, 8.0, material) }
}

/// A square across the view along y.
fn across(id: u16, material: &str, size: f32, y: f32) -> Object {
    let pose = Pose::new(Vec3::Y * y, Quat::from_rotation_x(FRAC_PI_2));
    object(id, Shape::Plane { size: Vec2::splat(size) }, material, pose)
}

fn lamp(shape: LightShape, pose: Pose, radiance: f32) -> Light {
    let radiance = Vec3::splat(radiance);
    Light { name: "lamp".into(), shape, pose, radiance, power: Power::FULL, visible_to_camera: false }
}

fn assert_near(what: &str, got: Vec3, expected: Vec3, tolerance: f32) {
    near(what, got, expected, tolerance).unwrap_or_else(|e| panic!("{e}"));
}

/// Light alone that comes straight from lamps.
fn direct(samples: u32) -> RenderSettings {
    RenderSettings { max_bounces: Some(0), ..proof(samples) }
}

/// Air in a shell, water in the air, glass in the water, a bubble in the glass. All that is opaque reflects half and shines with half of
/// n²: light is in balance, and a camera sees 1 from wherever it looks.
#[test]
fn where_light_is_in_balance_every_camera_sees_one() {
    let shines = |ior: f32| Material { emission: Vec3::splat(0.5 * ior * ior), ..lambert(0.5) };
    let at =
        |id, shape, material: &str, x: f32, y: f32| object(id, shape, material, Pose::from_translation(Vec3::new(x, y, 0.0)));
    let materials = [
        ("in air", shines(1.0)),
        ("in water", shines(1.33)),
        ("in glass", shines(1.5)),
        ("water", glass(1.33)),
        ("glass", Material { priority: 1, ..glass(1.5) }),
        ("bubble", Material { priority: 2, ..glass(1.0) }),
    ];
    let objects = vec![
        ball(1, 3.0, "in air"),
        ball(2, 2.0, "water"),
        ball(3, 1.2, "glass"),
        ball(4, 0.5, "bubble"),
        at(5, Shape::Box { half_extents: Vec3::splat(0.2), bevel: 0.0 }, "in air", 2.45, 0.0),
        at(6, Shape::Sphere { radius: 0.25 }, "in water", 0.3, 1.6),
        at(7, Shape::Plane { size: Vec2::splat(0.5) }, "in glass", -0.1, 0.85),
        at(8, Shape::Sphere { radius: 0.1 }, "in air", 0.1, 0.1),
    ];
    for (place, y) in [("air", -2.5), ("water", -1.6), ("glass", -0.85), ("the bubble", -0.3)] {
        let camera = Camera::look_at(Vec3::new(0.05, y, 0.02), Vec3::new(0.2, 1.0, 0.0), 1.2);
        let s = scene(camera, Vec3::ZERO, &materials, objects.clone());
        let frame = show(&s, &proof(32), 0, &as_it_is);
        assert_near(place, mean(&frame), Vec3::ONE, 0.01);
        // What shines itself, and what is seen through one surface or more.
        let seen: std::collections::BTreeSet<u16> = frame.passes.object_id.iter().copied().collect();
        assert!(seen.len() > 1, "{place}: {seen:?}");
    }
}

/// A ball whose walls shine with E and reflect a, full of what leaves c of light after a metre: walls send each other
/// B = E + a T B, where T is the mean of c^(2 R cos) by cosine; to the middle it is R.
#[test]
fn a_furnace_full_of_what_absorbs_glows_as_its_integral_says() {
    let (radius, albedo, shine) = (1.5f32, 0.6f32, 0.4f32);
    let color = Vec3::new(0.9, 0.6, 0.3);
    for ior in [1.0, 1.33] {
        let walls = Material { emission: Vec3::splat(shine), ..lambert(albedo) };
        let materials = [("walls", walls), ("full", filled(ior, color))];
        let camera = Camera::look_at(Vec3::ZERO, Vec3::new(-1.0, 0.5, 0.2), 1.2);
        let s = scene(camera, Vec3::ZERO, &materials, vec![ball(1, radius, "walls"), around("full")]);
        let expected = color.to_array().map(|c| {
            let depth = -2.0 * radius * c.ln();
            let through = 2.0 * (1.0 - (1.0 + depth) * (-depth).exp()) / (depth * depth);
            shine / (1.0 - albedo * through) * c.powf(radius) / (ior * ior)
        });
        assert_near(&format!("index {ior}"), mean(&show(&s, &proof(32), 0, &as_it_is)), expected.into(), 0.015);
    }
}

/// A floor with a box that moves on it, below one of what shines; it has half its power in the second frame, which is shown.
fn floor_below(kind: &str, medium: Option<Material>) -> Frame {
    let camera = Camera::look_at(Vec3::new(0.0, -1.5, 0.9), Vec3::ZERO, 0.8);
    let floor = object(1, Shape::Plane { size: Vec2::splat(4.0) }, "floor", Pose::IDENTITY);
    let moves = object(2, Shape::Box { half_extents: Vec3::splat(0.1), bevel: 0.0 }, "floor", Pose::IDENTITY)
        .moving([0.3, -0.1].map(|x| Pose::from_translation(Vec3::new(x, 0.0, 0.1))));
    let power = Power(vec![1.0, 0.5]);
    let shining = Material { emission: Vec3::splat(5.0), emission_power: power.clone(), ..lambert(0.0) };
    let mut s = scene(camera, Vec3::ZERO, &[("floor", lambert(0.5)), ("shining", shining)], vec![floor, moves]);
    s.animation = Some(Animation { frames: 2, fps: 10 });
    let high = Pose::from_translation(Vec3::new(0.2, 0.1, 1.0));
    let mut shape = |shape: Shape| s.objects.push(object(3, shape, "shining", high));
    match kind {
        "shining ball" => shape(Shape::Sphere { radius: 0.15 }),
        "shining sheet" => shape(Shape::Plane { size: Vec2::splat(0.3) }),
        "shining box" => shape(Shape::Box { half_extents: Vec3::splat(0.15), bevel: 0.0 }),
        "growing ball" => {
            let grows = object(3, Shape::Nothing, "shining", high).changing([0.1, 0.15].map(|radius| Shape::Sphere { radius }));
            s.objects.push(grows);
        }
        _ => {
            let shape = match kind {
                "rectangle" => LightShape::Rect { size: Vec2::new(0.4, 0.2) },
                "disk" => LightShape::Disk { radius: 0.2 },
                "ball" => LightShape::Sphere { radius: 0.2 },
                _ => LightShape::Spot { radius: 0.1, inner_angle: 0.2, outer_angle: 0.5 },
            };
            s.lights.push(Light { power, ..lamp(shape, high, 5.0) });
        }
    }
    if let Some(medium) = medium {
        s.materials.insert("medium".into(), medium);
        s.objects.push(around("medium"));
    }
    let renderer = renderer();
    let mut clip = renderer.clip(&s, &direct(4)).expect("valid");
    let mut frame = |number| clip.frame(number, &FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
    frame(0);
    frame(1)
}

/// What any lamp sends straight to a floor in the same medium is 1 / n² of what it sends there in air, point by point, also where its
/// power changes and only part of the picture is traced anew. Nothing here is left to chance.
#[test]
fn lamps_of_every_kind_light_what_is_in_their_medium() {
    for kind in ["rectangle", "disk", "ball", "spot", "shining ball", "shining sheet", "shining box", "growing ball"] {
        let bare = floor_below(kind, None);
        let n2 = 1.5 * 1.5;
        let within = floor_below(kind, Some(glass(1.5)));
        let most = bare.radiance.iter().map(|c| c[0]).fold(0.0, f32::max);
        assert!(most > 0.0 && bare.passes.object_id.contains(&2), "{kind}");
        for (i, (a, b)) in bare.radiance.iter().zip(&within.radiance).enumerate() {
            assert!((a[0] - n2 * b[0]).abs() < 2e-3 * most, "{kind}, pixel {i}: {} and {}", a[0], n2 * b[0]);
        }
    }
}

/// A clip of everything that changes has the bits of frames rendered afresh in a medium too, and where the camera walks into one.
#[test]
fn clips_in_a_medium_have_the_bits_of_frames_rendered_afresh() {
    let tinted = || Material { priority: 0, ..filled(1.33, Vec3::new(0.9, 0.95, 0.8)) };
    let mut inside = over_time::everything(true);
    inside.materials.insert("water".into(), tinted());
    inside.objects.push(object(60, Shape::Sphere { radius: 20.0 }, "water", Pose::IDENTITY));
    // Its face is where the walk is at the third frame.
    let mut enters = over_time::walking(over_time::everything(false));
    enters.materials.insert("water".into(), tinted());
    let face = Pose::from_translation(Vec3::new(0.0, 3.0 - 2.25, 0.0));
    enters.objects.push(object(60, Shape::Box { half_extents: Vec3::splat(3.0), bevel: 0.0 }, "water", face));
    for (name, s) in [("inside", inside), ("entering", enters)] {
        let (clip, _) = over_time::frames(&s, &[0, 2], &over_time::settings());
        assert!(over_time::frames(&s, &[2], &over_time::settings()).0[0] == clip[1], "{name}");
    }
}

/// Lamps that a gaze crosses count once each, absorbed as far as they are away: before and behind panes of the medium's index, and within
/// a solid that is not there because another hides it.
#[test]
fn lamps_along_the_way_count_once() {
    let color = Vec3::new(0.5, 0.25, 0.125);
    let facing = |shape, y: f32, radiance: f32| {
        let name = format!("lamp at {y}");
        let towards = Light::rect(&name, Vec2::splat(0.5), Vec3::Y * y, Vec3::NEG_Y * 9.0, Vec3::splat(radiance));
        Light { shape, visible_to_camera: true, ..towards }
    };
    let rect = || LightShape::Rect { size: Vec2::splat(0.5) };
    let disk = || LightShape::Disk { radius: 0.3 };
    let hidden = object(
        3,
        Shape::Box { half_extents: Vec3::new(1.0, 0.2, 1.0), bevel: 0.0 },
        "hidden",
        Pose::from_translation(Vec3::NEG_Y * 0.4),
    );
    let materials = [
        ("medium", Material { priority: 2, ..filled(1.33, color) }),
        ("pane", pane(1.33)),
        ("hidden", filled(1.7, Vec3::splat(0.1))),
        ("wall", Material { emission: Vec3::ONE, ..lambert(0.0) }),
    ];
    let mut s = scene(
        Camera::look_at(Vec3::NEG_Y, Vec3::ZERO, 0.01),
        Vec3::ZERO,
        &materials,
        vec![across(1, "pane", 1.0, -0.8), across(2, "pane", 1.0, 0.3), hidden, across(4, "wall", 4.0, 1.0), around("medium")],
    );
    // Places and radiances; the ball is met at its front.
    s.lights = vec![
        facing(rect(), -0.9, 1.0),
        facing(disk(), -0.7, 2.0),
        facing(LightShape::Sphere { radius: 0.1 }, -0.3, 3.0),
        facing(rect(), 0.1, 4.0),
        facing(LightShape::Sphere { radius: 0.1 }, 0.6, 5.0),
    ];
    let ways = [(0.1, 1.0), (0.3, 2.0), (0.6, 3.0), (1.1, 4.0), (1.5, 5.0), (2.0, 1.0)];
    let expected = ways.into_iter().map(|(way, radiance)| radiance * color.powf(way)).sum::<Vec3>() / (1.33 * 1.33);
    // Panes are mirrors now and then, for nothing.
    assert_near("all", mean(&show(&s, &small(1024), 0, &as_it_is)), expected, 0.01);
    // By a mirror upwards: what lies before the pane that was passed before it counts anew.
    let mirror = Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 0.0, ..Material::default() };
    s.materials.insert("mirror".into(), mirror);
    s.objects = vec![
        across(1, "pane", 1.0, -0.4),
        object(2, Shape::Plane { size: Vec2::ONE }, "mirror", Pose::new(Vec3::ZERO, Quat::from_rotation_x(FRAC_PI_4))),
        around("medium"),
    ];
    s.lights = vec![lamp(rect(), Pose::from_translation(Vec3::Z * 0.2), 3.0)];
    assert_near("mirror", mean(&show(&s, &small(1024), 0, &as_it_is)), 3.0 * color.powf(1.2) / (1.33 * 1.33), 0.01);
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
    mean(&show(&s, &RenderSettings { max_bounces: Some(0), ..small(16) }, 0, &as_it_is)).x
}

/// A square with an image over it, in a height of one metre.
fn sheet(s: &mut Scene, pixel: [u8; 4]) {
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
    for (metallic, left) in [(0.5, 1.0 - 0.5 * 128.0 / 255.0), (1.0, 1.0 - 128.0 / 255.0)] {
        let by_image = Material { metallic, maps: maps.clone(), ..rough.clone() };
        let got = below(vec![], &[("pane", by_image)], |s| sheet(s, [0, 0, 128, 255])) / bare;
        close(&format!("an image, metallic {metallic}"), got, left * (1.0 - reflected(1.5, 1.0)));
    }
    // A normal that leans by 60 degrees is bent until what it mirrors is a hundredth above the sheet.
    let leaning = Material { maps: Maps { normal: Some("i".into()), ..Maps::default() }, ..pane(1.5) };
    let (x, z) = (2.0 * 238.0 / 255.0 - 1.0, 2.0 * 191.0 / 255.0 - 1.0);
    let aside = (2.0 * f32::atan2(x, z)).sin();
    let angle = 0.5 * f32::atan2(aside, 0.01);
    let got = below(vec![], &[("pane", leaning)], |s| sheet(s, [238, 128, 191, 255])) / bare;
    close("a normal map", got, 1.0 - reflected(1.5, angle.cos()));
}

/// A material whose image says that it is glass is glass, though it is metal without: both pictures have the same bits.
#[test]
fn glass_by_an_image_is_glass() {
    for (thin, roughness) in [(false, 0.4), (true, 0.0)] {
        let picture = |metallic| {
            let maps = Maps { metallic_roughness: Some("i".into()), ..Maps::default() };
            let color = Vec3::new(0.9, 0.5, 0.3);
            let m = Material { metallic, thin, roughness, maps, ..filled(1.5, color) };
            let shining = Material { emission: Vec3::ONE, ..lambert(0.0) };
            let mut s =
                scene(Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.5), Vec3::ONE, &[("m", m), ("core", shining)], vec![]);
            let mut mesh = super::rims::coarse_ball(8);
            mesh.texcoords = vec![Vec2::ZERO; mesh.positions.len()];
            s.meshes.insert("ball".into(), mesh);
            s.images.insert("i".into(), Image::srgb8(1, 1, vec![[0, 255, 0, 255]]).expect("it fits"));
            s.objects = vec![object(1, Shape::Mesh { mesh: "ball".into() }, "m", Pose::IDENTITY), ball(2, 0.1, "core")];
            show(&s, &small(16), 0, &as_it_is).radiance
        };
        assert!(picture(1.0) == picture(0.0), "thin {thin}, roughness {roughness}");
    }
}

/// An even picture around lights a floor below a water's surface as an even sky does, from above and from inside.
#[test]
fn a_picture_around_lights_what_is_in_water_as_a_sky_does() {
    let seen = |picture: bool, height: f32| {
        let surface = object(1, Shape::Plane { size: Vec2::splat(50.0) }, "water", Pose::IDENTITY);
        let slope =
            object(2, Shape::Plane { size: Vec2::splat(0.2) }, "floor", Pose::new(Vec3::NEG_Z, Quat::from_rotation_y(0.8)));
        let camera = Camera::look_at(Vec3::Z * height, Vec3::NEG_Z, 0.02);
        let mut s = scene(camera, Vec3::ONE, &[("water", glass(1.5)), ("floor", lambert(0.8))], vec![surface, slope]);
        if height < 0.0 {
            // Within a ball of its own, which gives back what it may.
            s.objects[0] = ball(1, 5.0, "water");
        }
        if picture {
            s.images.insert("sky".into(), Image::linear(4, 2, vec![[1.0; 3]; 8]).expect("it fits"));
            s.environment = Environment::Image { image: "sky".into(), strength: 1.0, rotation: 0.0 };
        }
        mean(&show(&s, &small(1024), 0, &as_it_is))
    };
    for height in [1.0, -0.5] {
        assert_near(&format!("from {height}"), seen(true, height), seen(false, height), 0.01);
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
    assert_near("with", mean(&with), color * color / (1.33 * 1.33), 1e-3);
    let without = clip.frame_without(&["object 1"], 0, &FULL, quiet).expect("renders");
    assert_near("without", mean(&without), Vec3::ONE, 1e-3);
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

/// Solids that come to overlap later in a clip are told apart: where they do, one of them is there.
#[test]
fn solids_that_meet_later_are_told_apart() {
    let [half, other] = [Vec3::new(0.5, 0.25, 0.125), Vec3::new(0.9, 0.8, 0.7)];
    let slab = |id, material: &str, thick: f32| {
        object(id, Shape::Box { half_extents: Vec3::new(2.0, 0.5 * thick, 2.0), bevel: 0.0 }, material, Pose::IDENTITY)
    };
    let materials = [
        ("a", filled(1.0, half)),
        ("b", Material { priority: 1, ..filled(1.0, other) }),
        ("wall", Material { emission: Vec3::ONE, ..lambert(0.0) }),
    ];
    let comes = slab(2, "b", 0.4).moving([50.0, 50.0, 0.0].map(|x| Pose::from_translation(Vec3::X * x)));
    let mut s = scene(
        Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.02),
        Vec3::ZERO,
        &materials,
        vec![slab(1, "a", 1.0), comes, across(9, "wall", 9.0, 3.0)],
    );
    s.animation = Some(Animation { frames: 3, fps: 10 });
    assert_near("apart", mean(&show(&s, &small(256), 0, &as_it_is)), half, 0.01);
    assert_near("together", mean(&show(&s, &small(256), 2, &as_it_is)), half.powf(0.6) * other.powf(0.4), 0.01);
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

/// What the kernels are composed with, by what a scene shows.
#[test]
fn kernels_are_composed_with_what_a_scene_shows() {
    let has = |name: &str, s: &Scene| {
        let renderer = renderer();
        let clip = renderer.clip(s, &proof(1)).expect("valid");
        let all = clip.world.defines.contains(&name);
        let shown = clip.world.surface_defines().contains(&name);
        (all, shown)
    };
    let with = |shape: Shape, material: Material| {
        let camera = Camera::look_at(Vec3::NEG_Y * 9.0, Vec3::ZERO, 0.5);
        scene(camera, Vec3::ONE, &[("m", material)], vec![object(1, shape, "m", Pose::IDENTITY)])
    };
    let smooth = |s: &Scene| has("SMOOTH_NORMALS", s);
    let boxed = |bevel| Shape::Box { half_extents: Vec3::ONE, bevel };
    assert_eq!(smooth(&with(boxed(0.0), lambert(0.5))), (false, false));
    assert_eq!(smooth(&with(Shape::Sphere { radius: 1.0 }, lambert(0.5))), (false, false));
    assert_eq!(smooth(&with(boxed(0.1), lambert(0.5))), (true, true));
    let mapped = Material { maps: Maps { normal: Some("i".into()), ..Maps::default() }, ..lambert(0.5) };
    let mut s = with(boxed(0.0), mapped);
    s.images.insert("i".into(), Image::srgb8(1, 1, vec![[128, 128, 255, 255]]).expect("it fits"));
    assert_eq!(smooth(&s), (true, true));
    // Normals that differ from their triangle's by 3 degrees, and not at all.
    for (lean, expected) in [(0.052, true), (0.0, false)] {
        let mut s = with(Shape::Mesh { mesh: "t".into() }, lambert(0.5));
        let normal = Vec3::new(lean, 0.0, 1.0).normalize();
        let mesh = Mesh {
            positions: vec![Vec3::ZERO, Vec3::X, Vec3::Y],
            normals: vec![normal; 3],
            triangles: vec![[0, 1, 2]],
            ..Mesh::default()
        };
        s.meshes.insert("t".into(), mesh);
        assert_eq!(smooth(&s), (expected, expected), "{lean}");
    }
    // What is flat at first may be round later.
    let mut s = with(boxed(0.0), lambert(0.5));
    s.objects[0] = s.objects[0].clone().changing([boxed(0.0), Shape::Capsule { radius: 0.5, half_height: 0.5 }]);
    s.animation = Some(Animation { frames: 2, fps: 10 });
    assert_eq!(smooth(&s), (true, true));
    // The camera is in a solid at some time, near one, or in a bubble that is none.
    let mut s = with(Shape::Sphere { radius: 1.0 }, glass(1.5));
    assert_eq!((has("EYE_IN_MEDIA", &s).0, has("NESTED", &s).0), (false, false));
    s.camera.pose.translation = Vec3::NEG_Y * 0.9;
    assert_eq!((has("EYE_IN_MEDIA", &s).0, has("NESTED", &s).0), (true, true));
    s.materials.insert("m".into(), pane(1.5));
    assert_eq!((has("EYE_IN_MEDIA", &s).0, has("PANES", &s).0), (false, true));
}

/// A ball of a few triangles is tight: from inside nothing is seen of a sky around it, however its normals lean.
#[test]
fn a_coarse_shell_is_tight() {
    let mut s =
        scene(Camera::look_at(Vec3::new(0.1, -0.2, 0.0), Vec3::Y, 1.2), Vec3::splat(100.0), &[("m", lambert(0.9))], vec![]);
    s.meshes.insert("shell".into(), super::rims::coarse_ball(6));
    s.objects.push(object(1, Shape::Mesh { mesh: "shell".into() }, "m", Pose::IDENTITY));
    let sun = Sun { direction: Vec3::Z, irradiance: Vec3::splat(100.0), angular_radius: 0.3 };
    let bright = Vec3::splat(100.0);
    s.environment = Environment::Gradient { zenith: bright, horizon: bright, ground: bright, sun: Some(sun) };
    let most = show(&s, &proof(32), 0, &as_it_is).radiance.iter().map(|c| c[0]).fold(0.0, f32::max);
    assert!(most == 0.0, "{most}");
}
