//! Forces made smooth.

use std::f64::consts::TAU;

use glam::DVec3;

/// The mode up to which a force is taken as it is.
const EVEN: f64 = 3.0;

/// A vector at each vertex of a closed polygon, its waves of `k` to the round weakened by `1 + (k/3)⁴`: the direction of steepest descent where
/// lengths of directions are measured with their second derivatives (a Sobolev gradient; C. Yu, H. Schumacher, K. Crane, "Repulsive curves",
/// *ACM Trans. Graph.* 40, 2021). By the plain gradient short waves allow tiny steps only, and whole strands hardly move.
pub(super) fn smooth(force: &[DVec3]) -> Vec<DVec3> {
    let n = force.len();
    // The answer to a force at one vertex, at each distance from it.
    let cosines: Vec<f64> = (0..n).map(|k| libm::cos(TAU * k as f64 / n as f64)).collect();
    let weight = |k: usize| {
        let wave = k.min(n - k) as f64 / EVEN;
        1.0 / (1.0 + wave * wave * wave * wave)
    };
    let answer: Vec<f64> = (0..n).map(|d| (0..n).map(|k| weight(k) * cosines[k * d % n]).sum::<f64>() / n as f64).collect();
    (0..n).map(|i| (0..n).map(|j| force[j] * answer[i.abs_diff(j)]).sum()).collect()
}
