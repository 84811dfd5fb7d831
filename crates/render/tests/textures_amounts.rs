//! How much patterns vary lightness and roughness, how fine they are along each axis and how they blend two colours.
//!
//! Value noise has a variance and a mean square slope that follow from its smoothstep alone; from the amounts that are found in the
//! shader's output they tell amplitudes and frequencies. Statistics are of 20,000 points, within 1 % of their limits; the tolerance is 4 %
//! of standard deviations and 6 % of slopes. Seeds are fixed.

mod gpu;

use glam::{DVec3, Vec3};
use gpu::{Scene, frame_params, gpu, with_fault};
use raytruth_render::internals::GpuMaterial;
use raytruth_scene::{Absorption, Maps, Material, Pattern, Texture};

const KERNEL: &str = include_str!("kernels/surface.wgsl");
const REST: &str = include_str!("kernels/surface_rest.wgsl");

const BASE: f32 = 0.5;
const ROUGHNESS: f32 = 0.4;
const SCALE: f32 = 0.5;
const SEED: u32 = 9;

/// Of noise blended by w = 3 f² - 2 f³: even values have a variance of 1/12, and the mean of w² + (1 - w)² is 26/35 along each axis.
const VARIANCE: f64 = (1.0 / 12.0) * (26.0 / 35.0) * (26.0 / 35.0) * (26.0 / 35.0);
/// The mean of w'² is 6/5, that of a squared difference of two even values 1/6.
const SLOPE2: f64 = (6.0 / 5.0) * (1.0 / 6.0) * (26.0 / 35.0) * (26.0 / 35.0);
/// Two octaves, the second 2.07 times as fine and turned.
const COARSE: f64 = 0.65 * 0.65 + 0.35 * 0.35;
const COARSE_SLOPE: f64 = 0.65 * 0.65 + 0.35 * 0.35 * 2.07 * 2.07;

/// A part of a pattern: an amount of coarse noise and one of fine noise, and the lattice cells of each in a feature, along each axis.
struct Part {
    coarse: f64,
    fine: f64,
}

struct Amounts {
    pattern: Pattern,
    lightness: Part,
    roughness: Part,
    coarse: DVec3,
    fine: DVec3,
}

const fn part(coarse: f64, fine: f64) -> Part {
    Part { coarse, fine }
}

const AMOUNTS: [Amounts; 4] = [
    Amounts {
        pattern: Pattern::Wood,
        lightness: part(0.12, 0.0),
        roughness: part(0.0, 0.3),
        coarse: DVec3::new(0.12, 0.4, 0.4),
        fine: DVec3::new(0.5, 9.0, 9.0),
    },
    Amounts {
        pattern: Pattern::Concrete,
        lightness: part(0.0, 0.14),
        roughness: part(0.15, 0.0),
        coarse: DVec3::new(0.5, 0.5, 0.5),
        fine: DVec3::new(4.0, 4.0, 4.0),
    },
    Amounts {
        pattern: Pattern::Brushed,
        lightness: part(0.0, 0.2),
        roughness: part(0.5, 0.7),
        coarse: DVec3::new(0.02, 0.3, 0.3),
        fine: DVec3::new(0.04, 1.0, 1.0),
    },
    Amounts {
        pattern: Pattern::Speckle,
        lightness: part(0.0, 0.08),
        roughness: part(0.25, 0.0),
        coarse: DVec3::new(1.0, 1.0, 1.0),
        fine: DVec3::new(2.3, 2.3, 2.3),
    },
];

