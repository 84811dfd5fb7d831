//! Clear solids that overlap, and glass that splits colours, against closed forms.

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Absorption, Animation, Camera, Environment, Material, Pose, Scene, Shape};

use super::planted::{self, as_it_is, assert_near, show, small};
use super::things::{across, filled, glass, lambert};
use super::{matte, mean, object, proof, render, scene};

/// A slab across the view, from `near` to `far` along y.
fn slab(id: u16, material: &str, near: f32, far: f32) -> raytruth_scene::Object {
    let half_extents = Vec3::new(2.0, 0.5 * (far - near), 2.0);
    object(id, Shape::Box { half_extents, bevel: 0.0 }, material, Pose::from_translation(Vec3::Y * 0.5 * (near + far)))
}

fn looking_along_y(sky: f32, materials: &[(&str, Material)], objects: Vec<raytruth_scene::Object>) -> Scene {
    scene(Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.02), Vec3::splat(sky), materials, objects)
}

/// What is seen straight through slabs, reflections between them left out by blackness behind the camera: only the sky ahead shines.
fn seen(scene: &mut Scene) -> f32 {
    scene.environment = Environment::Uniform { radiance: Vec3::ZERO };
    let wall =
        object(99, Shape::Plane { size: Vec2::splat(9.0) }, "wall", Pose::new(Vec3::Y * 5.0, Quat::from_rotation_x(1.570_796_4)));
    scene.materials.insert("wall".into(), Material { emission: Vec3::ONE, ..matte(0.0) });
    scene.objects.push(wall);
    mean(&render(scene, &proof(64), 0))
}

/// Light that goes through two parallel faces, with all reflections to and fro: (1 - r) / (1 + r) for equal faces.
fn fresnel(a: f32, b: f32) -> f32 {
    ((a - b) / (a + b)).powi(2)
}

/// Water that reaches into its glass: the glass is there. Faces air-glass 1.5, glass-water, water-glass, glass-air as if they touched.
#[test]
fn overlapping_water_and_glass_have_one_face() {
    let wall = |priority| Material { priority, ..glass(1.5) };
    let water = glass(1.33);
    let through = |faces: &[f32]| faces.iter().map(|r| r / (1.0 - r)).sum::<f32>() + 1.0;
    // Incoherent slabs in a row: 1 / T - 1 adds up over faces as r / (1 - r) each... for T of one face 1 - r.
    let outer = fresnel(1.0, 1.5);
    let inner = fresnel(1.5, 1.33);
    let expected = 1.0 / through(&[outer, inner, inner, outer]);
    let mut nested = looking_along_y(
        0.0,
        &[("glass", wall(2)), ("water", water)],
        vec![slab(1, "glass", -0.6, -0.4), slab(2, "water", -0.5, 0.5), slab(3, "glass", 0.4, 0.6)],
    );
    let got = seen(&mut nested);
    assert!((got - expected).abs() < 0.004, "{got}, not {expected}");
}

/// Of equal priority the one entered last is there, so a slab inside another is seen by its faces towards it.
#[test]
fn a_solid_within_another_is_seen_against_it() {
    let mut s = looking_along_y(
        0.0,
        &[("outer", glass(1.33)), ("inner", glass(1.8)), ("same", glass(1.33))],
        vec![slab(1, "outer", -0.6, 0.6), slab(2, "inner", -0.2, 0.2)],
    );
    let faces = [fresnel(1.0, 1.33), fresnel(1.33, 1.8), fresnel(1.8, 1.33), fresnel(1.33, 1.0)];
    let expected = 1.0 / (1.0 + faces.iter().map(|r| r / (1.0 - r)).sum::<f32>());
    let got = seen(&mut s);
    assert!((got - expected).abs() < 0.004, "{got}, not {expected}");
    // Of the same index it cannot be seen at all, and of a lower priority neither.
    let expected = 1.0 / (1.0 + 2.0 * fresnel(1.0, 1.33) / (1.0 - fresnel(1.0, 1.33)));
    for (material, priority) in [("same", 0), ("inner", 1)] {
        s.objects[1].material = material.into();
        s.objects.truncate(2);
        s.materials.get_mut("outer").expect("is there").priority = priority;
        let got = seen(&mut s);
        assert!((got - expected).abs() < 0.004, "{material}: {got}, not {expected}");
    }
}

