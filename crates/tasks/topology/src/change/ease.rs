//! Beginnings and ends without a jerk.

/// 0 up to `from`, 1 from `to` on, smoothly between, at rest at both ends (K. Perlin's quintic, "Improving noise", 2002).
pub(super) fn ease(x: f64, from: f64, to: f64) -> f64 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * t * (t * (6.0 * t - 15.0) + 10.0)
}
