//! Light from a picture around the scene.

use std::f32::consts::PI;

use glam::{Vec2, Vec3};
use raytruth_scene::{Camera, Environment, Image, Material, Pose, Scene, Shape};

use super::{matte, mean, object, proof, render, scene};

fn under(scene: Scene, width: u32, height: u32, pixel: impl Fn(u32, u32) -> [f32; 3]) -> Scene {
    let values = (0..width * height).map(|i| pixel(i % width, i / width)).collect();
    let mut scene = scene;
    scene.images.insert("sky".into(), Image::linear(width, height, values).expect("it fits"));
    scene.environment = Environment::Image { image: "sky".into(), strength: 1.0, rotation: 0.4 };
    scene
}

fn plane(material: Material) -> Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -0.8, 2.0), Vec3::ZERO, 0.02);
    let floor = object(1, Shape::Plane { size: Vec2::splat(8.0) }, "m", Pose::IDENTITY);
    scene(camera, Vec3::ZERO, &[("m", material)], vec![floor])
}

/// Under a small bright patch of sky a plane is lit as the integral over the patch says, whichever strategy finds it.
#[test]
fn a_bright_patch_lights_as_its_integral_says() {
    // Rows 4 and 5 of 32 shine, in columns 10 to 12 of 64; interpolation spreads each pixel as a tent.
    let patch = |x: u32, y: u32| if (10..13).contains(&x) && (4..6).contains(&y) { [500.0, 250.0, 125.0] } else { [0.0; 3] };
    // The tents' sums along rows and columns; around, the mean is all that counts.
    let tent = |at: f32, first: f32, last: f32| ((at - first + 1.0).min(last + 1.0 - at)).clamp(0.0, 1.0);
    let fine = 2000;
    let irradiance: f32 = (0..fine)
        .map(|i| {
            let row = 8.0 * (i as f32 + 0.5) / fine as f32;
            let theta = PI * (row + 0.5) / 32.0;
            tent(row, 4.0, 5.0) * theta.sin() * theta.cos() * (8.0 / fine as f32) * (PI / 32.0)
        })
        .sum::<f32>()
        * (3.0 * 2.0 * PI / 64.0)
        * 500.0;
    for (name, material) in [("matte", matte(0.6)), ("rough", Material { roughness: 1.0, ..matte(0.6) })] {
        let frame = render(&under(plane(material), 64, 32, patch), &proof(64), 0);
        let pixel = frame.radiance.iter().map(|c| Vec3::from(*c)).sum::<Vec3>() / frame.radiance.len() as f32;
        let expected = 0.6 / PI * irradiance * Vec3::new(1.0, 0.5, 0.25);
        assert!((pixel / expected - 1.0).abs().max_element() < 0.01, "{name}: {pixel}, not {expected}");
    }
}

/// A picture of one colour is an even sky.
#[test]
fn an_even_picture_is_an_even_sky() {
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 0.5), Vec3::ZERO, 0.6);
    let glass = Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, ..Material::default() };
    let metal = Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 0.3, ..Material::default() };
    let ball = |id, material, x| object(id, Shape::Sphere { radius: 0.4 }, material, Pose::from_translation(Vec3::X * x));
    let s = scene(camera, Vec3::ZERO, &[("a", glass), ("b", metal)], vec![ball(1, "a", -0.45), ball(2, "b", 0.45)]);
    let got = mean(&render(&under(s, 5, 3, |_, _| [2.0; 3]), &proof(32), 0));
    assert!((got / 2.0 - 1.0).abs() < 0.01, "{got}");
}

/// A black picture is no light, and no fault.
#[test]
fn a_black_picture_is_dark() {
    assert_eq!(mean(&render(&under(plane(matte(0.5)), 2, 1, |_, _| [0.0; 3]), &proof(4), 0)), 0.0);
}

/// Between horizon and zenith light falls with the root of the height, less a little; below the horizon the ground comes soon.
#[test]
fn the_gradient_runs_as_specified() {
    for (height, [zenith, horizon, ground]) in
        [(0.25, [0.625, 0.375, 0.0]), (0.64, [0.896, 0.104, 0.0]), (-0.04, [0.0, 0.5, 0.5]), (-0.02, [0.0, 0.84375, 0.15625])]
    {
        let to = Vec3::new(0.0, (1.0f32 - height * height).sqrt(), height);
        let mut s = scene(Camera::look_at(Vec3::ZERO, to, 1e-4), Vec3::ZERO, &[], Vec::new());
        s.environment = Environment::Gradient { zenith: Vec3::X, horizon: Vec3::Y, ground: Vec3::Z, sun: None };
        let got = Vec3::from(render(&s, &proof(4), 0).radiance[0]);
        assert!(got.distance(Vec3::new(zenith, horizon, ground)) < 5e-3, "at {height}: {got}");
    }
}
