//! How thick a tube about the drawn spline may be.

use std::f64::consts::PI;

use super::{Link, Span, Spline, segment_distance};

/// What a link allows of tubes about its drawn splines. All numbers are bounds on the safe side, in the vertices' unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clearance {
    /// The splines bend no more sharply than circles of this radius.
    pub radius: f64,
    /// Two points of the splines that are of different components, or at least π times `radius` apart along one, are no nearer than this.
    pub distance: f64,
}

impl Clearance {
    /// A tube of any smaller radius meets itself nowhere: the reach (H. Federer), thickness or normal injectivity radius, is the least of
    /// `radius` and half of the distance of points where the chord is normal to the curve, and such points are at least π times `radius`
    /// apart (R. A. Litherland, J. Simon, O. Durumeric, E. Rawdon, "Thickness of knots", *Topology Appl.* 91, 1999).
    #[must_use]
    pub fn reach(&self) -> f64 {
        self.radius.min(0.5 * self.distance)
    }
}

/// Pieces of a span whose chords stand for it: each cut makes the bound four times tighter.
const CUTS: usize = 4;

struct Piece {
    chord: [glam::DVec3; 2],
    /// How far the span is from the chord.
    off: f64,
    component: usize,
    /// Arc length up to its begin and its end.
    along: [f64; 2],
}

fn pieces(component: usize, span: &Span, from: f64) -> Vec<Piece> {
    let step = 1.0 / CUTS as f64;
    // The second derivative is linear: |chord - curve| is at most an eighth of its greatest length times the squared step.
    let [a, b] = span.bends();
    let second = (4.0 * a + 2.0 * b).length().max((2.0 * a + 4.0 * b).length());
    let off = second * step * step / 8.0;
    let mut along = from;
    (0..CUTS)
        .map(|k| {
            let [u, v] = [k, k + 1].map(|k| k as f64 * step);
            let chord = [span.point(u), span.point(v)];
            let start = along;
            along += chord[0].distance(chord[1]);
            Piece { chord, off, component, along: [start, along] }
        })
        .collect()
}

/// The clearance of a link's drawn splines.
#[must_use]
pub fn clearance(link: &Link) -> Clearance {
    let splines: Vec<Spline> = link.components().iter().map(Spline::new).collect();
    let radius = splines.iter().flat_map(Spline::spans).map(Span::least_radius).fold(f64::INFINITY, f64::min);
    let (mut all, mut lengths) = (Vec::new(), Vec::new());
    for (component, spline) in splines.iter().enumerate() {
        let mut along = 0.0;
        for span in spline.spans() {
            all.extend(pieces(component, span, along));
            along = all[all.len() - 1].along[1];
        }
        lengths.push(along);
    }
    let mut distance = f64::INFINITY;
    for (i, a) in all.iter().enumerate() {
        for b in &all[i + 1..] {
            if a.component == b.component {
                // Chords are shorter than arcs, so pairs are taken for nearer along the curve than they are by at most the factor of the
                // arc over the chord; pieces of a tenth more than allowed are compared all the same.
                let ahead = b.along[1] - a.along[0];
                let apart = ahead.min(lengths[a.component] - b.along[0] + a.along[1]);
                if apart * 1.1 < PI * radius {
                    continue;
                }
            }
            let off = a.off + b.off;
            // Boxes first: most pairs are far.
            let gap = 0.5 * (a.chord[0] + a.chord[1] - b.chord[0] - b.chord[1]).length()
                - 0.5 * (a.chord[0].distance(a.chord[1]) + b.chord[0].distance(b.chord[1]));
            if gap - off < distance {
                distance = distance.min(segment_distance(a.chord, b.chord).0 - off);
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
}
