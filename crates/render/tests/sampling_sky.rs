//! A picture around the scene is looked up where it says, and sampled by its own pdf: Pearson's chi-square test on 10^6 samples,
//! significance 0.01 for the file with Šidák's correction. Seeds are fixed; when code changes, a false alarm has a chance of 1 %.

mod gpu;
mod statistics;

use glam::{Vec3, Vec4};
use gpu::gpu;
use raytruth_render::internals::FrameBuilder;
use raytruth_scene::{Camera, Environment, Image, Scene};
use statistics::{chi_square_p, uniforms};

const KERNEL: &str = include_str!("kernels/sky.wgsl");
const SAMPLES: usize = 1_000_000;
const CASES: f64 = 3.0;

fn sky(width: u32, height: u32, rotation: f32, pixel: impl Fn(u32, u32) -> [f32; 3]) -> gpu::Scene {
    let values = (0..width * height).map(|i| pixel(i % width, i / width)).collect();
    let mut scene = Scene::new(Camera::look_at(Vec3::X, Vec3::ZERO, 1.0));
    scene.images.insert("sky".into(), Image::linear(width, height, values).expect("it fits"));
    scene.environment = Environment::Image { image: "sky".into(), strength: 2.0, rotation };
    let (frame, texels) = FrameBuilder::new(&scene).expect("a valid scene").contents(0);
    gpu::Scene { frame, texels }
}

/// (direction, pdf) and (radiance, pdf by look-up) for each input.
fn run(scene: &gpu::Scene, inputs: &[Vec4]) -> Vec<[Vec4; 2]> {
    let flat: Vec<f32> = inputs.iter().flat_map(Vec4::to_array).collect();
    let out = gpu().run(KERNEL, &[], scene, &flat, 8 * inputs.len(), inputs.len().div_ceil(64) as u32);
    out.chunks_exact(8).map(|c| [Vec4::from_slice(&c[..4]), Vec4::from_slice(&c[4..])]).collect()
}

fn direction(cos: f32, phi: f32) -> Vec3 {
    let sin = (1.0 - cos * cos).max(0.0).sqrt();
    Vec3::new(sin * phi.cos(), sin * phi.sin(), cos)
}

/// The picture's own cells lie between the centres of its pixels; in each the pdf is even. `turns`: how far it is turned.
fn check(name: &str, [columns, rows]: [usize; 2], turns: f32, scene: &gpu::Scene) {
    let pairs: Vec<Vec4> = uniforms(SAMPLES, 5).map(|[u, v]| Vec4::new(u, v, 0.0, 0.0)).collect();
    let mut observed = vec![0.0; (rows + 1) * columns];
    for [s, _] in run(scene, &pairs) {
        let d = s.truncate();
        assert!((d.length() - 1.0).abs() < 1e-5 && s.w > 0.0, "{name}: {s}");
        let row = (d.z.acos() / std::f32::consts::PI * rows as f32 + 0.5) as usize;
        let across = (0.5 - d.y.atan2(d.x) / std::f32::consts::TAU + turns).rem_euclid(1.0);
        let column = (across * columns as f32 - 0.5).rem_euclid(columns as f32) as usize;
        observed[row.min(rows) * columns + column % columns] += 1.0;
    }
    let edge = |row: f32| (std::f32::consts::PI * (row / rows as f32).clamp(0.0, 1.0)).cos();
    let (mut centres, mut sizes) = (Vec::new(), Vec::new());
    for i in 0..(rows + 1) * columns {
        let (row, column) = ((i / columns) as f32, (i % columns) as f32);
        let (top, bottom) = (edge(row - 0.5), edge(row + 0.5));
        let phi = std::f32::consts::TAU * (0.5 - (column + 1.0) / columns as f32 + turns);
        centres.push(direction(0.5 * (top + bottom), phi).extend(1.0));
        sizes.push(f64::from(top - bottom) * std::f64::consts::TAU / columns as f64);
    }
    let pdf = run(scene, &centres);
    let expected: Vec<f64> = pdf.iter().zip(sizes).map(|([s, _], size)| f64::from(s.w) * size * SAMPLES as f64).collect();
    let total = expected.iter().sum::<f64>() / SAMPLES as f64;
    assert!((total - 1.0).abs() < 1e-4, "{name}: the pdf integrates to {total}");
    let p = chi_square_p(&observed, &expected);
    assert!(p > 1.0 - 0.99f64.powf(1.0 / CASES), "{name}: p = {p}");
}

