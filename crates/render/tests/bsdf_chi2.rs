//! Every sampling routine draws what its pdf says: Pearson's chi-square test on 10^6 samples.
//!
//! The significance is 0.01 for the whole file, with Šidák's correction over the cases. Seeds are fixed, so the verdict is too;
//! when code changes, a false alarm has a chance of 1 %.

mod bsdf;
mod gpu;

use bsdf::{DELTA, Surface, direction};
use glam::Vec3;

const SAMPLES: usize = 1_000_000;
const ROWS: usize = 24;
const COLUMNS: usize = 24;
/// Quadrature points along each edge of a cell.
const FINE: usize = 12;
const CASES: usize = 11;

/// Probability that chi-square with `k` degrees of freedom is larger than `x`, by Wilson and Hilferty's cube root (1931); good to
/// 1e-4 for the hundreds of degrees met here.
fn survival(x: f64, k: f64) -> f64 {
    let z = ((x / k).cbrt() - (1.0 - 2.0 / (9.0 * k))) / (2.0 / (9.0 * k)).sqrt();
    0.5 * erfc(z / std::f64::consts::SQRT_2)
}

/// Abramowitz and Stegun 7.1.26, off by at most 1.5e-7.
fn erfc(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let series = t * (0.254_829_592 + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    let tail = series * (-x * x).exp();
    if x < 0.0 { 2.0 - tail } else { tail }
}

/// The centre of fine cell `(row, column)` of the sphere, in equal steps of cosine and azimuth.
fn cell_direction(row: usize, column: usize) -> Vec3 {
    let cos = -1.0 + 2.0 * (row as f32 + 0.5) / (ROWS * FINE) as f32;
    direction(cos, std::f32::consts::TAU * (column as f32 + 0.5) / (COLUMNS * FINE) as f32)
}

fn check(name: &str, surface: Surface, wo: Vec3) {
    let mut observed = vec![0_f64; ROWS * COLUMNS];
    let (mut lost, mut delta) = (0_f64, 0_f64);
    for sample in surface.sample(wo, SAMPLES, 1) {
        if sample.pdf <= 0.0 {
            lost += 1.0;
        } else if sample.kind & DELTA != 0 {
            delta += 1.0;
        } else {
            let wi = sample.wi;
            let row = ((wi.z * 0.5 + 0.5) * ROWS as f32) as usize;
            let turn = (wi.y.atan2(wi.x) / std::f32::consts::TAU).rem_euclid(1.0);
            let column = (turn * COLUMNS as f32) as usize;
            observed[row.min(ROWS - 1) * COLUMNS + column.min(COLUMNS - 1)] += 1.0;
        }
    }
    assert_eq!(delta, 0.0, "{name}: deltas have no density to test");

    // Expected counts: the pdf, integrated over each cell by the midpoint rule.
    let directions: Vec<Vec3> =
        (0..ROWS * FINE).flat_map(|row| (0..COLUMNS * FINE).map(move |column| cell_direction(row, column))).collect();
    let mut expected = vec![0_f64; ROWS * COLUMNS];
    let solid_angle = 4.0 * std::f64::consts::PI / directions.len() as f64;
    for (i, eval) in surface.eval(wo, &directions).iter().enumerate() {
        let (row, column) = (i / (COLUMNS * FINE) / FINE, i % (COLUMNS * FINE) / FINE);
        expected[row * COLUMNS + column] += f64::from(eval.pdf) * solid_angle * SAMPLES as f64;
    }
    let total: f64 = expected.iter().sum();
    assert!(total < 1.002 * SAMPLES as f64, "{name}: the pdf integrates to {}", total / SAMPLES as f64);

    // Pool cells that expect fewer than five; what misses the pdf's total is the part lost below the horizon.
    let (mut statistic, mut cells) = (0.0, 0.0);
    let (mut pooled_expected, mut pooled_observed) = ((SAMPLES as f64 - total).max(0.0), lost);
    for (&e, &o) in expected.iter().zip(&observed) {
        if e < 5.0 {
            pooled_expected += e;
            pooled_observed += o;
        } else {
            statistic += (o - e) * (o - e) / e;
            cells += 1.0;
        }
    }
    if pooled_expected >= 5.0 {
        statistic += (pooled_observed - pooled_expected).powi(2) / pooled_expected;
        cells += 1.0;
    } else {
        assert!(pooled_observed < 25.0, "{name}: {pooled_observed} samples where {pooled_expected:.2} are expected");
    }
    let significance = 1.0 - (1.0 - 0.01_f64).powf(1.0 / CASES as f64);
    let p = survival(statistic, cells - 1.0);
    assert!(p > significance, "{name}: chi-square {statistic:.1} with {} degrees of freedom, p = {p:.2e}", cells - 1.0);
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
