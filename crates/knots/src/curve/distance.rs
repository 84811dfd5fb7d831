//! The distance of two segments.

use glam::DVec3;

/// The least distance of two segments (C. Ericson, *Real-Time Collision Detection*, 5.1.9, and the ends of each against the other), and where it
/// is on each, 0 to 1. Where segments are parallel any pair of nearest points is given.
///
/// The distance is that of the two points, so it is never too small by more than rounding. Of segments that cross at an angle of `a` radians it
/// may be too great by some 1e-16/`a` of their size, 1e-8 at worst: where along nearly parallel lines they are nearest, doubles cannot tell. What
/// must be safe takes [`least_distance`].
#[must_use]
pub fn segment_distance(p: [DVec3; 2], q: [DVec3; 2]) -> (f64, [f64; 2]) {
    let (d, e, r) = (p[1] - p[0], q[1] - q[0], p[0] - q[0]);
    let (a, b, c, f, g) = (d.dot(d), d.dot(e), d.dot(r), e.dot(e), e.dot(r));
    let share = |length: f64, along: f64| if length > 0.0 { (along / length).clamp(0.0, 1.0) } else { 0.0 };
    // Each end against the other segment.
    let mut best = (f64::INFINITY, [0.0, 0.0]);
    let mut consider = |s: f64, t: f64| {
        // From the nearer ends, so that what is near to them loses nothing.
        let from = if s <= 0.5 { p[0] + d * s } else { p[1] - d * (1.0 - s) };
        let to = if t <= 0.5 { q[0] + e * t } else { q[1] - e * (1.0 - t) };
        let found = from.distance_squared(to);
        if found < best.0 {
            best = (found, [s, t]);
        }
    };
    consider(0.0, share(f, g));
    consider(1.0, share(f, g + b));
    consider(share(a, -c), 0.0);
    consider(share(a, b - c), 1.0);
    // The lines' nearest points, where they lie within.
    let across = a * f - b * b;
    if across > 0.0 {
        let s = ((b * g - c * f) / across).clamp(0.0, 1.0);
        consider(s, share(f, b * s + g));
    }
    (best.0.sqrt(), best.1)
}

/// No two points of the segments are nearer than this, rounding aside (1e-14 of the greatest coordinate): it holds however the segments lie, and
/// is the distance itself but for segments that nearly touch at a small angle, of which it may fall short by some 1e-16 of the squared size over
/// the distance.
///
/// Whatever points [`segment_distance`] finds, the direction from one to the other is that of two parallel planes with the segments on
/// either side, and what lies between the planes is the bound.
#[must_use]
pub fn least_distance(p: [DVec3; 2], q: [DVec3; 2]) -> f64 {
    let (_, [s, t]) = segment_distance(p, q);
    let Some(normal) = (q[0].lerp(q[1], t) - p[0].lerp(p[1], s)).try_normalize() else { return 0.0 };
    // Relative to one end, so that what is far from the origin loses no more than it must.
    let behind = (p[1] - p[0]).dot(normal).max(0.0);
    let before = (q[0] - p[0]).dot(normal).min((q[1] - p[0]).dot(normal));
    (before - behind).max(0.0)
}

#[cfg(test)]
mod tests {
    use glam::DQuat;

    use super::*;

    fn dice() -> impl FnMut() -> f64 {
        let mut state = 1_u64;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    #[test]
    fn it_is_the_least_over_a_fine_grid() {
        let mut next = dice();
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
            let bound = least_distance(p, q);
            assert!(bound <= d + 1e-14 && bound > d - 1e-9, "{k}: {bound} {d}");
        }
    }

    /// Two segments that cross at this angle, one above the other at this height, which is their distance: turned and scaled at random.
    fn crossed(next: &mut impl FnMut() -> f64, angle: f64, height: f64, size: f64) -> [[DVec3; 2]; 2] {
        let turn = DQuat::from_xyzw(next() - 0.5, next() - 0.5, next() - 0.5, next() - 0.5).normalize();
        let (at, to) = (next() - 0.5, next() - 0.5);
        let along = DVec3::new(libm::cos(angle), libm::sin(angle), 0.0);
        let place = |p: DVec3| turn * p * size;
        let q = |x: f64| place(DVec3::new(at, 0.0, height) + along * (x + to));
        [[place(-DVec3::X), place(DVec3::X)], [q(-1.0), q(1.0)]]
    }

    #[test]
    fn segments_that_nearly_touch_at_a_small_angle_are_never_taken_for_farther_than_they_are() {
        let mut next = dice();
        let (mut worst_distance, mut worst_bound) = (0.0_f64, 0.0_f64);
        for round in 0..200_000 {
            let angle = libm::pow(10.0, -17.0 * next());
            let height = if round % 5 == 0 { 0.0 } else { libm::pow(10.0, -15.0 * next()) };
            let size = [1.0, 1e-50, 1e50][round % 3];
            let [p, q] = crossed(&mut next, angle, height, size);
            let (d, bound) = (segment_distance(p, q).0 / size, least_distance(p, q) / size);
            // What rounding the ends may move them is 1e-15.
            assert!(d >= height - 2e-15, "{angle} {height}: {d}");
            assert!(bound <= height + 4e-15, "{angle} {height}: {bound}");
            worst_distance = worst_distance.max(d - height);
            worst_bound = worst_bound.max((height - bound) * height);
        }
        assert!(worst_distance < 4e-8 && worst_bound < 1e-14, "{worst_distance} {worst_bound}");
    }

    #[test]
    fn tiny_beside_huge_and_points() {
        let huge = [DVec3::new(-1e60, 1.0, 0.0), DVec3::new(1e60, 1.0, 0.0)];
        let tiny = [DVec3::ZERO, DVec3::X * 1e-60];
        assert_eq!((segment_distance(huge, tiny).0, least_distance(tiny, huge)), (1.0, 1.0));
        let point = [DVec3::Z; 2];
        assert_eq!((segment_distance(point, [DVec3::ZERO; 2]).0, least_distance(point, [DVec3::ZERO; 2])), (1.0, 1.0));
        assert_eq!((segment_distance(point, point).0, least_distance(point, point)), (0.0, 0.0));
        assert_eq!(least_distance([-DVec3::X, DVec3::X], [-DVec3::Y, DVec3::Y]), 0.0);
    }
}
