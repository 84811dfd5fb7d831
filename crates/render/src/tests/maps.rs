//! Images over surfaces.

use glam::{Vec2, Vec3};
use raytruth_scene::{Camera, Image, Maps, Material, Mesh, Pose, Scene, Shape};

use super::{matte, mean, object, proof, render, scene};

/// A square of 2 x 2 m, 40 pixels wide and high in the middle of a picture of 64 x 40, upright, seen from the front, with an image over it once, under an even white sky.
pub(super) fn hung(maps: Maps, material: Material) -> Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -10.0, 0.0), Vec3::ZERO, 0.199_337_3);
    let material = Material { maps, ..material };
    let mut s = scene(camera, Vec3::ONE, &[("m", material)], vec![]);
    let mesh = Mesh {
        // From the upper left corner of the image, as the camera sees it.
        positions: [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)].map(|(x, z)| Vec3::new(x, 0.0, z)).to_vec(),
        texcoords: [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(u, v)| Vec2::new(u, v)).to_vec(),
        triangles: vec![[0, 3, 2], [0, 2, 1]],
        ..Mesh::default()
    };
    s.meshes.insert("square".into(), mesh);
    s.objects.push(object(1, Shape::Mesh { mesh: "square".into() }, "m", Pose::IDENTITY));
    s
}

fn image(s: &mut Scene, name: &str, width: u32, pixels: &[[u8; 3]]) {
    let rgba = pixels.iter().map(|&[r, g, b]| [r, g, b, 255]).collect();
    s.images.insert(name.into(), Image::srgb8(width, pixels.len() as u32 / width, rgba).expect("it fits"));
}

/// Radiance at a point of the picture, from its upper left corner in parts of its sides; the picture is 64 x 40, the square 40 x 40.
fn at(radiance: &[[f32; 3]], u: f32, v: f32) -> Vec3 {
    let (x, y) = (12.0 + 40.0 * u, 40.0 * v);
    Vec3::from(radiance[y as usize * 64 + x as usize])
}

#[test]
fn an_image_hangs_upright_and_multiplies() {
    let maps = Maps { base_color: Some("i".into()), ..Maps::default() };
    let mut s = hung(maps, Material { base_color: Vec3::new(1.0, 1.0, 0.5), ..matte(1.0) });
    // 4 x 4, so that the middles of the quarters are plain.
    let quarter = |i: usize| [[255, 0, 0], [0, 255, 0], [0, 0, 255], [188, 188, 188]][i % 4 / 2 + i / 8 * 2];
    image(&mut s, "i", 4, &(0..16).map(quarter).collect::<Vec<[u8; 3]>>());
    let radiance = render(&s, &proof(64), 0).radiance;
    for (u, v, expected) in [
        (0.25, 0.25, Vec3::X),
        (0.75, 0.25, Vec3::Y),
        (0.25, 0.75, Vec3::Z * 0.5),
        (0.75, 0.75, Vec3::new(0.5029, 0.5029, 0.2514)),
    ] {
        let got = at(&radiance, u, v);
        assert!(got.distance(expected) < 0.02, "at {u}, {v}: {got}, not {expected}");
    }
}

