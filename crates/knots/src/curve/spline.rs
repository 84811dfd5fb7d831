//! The smooth curve that is drawn through a polygon's vertices.

use glam::DVec3;

use super::{Polygon, turn_of};

/// A cubic from a vertex to the next, in Hermite form over `0..=1`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Where it begins.
    pub from: DVec3,
    /// Where it ends.
    pub to: DVec3,
    /// Its derivative at the begin.
    pub leave: DVec3,
    /// Its derivative at the end.
    pub arrive: DVec3,
}

impl Span {
    /// Through `p[1]` and `p[2]`, with neighbours `p[0]` and `p[3]`, knots spaced by the root of the chords (centripetal).
    #[must_use]
    pub fn through(p: [DVec3; 4]) -> Self {
        let chord = [p[1] - p[0], p[2] - p[1], p[3] - p[2]];
        let knot = chord.map(|c| c.length().sqrt());
        // The derivative of the interpolating parabola, scaled to this span.
        let tangent = |a: usize, b: usize| {
            let slope = (chord[a] * (knot[b] / knot[a]) + chord[b] * (knot[a] / knot[b])) / (knot[a] + knot[b]);
            slope * knot[1]
        };
        Self { from: p[1], to: p[2], leave: tangent(0, 1), arrive: tangent(1, 2) }
    }

    /// The point at `u`, 0 to 1.
    #[must_use]
    pub fn point(&self, u: f64) -> DVec3 {
        let v = 1.0 - u;
        self.from * (v * v * (1.0 + 2.0 * u)) + self.to * (u * u * (1.0 + 2.0 * v)) + (self.leave * v - self.arrive * u) * (u * v)
    }

    /// The derivative by `u`.
    #[must_use]
    pub fn derivative(&self, u: f64) -> DVec3 {
        let v = 1.0 - u;
        (self.to - self.from) * (6.0 * u * v) + self.leave * (v * (1.0 - 3.0 * u)) + self.arrive * (u * (3.0 * u - 2.0))
    }

    /// How far each of the two end derivatives is from the chord. All that makes the span differ from the chord is linear in them.
    #[must_use]
    pub(crate) fn bends(&self) -> [DVec3; 2] {
        let chord = self.to - self.from;
        [self.leave - chord, self.arrive - chord]
    }

    /// No point of it is farther than this from the chord: `u(1-u)²` and `u²(1-u)` sum to at most 1/4.
    #[must_use]
    pub fn sagitta(&self) -> f64 {
        let [a, b] = self.bends();
        0.25 * a.length().max(b.length())
    }

    /// Its length is at most this: that of its Bézier polygon.
    #[must_use]
    pub fn longest(&self) -> f64 {
        let third = (self.leave + self.arrive) / 3.0;
        (self.leave.length() + self.arrive.length()) / 3.0 + (self.to - self.from - third).length()
    }

    /// Its tangent turns by no more than this, in radians (its total curvature); infinite where its derivative may vanish.
    #[must_use]
    pub fn turn(&self) -> f64 {
        let middle = 3.0 * (self.to - self.from) - self.leave - self.arrive;
        let turn = turn_of([self.leave, middle, self.arrive].map(|edge| (edge, 0.0)));
        if turn.is_nan() { f64::INFINITY } else { turn }
    }

    /// It bends no more sharply than a circle of this radius; 0 where its derivative may vanish. The derivative is bounded by its Bézier
    /// points along the chord, `p' × p''` (a parabola) by its own.
    #[must_use]
    pub fn least_radius(&self) -> f64 {
        let halves = self.split();
        halves.iter().flat_map(Self::split).map(|s| s.rough_radius()).fold(f64::INFINITY, f64::min)
    }

