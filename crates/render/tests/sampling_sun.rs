//! The sun's disc is sampled evenly and within its edge, and the sky keeps to its colours.

mod gpu;

use glam::Vec3;
use gpu::{Scene, bits, frame_params, gpu};

const KERNEL: &str = include_str!("kernels/environment.wgsl");

fn run(direction: Vec3, angle: f32, side: usize) -> Vec<[f32; 16]> {
    let (z, h, g) = ([0.2, 0.3, 0.6, 0.0], [0.8, 0.8, 0.9, 0.0], [0.1, 0.1, 0.05, 0.0]);
    let sun = [direction.x, direction.y, direction.z, angle.cos()];
    let frame = frame_params(&[
        ("env_zenith", &bits(&z)),
        ("env_horizon", &bits(&h)),
        ("env_ground", &bits(&g)),
        ("sun_direction", &bits(&sun)),
        ("sun_radiance", &bits(&[5.0, 4.0, 3.0, 0.0])),
    ]);
    let cell = |i: usize| (i as f32 + 0.5) / side as f32;
    let input: Vec<f32> =
        (0..side * side).flat_map(|i| [cell(i % side), cell(i / side), cell(i * 7 % side), cell(i * 13 % side)]).collect();
    let scene = Scene { frame, ..Scene::default() };
    let output = gpu().run(KERNEL, &[], &scene, &input, side * side * 16, (side * side).div_ceil(64) as u32);
    output.chunks_exact(16).map(|c| c.try_into().expect("16 numbers")).collect()
}

#[test]
fn the_disc_is_sampled_evenly() {
    for direction in [Vec3::Z, Vec3::NEG_Z, Vec3::new(0.48, -0.6, 0.64), Vec3::new(-0.6, 0.8, 0.0)] {
        // The real sun, and one that is wide open.
        for angle in [0.004_65_f32, 0.3] {
            let samples = run(direction, angle, 64);
            let solid_angle = std::f32::consts::TAU * (1.0 - angle.cos());
            let mut mean = glam::DVec3::ZERO;
            for s in &samples {
                let wi = Vec3::from_slice(s);
                assert!((wi - direction).length() <= 2.0 * (angle / 2.0).sin() * 1.001, "{wi} is in the disc around {direction}");
                assert!((s[3] * solid_angle - 1.0).abs() < 1e-3 && s[3] == s[7], "pdf {} of {solid_angle}", s[3]);
                assert_eq!(s[4..7], [5.0, 4.0, 3.0], "what is sampled shines");
                assert_eq!(s[8..12], [0.0; 4], "what lies beside does not");
                mean += wi.as_dvec3() / samples.len() as f64;
            }
            // An even cone's mean direction has length cos^2(angle / 2) (Archimedes).
            let expected = direction.as_dvec3() * (f64::from(angle) / 2.0).cos().powi(2);
            assert!((mean - expected).length() < 1e-4, "{mean} instead of {expected}");
        }
    }
}

#[test]
fn the_sky_lies_between_its_colours() {
    for s in run(Vec3::Z, 0.1, 64) {
        for (channel, (low, high)) in [(0.1, 0.8), (0.1, 0.8), (0.05, 0.9)].into_iter().enumerate() {
            assert!(s[12 + channel] >= low - 1e-6 && s[12 + channel] <= high + 1e-6, "{:?}", &s[12..15]);
        }
    }
}
