//! Rare ways through the path tracing kernel, each against a closed form: glass that splits colours in and around other glass, solids left
//! in any order, suns of any size, lamps from within, mixtures, gaps by numbers.
//!
//! Seeds are fixed. Where chance has a part, its standard deviation is a fifth of the tolerance or less: a false alarm, when code changes,
//! has a chance below 1e-5.

use std::f32::consts::{FRAC_PI_2, PI};

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{
    Absorption, Camera, Environment, Image, Light, LightShape, Maps, Material, Mesh, Object, Pose, Power, Scene, Shape, Sun,
};

use super::estimators::{NO_NEE, ONLY_NEE, disagreement};
use super::planted::{Change, Fault, as_it_is, mean, near, show, small, survivors};
use super::things::{filled, glass, lambert};
use super::{object, proof, scene};
use crate::{Frame, RenderSettings};

/// A slab across the view along y.
fn slab(id: u16, material: &str, near: f32, far: f32) -> Object {
    let half_extents = Vec3::new(2.0, 0.5 * (far - near), 2.0);
    object(id, Shape::Box { half_extents, bevel: 0.0 }, material, Pose::from_translation(Vec3::Y * 0.5 * (near + far)))
}

fn sunlit(mut s: Scene, direction: Vec3, irradiance: f32, angular_radius: f32) -> Scene {
    let sun = Sun { direction, irradiance: Vec3::splat(irradiance), angular_radius };
    s.environment = Environment::Gradient { zenith: Vec3::ZERO, horizon: Vec3::ZERO, ground: Vec3::ZERO, sun: Some(sun) };
    s
}

/// Through a slanted slab of glass that splits colours one sees where one would see without, in white: a path keeps its wavelength.
fn a_slanted_slab_shows_the_sun_where_it_is(change: Change<'_>) -> Result<(), String> {
    let (angle, radius) = (1.0f32, 0.002f32);
    let mut s = scene(
        Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.0005),
        Vec3::ZERO,
        &[("m", Material { dispersion: 1.0, ..glass(1.6) })],
        vec![slab(1, "m", -0.1, 0.1)],
    );
    s.objects[0].pose.rotation = Quat::from_rotation_z(angle);
    let got = mean(&show(&sunlit(s, Vec3::Y, PI * radius.sin().powi(2), radius), &small(512), 0, change));
    // By Snell and Fresnel; all that is reflected to and fro within the slab leaves it along the same ways.
    let (cos_i, cos_t) = (angle.cos(), (1.0 - (angle.sin() / 1.6).powi(2)).sqrt());
    let r = |a: f32, b: f32| ((a - b) / (a + b)).powi(2);
    let reflected = 0.5 * (r(cos_i, 1.6 * cos_t) + r(1.6 * cos_i, cos_t));
    near("white", got, Vec3::splat((1.0 - reflected) / (1.0 + reflected)), 0.03)
}

/// A wedge of plain glass within oil that splits colours: at the wedge's tilted face light is bent by the index between the two.
fn oil_around_a_wedge_splits_colours(change: Change<'_>) -> Result<(), String> {
    let angle = 0.8f32;
    let d = angle.tan();
    let corners = [(-1.0, 0.0), (1.0, 0.0), (1.0, 2.2 * d), (-1.0, 0.2 * d)];
    let sides = [[0, 2, 3], [0, 3, 1], [2, 4, 5], [2, 5, 3], [4, 6, 7], [4, 7, 5], [6, 0, 1], [6, 1, 7]];
    let mesh = Mesh {
        positions: corners.iter().flat_map(|&(x, y)| [-1.0, 1.0].map(|z| Vec3::new(x, y, z))).collect(),
        triangles: sides.into_iter().chain([[1, 3, 5], [1, 5, 7], [0, 4, 2], [0, 6, 4]]).collect(),
        ..Mesh::default()
    };
    assert!(mesh.open_edges() == 0 && mesh.signed_volume() > 0.0);
    let oil = |wavelength: f32| 1.6 + 0.6 / 20.0 * (523_655.0 / (wavelength * wavelength) - 1.5168);
    let shown = |wavelength: f32| {
        let n = oil(wavelength);
        let out = (n * ((1.6 / n * angle.sin()).asin() - angle).sin()).asin();
        let mut s = scene(
            Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.0005),
            Vec3::ZERO,
            &[("oil", Material { dispersion: 1.0, ..glass(1.6) }), ("wedge", glass(1.6))],
            vec![slab(1, "oil", -0.5, 2.5), object(2, Shape::Mesh { mesh: "wedge".into() }, "wedge", Pose::IDENTITY)],
        );
        s.meshes.insert("wedge".into(), mesh.clone());
        mean(&show(&sunlit(s, Vec3::new(out.sin(), out.cos(), 0.0), 1.0, 0.0015), &small(512), 0, change))
    };
    let (red, green, blue) = (shown(620.0), shown(535.0), shown(450.0));
    // Each is most of what there is of a band some 20 nm wide, out of 330; paths that turn round within the glass carry next to nothing.
    let least = 0.1 / (PI * 0.0015f32.powi(2));
    let right = red.x > 3.0 * red.y.abs().max(red.z.abs())
        && green.y > 1.5 * green.x.max(green.z)
        && blue.z > 3.0 * blue.x.abs().max(blue.y.abs())
        && red.x.min(green.y).min(blue.z) > least;
    if right { Ok(()) } else { Err(format!("620, 535 and 450 nm: {red}, {green}, {blue}")) }
}

