//! Direct light against closed forms.

use std::f32::consts::PI;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Absorption, Camera, Environment, Light, LightShape, Material, Pose, Scene, Shape, Sun};

use super::{matte, object, proof, render, scene};
use crate::{Profile, RenderSettings};

/// A large matte plane of albedo 0.6 seen from above; no sky.
fn plane() -> Scene {
    // Not straight down: `look_at` needs a direction beside the z-axis.
    let camera = Camera::look_at(Vec3::new(0.0, -0.8, 2.0), Vec3::ZERO, 0.02);
    let floor = object(1, Shape::Plane { size: Vec2::splat(8.0) }, "m", Pose::IDENTITY);
    scene(camera, Vec3::ZERO, &[("m", matte(0.6))], vec![floor])
}

/// Mean radiance over the picture, which shows a spot of a few centimetres about the origin.
fn spot(scene: &Scene) -> f32 {
    let frame = render(scene, &proof(64), 0);
    frame.radiance.iter().map(|c| c[1]).sum::<f32>() / frame.radiance.len() as f32
}

fn down(height: f32) -> Pose {
    Pose::from_translation(Vec3::Z * height)
}

/// A lamp that the camera does not see.
fn lamp(shape: LightShape, pose: Pose, radiance: f32) -> Light {
    Light {
        name: "l".into(),
        shape,
        pose,
        radiance: Vec3::splat(radiance),
        power: raytruth_scene::Power::FULL,
        visible_to_camera: false,
    }
}

#[test]
fn area_lights_shine_as_their_form_factors_say() {
    let height = 0.7;
    // A parallel, centred disk: sin² of its half-angle. A parallel rectangle: four quarters (Howell, configuration B-4). A ball:
    // (r / d)².
    let disk = |r: f32| r * r / (r * r + height * height);
    let rect = |w: f32, h: f32| {
        let (a, b) = (0.5 * w / height, 0.5 * h / height);
        let part = |a: f32, b: f32| a / (1.0 + a * a).sqrt() * (b / (1.0 + a * a).sqrt()).atan();
        4.0 / (2.0 * PI) * (part(a, b) + part(b, a))
    };
    for (shape, factor) in [
        (LightShape::Disk { radius: 0.3 }, disk(0.3)),
        (LightShape::Rect { size: Vec2::new(0.8, 0.4) }, rect(0.8, 0.4)),
        (LightShape::Sphere { radius: 0.2 }, (0.2f32 / height).powi(2)),
    ] {
        let mut s = plane();
        s.lights.push(lamp(shape, down(height), 3.0));
        let (got, expected) = (spot(&s), 0.6 * 3.0 * factor);
        assert!((got / expected - 1.0).abs() < 0.01, "{got}, not {expected}, for {:?}", s.lights[0].shape);
    }
}

/// A small spot above a plane: in full below it, a known share between the angles, dark beyond; the aim is 0.3 rad off the vertical.
#[test]
fn a_spot_shines_into_its_cone() {
    for (inner_angle, outer_angle) in [(0.35, 0.6), (0.2, 0.5), (0.1, 0.4), (0.05, 0.25), (0.36, 0.36), (0.24, 0.24)] {
        let mut s = plane();
        s.lights.push(lamp(
            LightShape::Spot { radius: 0.01, inner_angle, outer_angle },
            Pose::new(Vec3::Z, Quat::from_rotation_y(0.3)),
            5000.0,
        ));
        let cosines = [0.3f32, inner_angle, outer_angle].map(f32::cos);
        let share = if inner_angle == outer_angle {
            f32::from(u8::from(outer_angle > 0.3))
        } else {
            ((cosines[0] - cosines[2]) / (cosines[1] - cosines[2])).clamp(0.0, 1.0).powi(2)
        };
        // As of a ball: (r / d)².
        let (got, expected) = (spot(&s), 0.6 * 5000.0 * 0.01f32.powi(2) * share);
        assert!((got - expected).abs() < 0.02 * expected.max(0.01), "{got}, not {expected}, for {:?}", s.lights[0].shape);
    }
}

