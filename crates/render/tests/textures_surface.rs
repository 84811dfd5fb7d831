//! Materials arrive in the shader as they were declared, and the patterns are what they are called.

mod gpu;

use glam::Vec3;
use gpu::{Scene, frame_params, gpu};
use raytruth_render::internals::GpuMaterial;
use raytruth_scene::{Absorption, Material, Pattern, Texture};

const KERNEL: &str = include_str!("kernels/surface.wgsl");

/// `load_surface` for each (material, point, normal): 20 numbers as in the kernel.
fn load(materials: &[Material], points: &[(usize, Vec3, Vec3)]) -> Vec<[f32; 20]> {
    let base = 7;
    let mut texels = vec![[0; 4]; base];
    for material in materials {
        texels.extend_from_slice(bytemuck::cast_slice(bytemuck::bytes_of(&GpuMaterial::new(material))));
    }
    let scene = Scene { frame: frame_params(&[("materials_base", &[base as u32])]), texels, ..Scene::default() };
    let input: Vec<f32> = points.iter().flat_map(|(m, p, n)| [p.x, p.y, p.z, *m as f32, n.x, n.y, n.z, 0.0]).collect();
    let output = gpu().run(KERNEL, &[], &scene, &input, points.len() * 20, points.len().div_ceil(64) as u32);
    output.chunks_exact(20).map(|c| c.try_into().expect("20 numbers")).collect()
}

fn patterned(pattern: Pattern, strength: f32) -> Material {
    let texture = Texture { pattern, color: Vec3::new(0.1, 0.2, 0.3), scale: 0.02, strength, seed: 9 };
    Material { base_color: Vec3::new(0.8, 0.7, 0.6), roughness: 0.4, texture: Some(texture), ..Material::default() }
}

const ALL: [Pattern; 7] =
    [Pattern::Checker, Pattern::Wood, Pattern::Concrete, Pattern::Brushed, Pattern::Tiles, Pattern::Speckle, Pattern::Stripes];

#[test]
fn every_field_arrives() {
    let solid = Material {
        base_color: Vec3::new(0.11, 0.22, 0.33),
        metallic: 0.25,
        roughness: 0.5,
        ior: 1.7,
        transmission: 0.75,
        absorption: Some(Absorption { color: Vec3::splat(0.5), distance: 0.1 }),
        thin: false,
        coat: 0.125,
        coat_roughness: 0.625,
        emission: Vec3::new(1.0, 2.0, 3.0),
        ..Material::default()
    };
    let sheet = Material { thin: true, ..solid.clone() };
    let loaded = load(&[solid, sheet], &[(0, Vec3::ONE, Vec3::Z), (1, Vec3::ONE, Vec3::Z)]);
    let sigma = std::f32::consts::LN_2 / 0.1;
    let head = [0.11, 0.22, 0.33, 0.25, 1.0, 2.0, 3.0, 0.5];
    let tail = |thin| [0.125, 0.625, thin, 0.0];
    let solid = [&head[..], &[sigma, sigma, sigma, 1.7], &[1.0, 1.0, 1.0, 0.75], &tail(0.0)].concat();
    let sheet = [&head[..], &[0.0, 0.0, 0.0, 1.7], &[0.5, 0.5, 0.5, 0.75], &tail(1.0)].concat();
    for (loaded, expected) in loaded.iter().zip([solid, sheet]) {
        for (a, b) in loaded.iter().zip(&expected) {
            // Fractions keep 16 bits.
            assert!((a - b).abs() < 2e-5, "{loaded:?} instead of {expected:?}");
        }
    }
}

#[test]
fn without_strength_a_pattern_does_not_show() {
    let materials = ALL.map(|pattern| patterned(pattern, 0.0));
    let points: Vec<_> =
        (0..ALL.len() * 50).map(|i| (i / 50, Vec3::new(0.013, 0.027, 0.031) * (i % 50) as f32, Vec3::Z)).collect();
    for (loaded, point) in load(&materials, &points).iter().zip(points) {
        assert!((Vec3::from_slice(loaded) - materials[point.0].base_color).length() < 1e-6, "{:?}", ALL[point.0]);
        assert!((loaded[7] - 0.4).abs() < 1e-4, "{:?}", ALL[point.0]);
    }
}

