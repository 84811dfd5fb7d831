//! The distance of two segments.

use glam::DVec3;

/// The least distance of two segments (C. Ericson, *Real-Time Collision Detection*, 5.1.9), and where it is on each, 0 to 1. Where
/// segments are parallel any pair of nearest points is given.
#[must_use]
pub fn segment_distance(p: [DVec3; 2], q: [DVec3; 2]) -> (f64, [f64; 2]) {
    let (d, e, r) = (p[1] - p[0], q[1] - q[0], p[0] - q[0]);
    let (a, b, c, f, g) = (d.dot(d), d.dot(e), d.dot(r), e.dot(e), e.dot(r));
    if a <= 0.0 && f <= 0.0 {
        return (r.length(), [0.0, 0.0]);
    }
    let (s, t) = if a <= 0.0 {
        (0.0, (g / f).clamp(0.0, 1.0))
    } else if f <= 0.0 {
        ((-c / a).clamp(0.0, 1.0), 0.0)
    } else {
        let across = a * f - b * b;
        let s = if across > 0.0 { ((b * g - c * f) / across).clamp(0.0, 1.0) } else { 0.0 };
        let t = (b * s + g) / f;
        if t < 0.0 {
            ((-c / a).clamp(0.0, 1.0), 0.0)
        } else if t > 1.0 {
            (((b - c) / a).clamp(0.0, 1.0), 1.0)
        } else {
            (s, t)
        }
    };
    ((r + d * s - e * t).length(), [s, t])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_least_over_a_fine_grid() {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        for k in 0..300 {
            let mut point = || DVec3::new(next(), next(), next());
            let (p, mut q) = ([point(), point()], [point(), point()]);
            if k % 3 == 0 {
                q[1] = q[0] + 0.7 * (p[1] - p[0]);
            }
            let (d, [s, t]) = segment_distance(p, q);
            assert!((p[0].lerp(p[1], s).distance(q[0].lerp(q[1], t)) - d).abs() < 1e-12);
            let grid = (0..=40).flat_map(|i| (0..=40).map(move |j| (f64::from(i) / 40.0, f64::from(j) / 40.0)));
            let least = grid.map(|(s, t)| p[0].lerp(p[1], s).distance(q[0].lerp(q[1], t))).fold(f64::INFINITY, f64::min);
            assert!(d <= least + 1e-9 && d > least - 0.05, "{k}: {d} {least}");
        }
    }
}
