//! Coarse meshes with smooth normals, and steep normal maps: nothing is black that should not be, and nothing gains light.

use std::ops::ControlFlow;
use std::sync::Arc;

use glam::{Quat, Vec2, Vec3};
use raytruth_scene::{Camera, Environment, Image, Maps, Material, Mesh, Pose, Scene, Shape, Sun};

use super::planted::{Change, Fault, as_it_is, show, survivors};
use super::things::lambert;
use super::{object, proof, render, renderer, scene};
use crate::{Output, RenderSettings};

/// A ball of radius 0.5 as so many rings of triangles, with the normals of a true ball.
pub(super) fn coarse_ball(rings: usize) -> Mesh {
    let around = rings + rings / 2;
    let place = |ring: usize, step: usize| {
        let (theta, phi) =
            (std::f32::consts::PI * ring as f32 / rings as f32, std::f32::consts::TAU * step as f32 / around as f32);
        Vec3::new(theta.sin() * phi.cos(), theta.sin() * phi.sin(), theta.cos())
    };
    let mut mesh = Mesh::default();
    let mut quad = |corners: [Vec3; 4]| {
        let first = mesh.positions.len() as u32;
        mesh.positions.extend(corners.map(|n| 0.5 * n));
        mesh.normals.extend(corners);
        mesh.triangles.extend([[first, first + 1, first + 2], [first, first + 2, first + 3]]);
    };
    for ring in 0..rings {
        for step in 0..around {
            quad([place(ring, step), place(ring + 1, step), place(ring + 1, step + 1), place(ring, step + 1)]);
        }
    }
    mesh
}

fn with_mesh(mesh: Mesh, material: Material, radiance: f32) -> Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -2.0, 0.0), Vec3::ZERO, 0.6);
    let thing = object(1, Shape::Mesh { mesh: "m".into() }, "m", Pose::IDENTITY);
    let mut s = scene(camera, Vec3::splat(radiance), &[("m", material)], vec![thing]);
    s.meshes.insert("m".into(), mesh);
    s
}

fn white(roughness: f32) -> Material {
    Material { base_color: Vec3::ONE, roughness, ..Material::default() }
}

/// The least, the mean and the largest of the pixels that show the object.
fn range(s: &Scene, samples: u32) -> (f32, f32, f32) {
    let frame = render(s, &proof(samples), 0);
    let shown = frame.radiance.iter().zip(&frame.passes.object_id).filter(|(_, id)| **id == 1);
    let green: Vec<f32> = shown.map(|(c, _)| c[1]).collect();
    let sum = green.iter().sum::<f32>();
    (green.iter().copied().fold(f32::MAX, f32::min), sum / green.len() as f32, green.iter().copied().fold(0.0, f32::max))
}

/// Under a white sky a white thing is white, however few triangles it has.
#[test]
fn coarse_balls_have_no_black_rims() {
    let glass = Material { transmission: 1.0, ..white(0.0) };
    for (name, material, least, mean) in [
        ("mirror", Material { metallic: 1.0, ..white(0.0) }, 0.95, 0.99),
        ("steel", Material { metallic: 1.0, ..white(0.3) }, 0.8, 0.97),
        ("plastic", white(0.1), 0.8, 0.97),
        ("varnished", Material { coat: 1.0, coat_roughness: 0.1, ..white(0.8) }, 0.85, 0.9),
        ("matte", Material { specular: 0.0, ..white(1.0) }, 0.9, 0.98),
        ("glass", glass.clone(), 0.6, 0.98),
        ("rough glass", Material { roughness: 0.3, ..glass.clone() }, 0.5, 0.93),
        ("bubble", Material { thin: true, ..glass }, 0.8, 0.98),
    ] {
        let got = range(&with_mesh(coarse_ball(8), material, 1.0), 128);
        assert!(got.0 > least && got.1 > mean && got.1 < 1.005, "{name}: {got:?}");
    }
}

/// A sheet whose normal map leans by 75 degrees to all sides, upright or seen from 20 degrees above it.
fn leaning(material: Material, from_above: bool) -> Scene {
    let corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)];
    let mesh = Mesh {
        positions: corners.map(|(x, y)| Vec3::new(x, y, 0.0)).to_vec(),
        normals: vec![Vec3::Z; 4],
        texcoords: [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)].map(|(u, v)| Vec2::new(u, v)).to_vec(),
        triangles: vec![[0, 1, 2], [0, 2, 3]],
        ..Mesh::default()
    };
    let mut s = with_mesh(mesh, Material { maps: Maps { normal: Some("n".into()), ..Maps::default() }, ..material }, 1.0);
    let lean = |x: f32, y: f32| {
        let n = Vec3::new(x, y, 1.0 / 75f32.to_radians().tan()).normalize();
        let [r, g, b] = (n * 0.5 + 0.5).to_array().map(|c| (255.0 * c).round() as u8);
        [r, g, b, 255]
    };
    let all = [lean(1.0, 0.0), lean(-1.0, 0.0), lean(0.0, 1.0), lean(0.0, -1.0)];
    // Large blocks: between them pixels are interpolated.
    let pixels = (0..16 * 16).map(|i| all[(i % 16) / 8 + 2 * (i / 128)]).collect();
    s.images.insert("n".into(), Image::srgb8(16, 16, pixels).expect("it fits"));
    let tilt = if from_above { 20f32.to_radians() } else { std::f32::consts::FRAC_PI_2 };
    s.objects[0].pose = Pose::new(Vec3::ZERO, Quat::from_rotation_x(tilt));
    s
}