/// Colours of vertices lie linearly over each triangle and multiply the material's, beside what has none.
#[test]
fn vertices_have_colours() {
    let mut s = hung(Maps::default(), Material { base_color: Vec3::new(1.0, 1.0, 0.5), ..matte(1.0) });
    let square = s.meshes.get_mut("square").expect("a square");
    square.colors = vec![Vec3::X, Vec3::Y, Vec3::Z, Vec3::splat(0.25)];
    let side = Mesh { colors: Vec::new(), ..square.clone() };
    s.meshes.insert("side".into(), side);
    s.objects.push(object(2, Shape::Mesh { mesh: "side".into() }, "m", Pose::from_translation(Vec3::new(2.0, 0.0, 0.0))));
    let frame = render(&s, &proof(64), 0);
    // The lower left triangle has corners 0, 3 and 2, the upper right one 0, 2 and 1; the square is cut from 0 to 2.
    let mix = |a: f32, b: f32, c: f32, [p, q, r]: [Vec3; 3]| (a * p + b * q + c * r) * Vec3::new(1.0, 1.0, 0.5);
    let corners = [Vec3::X, Vec3::Y, Vec3::Z, Vec3::splat(0.25)];
    for (u, v, expected) in [
        (0.25, 0.75, mix(0.25, 0.5, 0.25, [corners[0], corners[3], corners[2]])),
        (0.75, 0.25, mix(0.25, 0.5, 0.25, [corners[0], corners[1], corners[2]])),
        (0.2, 0.9, mix(0.1, 0.7, 0.2, [corners[0], corners[3], corners[2]])),
        (1.2, 0.5, Vec3::new(1.0, 1.0, 0.5)),
    ] {
        for got in [at(&frame.radiance, u, v), at(&frame.passes.albedo, u, v)] {
            assert!(got.distance(expected) < 0.03, "at {u}, {v}: {got}, not {expected}");
        }
    }
}

#[test]
fn emission_follows_its_image() {
    let mut s =
        hung(Maps { emission: Some("i".into()), ..Maps::default() }, Material { emission: Vec3::splat(3.0), ..matte(0.0) });
    image(&mut s, "i", 4, &[[255; 3], [255; 3], [0; 3], [0; 3]]);
    let radiance = render(&s, &proof(4), 0).radiance;
    assert!(at(&radiance, 0.25, 0.5).distance(Vec3::splat(3.0)) < 1e-3);
    assert!(at(&radiance, 0.75, 0.5).length() < 1e-3);
}

/// A mirror whose normal map leans to the right shows what is on the right; one that leans up what is above.
#[test]
fn normals_lean_as_their_image_says() {
    let mirror = Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 0.0, ..Material::default() };
    // Leaning by 30 degrees turns the gaze, back the way it came, by 60.
    let (back, aside) = (Vec3::NEG_Y * 0.5, 0.866);
    for (pixel, aside) in
        [([191, 128, 238], Vec3::X * aside), ([128, 191, 238], Vec3::Z * aside), ([64, 128, 238], Vec3::X * -aside)]
    {
        let towards = back + aside;
        let mut s = hung(Maps { normal: Some("i".into()), ..Maps::default() }, mirror.clone());
        image(&mut s, "i", 1, &[pixel]);
        let sky = Image::linear(64, 32, (0..64 * 32).map(|i| sky_pixel(i % 64, i / 64, towards)).collect()).expect("it fits");
        s.images.insert("sky".into(), sky);
        s.environment = raytruth_scene::Environment::Image { image: "sky".into(), strength: 1.0, rotation: 0.0 };
        let got = at(&render(&s, &proof(16), 0).radiance, 0.5, 0.5);
        assert!((got.x - 1.0).abs() < 0.02, "towards {towards}: {got}");
    }
}

/// Shines within 20 degrees of a direction.
fn sky_pixel(x: u32, y: u32, towards: Vec3) -> [f32; 3] {
    let (phi, theta) = ((0.5 - (x as f32 + 0.5) / 64.0) * std::f32::consts::TAU, (y as f32 + 0.5) / 32.0 * std::f32::consts::PI);
    let d = Vec3::new(theta.sin() * phi.cos(), theta.sin() * phi.sin(), theta.cos());
    [f32::from(u8::from(d.dot(towards) > 0.94)); 3]
}

