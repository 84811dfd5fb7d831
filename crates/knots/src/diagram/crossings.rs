//! What a view shows at each crossing.

use glam::DVec2;

use super::{Projection, Sign};
use crate::curve::Link;

/// A strand as it passes a crossing. Lengths are along the polygon, in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passing {
    /// Which component of the curve.
    pub component: usize,
    /// Which edge of its polygon.
    pub edge: usize,
    /// Where on the edge, 0 to 1.
    pub at: f64,
    /// Arc length from the component's first vertex.
    pub along: f64,
    /// How near to the eye the strand is.
    pub height: f64,
    /// Arc length back to the crossing before, on the same strand; the whole length where there is no other.
    pub since: f64,
    /// Arc length on to the next crossing, on the same strand; the whole length where there is no other.
    pub until: f64,
}

/// A crossing as seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Its hand.
    pub sign: Sign,
    /// Where in the picture.
    pub picture: DVec2,
    /// The strand above.
    pub over: Passing,
    /// The strand below.
    pub under: Passing,
    /// The angle between the strands in the picture, in radians: above 0, at most π/2, whichever way they run.
    pub angle: f64,
    /// How far the nearest other crossing is, in the picture; infinite where there is none.
    pub nearest: f64,
}

impl Projection {
    /// Every crossing, in the diagram's order, and where each strand passes it. `link` is the curve that was projected; if it is another, crossings
    /// of edges that it does not have are left out.
    #[must_use]
    pub fn crossings(&self, link: &Link) -> Vec<Crossing> {
        let count = self.diagram.crossing_count();
        let mut found: Vec<[Option<(Passing, DVec2)>; 2]> = vec![[None; 2]; count];
        let mut places = vec![DVec2::ZERO; count];
        for (component, (passes, polygon)) in self.passes.iter().zip(link.components()).enumerate() {
            let mut begins = vec![0.0];
            for [a, b] in polygon.edges() {
                begins.push(begins[begins.len() - 1] + a.distance(b));
            }
            let length = begins[begins.len() - 1];
            let passes: Vec<_> = passes.iter().filter(|seen| seen.edge < polygon.len()).collect();
            let along = |k: usize| begins[passes[k].edge] + passes[k].at * (begins[passes[k].edge + 1] - begins[passes[k].edge]);
            // From one place on to another, around.
            let on = |from: f64, to: f64| if to > from { to - from } else { to - from + length };
            let n = passes.len();
            for (k, seen) in passes.iter().enumerate() {
                let here = along(k);
                let (since, until) = (on(along((k + n - 1) % n), here), on(here, along((k + 1) % n)));
                let [a, b] = polygon.edge(seen.edge);
                let run = (self.view.picture(b) - self.view.picture(a)).normalize_or_zero();
                let (edge, at, height) = (seen.edge, seen.at, seen.height);
                let passing = Passing { component, edge, at, along: here, height, since, until };
                found[seen.crossing][usize::from(!seen.over)] = Some((passing, run));
                places[seen.crossing] = seen.picture;
            }
        }
        let nearest = nearest(&places);
        let made = found.into_iter().enumerate().filter_map(|(k, pair)| {
            let [Some((over, a)), Some((under, b))] = pair else { return None };
            let angle = libm::atan2(a.perp_dot(b).abs(), a.dot(b).abs());
            Some(Crossing { sign: self.diagram.signs()[k], picture: places[k], over, under, angle, nearest: nearest[k] })
        });
        made.collect()
    }
}

/// Of each place how far the nearest other is. Sorted by x, so that only a few need to be looked at.
fn nearest(places: &[DVec2]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].x.total_cmp(&places[*b].x).then(a.cmp(b)));
    let mut least = vec![f64::INFINITY; places.len()];
    for (k, &a) in order.iter().enumerate() {
        for &b in &order[k + 1..] {
            if places[b].x - places[a].x > least[a] {
                break;
            }
            let apart = places[a].distance(places[b]);
            least[a] = least[a].min(apart);
            least[b] = least[b].min(apart);
        }
        for &b in order[..k].iter().rev() {
            if places[a].x - places[b].x > least[a] {
                break;
            }
            least[a] = least[a].min(places[a].distance(places[b]));
        }
    }
    least
}