/// Each stretch of the way is absorbed by what is there.
#[test]
fn what_is_there_absorbs() {
    let dark = |color: f32, priority| Material {
        absorption: Some(Absorption { color: Vec3::splat(color), distance: 1.0 }),
        priority,
        ..glass(1.0)
    };
    let mut s =
        looking_along_y(0.0, &[("a", dark(0.5, 1)), ("b", dark(0.1, 0))], vec![slab(1, "a", -0.6, 0.2), slab(2, "b", -0.4, 0.6)]);
    // 0.8 m of a, then 0.4 m of b.
    let expected = 0.5f32.powf(0.8) * 0.1f32.powf(0.4);
    let got = seen(&mut s);
    assert!((got / expected - 1.0).abs() < 0.01, "{got}, not {expected}");
}

/// A slab with parallel faces lets every wavelength out as it came in: all of them together are white again.
#[test]
fn all_wavelengths_together_are_white() {
    let flint = Material { dispersion: 0.8, ..glass(1.6) };
    let s = looking_along_y(1.0, &[("m", flint)], vec![slab(1, "m", -0.2, 0.2)]);
    let frame = render(&s, &proof(256), 0);
    let mean = frame.radiance.iter().map(|c| Vec3::from(*c)).sum::<Vec3>() / frame.radiance.len() as f32;
    assert!((mean - 1.0).abs().max_element() < 0.01, "{mean}");
}

/// A prism bends blue more than red, as Cauchy's formula and Snell's law say.
#[test]
fn a_prism_splits_colours() {
    // A wedge by two faces: seen along y through a turned slab's one face only, the other face is flat to the view. Its deviation at
    // the tilted face by angle a: asin(n sin a) - a towards the thick end.
    let angle = 0.35f32;
    let flint = Material { dispersion: 1.0, ..glass(1.6) };
    let mut mesh = raytruth_scene::Mesh::default();
    let d = angle.tan();
    // A prism along z: its back face tilts.
    mesh.positions = [(-1.0, 0.0), (1.0, 0.0), (1.0, 2.2 * d), (-1.0, 0.2 * d)]
        .iter()
        .flat_map(|&(x, y)| [Vec3::new(x, y, -1.0), Vec3::new(x, y, 1.0)])
        .collect();
    mesh.triangles = vec![
        [0, 2, 3],
        [0, 3, 1],
        [2, 4, 5],
        [2, 5, 3],
        [4, 6, 7],
        [4, 7, 5],
        [6, 0, 1],
        [6, 1, 7],
        [1, 3, 5],
        [1, 5, 7],
        [0, 4, 2],
        [0, 6, 4],
    ];
    assert!(mesh.open_edges() == 0 && mesh.signed_volume() > 0.0);
    let n = |wavelength: f32| 1.6 + 0.6 / 20.0 * (523_655.0 / (wavelength * wavelength) - 1.5168);
    // Towards the thick end, which is +x.
    let deviation = |wavelength: f32| (n(wavelength) * angle.sin()).asin() - angle;
    // A bright stripe of the sky, as narrow as a tenth of a degree, stands where light of one wavelength comes from.
    let show = |wavelength: f32| {
        let to = Vec3::new(deviation(wavelength).sin(), deviation(wavelength).cos(), 0.0);
        let sun = raytruth_scene::Sun { direction: to, irradiance: Vec3::splat(1.0), angular_radius: 0.002 };
        let mut s = scene(
            Camera::look_at(Vec3::NEG_Y * 3.0, Vec3::ZERO, 0.0005),
            Vec3::ZERO,
            &[("m", flint.clone())],
            vec![object(1, Shape::Mesh { mesh: "prism".into() }, "m", Pose::IDENTITY)],
        );
        s.meshes.insert("prism".into(), mesh.clone());
        s.environment = Environment::Gradient { zenith: Vec3::ZERO, horizon: Vec3::ZERO, ground: Vec3::ZERO, sun: Some(sun) };
        let frame = render(&s, &proof(64), 0);
        frame.radiance.iter().map(|c| Vec3::from(*c)).sum::<Vec3>()
    };
    let (red, green, blue) = (show(620.0), show(535.0), show(450.0));
    assert!(red.x > 3.0 * red.y.abs().max(red.z.abs()), "620 nm is red: {red}");
    assert!(green.y > 1.5 * green.x.max(green.z), "535 nm is green: {green}");
    assert!(blue.z > 3.0 * blue.x.abs().max(blue.y.abs()), "450 nm is blue: {blue}");
}