#[test]
fn metal_and_roughness_come_from_blue_and_green() {
    let maps = Maps { metallic_roughness: Some("i".into()), ..Maps::default() };
    let mut s =
        hung(maps, Material { base_color: Vec3::new(1.0, 0.0, 0.0), metallic: 1.0, roughness: 1.0, ..Material::default() });
    // Left a red mirror, right a rough red dielectric with its white highlight.
    image(&mut s, "i", 4, &[[0, 0, 255], [0, 0, 255], [0, 255, 0], [0, 255, 0]]);
    let radiance = render(&s, &proof(64), 0).radiance;
    assert!(at(&radiance, 0.25, 0.5).distance(Vec3::X) < 0.02, "{}", at(&radiance, 0.25, 0.5));
    let right = at(&radiance, 0.75, 0.5);
    assert!(right.x > 0.9 && right.y > 0.005 && right.y < 0.15, "{right}");
}

/// Two sheets of which a quarter and a half are there leave 0.75 · 0.5 of what is behind; passes show what most of a ray meets.
#[test]
fn opacity_is_how_much_is_there() {
    let black = Material { opacity: 0.25, specular: 0.0, ..matte(0.0) };
    let mut s = hung(Maps::default(), black.clone());
    s.materials.insert("half".into(), Material { opacity: 0.5, ..black });
    let behind = Pose::from_translation(Vec3::Y);
    s.objects.push(object(2, Shape::Mesh { mesh: "square".into() }, "half", behind));
    let frame = render(&s, &proof(256), 0);
    let middle: Vec<f32> =
        (12..28).flat_map(|y| (24..40).map(move |x| 64 * y + x)).map(|i: usize| frame.radiance[i][1]).collect();
    let mean = middle.iter().sum::<f32>() / middle.len() as f32;
    assert!((mean - 0.375).abs() < 0.01, "{mean}");
    assert_eq!(frame.passes.object_id[64 * 20 + 32], 2, "only 0.375 of what is seen lies behind the second sheet");
}

/// Nothing lies below a threshold of 0, whatever the image says.
#[test]
fn a_cutout_of_nothing_leaves_all_of_it() {
    let maps = Maps { opacity: Some("i".into()), ..Maps::default() };
    let mut s = hung(maps, Material { opacity: 0.5, cutout: Some(0.0), specular: 0.0, ..matte(0.0) });
    s.materials.insert("veil".into(), Material { opacity: 0.5, ..Material::default() });
    s.images.insert("i".into(), Image::srgb8(1, 1, vec![[0; 4]]).expect("it fits"));
    let frame = render(&s, &proof(4), 0);
    assert_eq!((at(&frame.radiance, 0.5, 0.5), frame.passes.object_id[64 * 20 + 32]), (Vec3::ZERO, 1));
}

/// An image's alpha cuts out: left of the middle there is nothing, whatever its colour, and the sky is as bright as ever.
#[test]
fn what_is_cut_out_is_not_there() {
    let maps = Maps { base_color: Some("i".into()), opacity: Some("i".into()), ..Maps::default() };
    let mut s = hung(maps, Material { cutout: Some(0.5), specular: 0.0, ..matte(1.0) });
    let pixels = (0..16).map(|i| if i % 4 < 2 { [255, 0, 0, 127] } else { [0, 255, 0, 128] }).collect();
    s.images.insert("i".into(), Image::srgb8(4, 4, pixels).expect("it fits"));
    let frame = render(&s, &proof(64), 0);
    for (u, expected, id) in [(0.25, Vec3::ONE, 0), (0.75, Vec3::Y, 1)] {
        let got = at(&frame.radiance, u, 0.5);
        assert!(got.distance(expected) < 0.02, "at {u}: {got}, not {expected}");
        assert_eq!(frame.passes.object_id[64 * 20 + 12 + (40.0 * u) as usize], id);
    }
    assert!(frame.passes.albedo[64 * 20 + 12 + 30][0] < 0.01, "the albedo pass shows the image's green");
}

