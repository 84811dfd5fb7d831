//! What the profile for pictures leaves out, holds down and blurs: each against a number that geometry gives.
//!
//! Seeds are fixed. Where chance has a part, its standard deviation is a fifth of the tolerance or less: a false alarm, when code changes,
//! has a chance below 1e-5.

use std::f32::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use glam::{DVec3, Quat, Vec2, Vec3};
use raytruth_scene::{Animation, Camera, Light, LightShape, Material, Pose, Power, Scene, Shape};

use super::planted::{Change, Fault, as_it_is, mean, near, show, small, survivors};
use super::things::lambert;
use super::{object, scene};
use crate::{Profile, RenderSettings};

fn look(samples: u32) -> RenderSettings {
    RenderSettings { profile: Profile::Look, ..small(samples) }
}

fn mirror() -> Material {
    Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 0.0, ..Material::default() }
}

/// A gaze at 45 degrees goes to and fro between two mirrors that are 1 m apart, `count` times, and then sees a white sky.
fn zigzag(count: u32) -> Scene {
    let camera = Camera::look_at(Vec3::NEG_Y, Vec3::X, 0.001);
    let end = count as f32 - 1.0;
    let side = |id, x: f32| {
        let pose = Pose::new(Vec3::new(x, 0.5 * (end - 2.0), 0.0), Quat::from_rotation_y(FRAC_PI_2));
        object(id, Shape::Plane { size: Vec2::new(2.0, end + 2.0) }, "m", pose)
    };
    scene(camera, Vec3::ONE, &[("m", mirror())], vec![side(1, 0.5), side(2, -0.5)])
}

fn four_mirrors_are_followed(change: Change<'_>) -> Result<(), String> {
    for (count, settings, expected) in [(4, look(1), 1.0), (5, look(1), 0.0), (5, small(1), 1.0)] {
        let got = mean(&show(&zigzag(count), &settings, 0, change));
        near(&format!("{count} mirrors, {:?}", settings.profile), got, Vec3::splat(expected), 1e-3)?;
    }
    Ok(())
}

/// Twelve surfaces of glass are two of each of six slabs. An index of 1 reflects nothing.
fn twelve_surfaces_of_glass_are_followed(change: Change<'_>) -> Result<(), String> {
    let glass = Material { base_color: Vec3::ONE, roughness: 0.0, ior: 1.0, transmission: 1.0, ..Material::default() };
    let wall = Material { emission: Vec3::splat(0.3), ..lambert(0.0) };
    let settings = RenderSettings { max_bounces: Some(64), ..look(512) };
    // One more is a face without a back.
    for (more, expected) in [(false, 0.3), (true, 0.0)] {
        let slab = Shape::Box { half_extents: Vec3::new(2.0, 0.1, 2.0), bevel: 0.0 };
        let mut objects: Vec<_> =
            (0..6).map(|i| object(1 + i, slab.clone(), "glass", Pose::from_translation(Vec3::Y * 0.5 * f32::from(i)))).collect();
        let upright = |id, material, y: f32| {
            let pose = Pose::new(Vec3::Y * y, Quat::from_rotation_x(FRAC_PI_2));
            object(id, Shape::Plane { size: Vec2::splat(9.0) }, material, pose)
        };
        objects.push(upright(98, "wall", 5.0));
        if more {
            objects.push(upright(99, "glass", 4.0));
        }
        let camera = Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.02);
        let s = scene(camera, Vec3::ZERO, &[("glass", glass.clone()), ("wall", wall.clone())], objects);
        near(&format!("one more: {more}"), mean(&show(&s, &settings, 0, change)), Vec3::splat(expected), 0.05)?;
    }
    Ok(())
}

const BRIGHT: Vec3 = Vec3::new(60.0, 30.0, 10.0);
/// The same with a sum of 10.
const HELD: Vec3 = Vec3::new(6.0, 3.0, 1.0);

/// A level gaze goes up by one mirror and is level again by a second.
fn periscope() -> Scene {
    let tilted = |id, z: f32| {
        let pose = Pose::new(Vec3::Z * z, Quat::from_rotation_x(FRAC_PI_4));
        object(id, Shape::Plane { size: Vec2::splat(2.0) }, "mirror", pose)
    };
    let camera = Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.01);
    scene(camera, Vec3::ZERO, &[("mirror", mirror())], vec![tilted(1, 0.0), tilted(2, 3.0)])
}

/// A lamp before the periscope's upper end.
fn lamp_ahead(power: Power) -> Light {
    let lamp = Light::rect("lamp", Vec2::splat(2.0), Vec3::new(0.0, 5.0, 3.0), Vec3::Z * 3.0, BRIGHT);
    Light { power, ..lamp }
}