/// Of four solids around a point the one that was entered first is left first; while it is of a higher priority, it is there.
fn of_four_solids_the_first_is_left_first(change: Change<'_>) -> Result<(), String> {
    for (priority, [a, d]) in [(0, [0.1, 0.7]), (1, [0.7, 0.3])] {
        let dark = |color: f32, priority| Material {
            absorption: Some(Absorption { color: Vec3::splat(color), distance: 1.0 }),
            priority,
            ..glass(1.0)
        };
        let materials = [
            ("a", dark(0.5, priority)),
            ("b", dark(0.1, 0)),
            ("c", dark(0.2, 0)),
            ("d", dark(0.3, 0)),
            ("wall", Material { emission: Vec3::ONE, ..lambert(0.0) }),
        ];
        let wall = Pose::new(Vec3::Y * 5.0, Quat::from_rotation_x(FRAC_PI_2));
        let s = scene(
            Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.02),
            Vec3::ZERO,
            &materials,
            vec![
                slab(1, "a", -0.6, 0.1),
                slab(2, "b", -0.5, 0.2),
                slab(3, "c", -0.4, 0.3),
                slab(4, "d", -0.3, 0.4),
                object(9, Shape::Plane { size: Vec2::splat(9.0) }, "wall", wall),
            ],
        );
        // Entered at -0.6, -0.5, -0.4 and -0.3; b and c are there until the next comes, unless a hides them.
        let between = if priority == 0 { 0.1f32.powf(0.1) * 0.2f32.powf(0.1) } else { 1.0 };
        let expected = 0.5f32.powf(a) * between * 0.3f32.powf(d);
        near("four solids", mean(&show(&s, &small(128), 0, change)), Vec3::splat(expected), 0.03)?;
    }
    Ok(())
}

/// A pane of water's index in water is not seen, nor does what lies behind it forget the water. The pane is met from its back.
fn behind_a_pane_in_water_is_water(change: Change<'_>) -> Result<(), String> {
    let paint = Material { base_color: Vec3::ZERO, roughness: 0.0, ior: 1.8, ..Material::default() };
    let s = scene(
        Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.02),
        Vec3::ONE,
        &[("water", glass(1.33)), ("pane", Material { thin: true, ..glass(1.33) }), ("paint", paint)],
        vec![
            slab(1, "water", -0.6, 0.6),
            slab(2, "paint", -0.2, 0.2),
            object(
                3,
                Shape::Plane { size: Vec2::splat(2.0) },
                "pane",
                Pose::new(Vec3::NEG_Y * 0.4, Quat::from_rotation_x(-FRAC_PI_2)),
            ),
        ],
    );
    let fresnel = |a: f32, b: f32| ((a - b) / (a + b)).powi(2);
    let (outer, inner) = (fresnel(1.0, 1.33), fresnel(1.33, 1.8));
    let expected = outer + (1.0 - outer).powi(2) * inner / (1.0 - outer * inner);
    near("paint", mean(&show(&s, &small(4096), 0, change)), Vec3::splat(expected), 0.05)
}

