//! Laws that single lobes obey: reciprocity, Fresnel, Snell, total reflection.

mod bsdf;
mod gpu;

use bsdf::{DELTA, Sample, Surface, TRANSMITTED, direction};
use glam::Vec3;

#[test]
fn reflection_is_reciprocal() {
    let surfaces = [
        Surface { base_color: Vec3::new(0.9, 0.5, 0.2), roughness: 0.4, ..Default::default() },
        Surface { base_color: Vec3::new(0.9, 0.5, 0.2), metallic: 1.0, roughness: 0.7, ..Default::default() },
        // What it gets back of multiple scattering is not.
        Surface { transmission: 1.0, roughness: 0.5, multiscatter: false, ..Default::default() },
        Surface { base_color: Vec3::splat(0.5), coat: 1.0, coat_roughness: 0.3, ..Default::default() },
    ];
    let directions: Vec<Vec3> = (0..12).map(|i| direction(0.08 + 0.075 * i as f32, 2.4 * i as f32)).collect();
    for surface in surfaces {
        let table: Vec<Vec<bsdf::Eval>> = directions.iter().map(|&wo| surface.eval(wo, &directions)).collect();
        for (a, wa) in directions.iter().enumerate() {
            for (b, wb) in directions.iter().enumerate() {
                let (there, back) = (table[a][b].f_cos / wb.z, table[b][a].f_cos / wa.z);
                let scale = there.max_element().max(1e-3);
                assert!((there - back).abs().max_element() < 1e-3 * scale, "{surface:?}, {wa} and {wb}: {there} and {back}");
            }
        }
    }
}

/// Energy that is reflected and that goes through: the sampled weights, on average.
fn shares(samples: &[Sample]) -> (f64, f64) {
    let through = |s: &&Sample| s.kind & TRANSMITTED != 0;
    let energy = |s: &Sample| f64::from(s.weight.x) / samples.len() as f64;
    (samples.iter().filter(|s| !through(s)).map(energy).sum(), samples.iter().filter(through).map(energy).sum())
}

/// Fresnel's equations in their textbook form.
fn fresnel(cos_i: f64, eta: f64) -> f64 {
    let sin_t = (1.0 - cos_i * cos_i).sqrt() / eta;
    if sin_t >= 1.0 {
        return 1.0;
    }
    let cos_t = (1.0 - sin_t * sin_t).sqrt();
    let s = (cos_i - eta * cos_t) / (cos_i + eta * cos_t);
    let p = (eta * cos_i - cos_t) / (eta * cos_i + cos_t);
    0.5 * (s * s + p * p)
}

#[test]
fn clear_glass_follows_fresnel_and_snell() {
    let count = 1 << 16;
    for ior in [1.33_f32, 1.5, 1.9] {
        for entering in [true, false] {
            let eta = if entering { ior } else { 1.0 / ior };
            for cos in [1.0, 0.8, 0.5, 0.2] {
                let wo = direction(cos, 0.7);
                let glass = Surface { transmission: 1.0, roughness: 0.0, ior, entering, ..Default::default() };
                let samples = glass.sample(wo, count, 3);
                let expected = fresnel(f64::from(cos), f64::from(eta));
                // Five standard deviations of a share of 65536: at most 0.01.
                let (reflected, through) = shares(&samples);
                assert!(
                    (reflected + through - 1.0).abs() < 0.01,
                    "ior {ior}, entering {entering}, cosine {cos}: all light goes somewhere"
                );
                assert!(
                    (reflected - expected).abs() < 0.01,
                    "ior {ior}, entering {entering}, cosine {cos}: {reflected} not {expected}"
                );
                for sample in &samples {
                    assert!(sample.kind & DELTA != 0 && sample.weight.x < 1.15, "{sample:?}");
                    if sample.kind & TRANSMITTED == 0 {
                        assert!((sample.wi - Vec3::new(-wo.x, -wo.y, wo.z)).length() < 1e-6, "{sample:?} mirrors {wo}");
                    } else {
                        // The tangential parts are as 1 to eta, in opposite directions.
                        let slip = sample.wi.truncate() * eta + wo.truncate();
                        assert!(sample.wi.z < 0.0 && slip.length() < 1e-5, "{sample:?} refracts {wo}");
                        assert!((sample.wi.length() - 1.0).abs() < 1e-5, "{sample:?} is a unit vector");
                    }
                }
            }
        }
    }
}

#[test]
fn beyond_the_critical_angle_all_is_reflected() {
    let glass = Surface { transmission: 1.0, roughness: 0.0, entering: false, ..Default::default() };
    // sin of the critical angle is 1/1.5; its cosine 0.745.
    let (_, through) = shares(&glass.sample(direction(0.74, 0.0), 4096, 1));
    assert_eq!(through, 0.0);
    let (_, through) = shares(&glass.sample(direction(0.76, 0.0), 4096, 1));
    assert!(through > 0.3, "{through} goes through just inside");
}

#[test]
fn a_thin_sheet_passes_straight_on() {
    let pane = Surface { transmission: 1.0, roughness: 0.0, thin: true, tint: Vec3::new(0.5, 0.9, 1.0), ..Default::default() };
    let wo = direction(0.6, 1.0);
    let samples = pane.sample(wo, 1 << 16, 2);
    let f = fresnel(0.6, 1.5);
    let (reflected, _) = shares(&samples);
    assert!((reflected - 2.0 * f / (1.0 + f)).abs() < 0.01, "{reflected} comes back from both faces together");
    for sample in samples.iter().filter(|s| s.kind & TRANSMITTED != 0) {
        assert!(
            (sample.wi + wo).length() < 1e-5 && (sample.weight.normalize() - pane.tint.normalize()).length() < 1e-6,
            "{sample:?}"
        );
    }
}

#[test]
fn a_polished_metal_is_a_mirror_of_its_own_colour() {
    let gold = Surface { base_color: Vec3::new(1.0, 0.78, 0.34), metallic: 1.0, roughness: 0.0, ..Default::default() };
    for sample in gold.sample(Vec3::Z, 1024, 4) {
        assert!(sample.kind & DELTA != 0 && (sample.wi - Vec3::Z).length() < 1e-6, "{sample:?}");
        assert!((sample.weight - gold.base_color).abs().max_element() < 1e-3, "{sample:?}");
    }
}