#[test]
fn steep_normal_maps_mirror_what_is_above() {
    for (name, material, least) in [
        ("mirror", Material { metallic: 1.0, ..white(0.0) }, 0.97),
        ("nearly a mirror", Material { metallic: 1.0, ..white(0.05) }, 0.9),
        ("plastic", white(0.1), 0.6),
    ] {
        for from_above in [false, true] {
            let got = range(&leaning(material.clone(), from_above), 128);
            assert!(got.1 > least && got.1 < 1.005, "{name}, from above {from_above}: {got:?}");
        }
    }
}

/// What is matt keeps the light that its own normal has above the true surface: of a half space that leans by an angle, the part
/// (1 + cos) / 2 by cosine.
#[test]
fn matt_normal_maps_stay_as_they_are() {
    let got = range(&leaning(Material { specular: 0.0, ..white(1.0) }, false), 512).1;
    let expected = 0.5 * (1.0 + 75f32.to_radians().cos());
    // A few pixels lie between two blocks.
    assert!((got / expected - 1.0).abs() < 0.03, "{got}, not {expected}");
}

/// A sun from the side fades over a coarse matte ball as its smooth normals say, not triangle by triangle.
fn fades_softly(change: Change<'_>) -> Result<(), String> {
    let towards = Vec3::new(1.0, -0.3, 0.2).normalize();
    let mut s = with_mesh(coarse_ball(10), Material { specular: 0.0, ..white(1.0) }, 0.0);
    let dark = Vec3::ZERO;
    let sun = Sun { direction: towards, irradiance: Vec3::splat(std::f32::consts::PI), angular_radius: 0.01 };
    s.environment = Environment::Gradient { zenith: dark, horizon: dark, ground: dark, sun: Some(sun) };
    let frame = show(&s, &RenderSettings { max_bounces: Some(0), ..proof(64) }, 0, change);
    let expected = |i: usize| Vec3::from(frame.passes.normal[i]).dot(towards);
    // Where triangles are turned away and normals are not. The outline's pixels are but partly covered.
    let shown: Vec<usize> = (0..frame.radiance.len()).filter(|&i| frame.passes.object_id[i] == 1).collect();
    let inner = |i: &usize| [i - 1, i + 1, i - 64, i + 64].iter().all(|k| frame.passes.object_id[*k] == 1);
    let apart = |from: f32, to: f32| {
        let there: Vec<usize> = shown.iter().copied().filter(inner).filter(|&i| (from..to).contains(&expected(i))).collect();
        let sum: f32 = there.iter().map(|&i| (frame.radiance[i][1] - expected(i).max(0.0)).abs()).sum();
        sum / there.len() as f32
    };
    let [dark, edge, lit] = [(-1.0, -0.05), (0.0, 0.25), (0.25, 1.0)].map(|(from, to)| apart(from, to));
    if dark < 1e-3 && edge < 2e-3 && lit < 1e-3 { Ok(()) } else { Err(format!("{dark}, {edge} and {lit}")) }
}

#[test]
fn the_terminator_of_a_coarse_ball_is_soft() {
    fades_softly(&as_it_is).unwrap_or_else(|e| panic!("{e}"));
}

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    ("rays start at the triangle", fades_softly, "p.position + p.lift", "p.position"),
    ("triangles that are turned away are dark", fades_softly, "if !agrees && above > 0.0", "if false"),
];

#[test]
fn faults_in_lifts_are_found() {
    assert_eq!(survivors(FAULTS), [""; 0]);
}

/// What is flat or exactly round has the same bits, whether or not the kernel can bend normals.
#[test]
fn flat_and_round_shapes_keep_their_bits() {
    let mut s = super::reuse::rolling();
    for object in &mut s.objects {
        if let Shape::Box { bevel, .. } = &mut object.shape {
            *bevel = 0.0;
        }
    }
    let renderer = renderer();
    let mut clip = renderer.clip(&s, &proof(16)).expect("valid");
    assert!(!clip.world.defines.contains(&"SMOOTH_NORMALS"));
    let mut picture = || clip.frame(0, &[Output::Radiance], &mut |_| ControlFlow::Continue(())).expect("renders").radiance;
    let plain = picture();
    let defines: Vec<&str> = clip.world.defines.iter().copied().chain(["SMOOTH_NORMALS"]).collect();
    let composed = raytruth_shaders::compose("path", &defines).expect("composes");
    clip.on_device.other_paths = Some(Arc::new(clip.on_device.engine.gpu.compile("path", &composed).expect("compiles")));
    let seed = clip.settings().seed;
    clip.reseed(seed);
    let again = clip.frame(0, &[Output::Radiance], &mut |_| ControlFlow::Continue(())).expect("renders").radiance;
    assert!(plain == again, "bits differ");
}

/// A ball of a few triangles is tight: from inside nothing is seen of a sky around it, however its normals lean.
#[test]
fn a_coarse_shell_is_tight() {
    let mut s =
        scene(Camera::look_at(Vec3::new(0.1, -0.2, 0.0), Vec3::Y, 1.2), Vec3::splat(100.0), &[("m", lambert(0.9))], vec![]);
    s.meshes.insert("shell".into(), coarse_ball(6));
    s.objects.push(object(1, Shape::Mesh { mesh: "shell".into() }, "m", Pose::IDENTITY));
    let sun = Sun { direction: Vec3::Z, irradiance: Vec3::splat(100.0), angular_radius: 0.3 };
    let bright = Vec3::splat(100.0);
    s.environment = Environment::Gradient { zenith: bright, horizon: bright, ground: bright, sun: Some(sun) };
    let most = show(&s, &proof(32), 0, &as_it_is).radiance.iter().map(|c| c[0]).fold(0.0, f32::max);
    assert!(most == 0.0, "{most}");
}
