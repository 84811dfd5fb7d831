//! Beginnings and ends without a jerk.

/// 0 up to `from`, 1 from `to` on, smoothly between, at rest at both ends, at most half as fast again as evenly (the cubic of C. Hermite).
pub(super) fn ease(x: f64, from: f64, to: f64) -> f64 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
