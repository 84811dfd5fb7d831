//! The curve that a tube follows.

use glam::Vec3;

/// A centripetal Catmull-Rom curve: it passes through every point with a continuous tangent, and makes neither cusps nor loops
/// within a span (Yuksel, Schaefer, Keyser 2011, "Parameterization and Applications of Catmull-Rom Curves").
///
/// Open curves end in the direction given by reflecting the second point in the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    spans: Vec<Span>,
    closed: bool,
}

/// One cubic between two neighbouring points, in Hermite form over `0..=1`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    from: Vec3,
    to: Vec3,
    leave: Vec3,
    arrive: Vec3,
}

impl Curve {
    /// Through `points`; a `closed` one returns from the last to the first. Of fewer than two points, an empty curve.
    #[must_use]
    pub fn new(points: &[Vec3], closed: bool) -> Self {
        let n = points.len();
        if n < 2 {
            return Self { spans: Vec::new(), closed };
        }
        let at = |i: isize| -> Vec3 {
            if closed {
                points[i.rem_euclid(n as isize) as usize]
            } else if i < 0 {
                2.0 * points[0] - points[1]
            } else if i as usize >= n {
                2.0 * points[n - 1] - points[n - 2]
            } else {
                points[i as usize]
            }
        };
        let count = if closed { n } else { n - 1 } as isize;
        let spans = (0..count).map(|i| Span::new(at(i - 1), at(i), at(i + 1), at(i + 2))).collect();
        Self { spans, closed }
    }

    /// Whether it has no end.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Number of cubics.
    #[must_use]
    pub fn spans(&self) -> usize {
        self.spans.len()
    }

    /// A point: the integer part of `u` is the span, the rest the place in it. Clamped to the curve's ends.
    #[must_use]
    pub fn point(&self, u: f32) -> Vec3 {
        self.locate(u).map_or(Vec3::ZERO, |(span, s)| span.point(s))
    }

    /// The unit tangent there; the chord's direction where the derivative vanishes.
    #[must_use]
    pub fn tangent(&self, u: f32) -> Vec3 {
        self.locate(u).map_or(Vec3::X, |(span, s)| span.tangent(s))
    }

    /// Its length in metres, by chords of 1/64 span.
    #[must_use]
    pub fn length(&self) -> f32 {
        let steps = 64;
        let mut sum = 0.0;
        for span in &self.spans {
            let mut last = span.from;
            for i in 1..=steps {
                let p = span.point(i as f32 / steps as f32);
                sum += p.distance(last);
                last = p;
            }
        }
        sum
    }

    /// The parameters at which to cut the curve so that the direction turns by at most `max_turn` radians from one to the next
    /// (at most 64 pieces a span). An open curve's end is included, a closed one's is not, being its start.
    #[cfg(test)]
    pub(crate) fn cuts(&self, max_turn: f32) -> Vec<f32> {
        self.cuts_into(&self.pieces(max_turn))
    }

    /// Into how many pieces each span is cut there.
    pub(crate) fn pieces(&self, max_turn: f32) -> Vec<u32> {
        self.spans.iter().map(|span| (span.turning() / max_turn.max(1e-3)).ceil().clamp(1.0, 64.0) as u32).collect()
    }

    /// The parameters that cut each span into a number of even pieces.
    pub(crate) fn cuts_into(&self, pieces: &[u32]) -> Vec<f32> {
        let mut cuts = Vec::with_capacity(pieces.iter().sum::<u32>() as usize + 1);
        for (i, &pieces) in pieces.iter().take(self.spans.len()).enumerate() {
            cuts.extend((0..pieces).map(|k| i as f32 + k as f32 / pieces as f32));
        }
        if !self.closed && !self.spans.is_empty() {
            cuts.push(self.spans.len() as f32);
        }
        cuts
    }

    /// The points of the curve that reach farthest along each axis, both ways, with its spans' ends.
    pub(crate) fn extremes(&self) -> impl Iterator<Item = Vec3> + '_ {
        self.spans.iter().flat_map(Span::extremes)
    }

    fn locate(&self, u: f32) -> Option<(&Span, f32)> {
        let last = self.spans.len().checked_sub(1)?;
        let index = (u.max(0.0) as usize).min(last);
        Some((&self.spans[index], (u - index as f32).clamp(0.0, 1.0)))
    }
}

impl Span {
    /// Non-uniform Catmull-Rom with knots at the square roots of the chords, as a Hermite cubic from `b` to `c`.
    fn new(a: Vec3, b: Vec3, c: Vec3, d: Vec3) -> Self {
        // A repeated point would divide by zero; it gets the knot distance of its neighbour, which leaves the curve smooth.
        let knot = |p: Vec3, q: Vec3| p.distance(q).sqrt();
        let mid = knot(b, c).max(f32::MIN_POSITIVE.sqrt());
        let or_mid = |k: f32| if k > 0.0 { k } else { mid };
        let (before, after) = (or_mid(knot(a, b)), or_mid(knot(c, d)));
        let leave = mid * ((b - a) / before - (c - a) / (before + mid) + (c - b) / mid);
        let arrive = mid * ((c - b) / mid - (d - b) / (mid + after) + (d - c) / after);
        Self { from: b, to: c, leave, arrive }
    }

    fn point(&self, s: f32) -> Vec3 {
        let (s2, s3) = (s * s, s * s * s);
        (2.0 * s3 - 3.0 * s2 + 1.0) * self.from
            + (s3 - 2.0 * s2 + s) * self.leave
            + (3.0 * s2 - 2.0 * s3) * self.to
            + (s3 - s2) * self.arrive
    }