    fn rough_radius(&self) -> f64 {
        let chord = self.to - self.from;
        let along = chord.normalize_or_zero();
        let middle = 3.0 * chord - self.leave - self.arrive;
        let slowest = [self.leave, middle, self.arrive].into_iter().map(|h| h.dot(along)).fold(f64::INFINITY, f64::min);
        if slowest <= 0.0 {
            return 0.0;
        }
        let turn = |u: f64| {
            let second = (middle - self.leave) * (2.0 * (1.0 - u)) + (self.arrive - middle) * (2.0 * u);
            self.derivative(u).cross(second)
        };
        let ends = [turn(0.0), turn(1.0)];
        let inner = 2.0 * turn(0.5) - 0.5 * (ends[0] + ends[1]);
        let sharpest = ends[0].length().max(ends[1].length()).max(inner.length());
        if sharpest == 0.0 { f64::INFINITY } else { slowest * slowest * slowest / sharpest }
    }

    /// Its two halves.
    pub(super) fn split(&self) -> [Self; 2] {
        let (middle, tangent) = (self.point(0.5), 0.5 * self.derivative(0.5));
        [
            Self { from: self.from, to: middle, leave: 0.5 * self.leave, arrive: tangent },
            Self { from: middle, to: self.to, leave: tangent, arrive: 0.5 * self.arrive },
        ]
    }
}

/// A closed centripetal Catmull-Rom curve: it passes through every vertex with a continuous tangent, and makes neither cusps nor loops
/// within a span (C. Yuksel, S. Schaefer, J. Keyser, "Parameterization and applications of Catmull-Rom curves", *Computer-Aided
/// Design* 43, 2011).
#[derive(Clone, Debug, PartialEq)]
pub struct Spline {
    spans: Vec<Span>,
}

impl Spline {
    /// Through the vertices of a polygon.
    #[must_use]
    pub fn new(polygon: &Polygon) -> Self {
        let at = |k: isize| polygon.vertex(k);
        Self { spans: (0..polygon.len() as isize).map(|k| Span::through([at(k - 1), at(k), at(k + 1), at(k + 2)])).collect() }
    }

    /// Its cubics; the one of index `k` is drawn instead of the polygon's edge `k`.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The point at `u`: the integer part is the span, counted around, the rest the place in it.
    #[must_use]
    pub fn point(&self, u: f64) -> DVec3 {
        let span = u.floor();
        self.spans[(span as isize).rem_euclid(self.spans.len() as isize) as usize].point(u - span)
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    fn circle(n: usize) -> Polygon {
        let at = |k: usize| TAU * k as f64 / n as f64;
        Polygon::new((0..n).map(|k| DVec3::new(libm::cos(at(k)), libm::sin(at(k)), 0.0)).collect::<Vec<_>>()).expect("a circle")
    }

    #[test]
    fn a_circle_has_its_radius_and_bounds_hold_at_every_point() {
        for n in [8, 20, 100] {
            for (k, span) in Spline::new(&circle(n)).spans().iter().enumerate() {
                let true_radius = (0..=64).map(|i| {
                    let (u, h) = (f64::from(i) / 64.0, 1e-4);
                    let (d, dd) = (span.derivative(u), (span.derivative(u + h) - span.derivative(u - h)) / (2.0 * h));
                    libm::pow(d.length(), 3.0) / d.cross(dd).length()
                });
                let (bound, found) = (span.least_radius(), true_radius.fold(f64::INFINITY, f64::min));
                assert!(bound <= found * (1.0 + 1e-6) && bound > 0.8 * found, "{n} {k}: {bound} {found}");
                let off =
                    (0..=64).map(|i| (span.point(f64::from(i) / 64.0) - span.from).reject_from(span.to - span.from).length());
                let off = off.fold(0.0, f64::max);
                assert!(off <= span.sagitta() && off > 0.9 * span.sagitta(), "{n} {k}: {off} {}", span.sagitta());
                assert!(span.longest() >= span.from.distance(span.to));
                let turn = TAU / n as f64;
                assert!(span.turn() >= 0.99 * turn && span.turn() < 1.1 * turn, "{n} {k}: {} {turn}", span.turn());
            }
        }
    }
}
