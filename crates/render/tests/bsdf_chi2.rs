//! Every sampling routine draws what its pdf says: Pearson's chi-square test on 10^6 samples.
//!
//! The significance is 0.01 for the whole file, with Šidák's correction over the cases. Seeds are fixed, so the verdict is too;
//! when code changes, a false alarm has a chance of 1 %.

mod bsdf;
mod gpu;
mod statistics;

use bsdf::checks::follows_pdf;
use bsdf::{Surface, direction};
use glam::Vec3;

const SAMPLES: usize = 1_000_000;
const CASES: f64 = 11.0;

fn check(name: &str, surface: Surface, wo: Vec3) {
    follows_pdf(surface, wo, SAMPLES, 1.0 - 0.99f64.powf(1.0 / CASES)).unwrap_or_else(|e| panic!("{name}: {e}"));
}

#[test]
fn diffuse_and_highlight() {
    let plastic = |roughness| Surface { base_color: Vec3::new(0.7, 0.5, 0.3), roughness, ..Default::default() };
    check("plastic 0.9", plastic(0.9), direction(0.8, 0.4));
    check("plastic 0.5", plastic(0.5), direction(0.3, 2.0));
    check("plastic 0.35", plastic(0.35), direction(0.6, 4.0));
}

#[test]
fn metal() {
    let metal = |roughness| Surface { base_color: Vec3::new(0.9, 0.6, 0.3), metallic: 1.0, roughness, ..Default::default() };
    check("metal 0.4", metal(0.4), direction(0.7, 0.4));
    check("metal 0.8", metal(0.8), direction(0.2, 5.0));
    check("metal 1", metal(1.0), direction(0.95, 5.0));
}

#[test]
fn glass() {
    let glass = |entering| Surface { transmission: 1.0, roughness: 0.5, entering, ..Default::default() };
    check("glass in", glass(true), direction(0.6, 0.4));
    check("glass out", glass(false), direction(0.6, 0.4));
    check("thin glass", Surface { thin: true, ..glass(true) }, direction(0.4, 1.4));
}

#[test]
fn mixtures() {
    let mixed = Surface {
        base_color: Vec3::new(0.2, 0.6, 0.9),
        metallic: 0.3,
        transmission: 0.5,
        roughness: 0.6,
        coat: 0.8,
        coat_roughness: 0.45,
        ..Default::default()
    };
    check("everything", mixed, direction(0.5, 0.4));
    check("coated", Surface { metallic: 0.0, transmission: 0.0, ..mixed }, direction(0.25, 3.4));
}
