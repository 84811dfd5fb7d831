//! How thick a tube about the drawn spline may be.

use std::f64::consts::PI;

use glam::DVec3;

use super::{Link, Span, Spline, least_distance};

/// How much room the drawn splines of a link leave for tubes. Both numbers are lower bounds, in the vertices' unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clearance {
    /// The splines bend no more sharply than circles of this radius.
    pub radius: f64,
    /// Two points of the splines that are of different components, or between which the tangent turns by π or more, are no nearer than this;
    /// infinite where there are no such points.
    pub distance: f64,
}

impl Clearance {
    /// A tube of any smaller radius meets itself nowhere: the reach (H. Federer), thickness or normal injectivity radius, is the least of
    /// `radius` and half of the distance of points where the chord is normal to the curve at both ends, and between such points the
    /// tangent turns by π or more (R. A. Litherland, J. Simon, O. Durumeric, E. Rawdon, "Thickness of knots", *Topology Appl.* 91, 1999; for
    /// curves whose curvature jumps, as that of splines does, J. Cantarella, R. B. Kusner, J. M. Sullivan, "On the minimum ropelength of
    /// knots and links", *Invent. Math.* 150, 2002).
    #[must_use]
    pub fn reach(&self) -> f64 {
        self.radius.min(0.5 * self.distance)
    }
}

struct Piece {
    chord: [DVec3; 2],
    /// How far the curve is from the chord.
    off: f64,
    component: usize,
    /// How far the tangent has turned, at most, from the component's begin to the piece's begin, and to its end.
    turned: [f64; 2],
}

/// Edges up to which spans are taken in quarters.
const FEW: usize = 4_000;

/// Quarters of a span, or the whole, whose chords stand for it: each cut in two makes their bounds four times tighter.
fn pieces(component: usize, span: &Span, mut turned: f64, quarters: bool) -> impl Iterator<Item = Piece> {
    let parts = if quarters { span.split().iter().flat_map(Span::split).collect() } else { vec![*span] };
    parts.into_iter().map(move |quarter| {
        let begin = turned;
        turned += quarter.turn();
        Piece { chord: [quarter.from, quarter.to], off: quarter.sagitta(), component, turned: [begin, turned] }
    })
}

/// The clearance of a link's drawn splines. Every pair of edges is looked at: some seconds at the greatest number of vertices.
#[must_use]
pub fn clearance(link: &Link) -> Clearance {
    let splines: Vec<Spline> = link.components().iter().map(Spline::new).collect();
    let radius = splines.iter().flat_map(Spline::spans).map(Span::least_radius).fold(f64::INFINITY, f64::min);
    let (mut all, mut turns) = (Vec::with_capacity(4 * link.edge_count()), Vec::new());
    for (component, spline) in splines.iter().enumerate() {
        let mut turned = 0.0;
        for span in spline.spans() {
            all.extend(pieces(component, span, turned, link.edge_count() <= FEW));
            turned = all.last().map_or(0.0, |piece: &Piece| piece.turned[1]);
        }
        turns.push(turned);
    }
    // Spheres about the pieces tell that most pairs are far.
    let balls: Vec<(DVec3, f64)> =
        all.iter().map(|p| (0.5 * (p.chord[0] + p.chord[1]), 0.5 * p.chord[0].distance(p.chord[1]) + p.off)).collect();
    let mut distance = f64::INFINITY;
    for (i, a) in all.iter().enumerate() {
        for (b, ball) in all[i + 1..].iter().zip(&balls[i + 1..]) {
            let far = distance + balls[i].1 + ball.1;
            if balls[i].0.distance_squared(ball.0) > far * far {
                continue;
            }
            let ahead = b.turned[1] - a.turned[0];
            let apart = ahead.min(turns[a.component] - b.turned[0] + a.turned[1]);
            // Sums of infinite turns leave nothing to subtract: then the pair is compared.
            if a.component != b.component || apart >= PI || apart.is_nan() {
                distance = distance.min(least_distance(a.chord, b.chord) - a.off - b.off);
            }
        }
    }
    Clearance { radius, distance: distance.max(0.0) }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use glam::DVec3;

    use super::*;
    use crate::curve::Polygon;

    fn ring(n: usize, at: impl Fn(f64) -> DVec3) -> Polygon {
        Polygon::new((0..n).map(|k| at(TAU * k as f64 / n as f64)).collect::<Vec<_>>()).expect("a ring")
    }

    #[test]
    fn the_reach_of_a_circle_is_its_radius() {
        let found = clearance(&ring(64, |a| DVec3::new(libm::cos(a), libm::sin(a), 0.0)).into());
        assert!(found.reach() <= 1.0 && found.reach() > 0.97, "{found:?}");
    }

    #[test]
    fn two_strands_are_as_far_as_they_are() {
        // A long ellipse: its long sides are 0.4 apart, its ends bend by b²/a = 0.02.
        let found = clearance(&ring(400, |a| DVec3::new(2.0 * libm::cos(a), 0.2 * libm::sin(a), 0.0)).into());
        assert!(found.radius <= 0.02 * 1.02 && found.radius > 0.015, "{found:?}");
        let rings = Link::new([
            ring(64, |a| DVec3::new(libm::cos(a), libm::sin(a), 0.0)),
            ring(64, |a| DVec3::new(libm::cos(a), libm::sin(a), 0.3)),
        ]);
        let found = clearance(&rings.expect("a link"));
        assert!(found.distance <= 0.3 && found.distance > 0.298, "{found:?}");
    }

    #[test]
    fn long_straight_edges_beside_sharp_bends_are_no_contact() {
        // A stadium: two straight sides of one edge each, and half circles of radius 1.
        let half = |k: usize, from: f64| from + PI * k as f64 / 24.0;
        let end =
            |x: f64, from: f64| (0..=24).map(move |k| DVec3::new(x + libm::cos(half(k, from)), libm::sin(half(k, from)), 0.0));
        let line: Vec<DVec3> = end(5.0, -0.5 * PI).chain(end(-5.0, 0.5 * PI)).collect();
        let found = clearance(&Polygon::new(line).expect("a stadium").into());
        // Where a long chord follows a short one the spline bends more than the circle.
        assert!(found.reach() > 0.4 && found.reach() <= 1.0 && found.distance > 1.3, "{found:?}");
    }
}