/// Paint in water mirrors by the index that is left between the two.
#[test]
fn what_is_opaque_is_seen_against_the_water_around_it() {
    let paint = Material { base_color: Vec3::ZERO, roughness: 0.0, ior: 1.8, ..Material::default() };
    let (water, within) = (slab(1, "water", -0.6, 0.6), slab(2, "paint", -0.2, 0.2));
    // With a second body of water, which cannot be seen, they overlap.
    for solids in [vec![water.clone(), within.clone()], vec![water, within, slab(3, "water", -0.5, -0.4)]] {
        let s = looking_along_y(1.0, &[("water", glass(1.33)), ("paint", paint.clone())], solids);
        let (outer, inner) = (fresnel(1.0, 1.33), fresnel(1.33, 1.8));
        let expected = outer + (1.0 - outer).powi(2) * inner / (1.0 - outer * inner);
        let got = mean(&render(&s, &proof(1024), 0));
        assert!((got / expected - 1.0).abs() < 0.03, "{got}, not {expected}");
    }
}

/// Of three that overlap, the one that was entered first is left first.
#[test]
fn solids_are_left_in_any_order() {
    let dark = |color: f32, priority| Material {
        absorption: Some(Absorption { color: Vec3::splat(color), distance: 1.0 }),
        priority,
        ..glass(1.0)
    };
    let materials = [("a", dark(0.5, 1)), ("b", dark(0.1, 0)), ("c", dark(0.2, 0))];
    for (a, b, c, expected) in [
        // 0.7 m of a, then what was entered last: 0.2 m of c; 0.3 m of it are all that is left.
        ((-0.6, 0.1), (-0.5, 0.3), (-0.4, 0.6), 0.5f32.powf(0.7) * 0.2f32.powf(0.5)),
        ((-0.5, 0.1), (-0.6, 0.3), (-0.4, 0.6), 0.1f32.powf(0.1) * 0.5f32.powf(0.6) * 0.2f32.powf(0.5)),
        ((-0.4, 0.1), (-0.6, 0.6), (-0.5, 0.3), 0.1f32.powf(0.1 + 0.3) * 0.2f32.powf(0.1 + 0.2) * 0.5f32.powf(0.5)),
    ] {
        let mut s =
            looking_along_y(0.0, &materials, vec![slab(1, "a", a.0, a.1), slab(2, "b", b.0, b.1), slab(3, "c", c.0, c.1)]);
        let got = seen(&mut s);
        assert!((got / expected - 1.0).abs() < 0.01, "{got}, not {expected}");
    }
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
    assert_near("apart", planted::mean(&show(&s, &small(256), 0, &as_it_is)), half, 0.01);
    assert_near("together", planted::mean(&show(&s, &small(256), 2, &as_it_is)), half.powf(0.6) * other.powf(0.4), 0.01);
}
