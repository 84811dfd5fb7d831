//! Surfaces conserve energy: a white one in a white furnace cannot be seen, none reflects more than it gets.
//! Fixed seeds; the standard error of every mean here is below 0.002, an eighth of the tolerance that matters.

mod bsdf;
mod gpu;

use bsdf::{Surface, direction};
use glam::Vec3;

const COUNT: usize = 1 << 18;
const COSINES: [f32; 4] = [1.0, 0.7, 0.35, 0.12];

fn furnace(name: &str, surface: Surface) {
    for cos in COSINES {
        let albedo = surface.albedo(direction(cos, 0.3), COUNT, 11);
        assert!((albedo - Vec3::ONE).abs().max_element() < 0.01, "{name}, cosine {cos}: {albedo} instead of 1");
    }
}

#[test]
fn white_diffuse_below_a_highlight() {
    for roughness in [0.0, 0.2, 0.5, 1.0] {
        for ior in [1.0, 1.5, 2.0] {
            furnace(
                &format!("plastic {roughness} {ior}"),
                Surface { base_color: Vec3::ONE, roughness, ior, ..Default::default() },
            );
        }
    }
}

#[test]
fn white_metal() {
    for roughness in [0.0, 0.1, 0.4, 0.7, 1.0] {
        furnace(&format!("metal {roughness}"), Surface { base_color: Vec3::ONE, metallic: 1.0, roughness, ..Default::default() });
    }
}

#[test]
fn half_metal() {
    furnace("half metal", Surface { base_color: Vec3::ONE, metallic: 0.5, roughness: 0.4, ..Default::default() });
}

#[test]
fn clear_glass() {
    for (thin, entering) in [(false, true), (false, false), (true, true)] {
        let surface = Surface { transmission: 1.0, roughness: 0.0, thin, entering, ..Default::default() };
        furnace(&format!("glass, thin {thin}, entering {entering}"), surface);
    }
}

/// What rough glass would scatter more than once between facets is given back to it.
#[test]
fn rough_glass() {
    for (roughness, ior) in [(0.15, 1.5), (0.3, 2.4), (0.6, 1.33), (1.0, 1.5)] {
        for (thin, entering) in [(false, true), (false, false), (true, true)] {
            let surface = Surface { transmission: 1.0, roughness, ior, thin, entering, ..Default::default() };
            furnace(&format!("glass, roughness {roughness}, index {ior}, thin {thin}, entering {entering}"), surface);
        }
    }
}

#[test]
fn white_diffuse_below_a_weak_highlight() {
    for specular in [0.0, 0.5] {
        furnace(&format!("specular {specular}"), Surface { base_color: Vec3::ONE, specular, ..Default::default() });
    }
}

/// Without its highlight a dielectric is Lambert's surface.
#[test]
fn no_specular_is_lambert() {
    let surface = Surface { base_color: Vec3::splat(0.5), specular: 0.0, ..Default::default() };
    for wi in [direction(0.9, 0.0), direction(0.5, 2.0), direction(0.1, 4.0)] {
        let f_cos = surface.eval(direction(0.3, 1.0), &[wi])[0].f_cos.x;
        assert!((f_cos / (0.5 / std::f32::consts::PI * wi.z) - 1.0).abs() < 1e-4, "{f_cos}");
    }
}

#[test]
fn nothing_makes_light() {
    let mut state = 5_u32;
    let mut next = || {
        state = state.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        (state >> 8) as f32 / 16_777_216.0
    };
    for case in 0..24 {
        let surface = Surface {
            base_color: Vec3::new(next(), next(), 1.0),
            metallic: if case % 3 == 0 { next() } else { 0.0 },
            roughness: if case % 4 == 0 { 0.0 } else { next() },
            ior: 1.0 + next(),
            transmission: if case % 2 == 0 { next() } else { 0.0 },
            thin: case % 5 == 0,
            coat: if case % 3 == 1 { next() } else { 0.0 },
            coat_roughness: next(),
            entering: case % 7 != 0,
            ..Default::default()
        };
        let wo = direction(0.05 + 0.95 * next(), 1.0);
        let albedo = surface.albedo(wo, COUNT / 4, 13 + case);
        assert!(albedo.max_element() < 1.01, "{surface:?} from {wo}: {albedo}");
    }
}
