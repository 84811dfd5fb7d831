//! Emitters, cameras, lamps, panes and clips within clear solids, each against a closed form.
//!
//! Seeds are fixed. Direct light alone has no noise where both sides are of the same points; elsewhere the standard deviation is a fifth
//! of the tolerance or less: a false alarm, when code changes, has a chance below 1e-5.

use std::f32::consts::FRAC_PI_4;
use std::ops::ControlFlow;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Animation, Camera, Environment, Image, Light, LightShape, Material, Pose, Power, Shape};

use super::planted::{as_it_is, assert_near, mean, show, small};
use super::things::{across, around, ball, filled, glass, lambert, lamp, pane};
use super::{FULL, changing, object, proof, renderer, scene};
use crate::{Frame, RenderSettings};

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
    let mut inside = changing::everything(true);
    inside.materials.insert("water".into(), tinted());
    inside.objects.push(object(60, Shape::Sphere { radius: 20.0 }, "water", Pose::IDENTITY));
    // Its face is where the walk is at the third frame.
    let mut enters = changing::walking(changing::everything(false));
    enters.materials.insert("water".into(), tinted());
    let face = Pose::from_translation(Vec3::new(0.0, 3.0 - 2.25, 0.0));
    enters.objects.push(object(60, Shape::Box { half_extents: Vec3::splat(3.0), bevel: 0.0 }, "water", face));
    for (name, s) in [("inside", inside), ("entering", enters)] {
        let (clip, _) = changing::frames(&s, &[0, 2], &changing::settings());
        assert!(changing::frames(&s, &[2], &changing::settings()).0[0] == clip[1], "{name}");
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