/// Base colour's red and roughness at each point, measured in features.
fn load(material: &Material, points: &[DVec3]) -> Vec<[f64; 2]> {
    let texels = bytemuck::cast_slice(bytemuck::bytes_of(&GpuMaterial::new(material))).to_vec();
    let scene = Scene { frame: frame_params(&[("materials_base", &[0])]), texels, ..Scene::default() };
    let input: Vec<f32> = points
        .iter()
        // Patterns are looked up a hundredth of a feature below the surface.
        .map(|p| (p.as_vec3() + Vec3::Z * 0.01) * SCALE)
        .flat_map(|p| [p.x, p.y, p.z, 0.0, 0.0, 0.0, 1.0, 0.0])
        .collect();
    let output = gpu().run(KERNEL, &[], &scene, &input, points.len() * 20, points.len().div_ceil(64) as u32);
    output.chunks_exact(20).map(|c| [f64::from(c[0]), f64::from(c[7])]).collect()
}

fn patterned(pattern: Pattern, color: f32, strength: f32) -> Material {
    let texture = Texture { pattern, color: Vec3::splat(color), scale: SCALE, strength, seed: SEED };
    Material { base_color: Vec3::splat(BASE), roughness: ROUGHNESS, texture: Some(texture), ..Material::default() }
}

/// Relative changes of lightness and roughness: both colours are the same.
fn changes(pattern: Pattern, strength: f32, points: &[DVec3]) -> Vec<[f64; 2]> {
    let relative = |[color, roughness]: [f64; 2]| [color / f64::from(BASE) - 1.0, roughness / f64::from(ROUGHNESS) - 1.0];
    load(&patterned(pattern, BASE, strength), points).into_iter().map(relative).collect()
}

/// How far the first colour is blended towards the second.
fn blends(pattern: Pattern, points: &[DVec3]) -> Vec<f64> {
    let lightness = changes(pattern, 1.0, points);
    let colors = load(&patterned(pattern, 0.1, 1.0), points);
    colors.iter().zip(lightness).map(|(c, [l, _])| (f64::from(BASE) - c[0] / (1.0 + l)) / (f64::from(BASE) - 0.1)).collect()
}

/// Within 60 features of the origin, everywhere alike.
fn scattered(count: usize) -> Vec<DVec3> {
    let part = |i: usize, k: f64| ((i as f64 + 0.5) * k).fract() * 120.0 - 60.0;
    // The generalised golden ratio's powers: points that fill space evenly.
    (0..count).map(|i| DVec3::new(part(i, 0.819_172_513), part(i, 0.671_043_607), part(i, 0.549_700_478))).collect()
}

fn within(what: &str, got: f64, expected: f64, tolerance: f64) -> Result<(), String> {
    if (got / expected - 1.0).abs() < tolerance { Ok(()) } else { Err(format!("{what}: {got}, not {expected}")) }
}

fn rms(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), v| (sum + v * v, count + 1.0));
    (sum / count).sqrt()
}

fn amplitudes() -> Result<(), String> {
    let points = scattered(20_000);
    for a in &AMOUNTS {
        let changes = changes(a.pattern, 1.0, &points);
        for (k, part) in [&a.lightness, &a.roughness].into_iter().enumerate() {
            let expected = ((part.coarse.powi(2) * COARSE + part.fine.powi(2)) * VARIANCE).sqrt();
            let what = format!("{:?}, {}", a.pattern, ["lightness", "roughness"][k]);
            within(&what, rms(changes.iter().map(|c| c[k])), expected, 0.04)?;
            let mean = changes.iter().map(|c| c[k]).sum::<f64>() / changes.len() as f64;
            if mean.abs() > 0.06 * expected {
                return Err(format!("{what} changes by {mean} on average"));
            }
        }
    }
    Ok(())
}

/// Coarse and fine noise about their means, as lightness and roughness tell them.
fn noises(a: &Amounts, [lightness, roughness]: [f64; 2]) -> [f64; 2] {
    match a.pattern {
        Pattern::Wood => [lightness / a.lightness.coarse, roughness / a.roughness.fine],
        Pattern::Brushed => {
            let fine = lightness / a.lightness.fine;
            [(roughness - a.roughness.fine * fine) / a.roughness.coarse, fine]
        }
        _ => [roughness / a.roughness.coarse, lightness / a.lightness.fine],
    }
}

