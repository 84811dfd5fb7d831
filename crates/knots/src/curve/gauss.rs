//! Gauss' integral: how curves wind about each other, and a curve about itself.

use std::f64::consts::TAU;

use glam::DVec3;

use super::{Link, Polygon};

/// The signed solid angle of a triangle of directions, over 2 (A. van Oosterom, J. Strackee, "The solid angle of a plane triangle",
/// *IEEE Trans. Biomed. Eng.* 30, 1983).
fn half_solid_angle([a, b, c]: [DVec3; 3]) -> f64 {
    let (la, lb, lc) = (a.length(), b.length(), c.length());
    libm::atan2(a.dot(b.cross(c)), la * lb * lc + a.dot(b) * lc + b.dot(c) * la + c.dot(a) * lb)
}

/// Gauss' integral of two straight segments, over 4π: the signed share of directions from which they are seen to cross. It is the area, on
/// the sphere, of the quadrangle of directions from one to the other (T. Banchoff, "Self linking numbers of space polygons", *Indiana
/// Univ. Math. J.* 25, 1976; K. Klenin, J. Langowski, "Computation of writhe in modeling of supercoiled DNA", *Biopolymers* 54, 2000).
fn pair(p: [DVec3; 2], q: [DVec3; 2]) -> f64 {
    let corners = [q[0] - p[0], q[0] - p[1], q[1] - p[1], q[1] - p[0]];
    // Half the solid angle, over 2π, is the solid angle over 4π.
    (half_solid_angle([corners[0], corners[1], corners[2]]) + half_solid_angle([corners[0], corners[2], corners[3]])) / TAU
}

/// Gauss' linking integral of two polygons: their linking number up to rounding (about 1e-15 a pair of edges). For polygons that meet it has no
/// meaning.
#[must_use]
pub fn linking_integral(a: &Polygon, b: &Polygon) -> f64 {
    a.edges().flat_map(|e| b.edges().map(move |f| pair(e, f))).sum()
}

/// The writhe: the mean, over all directions, of the signed number of crossings seen, those between components included. For a plane curve 0;
/// for its mirror image the opposite (F. B. Fuller, "The writhing number of a space curve", *PNAS* 68, 1971).
#[must_use]
pub fn writhe(link: &Link) -> f64 {
    let mut sum = 0.0;
    for (k, polygon) in link.components().iter().enumerate() {
        let n = polygon.len();
        for i in 0..n {
            // Edges that share a vertex lie in a plane: nothing.
            sum += (i + 2..n).filter(|j| i > 0 || j + 1 < n).map(|j| 2.0 * pair(polygon.edge(i), polygon.edge(j))).sum::<f64>();
        }
        sum += link.components()[k + 1..].iter().map(|other| 2.0 * linking_integral(polygon, other)).sum::<f64>();
    }
    sum
}