#[test]
fn two_lights_and_the_sun_add_up() {
    let mut s = plane();
    let disk = |name: &str, x: f32| Light {
        name: name.into(),
        shape: LightShape::Disk { radius: 0.01 },
        pose: Pose::from_translation(Vec3::new(x, 0.0, 1.0)),
        radiance: Vec3::splat(5000.0),
        power: raytruth_scene::Power::FULL,
        visible_to_camera: false,
    };
    s.lights = vec![disk("a", 0.0), disk("b", 0.5)];
    let sun = Sun { direction: Vec3::new(0.6, 0.0, 0.8), irradiance: Vec3::splat(1.5), angular_radius: 0.00465 };
    s.environment = Environment::Gradient { zenith: Vec3::ZERO, horizon: Vec3::ZERO, ground: Vec3::ZERO, sun: Some(sun) };
    let power = 5000.0 * PI * 0.01 * 0.01;
    // cos / d² at the light and cos at the plane.
    let expected = 0.6 / PI * (power + power / 1.25f32.powi(2) + 1.5 * 0.8);
    let got = spot(&s);
    assert!((got / expected - 1.0).abs() < 0.015, "{got}, not {expected}");
}

#[test]
fn shadows_fall_where_they_must() {
    let mut s = plane();
    s.lights.push(lamp(LightShape::Disk { radius: 0.1 }, down(2.5), 50.0));
    // Between light and plane, out of the camera's sight line.
    s.objects.push(object(2, Shape::Sphere { radius: 0.1 }, "m", Pose::from_translation(Vec3::Z * 0.4)));
    s.materials.insert("m".into(), matte(0.0));
    s.objects[0].material = "floor".into();
    s.materials.insert("floor".into(), matte(0.6));
    s.camera = Camera::look_at(Vec3::new(0.0, -2.0, 0.5), Vec3::ZERO, 0.02);
    assert!(spot(&s) < 1e-4, "the umbra is lit");
}

#[test]
fn glass_absorbs_by_beer_and_lambert() {
    // A slab of index 1 reflects nothing: what is left of the sky is the colour to the power of thickness over distance.
    let color = Vec3::new(0.9, 0.5, 0.2);
    let absorption = Some(Absorption { color, distance: 0.1 });
    let glass =
        Material { base_color: Vec3::ONE, roughness: 0.0, ior: 1.0, transmission: 1.0, absorption, ..Material::default() };
    let slab = Shape::Box { half_extents: Vec3::new(2.0, 0.025, 2.0), bevel: 0.0 };
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 0.0), Vec3::ZERO, 0.05);
    let s = scene(camera, Vec3::ONE, &[("m", glass)], vec![object(1, slab, "m", Pose::IDENTITY)]);
    let frame = render(&s, &proof(16), 0);
    let got = frame.radiance.iter().map(|c| Vec3::from_array(*c)).sum::<Vec3>() / frame.radiance.len() as f32;
    assert!((got / color.powf(0.5) - 1.0).abs().max_element() < 0.01, "{got}");
}

#[test]
fn a_mirror_shows_the_sky_it_faces() {
    let sky = Environment::Gradient { zenith: Vec3::X, horizon: Vec3::ZERO, ground: Vec3::Z, sun: None };
    let mirror = Material { base_color: Vec3::splat(0.8), metallic: 1.0, roughness: 0.0, ..Material::default() };
    // At 45 degrees: a level gaze goes straight up.
    let pose = Pose::new(Vec3::ZERO, Quat::from_rotation_x(0.25 * PI));
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 0.0), Vec3::ZERO, 0.01);
    let mut s = scene(camera, Vec3::ZERO, &[("m", mirror)], vec![object(1, Shape::Plane { size: Vec2::splat(2.0) }, "m", pose)]);
    s.environment = sky;
    for pixel in render(&s, &proof(2), 0).radiance {
        assert!(Vec3::from_array(pixel).distance(Vec3::X * 0.8) < 0.01, "{pixel:?}");
    }
}

/// What a camera below sees of a lamp that shines downwards.
fn lamp_itself(shape: LightShape, visible_to_camera: bool, before: Option<f32>) -> f32 {
    let camera = Camera::look_at(Vec3::new(0.0, -0.8, -2.0), Vec3::ZERO, 0.02);
    let mut s = scene(camera, Vec3::ZERO, &[("m", matte(0.0))], Vec::new());
    if let Some(height) = before {
        s.objects.push(object(1, Shape::Plane { size: Vec2::splat(9.0) }, "m", down(height)));
    }
    s.lights.push(Light { visible_to_camera, ..lamp(shape, Pose::IDENTITY, 3.0) });
    spot(&s)
}