/// A rough pane spreads light a little and leaves it in the water: a wall behind it shines with 1 / n², and is absorbed on all of the way.
fn behind_a_rough_pane_in_water_is_water(change: Change<'_>) -> Result<(), String> {
    // Both are met from their backs.
    let upright = |y: f32| Pose::new(Vec3::Y * y, Quat::from_rotation_x(-FRAC_PI_2));
    let plane = |id, material, y| object(id, Shape::Plane { size: Vec2::splat(3.6) }, material, upright(y));
    let pane = Material { thin: true, roughness: 0.1, ..glass(1.33) };
    let color = Vec3::new(0.5, 0.25, 0.75);
    let s = scene(
        Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.02),
        Vec3::ZERO,
        &[("water", filled(1.33, color)), ("pane", pane), ("wall", Material { emission: Vec3::ONE, ..lambert(0.0) })],
        vec![slab(1, "water", -0.6, 0.6), plane(2, "wall", 0.2), plane(3, "pane", -0.4)],
    );
    let reflected = (0.33f32 / 2.33).powi(2);
    let expected = (1.0 - reflected) / (1.33 * 1.33) * color.powf(0.8);
    near("wall", mean(&show(&s, &small(64), 0, change)), expected, 0.02)
}

/// Glass that is entered and never left absorbs nothing of the sky: what has no end is out of it somewhere.
fn what_has_no_end_absorbs_nothing(change: Change<'_>) -> Result<(), String> {
    let absorption = Some(Absorption { color: Vec3::splat(0.5), distance: 0.1 });
    let s = scene(
        Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.02),
        Vec3::ONE,
        &[("m", Material { absorption, ..glass(1.0) })],
        vec![object(1, Shape::Plane { size: Vec2::splat(2.0) }, "m", Pose::new(Vec3::ZERO, Quat::from_rotation_x(FRAC_PI_2)))],
    );
    near("sky", mean(&show(&s, &small(128), 0, change)), Vec3::ONE, 0.02)
}

/// A ball of light shines outwards: within it is dark, for the eye and for the ground.
fn a_ball_of_light_is_dark_within(change: Change<'_>) -> Result<(), String> {
    let mut s = scene(
        Camera::look_at(Vec3::new(0.0, -0.5, 0.3), Vec3::Y, 1.0),
        Vec3::ZERO,
        &[("m", lambert(0.6))],
        vec![object(1, Shape::Plane { size: Vec2::ONE }, "m", Pose::IDENTITY)],
    );
    s.lights.push(Light {
        name: "ball".into(),
        shape: LightShape::Sphere { radius: 2.0 },
        pose: Pose::IDENTITY,
        radiance: Vec3::ONE,
        power: Power::FULL,
        visible_to_camera: true,
    });
    near("within", mean(&show(&s, &small(16), 0, change)), Vec3::ZERO, 1e-6)
}

/// Under a sun of any size, from high to partly or wholly set, a plane gets what the disc's integral says; the disc is as bright as that.
fn suns_of_any_size_shine_as_their_discs_say(change: Change<'_>) -> Result<(), String> {
    for (radius, elevation) in [(1e-4f32, 0.6f32), (0.004_65, 0.6), (0.2, 0.6), (1.0, 0.9), (0.5, 0.1), (0.4, -0.2), (0.2, -0.3)]
    {
        // Radiance over the disc's cells: those above the horizon, by their cosines.
        let (cells, mut sum) = (400, 0.0f64);
        let (down, along) = (f64::from(elevation).cos(), f64::from(elevation).sin());
        let width = 2.0 * (0.5 * f64::from(radius)).sin().powi(2);
        for i in 0..cells * cells {
            let at = |k: usize| (k as f64 + 0.5) / cells as f64;
            let (below, phi) = (width * at(i % cells), std::f64::consts::TAU * at(i / cells));
            let z = along * (1.0 - below) + down * (below * (2.0 - below)).sqrt() * phi.cos();
            sum += z.max(0.0);
        }
        let irradiance = 2.0;
        let radiance = f64::from(irradiance) / (std::f64::consts::PI * f64::from(radius).sin().powi(2));
        let received = radiance * std::f64::consts::TAU * width * sum / (cells * cells) as f64;
        let sun = Vec3::new(elevation.cos(), 0.0, elevation.sin());
        let floor = object(1, Shape::Plane { size: Vec2::splat(8.0) }, "m", Pose::IDENTITY);
        let camera = Camera::look_at(Vec3::new(0.0, -0.8, 2.0), Vec3::ZERO, 0.02);
        let s = scene(camera, Vec3::ZERO, &[("m", lambert(0.6))], vec![floor]);
        let got = mean(&show(&sunlit(s, sun, irradiance, radius), &small(256), 0, change));
        let expected = (0.6 / std::f64::consts::PI * received) as f32;
        near(&format!("radius {radius}, elevation {elevation}"), got, Vec3::splat(expected), 0.015)?;
        if radius > 0.003 {
            let s = scene(Camera::look_at(Vec3::ZERO, sun, 0.5 * radius), Vec3::ZERO, &[], Vec::new());
            let got = mean(&show(&sunlit(s, sun, irradiance, radius), &small(1), 0, change));
            near(&format!("disc of radius {radius}"), got, Vec3::splat(radiance as f32), 5e-3)?;
        }
    }
    Ok(())
}