fn what_shines_is_held_down_after_two_mirrors(change: Change<'_>) -> Result<(), String> {
    let upright = Pose::new(Vec3::new(0.0, 5.0, 3.0), Quat::from_rotation_x(FRAC_PI_2));
    let mut s = periscope();
    s.materials.insert("wall".into(), Material { emission: BRIGHT, ..lambert(0.0) });
    s.objects.push(object(3, Shape::Plane { size: Vec2::splat(2.0) }, "wall", upright));
    near("after two mirrors", mean(&show(&s, &look(1), 0, change)), HELD, 1e-3)?;
    s.objects.remove(1);
    s.objects[1].pose = Pose::from_translation(Vec3::Z * 3.0);
    near("after one", mean(&show(&s, &look(1), 0, change)), BRIGHT, 1e-3)
}

fn lamps_are_held_down_after_two_mirrors(change: Change<'_>) -> Result<(), String> {
    let mut s = periscope();
    s.lights.push(lamp_ahead(Power::FULL));
    near("lamp", mean(&show(&s, &look(1), 0, change)), HELD, 1e-3)
}

/// What changes its power is held down at full power, so that it stays in proportion.
fn a_dimmed_lamp_keeps_its_proportion(change: Change<'_>) -> Result<(), String> {
    let mut s = periscope();
    s.animation = Some(Animation { frames: 2, fps: 16 });
    s.lights.push(lamp_ahead(Power(vec![0.5, 1.0])));
    near("at half its power", mean(&show(&s, &look(1), 0, change)), 0.5 * HELD, 1e-3)?;
    near("at all of it", mean(&show(&s, &look(1), 1, change)), HELD, 1e-3)
}

/// Light that is sampled directly is held down from the second surface on.
fn light_of_lamps_is_held_down_after_a_mirror(change: Change<'_>) -> Result<(), String> {
    let tilted = Pose::new(Vec3::ZERO, Quat::from_rotation_x(-FRAC_PI_4));
    let floor = Pose::from_translation(Vec3::NEG_Z);
    let plane = |id, material, pose| object(id, Shape::Plane { size: Vec2::splat(2.0) }, material, pose);
    let mut s = scene(
        Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.01),
        Vec3::ZERO,
        &[("mirror", mirror()), ("floor", lambert(0.6))],
        vec![plane(1, "mirror", tilted), plane(2, "floor", floor)],
    );
    // So small that the floor's own sampling hardly ever meets it: 0.6 r² / h² of its radiance comes back.
    s.lights.push(Light {
        name: "lamp".into(),
        shape: LightShape::Disk { radius: 0.01 },
        pose: Pose::from_translation(Vec3::Z * -0.3),
        radiance: BRIGHT / 0.6 * (0.7f32 / 0.01).powi(2),
        power: Power::FULL,
        visible_to_camera: false,
    });
    // No farther than to the floor.
    let short = RenderSettings { max_bounces: Some(1), ..look(4) };
    near("after a mirror", mean(&show(&s, &short, 0, change)), HELD, 0.01)
}

/// What a floor gets by way of a smooth metal above it, from a lamp that shines at the metal alone. After the floor the metal counts as
/// rough: alpha² = (1 - pdf) / 4, by the density of the way there (Cycles' "filter glossy" of 1).
fn metal_is_blurred_after_a_floor(change: Change<'_>) -> Result<(), String> {
    let (radiance, radius) = (500.0f32, 0.01f32);
    let (place, half, height) = (DVec3::new(0.1, 0.2, 0.4), 0.6, 1.0);
    let made = |material: &Material| {
        let mut s = scene(
            Camera::look_at(Vec3::new(0.0, -2.0, 0.5), Vec3::ZERO, 0.002),
            Vec3::ZERO,
            &[("floor", lambert(0.5)), ("above", material.clone())],
            vec![
                object(1, Shape::Plane { size: Vec2::splat(4.0) }, "floor", Pose::IDENTITY),
                object(
                    2,
                    Shape::Plane { size: Vec2::splat(2.0 * half as f32) },
                    "above",
                    Pose::new(Vec3::Z * height as f32, Quat::from_rotation_x(PI)),
                ),
            ],
        );
        s.lights.push(Light {
            name: "lamp".into(),
            shape: LightShape::Disk { radius },
            pose: Pose::new(place.as_vec3(), Quat::from_rotation_x(PI)),
            radiance: Vec3::splat(radiance),
            power: Power::FULL,
            visible_to_camera: false,
        });
        s
    };
    // To the metal and no farther: there the lamp is sampled directly, or not at all.
    let short = |settings| RenderSettings { width: 32, height: 20, max_bounces: Some(1), multiscatter: false, ..settings };
    // By quadrature over the metal, with Smith's height-correlated masking.
    let (cells, mut sum) = (400, 0.0);
    for i in 0..cells * cells {
        let at = |k: usize| (2.0 * (k as f64 + 0.5) / f64::from(cells as u32) - 1.0) * half;
        let p = DVec3::new(at(i % cells), at(i / cells), height);
        let (down, lamp) = (-p.normalize(), place - p);
        let wi = lamp.normalize();
        // Of the way from the floor, at the floor and at the metal.
        let cosine = -down.z;
        let a2 = 0.25 * (1.0 - cosine / std::f64::consts::PI);
        let h = (down + wi).normalize();
        let t = h.z * h.z * (a2 - 1.0) + 1.0;
        let d = a2 / (std::f64::consts::PI * t * t);
        let (o, n) = (-down.z, -wi.z);
        let smith = |c: f64| (a2 + (1.0 - a2) * c * c).sqrt();
        let f_cos = d * 0.5 / (o * smith(n) + n * smith(o)) * n;
        let solid_angle = std::f64::consts::PI * f64::from(radius).powi(2) * n / lamp.length_squared();
        let seen = (2.0 * half / f64::from(cells as u32)).powi(2) * cosine / p.length_squared();
        sum += cosine * seen * f_cos * solid_angle;
    }
    let expected = (0.5 / std::f64::consts::PI * sum) as f32 * radiance;
    let smooth = mirror();
    near("metal", mean(&show(&made(&smooth), &short(look(256)), 0, change)), Vec3::splat(expected), 0.02)?;
    near("without limits", mean(&show(&made(&smooth), &short(small(4)), 0, change)), Vec3::ZERO, 1e-6)?;
    // Glass stays clear.
    let glass = Material { transmission: 1.0, metallic: 0.0, ..smooth };
    near("glass", mean(&show(&made(&glass), &short(look(4)), 0, change)), Vec3::ZERO, 1e-6)
}

