//! Scenes whose radiance is known everywhere (pbrt's `integrators_test.cpp`).

use glam::{Quat, Vec3};
use raytruth_scene::{Camera, Material, Pose, Scene, Shape};

use super::{matte, mean, object, proof, render, scene};
use crate::RenderSettings;

/// A closed shape, seen from inside, that emits 0.5 and reflects 0.5.
pub(super) fn furnace(shape: Shape, aperture: f32) -> Scene {
    let walls = Material { emission: Vec3::splat(0.5), ..matte(0.5) };
    let tilted = Pose::new(Vec3::new(0.1, -0.2, 0.3), Quat::from_rotation_x(0.5));
    let mut camera = Camera::look_at(Vec3::new(0.2, 0.1, 0.0), Vec3::new(-1.0, 0.5, 0.2), 1.2);
    camera.aperture = aperture;
    scene(camera, Vec3::ZERO, &[("m", walls)], vec![object(1, shape, "m", tilted)])
}

/// Inside a closed shape that emits 0.5 and reflects 0.5, light adds up to 0.5 / (1 - 0.5) = 1 everywhere.
#[test]
fn a_closed_furnace_glows_evenly() {
    for shape in [Shape::Box { half_extents: Vec3::new(1.0, 1.2, 0.8), bevel: 0.0 }, Shape::Sphere { radius: 1.5 }] {
        for (aperture, max_bounces, expected) in [(0.0, None, 1.0), (0.1, None, 1.0), (0.0, Some(1), 0.875)] {
            let settings = RenderSettings { max_bounces, ..proof(16) };
            let got = mean(&render(&furnace(shape.clone(), aperture), &settings, 0));
            assert!((got - expected).abs() < 0.025 * expected, "{shape:?}, lens {aperture}, {max_bounces:?} bounces: {got}");
        }
    }
}

/// Under an even sky a surface that absorbs nothing cannot be told from the sky.
#[test]
fn what_absorbs_nothing_vanishes_in_an_even_sky() {
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 0.5), Vec3::ZERO, 0.6);
    let white = |roughness, metallic, transmission| Material {
        base_color: Vec3::ONE,
        roughness,
        metallic,
        transmission,
        ..Material::default()
    };
    for (name, material) in [
        ("matte", Material { base_color: Vec3::ONE, ..matte(1.0) }),
        ("mirror", white(0.0, 1.0, 0.0)),
        ("brushed metal", white(0.5, 1.0, 0.0)),
        ("glass", white(0.0, 0.0, 1.0)),
        ("pane", Material { thin: true, ..white(0.0, 0.0, 1.0) }),
        ("plastic", white(0.4, 0.0, 0.0)),
    ] {
        let s = scene(
            camera.clone(),
            Vec3::ONE,
            &[("m", material)],
            vec![object(1, Shape::Sphere { radius: 0.8 }, "m", Pose::IDENTITY)],
        );
        let frame = render(&s, &proof(32), 0);
        let ball: Vec<f32> =
            frame.radiance.iter().zip(&frame.passes.object_id).filter(|(_, id)| **id == 1).map(|(c, _)| c[1]).collect();
        let got = ball.iter().sum::<f32>() / ball.len() as f32;
        assert!((0.97..1.01).contains(&got), "{name}: {got}");
    }
}

/// The light that facets scatter more than once is what keeps rough metal bright: without it a white one is dark in the furnace.
#[test]
fn rough_metal_darkens_where_facets_scatter_once() {
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 0.5), Vec3::ZERO, 0.2);
    let metal = Material { base_color: Vec3::ONE, metallic: 1.0, roughness: 1.0, ..Material::default() };
    let s = scene(camera, Vec3::ONE, &[("m", metal)], vec![object(1, Shape::Sphere { radius: 0.8 }, "m", Pose::IDENTITY)]);
    let with = mean(&render(&s, &proof(64), 0));
    let without = mean(&render(&s, &RenderSettings { multiscatter: false, ..proof(64) }, 0));
    assert!((0.97..1.01).contains(&with) && (0.3..0.9).contains(&without), "{with} and {without}");
}