/// The sky is a picture of one colour, sampled directly.
fn under_an_even_picture(mut s: Scene, value: f32, strength: f32) -> Scene {
    s.images.insert("sky".into(), Image::linear(4, 2, vec![[value; 3]; 8]).expect("it fits"));
    s.environment = Environment::Image { image: "sky".into(), strength, rotation: 0.0 };
    s
}

fn a_picture_shines_with_its_strength(change: Change<'_>) -> Result<(), String> {
    let sky = scene(Camera::look_at(Vec3::ZERO, Vec3::new(0.0, 1.0, 0.4), 0.5), Vec3::ZERO, &[], Vec::new());
    near("sky", mean(&show(&under_an_even_picture(sky, 2.0, 2.5), &small(1), 0, change)), Vec3::splat(5.0), 0.01)?;
    let floor = object(1, Shape::Plane { size: Vec2::splat(8.0) }, "m", Pose::IDENTITY);
    let camera = Camera::look_at(Vec3::new(0.0, -0.8, 2.0), Vec3::ZERO, 0.02);
    let plane = scene(camera, Vec3::ZERO, &[("m", lambert(0.6))], vec![floor]);
    near("floor", mean(&show(&under_an_even_picture(plane, 2.0, 2.5), &small(256), 0, change)), Vec3::splat(3.0), 0.015)
}

/// What absorbs nothing cannot be told from an even sky that is sampled directly, whatever lobes it has.
fn smooth_mixtures_vanish_in_an_even_picture(change: Change<'_>) -> Result<(), String> {
    let white = Material { base_color: Vec3::ONE, roughness: 0.0, ..Material::default() };
    for (name, material) in [
        ("smooth plastic", white.clone()),
        ("half glass", Material { transmission: 0.5, ..white.clone() }),
        ("half pane", Material { transmission: 0.5, thin: true, ..white.clone() }),
        ("some of each", Material { metallic: 0.3, transmission: 0.5, thin: true, roughness: 0.4, ..white.clone() }),
    ] {
        let camera = Camera::look_at(Vec3::new(0.0, -3.0, 0.5), Vec3::ZERO, 0.6);
        let ball = object(1, Shape::Sphere { radius: 0.8 }, "m", Pose::IDENTITY);
        let s = under_an_even_picture(scene(camera, Vec3::ZERO, &[("m", material)], vec![ball]), 1.0, 1.0);
        let frame = show(&s, &RenderSettings { width: 32, height: 20, ..proof(32) }, 0, change);
        let ball: Vec<Vec3> =
            frame.radiance.iter().zip(&frame.passes.object_id).filter(|(_, id)| **id == 1).map(|(c, _)| Vec3::from(*c)).collect();
        near(name, ball.iter().sum::<Vec3>() / ball.len() as f32, Vec3::ONE, 0.015)?;
    }
    Ok(())
}

/// The middle of a picture, and what the id pass says there.
fn middle(frame: &Frame) -> (Vec3, u16) {
    let i = (frame.width * (frame.height / 2) + frame.width / 2) as usize;
    (Vec3::from(frame.radiance[i]), frame.passes.object_id[i])
}