#[test]
fn the_camera_sees_the_lamps_that_it_should() {
    for shape in
        [LightShape::Disk { radius: 0.3 }, LightShape::Rect { size: Vec2::splat(0.5) }, LightShape::Sphere { radius: 0.3 }]
    {
        let seen = |visible, before| lamp_itself(shape.clone(), visible, before);
        assert!((seen(true, None) - 3.0).abs() < 1e-3, "{shape:?} shines");
        assert_eq!(seen(false, None), 0.0, "{shape:?} is hidden");
        assert_eq!(seen(true, Some(-1.0)), 0.0, "{shape:?} is behind a wall");
        assert!((seen(true, Some(1.0)) - 3.0).abs() < 1e-3, "{shape:?} is before a wall");
    }
}

/// The profile for pictures holds down what arrives after two scatterings or more, to a sum of 10; nothing else.
#[test]
fn only_indirect_light_is_clamped() {
    let look = |s: &Scene| {
        let settings = RenderSettings { profile: Profile::Look, ..proof(16) };
        let frame = render(s, &settings, 0);
        frame.radiance.iter().map(|c| c[1]).sum::<f32>() / frame.radiance.len() as f32
    };
    let mirror = Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 0.0, ..Material::default() };
    let turned = |id, z, angle| {
        object(id, Shape::Plane { size: Vec2::splat(2.0) }, "m", Pose::new(Vec3::Z * z, Quat::from_rotation_x(angle)))
    };
    // A level gaze goes straight up, into the sky; with a second mirror on, level, there.
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 0.0), Vec3::ZERO, 0.01);
    let mut s = scene(camera, Vec3::splat(100.0), &[("m", mirror)], vec![turned(1, 0.0, 0.25 * PI)]);
    assert!((look(&s) - 100.0).abs() < 0.1, "after one mirror: {}", look(&s));
    s.objects.push(turned(2, 3.0, 0.25 * PI));
    assert!((look(&s) - 10.0 / 3.0).abs() < 0.01, "after two: {}", look(&s));
    let mut s = plane();
    s.lights.push(lamp(LightShape::Disk { radius: 0.3 }, down(0.7), 300.0));
    let expected = 0.6 * 300.0 * 0.09 / 0.58;
    assert!((look(&s) / expected - 1.0).abs() < 0.01, "sampled directly: {}, not {expected}", look(&s));
}

/// The profile for pictures follows four bounces of a kind.
#[test]
fn bounces_of_a_kind_are_limited() {
    let look = RenderSettings { profile: Profile::Look, ..proof(64) };
    let got = super::mean(&render(&super::furnace::furnace(Shape::Sphere { radius: 1.5 }, 0.0), &look, 0));
    // 0.5 and its halves, and what of the fifth is sampled directly.
    assert!((0.9675..0.985).contains(&got), "diffuse: {got}");
    let mut s = super::furnace::furnace(Shape::Sphere { radius: 1.5 }, 0.0);
    let m = s.materials.get_mut("m").expect("the walls");
    *m = Material { emission: m.emission, base_color: Vec3::splat(0.5), metallic: 1.0, roughness: 0.15, ..Material::default() };
    let got = super::mean(&render(&s, &look, 0));
    assert!((0.95..1.0).contains(&got), "glossy: {got}");
}

/// What has left coloured glass is not absorbed any more.
#[test]
fn behind_coloured_glass_the_air_is_clear() {
    let absorption = Some(Absorption { color: Vec3::new(0.9, 0.5, 0.2), distance: 0.1 });
    let glass =
        Material { base_color: Vec3::ONE, roughness: 0.0, ior: 1.0, transmission: 1.0, absorption, ..Material::default() };
    let wall = Material { emission: Vec3::ONE, specular: 0.0, ..matte(0.0) };
    let slab = Shape::Box { half_extents: Vec3::new(2.0, 0.025, 2.0), bevel: 0.0 };
    let upright = Pose::new(Vec3::Y * 2.0, Quat::from_rotation_x(0.5 * PI));
    let s = scene(
        Camera::look_at(Vec3::new(0.0, -3.0, 0.0), Vec3::ZERO, 0.05),
        Vec3::ZERO,
        &[("m", glass), ("wall", wall)],
        vec![object(1, slab, "m", Pose::IDENTITY), object(2, Shape::Plane { size: Vec2::splat(9.0) }, "wall", upright)],
    );
    let frame = render(&s, &proof(16), 0);
    let got = frame.radiance.iter().map(|c| Vec3::from_array(*c)).sum::<Vec3>() / frame.radiance.len() as f32;
    assert!((got / Vec3::new(0.9, 0.5, 0.2).powf(0.5) - 1.0).abs().max_element() < 0.01, "{got}");
}