#[test]
fn samples_follow_the_pdf() {
    let turns = |t: f32| t * std::f32::consts::TAU;
    check("even", [48, 24], 0.0, &sky(48, 24, 0.0, |_, _| [1.0, 1.0, 1.0]));
    let lamps = |x: u32, y: u32| if (x / 8 + y / 6) % 3 == 0 { [40.0, 30.0, 5.0] } else { [0.1, 0.3, 0.5] };
    check("lamps", [48, 24], 0.11, &sky(48, 24, turns(0.11), lamps));
    check("odd", [7, 5], -0.3, &sky(7, 5, turns(-0.3), |x, y| [x as f32, y as f32, 1.0]));
}

#[test]
fn look_ups_agree_with_samples() {
    let scene = sky(33, 17, 0.3, |x, y| [(x % 5) as f32, (y % 3) as f32 * 10.0, 1.0]);
    let pairs: Vec<Vec4> = uniforms(20_000, 6).map(|[u, v]| Vec4::new(u, v, 0.0, 0.0)).collect();
    let samples = run(&scene, &pairs);
    let again: Vec<Vec4> = samples.iter().map(|[s, _]| s.truncate().extend(1.0)).collect();
    let mut crossed = 0;
    for ([s, r], [_, looked]) in samples.iter().zip(run(&scene, &again)) {
        if (s.w - r.w).abs() > 1e-5 * s.w {
            crossed += 1;
        } else {
            assert!((r.truncate() - looked.truncate()).abs().max_element() < 2e-2, "{r} {looked}");
        }
    }
    assert!(crossed < 10, "{crossed} of 20000 samples lie in another cell than they were drawn from");
}

/// Blender's equirectangular projection: the middle of the picture is along +x, left of it +y; the top is up.
#[test]
fn pictures_hang_as_blender_hangs_them() {
    // Columns and rows of a picture of 36 x 18 have 10 degrees each; colours tell them apart.
    let scene = sky(36, 18, 0.0, |x, y| [x as f32, y as f32, 0.0]);
    let at = |d: Vec3| run(&scene, &[d.normalize().extend(1.0)])[0][1] / 2.0;
    // Between columns 17 and 18, and rows 8 and 9.
    for (d, column, row) in [
        (Vec3::X, 17.5, 8.5),
        (Vec3::Y, 8.5, 8.5),
        (Vec3::NEG_Y, 26.5, 8.5),
        (Vec3::new(1.0, 0.0, 1.0), 17.5, 4.0),
        (Vec3::new(1.0, 0.0, -1.0), 17.5, 13.0),
    ] {
        let got = at(d);
        assert!((got.x - column).abs() < 0.1 && (got.y - row).abs() < 0.1, "{d}: {got}");
    }
    assert!(at(Vec3::new(1e-3, 0.0, 1.0)).y < 0.1 && at(Vec3::new(1e-3, 0.0, -1.0)).y > 16.9);
    // Turned by a quarter, counter-clockwise: what was along +x is along +y.
    let turned = sky(36, 18, std::f32::consts::FRAC_PI_2, |x, y| [x as f32, y as f32, 0.0]);
    let got = run(&turned, &[Vec3::Y.extend(1.0)])[0][1] / 2.0;
    assert!((got.x - 17.5).abs() < 0.1, "{got}");
}