/// Opacity below the threshold leaves nothing, above it all, with and without an image; balls show no images.
fn a_threshold_decides_about_numbers_too(change: Change<'_>) -> Result<(), String> {
    let veil = |opacity, cutout, image: bool| Material {
        opacity,
        cutout,
        maps: Maps { opacity: image.then(|| "i".into()), ..Maps::default() },
        ..lambert(0.0)
    };
    let ball = Shape::Sphere { radius: 1.0 };
    let sheet = Shape::Mesh { mesh: "sheet".into() };
    for (what, material, shape, there) in [
        ("below", veil(0.5, Some(0.6), false), &sheet, false),
        ("above", veil(0.7, Some(0.6), false), &sheet, true),
        ("below, with an image", veil(0.9, Some(0.5), true), &sheet, false),
        ("above, with an image", veil(0.9, Some(0.3), true), &sheet, true),
        ("a ball below", veil(0.5, Some(0.6), false), &ball, false),
        ("a ball, whose image does not count", veil(0.9, Some(0.5), true), &ball, true),
    ] {
        let camera = Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.02);
        let mut s = scene(camera, Vec3::ONE, &[("m", material)], vec![object(1, shape.clone(), "m", Pose::IDENTITY)]);
        s.images.insert("i".into(), Image::srgb8(1, 1, vec![[0, 0, 0, 128]]).expect("it fits"));
        let mesh = Mesh {
            positions: [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)].map(|(x, z)| Vec3::new(x, 0.0, z)).to_vec(),
            texcoords: [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(u, v)| Vec2::new(u, v)).to_vec(),
            triangles: vec![[0, 3, 2], [0, 2, 1]],
            ..Mesh::default()
        };
        s.meshes.insert("sheet".into(), mesh);
        let got = middle(&show(&s, &small(4), 0, change));
        let expected = (Vec3::splat(f32::from(u8::from(!there))), u16::from(there));
        if got != expected {
            return Err(format!("{what}: {got:?}, not {expected:?}"));
        }
    }
    Ok(())
}

fn balls_show_no_images(change: Change<'_>) -> Result<(), String> {
    let maps = |name: &str| Some(name.to_owned());
    let all =
        Maps { base_color: maps("i"), metallic_roughness: maps("i"), normal: maps("i"), emission: maps("i"), ..Maps::default() };
    let material = Material { emission: Vec3::splat(2.0), maps: all, ..lambert(0.5) };
    let camera = Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.02);
    let ball = object(1, Shape::Sphere { radius: 1.0 }, "m", Pose::IDENTITY);
    let mut s = scene(camera, Vec3::ONE, &[("m", material)], vec![ball]);
    s.images.insert("i".into(), Image::srgb8(1, 1, vec![[0, 0, 0, 255]]).expect("it fits"));
    near("ball", mean(&show(&s, &small(64), 0, change)), Vec3::splat(2.5), 0.01)
}

