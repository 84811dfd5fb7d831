//! How far curves turn.

use glam::DVec3;

/// The total curvature of a polygon whose edges run along these vectors, in radians, at most; each vector may be off by as much as is said.
/// That of a cubic is no greater than that of its Bézier polygon: in every projection to a line the cubic turns back no more often than the polygon
/// (variation diminution), and total curvature is the mean of such counts (J. Milnor, "On the total curvature of knots", *Ann. Math.* 52, 1950).
pub(crate) fn turn_of(edges: [(DVec3, f64); 3]) -> f64 {
    let units = edges.map(|(v, off)| {
        let length = v.length();
        (v / length, if off < length { arc(off / length) } else { f64::INFINITY })
    });
    let angle = |a: DVec3, b: DVec3| 2.0 * arc(0.5 * a.distance(b));
    let [(a, da), (b, db), (c, dc)] = units;
    angle(a, b) + angle(b, c) + da + 2.0 * db + dc
}

/// The arc sine, or a little more (a tenth at most): `asin(x) - x` is at most `(π/2 - 1) x³`.
fn arc(x: f64) -> f64 {
    x + (0.5 * std::f64::consts::PI - 1.0) * x * x * x
}