/// Blends stay between the two colours but for 15 % of lightness, and every pattern shows both sides of its range.
#[test]
fn patterns_stay_between_their_colours() {
    let materials = ALL.map(|pattern| patterned(pattern, 1.0));
    let points: Vec<_> = (0..ALL.len() * 2000)
        .map(|i| {
            let k = (i % 2000) as f32;
            (i / 2000, Vec3::new((k * 0.754_877).fract(), (k * 0.569_840).fract(), (k * 0.430_160).fract()) * 0.4 - 0.2, Vec3::Y)
        })
        .collect();
    let loaded = load(&materials, &points);
    for (m, pattern) in ALL.iter().enumerate() {
        let reds: Vec<f32> = loaded[m * 2000..(m + 1) * 2000].iter().map(|s| s[0]).collect();
        let (low, high) = reds.iter().fold((f32::MAX, f32::MIN), |(low, high), &r| (low.min(r), high.max(r)));
        assert!(low > 0.1 * 0.85 && high < 0.8 * 1.15, "{pattern:?}: {low}..{high}");
        assert!(high - low > 0.12, "{pattern:?} is flat: {low}..{high}");
    }
}

#[test]
fn checks_and_stripes_change_where_they_should() {
    let materials = [patterned(Pattern::Checker, 1.0), patterned(Pattern::Stripes, 1.0)];
    let second = |v: &[f32; 20]| v[0] < 0.45;
    let at = |m: usize, x: f32, y: f32, z: f32| (m, Vec3::new(x, y, z) * 0.02, Vec3::Z);
    let checker: Vec<bool> =
        load(&materials, &[at(0, 0.5, 0.5, 0.5), at(0, 1.5, 0.5, 0.5), at(0, 1.5, 1.5, 0.5), at(0, -0.5, 0.5, 0.5)])
            .iter()
            .map(second)
            .collect();
    assert_eq!(checker, [false, true, false, true]);
    let stripes: Vec<bool> =
        load(&materials, &[at(1, 0.0, 0.0, 0.25), at(1, 5.0, 3.0, 0.25), at(1, 0.0, 0.0, 0.75)]).iter().map(second).collect();
    assert_eq!(stripes, [true, true, false]);
    // A face on a boundary of the pattern is of one colour all over, though its height is zero give or take rounding.
    let face: Vec<bool> = load(&materials, &[at(0, 0.5, 0.5, 1e-6), at(0, 0.5, 0.5, -1e-6)]).iter().map(second).collect();
    assert_eq!(face[0], face[1]);
}

/// Patterns that are more than paint change how rough the surface is; another seed is another piece.
#[test]
fn patterns_change_roughness_and_follow_their_seed() {
    for pattern in ALL.into_iter().filter(|p| ![Pattern::Checker, Pattern::Stripes].contains(p)) {
        let first = patterned(pattern, 1.0);
        let mut other = first.clone();
        other.texture.as_mut().expect("has one").seed = 10;
        let points: Vec<_> = (0..2000)
            .map(|i| {
                let k = (i / 2) as f32;
                let p = Vec3::new((k * 0.754_877).fract(), (k * 0.569_840).fract(), (k * 0.430_160).fract());
                (i % 2, p * 0.4 - 0.2, Vec3::Y)
            })
            .collect();
        let loaded = load(&[first, other], &points);
        let rough = loaded.iter().map(|s| s[7]).fold((f32::MAX, f32::MIN), |(low, high), r| (low.min(r), high.max(r)));
        assert!(rough.1 - rough.0 > 0.04 && rough.0 > 0.1 && rough.1 < 0.8, "{pattern:?}: {rough:?}");
        let differ = loaded.chunks_exact(2).filter(|pair| (pair[0][0] - pair[1][0]).abs() > 0.02).count();
        assert!(differ > 100, "{pattern:?}: {differ} of 1000 points differ");
    }
}