/// A ball of triangles mirrors as a ball does: paths follow the interpolated normals.
#[test]
fn a_mesh_mirrors_smoothly() {
    let show = |shape| {
        let mirror = Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 0.0, ..Material::default() };
        let camera = Camera::look_at(Vec3::new(0.0, -2.0, 0.3), Vec3::ZERO, 0.25);
        let mut s = scene(camera, Vec3::ZERO, &[("m", mirror)], vec![object(1, shape, "m", Pose::IDENTITY)]);
        s.environment = Environment::Gradient { zenith: Vec3::X, horizon: Vec3::Y, ground: Vec3::Z, sun: None };
        render(&s, &proof(16), 0)
    };
    let [ball, mesh] = [Shape::Sphere { radius: 0.3 }, Shape::Capsule { radius: 0.3, half_height: 0.0 }].map(show);
    let pairs = ball.radiance.iter().zip(&mesh.radiance).map(|(a, b)| Vec3::from(*a).distance_squared(Vec3::from(*b)));
    let rms = (pairs.sum::<f32>() / ball.radiance.len() as f32).sqrt();
    assert!(rms < 0.03, "{rms}");
}

/// Light of a lamp in water is absorbed on its way to the ground and from there to the air.
#[test]
fn light_in_water_is_absorbed_on_all_of_its_way() {
    let mut s = plane();
    let color = Vec3::new(0.9, 0.5, 0.2);
    let absorption = Some(Absorption { color, distance: 1.0 });
    let water =
        Material { base_color: Vec3::ONE, roughness: 0.0, ior: 1.0, transmission: 1.0, absorption, ..Material::default() };
    s.materials.insert("water".into(), water);
    let box_around = Shape::Box { half_extents: Vec3::new(3.0, 3.0, 1.0), bevel: 0.0 };
    s.objects.push(object(2, box_around, "water", Pose::from_translation(Vec3::Z * 0.2)));
    s.lights.push(lamp(LightShape::Disk { radius: 0.05 }, down(0.7), 300.0));
    let frame = render(&s, &proof(64), 0);
    let got = frame.radiance.iter().map(|c| Vec3::from_array(*c)).sum::<Vec3>() / frame.radiance.len() as f32;
    // 0.7 m down, and 1.2 m up on a slope of 0.8 in 2.
    let far = 0.7 + 1.2 * (1.0f32 + 0.4 * 0.4).sqrt();
    let expected = 0.6 * 300.0 * 0.0025 / (0.0025 + 0.49) * color.powf(far);
    assert!((got / expected - 1.0).abs().max_element() < 0.01, "{got}, not {expected}");
}

/// Rectangles and disks shine on one side.
#[test]
fn lamps_are_dark_behind() {
    for shape in [LightShape::Disk { radius: 0.3 }, LightShape::Rect { size: Vec2::splat(0.5) }] {
        let mut s = plane();
        let pose = Pose::new(Vec3::Z * 0.7, Quat::from_rotation_x(PI));
        s.lights.push(lamp(shape, pose, 3.0));
        assert_eq!(spot(&s), 0.0, "{:?}", s.lights[0].shape);
    }
}

/// A rough coat is lit directly, though all that is below it is a mirror: as one over black that is no mirror.
#[test]
fn a_coat_over_a_mirror_is_lit() {
    let show = |below: Material| {
        let coated = Material { base_color: Vec3::ZERO, coat: 1.0, coat_roughness: 0.6, ..below };
        let mut s = plane();
        s.materials.insert("m".into(), coated);
        s.lights.push(lamp(LightShape::Disk { radius: 0.05 }, down(0.7), 300.0));
        spot(&s)
    };
    let mirror = show(Material { metallic: 1.0, roughness: 0.0, ..Material::default() });
    let black = show(Material { specular: 0.0, roughness: 0.5, ..Material::default() });
    assert!(black > 0.01 && (mirror / black - 1.0).abs() < 0.02, "{mirror}, not {black}");
}