#[test]
fn all_wavelengths_leave_a_slanted_slab_as_they_came() {
    a_slanted_slab_shows_the_sun_where_it_is(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn the_medium_around_glass_splits_colours_too() {
    oil_around_a_wedge_splits_colours(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn four_solids_at_once_are_told_apart() {
    of_four_solids_the_first_is_left_first(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn a_pane_leaves_the_medium_as_it_is() {
    for check in [behind_a_pane_in_water_is_water, behind_a_rough_pane_in_water_is_water] {
        check(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
    }
}

#[test]
fn a_medium_without_end_leaves_the_sky_alone() {
    what_has_no_end_absorbs_nothing(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn nothing_is_lit_within_a_ball_of_light() {
    a_ball_of_light_is_dark_within(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn a_sun_shines_as_its_disc_says_whatever_its_size_and_height() {
    suns_of_any_size_shine_as_their_discs_say(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn a_picture_around_shines_with_its_strength() {
    a_picture_shines_with_its_strength(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn smooth_mixtures_send_on_all_light_that_is_sampled_directly() {
    smooth_mixtures_vanish_in_an_even_picture(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn gaps_by_a_threshold_follow_opacity_and_image() {
    a_threshold_decides_about_numbers_too(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn balls_keep_their_own_colours() {
    balls_show_no_images(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

/// Lobes one over the other, against the other two estimators: pdfs and weights of a coat over rough glass, over paint that is half
/// clear and half metal, and over a rough pane. A false alarm has the chance that `estimators` says, for six comparisons.
#[test]
fn coats_over_anything_agree_with_all_estimators() {
    let coated = |s: &str, change: &dyn Fn(&mut Material)| {
        let mut s = super::scenes::named(s);
        let ball = s.materials.get_mut("ball").expect("the ball");
        (ball.coat, ball.coat_roughness) = (0.8, 0.4);
        change(ball);
        s
    };
    for (what, s) in [
        ("rough glass", coated("rectangle, rough glass", &|_| ())),
        ("half of each", coated("rectangle, rough glass", &|m| (m.transmission, m.metallic, m.roughness) = (0.5, 0.3, 0.3))),
        ("rough pane", coated("disk, rough pane", &|_| ())),
    ] {
        let apart = disagreement(&s, &[NO_NEE, ONLY_NEE], &as_it_is);
        assert!(apart.is_none(), "{what}: {apart:?}");
    }
}

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    ("a new wavelength at each surface", a_slanted_slab_shows_the_sun_where_it_is, "if wavelength == 0.0 {", "if true {"),
    ("the medium around has one index for all", oil_around_a_wedge_splits_colours, "return dispersed_ior(ior, 10.0 * unpack2x16unorm(load4(base, 4u).w).y, wavelength);", "return ior;"),
    ("the medium around splits a tenth as much", oil_around_a_wedge_splits_colours, "return dispersed_ior(ior, 10.0 * unpack2x16unorm", "return dispersed_ior(ior, unpack2x16unorm"),
    ("what is left is in the medium of all wavelengths", oil_around_a_wedge_splits_colours, "surface.outer_ior = medium_ior(media_top(beyond), wavelength)", "surface.outer_ior = medium_ior(media_top(beyond), 0.0)"),
    ("the oldest of four is never left", of_four_solids_the_first_is_left_first, "return select(media, vec4u(0u, media.yzw), media.x == key);", "return media;"),
    ("the oldest of four is never there", of_four_solids_the_first_is_left_first, "var top = media.x;", "var top = 0u;"),
    ("behind a pane is air", behind_a_rough_pane_in_water_is_water, "select(select(1.0, surface.ior, entering), around_ior, !solid_glass)", "select(1.0, surface.ior, entering)"),
    ("behind a pane nothing absorbs", behind_a_rough_pane_in_water_is_water, "select(select(vec3f(0.0), surface.absorption, entering), medium, surface.thin)", "select(vec3f(0.0), surface.absorption, entering)"),
    ("what has no end absorbs all", what_has_no_end_absorbs_nothing, "select(exp(-absorption * distance), vec3f(1.0), distance >= FAR)", "exp(-absorption * distance)"),
    ("a ball of light shines inwards", a_ball_of_light_is_dark_within, "    if d2 <= r2 {\n        return BallSample();\n    }\n", ""),
    ("the sun's disc ends too early", suns_of_any_size_shine_as_their_discs_say, "dot(chord, chord) <= 2.0 *", "dot(chord, chord) <= 1.0 *"),
    ("there is no sun when it is met", suns_of_any_size_shine_as_their_discs_say, "return smooth_sky + sun_seen(ray, pdf, sunlit);", "return smooth_sky;"),
    ("strength is forgotten", a_picture_shines_with_its_strength, "mix(c, d, fx), fy) * frame.env_map.x", "mix(c, d, fx), fy) * (1.0 / 32704.0)"),
    ("smooth surfaces are never lit directly", smooth_mixtures_vanish_in_an_even_picture, "return s.roughness < DELTA_ROUGHNESS && (1.0 - s.metallic) * (1.0 - s.transmission) + s.coat <= 0.0;", "return s.roughness < DELTA_ROUGHNESS;"),
    ("glass is never lit directly", smooth_mixtures_vanish_in_an_even_picture, "(1.0 - s.metallic) * (1.0 - s.transmission) + s.coat <= 0.0", "s.transmission > 0.0"),
    ("thresholds are not looked at", a_threshold_decides_about_numbers_too, "if fractions.w > 0.0 {", "if false {"),
    ("a threshold knows no image", a_threshold_decides_about_numbers_too, "opacity *= image_at(bits & 0xffffu, texcoord(hit)).w;", ""),
    ("a ball has gaps by an image", a_threshold_decides_about_numbers_too, "if (bits & 0xffffu) != 0u && (hit.primitive & LEAF_SPHERE) == 0u {", "if (bits & 0xffffu) != 0u {"),
    ("a ball has an image", balls_show_no_images, "    if (hit.primitive & LEAF_SPHERE) != 0u {\n        return vec3f(0.0);\n    }\n", ""),
];

#[test]
fn faults_in_rare_ways_are_found() {
    assert_eq!(survivors(FAULTS), [""; 0]);
}