/// Beyond its edges an image begins again.
#[test]
fn images_repeat() {
    let maps = Maps { base_color: Some("i".into()), ..Maps::default() };
    let mut s = hung(maps, matte(1.0));
    for uv in &mut s.meshes.get_mut("square").expect("the square").texcoords {
        *uv = 2.0 * *uv - 0.5;
    }
    let quarter = |i: usize| [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]][i % 4 / 2 + i / 8 * 2];
    image(&mut s, "i", 4, &(0..16).map(quarter).collect::<Vec<[u8; 3]>>());
    let radiance = render(&s, &proof(64), 0).radiance;
    // The picture's middle is the image's; from there on it goes on as from the left and the top.
    for (u, v, expected) in [(0.125, 0.125, Vec3::ONE), (0.375, 0.375, Vec3::X), (0.625, 0.875, Vec3::Y), (0.875, 0.625, Vec3::Z)]
    {
        let got = at(&radiance, u, v);
        assert!(got.distance(expected) < 0.02, "at {u}, {v}: {got}, not {expected}");
    }
}

/// An image is interpolated between the middles of its pixels, and multiplies the material's own opacity.
#[test]
fn images_are_interpolated_between_their_pixels() {
    let maps = Maps { opacity: Some("i".into()), ..Maps::default() };
    let mut s = hung(maps, Material { opacity: 0.8, specular: 0.0, ..matte(0.0) });
    let pixels = [[0, 0, 0, 255], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]].to_vec();
    s.images.insert("i".into(), Image::srgb8(2, 2, pixels).expect("it fits"));
    let radiance = render(&s, &proof(1024), 0).radiance;
    // The first pixel's middle is at a quarter of the sides; the pixels of the picture here lie half of their size beside.
    for (u, v) in [(0.25, 0.25), (0.25, 0.5), (0.5, 0.25), (0.375, 0.625), (0.625, 0.375)] {
        let part = |x: f32| (1.0 - 2.0 * (x + 0.0125 - 0.25)).clamp(0.0, 1.0);
        let (got, expected) = (at(&radiance, u, v).y, 1.0 - 0.8 * part(u) * part(v));
        assert!((got - expected).abs() < 0.04, "at {u}, {v}: {got}, not {expected}");
    }
}

/// Light is mixed between pixels, not its display values: halfway from black to white is half of it.
#[test]
fn colours_are_mixed_as_light() {
    for material in [matte(1.0), Material { emission: Vec3::ONE, ..matte(0.0) }] {
        let image_of = |wanted| if wanted { Some("i".into()) } else { None };
        let shines = material.emission != Vec3::ZERO;
        let maps = Maps { base_color: image_of(!shines), emission: image_of(shines), ..Maps::default() };
        let mut s = hung(maps, material);
        image(&mut s, "i", 2, &[[0, 0, 0], [255, 255, 255]]);
        let radiance = render(&s, &proof(256), 0).radiance;
        let got = 0.5 * (at(&radiance, 0.475, 0.5) + at(&radiance, 0.5, 0.5));
        assert!((got - 0.5).abs().max_element() < 0.02, "{got}");
    }
}

/// Emission by an image is of display colours.
#[test]
fn the_emission_image_is_made_linear() {
    let mut s =
        hung(Maps { emission: Some("i".into()), ..Maps::default() }, Material { emission: Vec3::splat(3.0), ..matte(0.0) });
    image(&mut s, "i", 1, &[[188, 188, 255]]);
    let got = at(&render(&s, &proof(4), 0).radiance, 0.5, 0.5);
    assert!(got.distance(Vec3::new(1.5087, 1.5087, 3.0)) < 2e-3, "{got}");
}

/// An image that is the same everywhere is the number itself.
#[test]
fn an_even_image_is_a_number() {
    let metal = |maps, roughness, metallic| {
        let mut s = hung(maps, Material { base_color: Vec3::ONE, roughness, metallic, ..Material::default() });
        image(&mut s, "i", 1, &[[0, 128, 204]]);
        s.environment =
            raytruth_scene::Environment::Gradient { zenith: Vec3::ONE, horizon: Vec3::ZERO, ground: Vec3::X, sun: None };
        s.camera = Camera::look_at(Vec3::new(0.0, -6.0, 8.0), Vec3::ZERO, 0.05);
        mean(&render(&s, &proof(64), 0))
    };
    let by_image = metal(Maps { metallic_roughness: Some("i".into()), ..Maps::default() }, 1.0, 1.0);
    let by_number = metal(Maps::default(), 128.0 / 255.0, 0.8);
    assert!((by_image / by_number - 1.0).abs() < 2e-3, "{by_image}, not {by_number}");
}