    fn derivative(&self, s: f32) -> Vec3 {
        let s2 = s * s;
        (6.0 * s2 - 6.0 * s) * (self.from - self.to)
            + (3.0 * s2 - 4.0 * s + 1.0) * self.leave
            + (3.0 * s2 - 2.0 * s) * self.arrive
    }

    fn tangent(&self, s: f32) -> Vec3 {
        let chord = (self.to - self.from).normalize_or(Vec3::X);
        let derivative = self.derivative(s);
        if derivative.length() > 1e-4 * self.from.distance(self.to) { derivative.normalize_or(chord) } else { chord }
    }

    /// Sum of the angles between tangents at 1/16 steps, radians.
    fn turning(&self) -> f32 {
        let steps = 16;
        let mut sum = 0.0;
        let mut last = self.tangent(0.0);
        for i in 1..=steps {
            let t = self.tangent(i as f32 / steps as f32);
            sum += last.angle_between(t);
            last = t;
        }
        sum
    }

    /// Ends, and where a component of the derivative is zero.
    fn extremes(&self) -> Vec<Vec3> {
        let mut points = vec![self.from, self.to];
        let chord = self.from - self.to;
        let (a, b) = (6.0 * chord + 3.0 * self.leave + 3.0 * self.arrive, -6.0 * chord - 4.0 * self.leave - 2.0 * self.arrive);
        for axis in 0..3 {
            for s in quadratic_roots(a[axis], b[axis], self.leave[axis]).into_iter().flatten() {
                if s > 0.0 && s < 1.0 {
                    points.push(self.point(s));
                }
            }
        }
        points
    }
}

/// Roots of a s² + b s + c, without the cancellation of the schoolbook formula.
fn quadratic_roots(a: f32, b: f32, c: f32) -> [Option<f32>; 2] {
    let disc = b * b - 4.0 * a * c;
    if disc < 0.0 {
        return [None, None];
    }
    let q = -0.5 * (b + disc.sqrt().copysign(b));
    let root = |num: f32, den: f32| (den != 0.0).then(|| num / den).filter(|r| r.is_finite());
    [root(q, a), root(c, q)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(n: usize, radius: f32) -> Vec<Vec3> {
        (0..n).map(|i| Vec3::from((glam::Vec2::from_angle(std::f32::consts::TAU * i as f32 / n as f32) * radius, 0.0))).collect()
    }

    #[test]
    fn passes_through_every_point_with_a_continuous_tangent() {
        let points =
            [Vec3::ZERO, Vec3::new(1.0, 0.2, 0.0), Vec3::new(1.2, 1.0, 0.5), Vec3::new(0.0, 1.5, 0.4), Vec3::new(-3.0, 1.0, 0.0)];
        for closed in [false, true] {
            let curve = Curve::new(&points, closed);
            assert_eq!(curve.spans(), if closed { 5 } else { 4 });
            for (i, p) in points.iter().enumerate() {
                assert!(curve.point(i as f32).distance(*p) < 1e-6);
                if i > 0 && i + 1 < points.len() {
                    let eps = 1e-3;
                    assert!(curve.tangent(i as f32 - eps).dot(curve.tangent(i as f32 + eps)) > 0.999, "a kink at {i}");
                }
            }
            assert!(!closed || curve.tangent(4.9999).dot(curve.tangent(0.0)) > 0.999, "a kink at the seam");
        }
    }

    #[test]
    fn a_ring_of_twelve_points_is_round_and_has_a_rings_length() {
        let curve = Curve::new(&ring(12, 2.0), true);
        for i in 0..240 {
            let r = curve.point(i as f32 / 20.0).length();
            assert!((r - 2.0).abs() < 0.004, "radius {r}");
        }
        assert!((curve.length() / (2.0 * std::f32::consts::TAU) - 1.0).abs() < 2e-3);
        // Half a turn a span of 30 degrees, cut at 10: three pieces each.
        assert_eq!(curve.cuts(0.1746).len(), 36);
    }

    #[test]
    fn extremes_bound_the_curve_tightly() {
        let points = [Vec3::ZERO, Vec3::new(1.0, 3.0, 0.0), Vec3::new(2.0, -1.0, 5.0), Vec3::new(0.5, 0.0, 1.0)];
        let curve = Curve::new(&points, true);
        let bound = crate::Aabb::of(curve.extremes());
        let dense = crate::Aabb::of((0..=4000).map(|i| curve.point(i as f32 / 1000.0)));
        assert!(bound.grown(1e-5).contains(dense.min) && bound.grown(1e-5).contains(dense.max));
        assert!((bound.size() - dense.size()).abs().max_element() < 1e-4, "{bound:?} {dense:?}");
    }

    #[test]
    fn hostile_points_give_finite_numbers() {
        for points in [
            vec![],
            vec![Vec3::ONE],
            vec![Vec3::ONE, Vec3::ONE],
            vec![Vec3::ZERO, Vec3::X, Vec3::ZERO],
            vec![Vec3::ZERO, Vec3::X, Vec3::X, Vec3::Y],
            vec![Vec3::splat(1e-20), Vec3::splat(2e-20), Vec3::splat(1e6)],
        ] {
            for closed in [false, true] {
                let curve = Curve::new(&points, closed);
                for u in [-1.0, 0.0, 0.5, 1.0, 1.7, 99.0] {
                    assert!(curve.point(u).is_finite() && curve.tangent(u).is_normalized(), "{points:?} at {u}");
                }
                assert!(curve.length().is_finite() && curve.cuts(0.1).iter().all(|u| u.is_finite()));
            }
        }
    }
}