#[test]
fn pictures_follow_four_mirrors_and_twelve_surfaces_of_glass() {
    four_mirrors_are_followed(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
    twelve_surfaces_of_glass_are_followed(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn every_kind_of_indirect_light_is_held_down_and_keeps_its_colour() {
    for check in [
        what_shines_is_held_down_after_two_mirrors,
        lamps_are_held_down_after_two_mirrors,
        a_dimmed_lamp_keeps_its_proportion,
        light_of_lamps_is_held_down_after_a_mirror,
    ] {
        check(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
    }
}

#[test]
fn smooth_metal_counts_as_rough_after_a_floor() {
    metal_is_blurred_after_a_floor(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    ("one mirror less", four_mirrors_are_followed, "glossy > frame.max_glossy", "glossy >= frame.max_glossy"),
    ("one mirror more", four_mirrors_are_followed, "glossy > frame.max_glossy", "glossy > frame.max_glossy + 1u"),
    ("mirrors are not counted", four_mirrors_are_followed, "            glossy += 1u;\n", "            diffuse += 0u;\n"),
    ("one surface of glass less", twelve_surfaces_of_glass_are_followed, "transmitted > frame.max_transmission", "transmitted >= frame.max_transmission"),
    ("one surface of glass more", twelve_surfaces_of_glass_are_followed, "transmitted > frame.max_transmission", "transmitted > frame.max_transmission + 1u"),
    ("what shines is not held down", what_shines_is_held_down_after_two_mirrors, "limited(of_group(shine, surface.emission_group), clamp_seen)", "of_group(shine, surface.emission_group)"),
    ("what shines is held down too early", what_shines_is_held_down_after_two_mirrors, "let clamp_seen = bounce > 1u;", "let clamp_seen = bounce > 0u;"),
    ("colours are cut off", what_shines_is_held_down_after_two_mirrors, "c * (frame.indirect_clamp / sum)", "min(c, vec3f(frame.indirect_clamp / 3.0))"),
    ("lamps are not held down", lamps_are_held_down_after_two_mirrors, "limited(tinted(beta * inv_n2, seen), clamp_seen)", "tinted(beta * inv_n2, seen)"),
    ("a dimmed lamp is held down as it is", a_dimmed_lamp_keeps_its_proportion, "limited_color(light[1], indirect)", "light[1]"),
    ("light of lamps is not held down", light_of_lamps_is_held_down_after_a_mirror, "direct.group), bounce > 0u)", "direct.group), bounce > 1u)"),
    ("metal stays as smooth as it is", metal_is_blurred_after_a_floor, "min_pdf = min(min_pdf, select(next.pdf, FAR, is_delta));", ""),
    ("blurred by twice the density", metal_is_blurred_after_a_floor, "frame.blur_glossy * min_pdf", "2.0 * frame.blur_glossy * min_pdf"),
    ("blurred too much", metal_is_blurred_after_a_floor, "sqrt(0.5 * sqrt(1.0 - sharpness))", "sqrt(0.6 * sqrt(1.0 - sharpness))"),
    ("blurred by the density itself", metal_is_blurred_after_a_floor, "sqrt(0.5 * sqrt(1.0 - sharpness))", "sqrt(0.5 * (1.0 - sharpness))"),
    ("glass is blurred", metal_is_blurred_after_a_floor, "sharpness < 1.0 && s.transmission == 0.0", "sharpness < 1.0"),
];

#[test]
fn faults_in_limits_are_found() {
    assert_eq!(survivors(FAULTS), [""; 0]);
}