fn fineness() -> Result<(), String> {
    let points = scattered(20_000);
    for a in &AMOUNTS {
        let here = changes(a.pattern, 1.0, &points);
        for axis in 0..3 {
            // A fiftieth of the finest lattice.
            let step = 0.02 / a.fine[axis].max(a.coarse[axis]);
            let moved: Vec<DVec3> = points.iter().map(|p| *p + DVec3::AXES[axis] * step).collect();
            let there = changes(a.pattern, 1.0, &moved);
            let slopes = [a.coarse[axis] * COARSE_SLOPE.sqrt(), a.fine[axis]].map(|per_feature| per_feature * SLOPE2.sqrt());
            for (k, slope) in slopes.into_iter().enumerate() {
                let rise = |(here, there): (&[f64; 2], &[f64; 2])| noises(a, *there)[k] - noises(a, *here)[k];
                let what = format!("{:?}, {} noise along axis {axis}", a.pattern, ["coarse", "fine"][k]);
                within(&what, rms(here.iter().zip(&there).map(rise)), slope * step, 0.06)?;
            }
        }
    }
    Ok(())
}

fn smoothstep(from: f64, to: f64, x: f64) -> f64 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// What a pattern makes of its noise, which lightness and roughness tell.
fn blending() -> Result<(), String> {
    let points = scattered(4000);
    for a in &AMOUNTS {
        for ((p, change), got) in points.iter().zip(changes(a.pattern, 1.0, &points)).zip(blends(a.pattern, &points)) {
            let [coarse, fine] = noises(a, change).map(|noise| noise + 0.5);
            let expected = match a.pattern {
                Pattern::Wood => {
                    let heart = [5.3 + f64::from(SEED & 3), 2.9 + f64::from(SEED >> 2 & 3)];
                    let ring = ((p.y + heart[0]).hypot(p.z + heart[1]) + 1.1 * coarse).fract();
                    let late = ring * ring * smoothstep(1.0, 0.9, ring) * 1.25;
                    (0.75 * late + 0.5 * fine * fine).clamp(0.0, 1.0)
                }
                Pattern::Concrete => (smoothstep(0.25, 0.75, coarse) * 0.6 + 0.4 * smoothstep(0.82, 0.9, fine)).clamp(0.0, 1.0),
                Pattern::Brushed => 0.35 * smoothstep(0.6, 0.9, coarse),
                _ => (smoothstep(0.58, 0.68, coarse) * 0.8 + smoothstep(0.72, 0.8, fine) * 0.6).clamp(0.0, 1.0),
            };
            if (got - expected).abs() > 0.01 {
                return Err(format!("{:?} at {p} blends by {got}, not {expected}", a.pattern));
            }
        }
    }
    Ok(())
}

/// A tile has one tone, whatever the depth; its joints are rougher and of the second colour.
fn tiles() -> Result<(), String> {
    let at = |edge: f64| [DVec3::new(3.0 + edge, -2.5, 0.5), DVec3::new(3.4, -2.0 - edge, 0.5)];
    for (edge, expected) in [(0.01, 1.0), (0.0275, 0.5), (0.04, 0.0), (0.3, 0.0)] {
        let points = at(edge);
        for (blend, change) in blends(Pattern::Tiles, &points).iter().zip(changes(Pattern::Tiles, 1.0, &points)) {
            if (blend - expected).abs() > 0.002 || (change[1] - 0.8 * expected).abs() > 0.002 {
                return Err(format!("{edge} from the edge: {blend} of the joint, {} rougher", change[1]));
            }
        }
    }
    let middles: Vec<DVec3> = (0..10_000).map(|i| DVec3::new(f64::from(i % 100) + 0.5, f64::from(i / 100) + 0.5, 0.5)).collect();
    let deeper: Vec<DVec3> = middles.iter().map(|p| *p + DVec3::Z * 40.0).collect();
    let [here, there] = [middles, deeper].map(|points| changes(Pattern::Tiles, 1.0, &points));
    let coarse = 0.06 * 0.06 * COARSE * VARIANCE;
    let all = rms(here.iter().map(|c| c[0]));
    within("tones", all, (0.12 * 0.12 / 12.0 + coarse).sqrt(), 0.04)?;
    within("stains", rms(here.iter().zip(&there).map(|(a, b)| b[0] - a[0])), (2.0 * coarse).sqrt(), 0.06)
}