/// The normal map's frame follows its scale, the object's turn, mirrored texture coordinates and the side that is seen.
#[test]
fn normal_maps_follow_what_they_hang_on() {
    let mirror = Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 0.0, ..Material::default() };
    type Change = fn(&mut Scene);
    let changes: [(&str, Change, Vec3); 4] = [
        // A slope of 0.498 / 0.867, halved: 16 degrees, so the gaze turns by 32.
        ("scale", |s| s.materials.get_mut("m").expect("it").maps.normal_scale = 0.5, Vec3::new(0.530, -0.848, 0.0)),
        // Right becomes down.
        (
            "turned",
            |s| s.objects[0].pose.rotation = glam::Quat::from_rotation_y(std::f32::consts::FRAC_PI_2),
            Vec3::new(0.0, -0.5, -0.866),
        ),
        (
            "mirrored",
            |s| s.meshes.get_mut("square").expect("it").texcoords.iter_mut().for_each(|uv| uv.x = 1.0 - uv.x),
            Vec3::new(-0.866, -0.5, 0.0),
        ),
        ("behind", |s| s.camera = Camera::look_at(Vec3::Y * 10.0, Vec3::ZERO, 0.199_337_3), Vec3::new(-0.866, 0.5, 0.0)),
    ];
    for (name, change, towards) in changes {
        let mut s = hung(Maps { normal: Some("i".into()), ..Maps::default() }, mirror.clone());
        image(&mut s, "i", 1, &[[191, 128, 238]]);
        change(&mut s);
        let sky = Image::linear(64, 32, (0..64 * 32).map(|i| sky_pixel(i % 64, i / 64, towards)).collect()).expect("it fits");
        s.images.insert("sky".into(), sky);
        s.environment = raytruth_scene::Environment::Image { image: "sky".into(), strength: 1.0, rotation: 0.0 };
        let got = at(&render(&s, &proof(16), 0).radiance, 0.5, 0.5);
        assert!((got.x - 1.0).abs() < 0.02, "{name}: {got}");
    }
    // Up, where the image is mirrored.
    let mut s = hung(Maps { normal: Some("i".into()), ..Maps::default() }, mirror);
    image(&mut s, "i", 1, &[[128, 191, 238]]);
    (changes[2].1)(&mut s);
    let towards = Vec3::new(0.0, -0.5, 0.866);
    let sky = Image::linear(64, 32, (0..64 * 32).map(|i| sky_pixel(i % 64, i / 64, towards)).collect()).expect("it fits");
    s.images.insert("sky".into(), sky);
    s.environment = raytruth_scene::Environment::Image { image: "sky".into(), strength: 1.0, rotation: 0.0 };
    let got = at(&render(&s, &proof(16), 0).radiance, 0.5, 0.5);
    assert!((got.x - 1.0).abs() < 0.02, "mirrored, up: {got}");
}

/// Where an image makes a mirror, the pass shows what is in it.
#[test]
fn a_mirror_by_an_image_shows_what_is_in_it() {
    let maps = Maps { metallic_roughness: Some("i".into()), ..Maps::default() };
    let mut s = hung(maps, Material { metallic: 1.0, roughness: 1.0, ..Material::default() });
    image(&mut s, "i", 4, &[[0, 0, 255], [0, 0, 255], [0, 255, 0], [0, 255, 0]]);
    let passes = super::passes(&mut super::renderer().clip(&s, &proof(1)).expect("valid"), 0, &[crate::Pass::SpecularId]);
    assert_eq!([22, 42].map(|x| passes.specular_id[64 * 20 + x]), [0, 1]);
}
