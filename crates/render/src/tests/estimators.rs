//! Three estimators of the same picture, pixel by pixel: light found by the surfaces' own sampling alone, by sampling lights alone,
//! and by both with multiple importance sampling. They share no weights and no densities, so that a wrong one tells.
//!
//! Seeds are fixed. When code changes, a false alarm has a chance of about 1 % for the file: 54 comparisons, each with a normal number
//! beyond 4 (6e-5), a mean square of 384 beyond 1.3 (four standard deviations, 3e-5) or two pixels beyond a limit that one of all
//! exceeds with 1 % (5e-5); means of 32 samples are not quite normal.

use std::ops::ControlFlow;
use std::sync::Arc;

use raytruth_scene::Scene;

use super::{proof, renderer, scenes};
use crate::RenderSettings;

/// Independent pictures of each estimator.
const RUNS: u32 = 12;
const SAMPLES: u32 = 32;

pub(super) const BOTH: &str = "";
pub(super) const NO_NEE: &str = "NO_NEE";
pub(super) const ONLY_NEE: &str = "ONLY_NEE";

/// Means over independent pictures, and the variances of these means: a number a pixel, the sum of its colours.
pub(super) struct Estimate {
    mean: Vec<f64>,
    variance: Vec<f64>,
}

/// Renders with one estimator; `change` may alter the kernel.
pub(super) fn estimate(scene: &Scene, estimator: &str, change: &dyn Fn(&mut String)) -> Estimate {
    // Seeds differ between estimators too: their errors must not be alike.
    let first = 1000 * (1 + [BOTH, NO_NEE, ONLY_NEE].iter().position(|e| *e == estimator).expect("one of the three") as u32);
    estimate_frame(scene, 0, estimator, first, change)
}

/// The same of any frame, with `first` and the numbers after it for seeds.
pub(super) fn estimate_frame(scene: &Scene, frame: usize, estimator: &str, first: u32, change: &dyn Fn(&mut String)) -> Estimate {
    let renderer = renderer();
    let settings = RenderSettings { width: 24, height: 16, ..proof(SAMPLES) };
    let mut clip = renderer.clip(scene, &settings).expect("the scene is valid");
    // Paths that begin at the sun are a strategy of their own, of which neither knows.
    let known = |define: &&str| estimator == BOTH || *define != "SUNLIT";
    let defines: Vec<&str> = clip.world.defines.iter().copied().filter(known).chain([estimator]).collect();
    let mut composed = raytruth_shaders::compose("path", &defines).expect("composes");
    change(&mut composed.source);
    clip.on_device.other_paths = Some(Arc::new(clip.on_device.engine.gpu.compile("path", &composed).expect("compiles")));
    let mut sums = vec![(0.0, 0.0); settings.pixels()];
    for seed in first..first + RUNS {
        clip.reseed(seed);
        let frame = clip.frame(frame, &super::FULL, &mut |_| ControlFlow::Continue(())).expect("renders");
        for (sum, color) in sums.iter_mut().zip(&frame.radiance) {
            let y = color.iter().map(|c| f64::from(*c)).sum::<f64>();
            *sum = (sum.0 + y, sum.1 + y * y);
        }
    }
    let n = f64::from(RUNS);
    let variance = |&(y, y2): &(f64, f64)| ((y2 - y * y / n) / (n - 1.0) / n).max(0.0);
    Estimate { mean: sums.iter().map(|s| s.0 / n).collect(), variance: sums.iter().map(variance).collect() }
}

impl Estimate {
    /// Of several independent ones together.
    pub(super) fn pooled(all: &[Self]) -> Self {
        let n = all.len() as f64;
        let of = |f: &dyn Fn(&Self) -> &Vec<f64>, d: f64| {
            (0..all[0].mean.len()).map(|i| all.iter().map(|e| f(e)[i]).sum::<f64>() / d).collect()
        };
        Self { mean: of(&|e| &e.mean, n), variance: of(&|e| &e.variance, n * n) }
    }

    /// Of all pixels and colours.
    pub(super) fn mean(&self) -> f64 {
        self.mean.iter().sum::<f64>() / (3 * self.mean.len()) as f64
    }
}

/// How far two estimates lie apart.
#[derive(Debug)]
pub(super) struct Distance {
    /// Of the pictures' means, in standard deviations.
    whole: f64,
    /// Mean square of the pixels' distances in standard deviations: 1 where the truth is the same.
    spread: f64,
    /// Pixels that fail a test with significance 0.01 for the whole picture (Šidák).
    failing: u32,
}

impl Distance {
    pub(super) fn between(a: &Estimate, b: &Estimate) -> Self {
        let (mut difference, mut variance, mut squares, mut failing) = (0.0, 0.0, 0.0, 0);
        let pixels = a.mean.len() as f64;
        let limit = normal_quantile(0.5 * (1.0 - 0.99f64.powf(1.0 / pixels)));
        for i in 0..a.mean.len() {
            let d = a.mean[i] - b.mean[i];
            let v = a.variance[i] + b.variance[i];
            difference += d;
            variance += v;
            // Where next to nothing varies (the sky), rounding makes the difference.
            let v = v + (1e-5 * a.mean[i]).powi(2) + 1e-20;
            // Welch's t: where only one of the two varies, it has that one's degrees of freedom.
            let freedom = (f64::from(RUNS) - 1.0) * v * v / (a.variance[i].powi(2) + b.variance[i].powi(2)).max(1e-40);
            let freedom = freedom.min(2.0 * f64::from(RUNS));
            let t2 = d * d / v;
            // As a normal number (Wallace 1959).
            let z = (8.0 * freedom + 1.0) / (8.0 * freedom + 3.0) * (freedom * (t2 / freedom).ln_1p()).sqrt();
            squares += z * z;
            failing += u32::from(z > limit);
        }
        Self { whole: difference / variance.sqrt(), spread: squares / pixels, failing }
    }

    /// Whether both may be of the same picture: 99.75 % of the pixels pass (of 384, all but one).
    pub(super) fn is_small(&self) -> bool {
        self.whole.abs() < 4.0 && self.spread < 1.3 && self.failing <= 1
    }
}

/// The number that a normal one exceeds with probability `p`. Abramowitz and Stegun 26.2.23, off by at most 4.5e-4.
fn normal_quantile(p: f64) -> f64 {
    let t = (-2.0 * p.ln()).sqrt();
    t - (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)))
}

/// How the two estimators together disagree with either alone, where one does.
pub(super) fn disagreement(scene: &Scene, alone: &[&str], change: &dyn Fn(&mut String)) -> Option<String> {
    let both = estimate(scene, BOTH, change);
    alone.iter().find_map(|other| {
        let distance = Distance::between(&both, &estimate(scene, other, change));
        (!distance.is_small()).then(|| format!("{other}: {distance:?}"))
    })
}

#[test]
fn three_estimators_agree() {
    let wrong: Vec<String> = scenes::NAMES
        .iter()
        .filter_map(|name| disagreement(&scenes::named(name), &[NO_NEE, ONLY_NEE], &|_| ()).map(|how| format!("{name}, {how}")))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// From within rough glass lights alone are found by few paths that carry much, too few for these statistics: two estimators are compared.
#[test]
fn a_lamp_within_rough_glass_is_found_either_way() {
    let apart = disagreement(&scenes::named("a lamp within rough glass"), &[NO_NEE], &|_| ());
    assert!(apart.is_none(), "{apart:?}");
}
