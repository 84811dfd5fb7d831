//! Images of any size, linear or not, pixel by pixel against interpolation in `f64`; factors, and coordinates that say nothing.

use glam::{DVec3, Vec2, Vec3};
use raytruth_scene::{Camera, Environment, Image, Maps, Material, Pose, Shape};

use super::maps::hung;
use super::planted::{as_it_is, mean, near, show, small};
use super::things::{ball, filled, lambert};
use super::{matte, object, proof, render, scene};

/// IEC 61966-2-1.
fn linear(byte: u8) -> f64 {
    let c = f64::from(byte) / 255.0;
    if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

/// Between the middles of the four pixels around, from the upper left corner, repeating.
fn interpolated(pixels: &[DVec3], (width, height): (usize, usize), u: f64, v: f64) -> DVec3 {
    let (x, y) = (u * width as f64 - 0.5, v * height as f64 - 0.5);
    let at = |i: f64, j: f64| {
        let wrap = |k: f64, n: usize| (k as i64).rem_euclid(n as i64) as usize;
        pixels[wrap(j, height) * width + wrap(i, width)]
    };
    let (i, j) = (x.floor(), y.floor());
    at(i, j).lerp(at(i + 1.0, j), x - i).lerp(at(i, j + 1.0).lerp(at(i + 1.0, j + 1.0), x - i), y - j)
}

#[test]
fn images_of_any_size_are_interpolated_as_light() {
    for (width, height) in [(1, 1), (5, 3), (3, 5), (2, 7), (8, 6)] {
        let byte = |i: usize, k: usize| (((i * 3 + k) as u32).wrapping_mul(2_654_435_761) >> 24) as u8;
        let pixels: Vec<[u8; 4]> = (0..width * height).map(|i| [byte(i, 0), byte(i, 1), byte(i, 2), 255]).collect();
        let light: Vec<DVec3> = pixels.iter().map(|p| DVec3::new(linear(p[0]), linear(p[1]), linear(p[2]))).collect();
        let display = Image::srgb8(width as u32, height as u32, pixels).expect("it fits");
        let values = light.iter().map(|c| c.as_vec3().to_array()).collect();
        // As numbers it is kept in display values all the same.
        let numbers = Image::linear(width as u32, height as u32, values).expect("it fits");
        for image in [display, numbers] {
            let mut s = hung(Maps { base_color: Some("i".into()), ..Maps::default() }, matte(1.0));
            s.images.insert("i".into(), image);
            let albedo = render(&s, &proof(1), 0).passes.albedo;
            for (x, y) in (0..40 * 40).map(|i| (i % 40, i / 40)) {
                let expected = interpolated(&light, (width, height), (x as f64 + 0.5) / 40.0, (y as f64 + 0.5) / 40.0);
                let got = Vec3::from(albedo[64 * y + 12 + x]).as_dvec3();
                assert!((got - expected).abs().max_element() < 2e-3, "{width} x {height} at {x}, {y}: {got}, not {expected}");
            }
        }
    }
}

/// Roughness and metallic of an image multiply the material's own.
#[test]
fn factors_multiply_what_an_image_says() {
    let shown = |maps, roughness, metallic| {
        let mut s = hung(maps, Material { base_color: Vec3::new(0.9, 0.5, 0.2), roughness, metallic, ..Material::default() });
        s.images.insert("i".into(), Image::srgb8(1, 1, vec![[0, 128, 204, 255]]).expect("it fits"));
        s.environment = Environment::Gradient { zenith: Vec3::ONE, horizon: Vec3::ZERO, ground: Vec3::X, sun: None };
        s.camera = Camera::look_at(Vec3::new(0.0, -6.0, 8.0), Vec3::ZERO, 0.05);
        mean(&show(&s, &small(64), 0, &as_it_is))
    };
    let by_image = shown(Maps { metallic_roughness: Some("i".into()), ..Maps::default() }, 0.6, 0.5);
    let by_number = shown(Maps::default(), 0.6 * 128.0 / 255.0, 0.5 * 0.8);
    near("image", by_image, by_number, 3e-3).unwrap_or_else(|e| panic!("{e}"));
}

/// Where coordinates are the same at all corners, or lie on one line, a normal map has no frame: the surface is as without. So it is where
/// the map's scale is 0.
#[test]
fn normal_maps_without_a_frame_do_nothing() {
    let mirror = Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 0.0, ..Material::default() };
    let maps = |normal_scale| Maps { normal: Some("i".into()), normal_scale, ..Maps::default() };
    for (what, scale, coordinates) in [
        ("one place", 1.0, [(0.3, 0.7); 4]),
        ("one line", 1.0, [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.25, 0.25)]),
        ("scale 0", 0.0, [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]),
    ] {
        let mut s = hung(maps(scale), mirror.clone());
        s.images.insert("i".into(), Image::srgb8(1, 1, vec![[220, 60, 200, 255]]).expect("it fits"));
        s.meshes.get_mut("square").expect("it").texcoords = coordinates.map(|(u, v)| Vec2::new(u, v)).to_vec();
        s.environment = Environment::Gradient { zenith: Vec3::X, horizon: Vec3::Y, ground: Vec3::Z, sun: None };
        s.camera = Camera::look_at(Vec3::new(0.0, -3.0, 4.0), Vec3::ZERO, 0.01);
        let got = mean(&show(&s, &small(1), 0, &as_it_is));
        // It comes from above, and goes on down: into the ground.
        near(what, got, Vec3::Z, 0.01).unwrap_or_else(|e| panic!("{e}"));
    }
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
