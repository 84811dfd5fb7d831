//! A toy walk's path.

use crate::navigation::Pose;

/// A walk from corner to corner: eased, its bends rounded, looking ahead along the way.
pub(super) fn way(corners: &[[f32; 2]], frames: usize) -> Vec<Pose> {
    let length = |a: [f32; 2], b: [f32; 2]| ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt();
    let total: f32 = corners.windows(2).map(|w| length(w[0], w[1])).sum();
    // Beyond its ends it goes straight on.
    let point = |s: f32| {
        let mut left = s;
        let last = corners.len() - 2;
        for (i, w) in corners.windows(2).enumerate() {
            let own = length(w[0], w[1]);
            if left < own || i == last {
                return [0, 1].map(|k| w[0][k] + (w[1][k] - w[0][k]) * left / own);
            }
            left -= own;
        }
        corners[0]
    };
    let round = |s: f32| {
        let all = (-10..=10).map(|k| point(s + 0.085 * k as f32));
        all.fold([0.0; 2], |sum, p| [sum[0] + p[0] / 21.0, sum[1] + p[1] / 21.0])
    };
    let eased = |u: f32| {
        let u = u.clamp(0.0, 1.0);
        // Ramps of a fifth at either end.
        let ramp = 0.2;
        let area = if u < ramp {
            u * u / (2.0 * ramp)
        } else if u < 1.0 - ramp {
            u - 0.5 * ramp
        } else {
            1.0 - ramp - (1.0 - u).powi(2) / (2.0 * ramp)
        };
        area / (1.0 - ramp)
    };
    let pose = |f: usize| {
        let s = total * eased((f as f32 - 4.0) / (frames as f32 - 12.0));
        let (a, b) = (round(s - 0.35), round(s + 0.35));
        Pose { at: round(s), yaw: libm::atan2f(b[1] - a[1], b[0] - a[0]) }
    };
    (0..frames).map(pose).collect()
}