/// Half the strength is half of everything.
fn strength() -> Result<(), String> {
    let points = scattered(200);
    for a in &AMOUNTS {
        for (whole, half) in changes(a.pattern, 1.0, &points).iter().zip(changes(a.pattern, 0.5, &points)) {
            if (0..2).any(|k| (0.5 * whole[k] - half[k]).abs() > 2e-4) {
                return Err(format!("{:?}: {half:?} is not half of {whole:?}", a.pattern));
            }
        }
    }
    Ok(())
}

/// What is told of a surface besides its colours, and of images and groups.
fn rest() -> Result<(), String> {
    let absorption = Some(Absorption { color: Vec3::splat(0.5), distance: 1.0 });
    let first = Material { specular: 0.25, dispersion: 0.78, priority: 200, absorption, thin: true, ..Material::default() };
    let maps = Maps { opacity: Some("i".into()), ..Maps::default() };
    let veil = Material { opacity: 0.5, maps, ..Material::default() };
    let materials = [
        GpuMaterial::new(&first).in_group(37),
        GpuMaterial::new(&veil).with_maps(&veil, |_| 1).of_changing_objects(),
        GpuMaterial::new(&Material { dispersion: 10.0, ..Material::default() }),
    ];
    let scene = Scene {
        frame: frame_params(&[("materials_base", &[0])]),
        texels: bytemuck::cast_slice(&materials).to_vec(),
        ..Scene::default()
    };
    let got = gpu().run(REST, &[], &scene, &[0.0; 3], 24, 1);
    let expected = [
        [0.25, 0.78, 200.0, 37.0, 0.0, 0.0, 1.0, 1.0],
        [1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0],
        [1.0, 10.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
    ];
    for (got, expected) in got.iter().zip(expected.as_flattened()) {
        if f32::abs(got - expected) > 2e-4 {
            return Err(format!("{got}, not {expected}"));
        }
    }
    Ok(())
}

type Check = fn() -> Result<(), String>;

fn holds(check: Check) {
    check().unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn patterns_vary_lightness_and_roughness_by_their_amounts() {
    holds(amplitudes);
}

#[test]
fn patterns_are_as_fine_along_each_axis_as_they_should_be() {
    holds(fineness);
}

#[test]
fn patterns_blend_their_colours_by_their_noise() {
    holds(blending);
}

#[test]
fn tiles_have_tones_and_joints() {
    holds(tiles);
}

#[test]
fn half_the_strength_is_half_of_the_change() {
    holds(strength);
}

#[test]
fn what_is_packed_with_other_things_arrives() {
    holds(rest);
}

#[rustfmt::skip]
const FAULTS: &[(Check, &str, &str)] = &[
    (amplitudes, "0.12 * (coarse - 0.5), 0.3", "0.14 * (coarse - 0.5), 0.3"),
    (amplitudes, "0.3 * (fine - 0.5));", "0.34 * (fine - 0.5));"),
    (amplitudes, "0.14 * (fine - 0.5)", "0.13 * (fine - 0.5)"),
    (amplitudes, "0.15 * (coarse - 0.5)", "0.16 * (coarse - 0.5)"),
    (amplitudes, "0.2 * (fine - 0.5)", "0.22 * (fine - 0.5)"),
    (amplitudes, "0.7 * (fine - 0.5) + 0.5 * (coarse - 0.5)", "0.7 * (fine - 0.5) + 0.7 * (coarse - 0.5)"),
    (amplitudes, "0.08 * (fine - 0.5)", "0.09 * (fine - 0.5)"),
    (amplitudes, "0.25 * (coarse - 0.5)", "0.27 * (coarse - 0.5)"),
    (amplitudes, "seed) * 0.65 +", "seed) * 0.75 +"),
    (amplitudes, "let w = f * f * (3.0 - 2.0 * f);", "let w = f;"),
    (fineness, "coarse_at = p * vec3f(0.12, 0.4, 0.4);", "coarse_at = p * vec3f(0.14, 0.4, 0.4);"),
    (fineness, "fine_at = p * vec3f(0.5, 9.0, 9.0);", "fine_at = p * vec3f(0.5, 8.0, 9.0);"),
    (fineness, "var fine_at = p * 4.0;", "var fine_at = p * 3.5;"),
    (fineness, "var coarse_at = p * 0.5;", "var coarse_at = p * 0.6;"),
    (fineness, "coarse_at = p * vec3f(0.02, 0.3, 0.3);", "coarse_at = p * vec3f(0.02, 0.3, 0.5);"),
    (fineness, "fine_at = p * vec3f(0.04, 1.0, 1.0);", "fine_at = p * vec3f(0.05, 1.0, 1.0);"),
    (fineness, "fine_at = p * 2.3;", "fine_at = p * 2.1;"),
    (fineness, "value_noise(turned(coarse_at), seed", "value_noise(0.5 * turned(coarse_at), seed"),
    (blending, "length(p.yz + heart)", "length(p.xz + heart)"),
    (blending, "smoothstep(1.0, 0.9, ring) * 1.25", "smoothstep(1.0, 0.9, ring) * 1.2"),
    (blending, "vec2f(5.3, 2.9)", "vec2f(5.0, 2.9)"),
    (blending, "smoothstep(0.82, 0.9, fine)", "smoothstep(0.8, 0.9, fine)"),
    (blending, "smoothstep(0.25, 0.75, coarse) * 0.6", "smoothstep(0.25, 0.75, coarse) * 0.5"),
    (blending, "0.35 * smoothstep(0.6, 0.9, coarse)", "0.35 * smoothstep(0.5, 0.9, coarse)"),
    (blending, "smoothstep(0.58, 0.68, coarse)", "smoothstep(0.6, 0.68, coarse)"),
    (blending, "smoothstep(0.72, 0.8, fine) * 0.6", "smoothstep(0.72, 0.8, fine) * 0.5"),
    (tiles, "smoothstep(0.035, 0.02, edge)", "smoothstep(0.04, 0.02, edge)"),
    (tiles, "0.8 * joint", "0.7 * joint"),
    (tiles, "0.12 * tone", "0.1 * tone"),
    (tiles, "0.06 * (coarse - 0.5)", "0.05 * (coarse - 0.5)"),
    (tiles, "lattice(vec3i(cell.xy, 0), seed)", "lattice(cell, seed)"),
    (strength, "(1.0 + weave.y * strength)", "(1.0 + weave.y)"),
    (strength, "(1.0 + weave.z * strength)", "(1.0 + weave.z)"),
    (rest, "s.dispersion = 10.0 * specular_dispersion.y;", "s.dispersion = specular_dispersion.y;"),
    (rest, "s.specular = specular_dispersion.x;", "s.specular = 1.0;"),
    (rest, "s.priority = t3.y >> 24u;", "s.priority = t3.y >> 16u;"),
    (rest, "(t3.y & 512u) != 0u", "(t3.y & 256u) != 0u"),
    (rest, "(t3.y >> 16u) & 255u", "(t3.y >> 16u) & 31u"),
    (rest, "load4(base, 5u).w != NO_GAPS", "load4(base, 5u).w == NO_GAPS"),
];

#[test]
fn faults_are_found() {
    let survivors: Vec<&str> =
        FAULTS.iter().filter(|(check, from, to)| with_fault(from, to, check).is_ok()).map(|fault| fault.1).collect();
    assert_eq!(survivors, [""; 0], "nobody sees that these expressions are wrong");
}
