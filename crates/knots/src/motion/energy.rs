//! The energy that a flow lowers.

use std::f64::consts::TAU;

use glam::DVec3;

use crate::curve::{Link, Polygon};

/// Edges so near along the curve do not repel each other: the bending energy keeps them in line.
const NEAR: usize = 3;
/// What bending counts beside repulsion: enough that a curve without neighbours is a circle, and that curvature is even.
const STIFFNESS: f64 = 0.02;

/// An edge: its component, number, how many there are, middle, and the vector along it.
struct Edge {
    component: usize,
    index: usize,
    count: usize,
    middle: DVec3,
    along: DVec3,
    length: f64,
}

fn edges(link: &Link) -> Vec<Edge> {
    let of = |(component, polygon): (usize, &Polygon)| {
        let count = polygon.len();
        let edge = move |(index, [a, b]): (usize, [DVec3; 2])| {
            let (along, length) = (b - a, a.distance(b));
            Edge { component, index, count, middle: 0.5 * (a + b), along, length }
        };
        polygon.edges().enumerate().map(edge).collect::<Vec<_>>()
    };
    link.components().iter().enumerate().flat_map(of).collect()
}

fn are_near(a: &Edge, b: &Edge) -> bool {
    let apart = a.index.abs_diff(b.index);
    a.component == b.component && apart.min(a.count - apart) < NEAR
}

/// The energy and its gradient at each vertex.
///
/// `L Σ ℓᵢ ℓⱼ / d³` over edges that are not neighbours, `d` between their middles: J. Simon's energy of polygons ("Energy functions for polygonal
/// knots", *JKTR* 3, 1994) with another power. The square, his and that of the Möbius energy, lets a knot shrink to nothing beside a long
/// loop; the cube does not. To this comes the bending energy `L ∫ κ²` of each component, over (2π)² that of a circle. `L` is the length, of all or of
/// the component, so both depend on the shape only, not on the size.
pub(super) fn energy(link: &Link) -> (f64, Vec<DVec3>) {
    let edges = edges(link);
    let total: f64 = edges.iter().map(|e| e.length).sum();
    let mut sum = 0.0;
    // Of each edge, how the sum grows with its length and with a move of its middle.
    let (mut by_length, mut by_middle) = (vec![0.0; edges.len()], vec![DVec3::ZERO; edges.len()]);
    for (i, a) in edges.iter().enumerate() {
        for (j, b) in edges.iter().enumerate().skip(i + 1) {
            if are_near(a, b) {
                continue;
            }
            let r = a.middle - b.middle;
            let square = r.length_squared();
            let inverse = 1.0 / (square * square.sqrt());
            sum += a.length * b.length * inverse;
            by_length[i] += b.length * inverse;
            by_length[j] += a.length * inverse;
            let push = r * (-3.0 * a.length * b.length * inverse / square);
            by_middle[i] += push;
            by_middle[j] -= push;
        }
    }
    let mut gradient = vec![DVec3::ZERO; edges.len()];
    let mut first = 0;
    let mut value = total * sum;
    for polygon in link.components() {
        let n = polygon.len();
        for k in 0..n {
            let (edge, next) = (first + k, first + (k + 1) % n);
            let along = edges[edge].along / edges[edge].length * (total * by_length[edge] + sum);
            let middle = by_middle[edge] * (0.5 * total);
            gradient[edge] += middle - along;
            gradient[next] += middle + along;
        }
        value += bending(polygon, &mut gradient[first..first + n]);
        first += n;
    }
    (value, gradient)
}

/// `L ∫ κ²` of one component, of vertices that are nearly evenly spaced, weighed; adds its gradient.
fn bending(polygon: &Polygon, gradient: &mut [DVec3]) -> f64 {
    let (n, length) = (polygon.len(), polygon.length());
    let bends: Vec<DVec3> =
        (0..n as isize).map(|k| polygon.vertex(k - 1) + polygon.vertex(k + 1) - 2.0 * polygon.vertex(k)).collect();
    let sum: f64 = bends.iter().map(|b| b.length_squared()).sum();
    // κ is the bend over the squared edge, L/n.
    let m = n as f64;
    let weight = STIFFNESS * n as f64 * m * m * m / (TAU * TAU * length * length);
    let value = weight * sum;
    let mut along: Vec<DVec3> = polygon.edges().map(|[a, b]| (b - a).normalize_or_zero()).collect();
    along.rotate_right(1);
    for k in 0..n {
        let (before, after) = (bends[(k + n - 1) % n], bends[(k + 1) % n]);
        gradient[k] += (before + after - 2.0 * bends[k]) * (2.0 * weight);
        // A longer curve bends less; the edge before and the one after vertex k.
        let growth = along[k] - along[(k + 1) % n];
        gradient[k] -= growth * (2.0 * value / length);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_is_that_of_the_energy() {
        let at = |k: usize, x: f64| {
            let a = TAU * k as f64 / 24.0;
            DVec3::new(2.0 * libm::cos(a), libm::sin(a) + 0.2 * libm::cos(3.0 * a), 0.3 * libm::sin(2.0 * a)) + DVec3::X * x
        };
        let rings = Link::from_vertices([0.0, 1.5].map(|x| (0..24).map(|k| at(k, x) + DVec3::Z * x).collect::<Vec<_>>()));
        let link = rings.expect("two rings");
        let (_, gradient) = energy(&link);
        for vertex in [0, 5, 23, 24, 40] {
            for axis in DVec3::AXES {
                let moved = |by: f64| {
                    let mut k = 0;
                    let link = link.map(|p| {
                        k += 1;
                        if k == vertex + 1 { p + axis * by } else { p }
                    });
                    energy(&link.expect("as good")).0
                };
                let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                let found = gradient[vertex].dot(axis);
                assert!((slope - found).abs() < 1e-4 * (1.0 + slope.abs()), "{vertex} {axis}: {slope} {found}");
            }
        }
    }
}
