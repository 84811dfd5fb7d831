//! Pearson's chi-square test.
#![allow(dead_code, reason = "every test file uses a part of this")]

/// The probability that counts which follow `expected` lie farther from it than `observed` do. Cells that expect fewer than five
/// are pooled.
pub(crate) fn chi_square_p(observed: &[f64], expected: &[f64]) -> f64 {
    let (mut statistic, mut cells) = (0.0, 0.0);
    let (mut pooled_expected, mut pooled_observed) = (0.0, 0.0);
    for (&e, &o) in expected.iter().zip(observed) {
        if e < 5.0 {
            pooled_expected += e;
            pooled_observed += o;
        } else {
            statistic += (o - e) * (o - e) / e;
            cells += 1.0;
        }
    }
    if pooled_expected > 0.0 {
        statistic += (pooled_observed - pooled_expected).powi(2) / pooled_expected;
        cells += 1.0;
    }
    survival(statistic, cells - 1.0)
}

/// Probability that chi-square with `k` degrees of freedom is larger than `x`, by Wilson and Hilferty's cube root (1931); good to
/// 1e-4 for the hundreds of degrees met here.
pub(crate) fn survival(x: f64, k: f64) -> f64 {
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

/// Pairs of independent numbers in 0..1: the high bits of a linear congruential generator (Knuth's MMIX).
pub(crate) fn uniforms(count: usize, seed: u64) -> impl Iterator<Item = [f32; 2]> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1u64 << 24) as f32
    };
    (0..count).map(move |_| [next(), next()])
}
