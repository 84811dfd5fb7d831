//! Where a crossing is, to a part of a strand's width.
//!
//! A curve's points lie far apart, and it is smooth: where a strand bends, it runs beside the strand's middle. So what has the hues of either way
//! near a crossing tells anew how that way bends, and where both meet.

use super::crossing::Crossing;
use super::pixels::{Arcs, Pixels};
use crate::analysis::solve::{add, solve};

/// Pixels so far from a crossing, and so far beside a way, tell how the way runs, widths.
const AROUND: f32 = 2.2;
const BESIDE: f32 = 1.1;
/// A hue so near to the one that is due is a way's own, degrees.
const OWN: f32 = 20.0;
/// Fewest pixels on either side of a crossing that tell it, squared widths.
const FEWEST: f32 = 0.4;
/// A crossing is not farther from where it seems to be than this, widths.
const FARTHEST: f32 = 1.0;
/// Ways that meet at a smaller angle cross nowhere for sure: its sine.
const GRAZING: f32 = 0.25;
const ROUNDS: usize = 2;
const STEPS: usize = 4;

/// The same crossing, put right; as it was where the pixels do not tell. `spans` are the lengths of the two strands, pixels.
pub(super) fn put_right(pixels: &Pixels, arcs: &Arcs, crossing: &Crossing, spans: [f32; 2], width: f32) -> Crossing {
    let mut it = *crossing;
    for _ in 0..ROUNDS {
        let bends = [0, 1].map(|k| bend(pixels, arcs, &it, spans, width, k));
        let [Some(first), Some(second)] = bends else { return *crossing };
        let Some(next) = meeting(&it, [first, second], spans, width) else { return *crossing };
        it = next;
        let moved = [0, 1].map(|c| it.place[c] - crossing.place[c]);
        if moved[0] * moved[0] + moved[1] * moved[1] > FARTHEST * FARTHEST * width * width {
            return *crossing;
        }
    }
    it
}

/// How far beside a way its strand runs: `b[0] + b[1] u + b[2] u²`, `u` being how far along it from the crossing, all in widths.
fn bend(pixels: &Pixels, arcs: &Arcs, crossing: &Crossing, spans: [f32; 2], width: f32, k: usize) -> Option<[f32; 3]> {
    let reach = AROUND * width;
    let (mut a, mut b, mut mass) = ([[0.0; 3]; 3], [0.0; 3], [0.0_f32; 2]);
    for (at, off) in pixels.about(crossing.place, reach).filter(|(at, _)| pixels.is_hued(*at)) {
        let along = crossing.ways.map(|[wx, wy]| off[0] * wx + off[1] * wy);
        let [wx, wy] = crossing.ways[k];
        let aside = off[1] * wx - off[0] * wy;
        if aside.abs() > BESIDE * width || along[k].abs() > reach {
            continue;
        }
        let strays = [0, 1].map(|j| {
            let pass = crossing.passes[j];
            arcs.off(pixels.hue[at], pass.strand, pass.at + along[j] / spans[j].max(1.0))
        });
        if strays[k] > OWN || strays[k] > strays[1 - k] {
            continue;
        }
        let u = along[k] / width;
        add(&mut a, &mut b, [1.0, u, u * u], aside / width, pixels.sure[at]);
        mass[usize::from(u > 0.0)] += pixels.sure[at];
    }
    if mass[0].min(mass[1]) < FEWEST * width * width { None } else { solve(a, b) }
}

/// Where two ways meet that run so, by Newton's method.
fn meeting(crossing: &Crossing, bends: [[f32; 3]; 2], spans: [f32; 2], width: f32) -> Option<Crossing> {
    let (mut off, mut it) = ([0.0_f32; 2], *crossing);
    for _ in 0..STEPS {
        // How far beside each way the place is, and which way that grows.
        let mut rows = [[0.0; 3]; 2];
        for k in 0..2 {
            let ([wx, wy], [b0, b1, b2]) = (crossing.ways[k], bends[k]);
            let (u, v) = (off[0] * wx + off[1] * wy, off[1] * wx - off[0] * wy);
            let slope = b1 + 2.0 * b2 * u;
            rows[k] = [-wy - slope * wx, wx - slope * wy, v - (b0 + b1 * u + b2 * u * u)];
            let way = [wx - slope * wy, wy + slope * wx];
            let length = (way[0] * way[0] + way[1] * way[1]).sqrt();
            it.ways[k] = way.map(|w| w / length);
            it.passes[k].at = (crossing.passes[k].at + u * width / spans[k].max(1.0)).rem_euclid(1.0);
        }
        let [p, q] = rows;
        let det = p[0] * q[1] - p[1] * q[0];
        let [a, b] = it.ways;
        if (a[0] * b[1] - a[1] * b[0]).abs() < GRAZING || det.abs() < 1e-3 {
            return None;
        }
        off[0] -= (p[2] * q[1] - p[1] * q[2]) / det;
        off[1] -= (p[0] * q[2] - p[2] * q[0]) / det;
        it.place = [0, 1].map(|c| crossing.place[c] + off[c] * width);
    }
    off.iter().all(|v| v.is_finite()).then_some(it)
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::super::above::vote;
    use super::super::crossing::meet;
    use super::*;
    use crate::analysis::palette::linear_table;
    use crate::toy::{Braid, Dice, KNOTS, Painting, Spoil, arcs, paint, spoil};

    #[test]
    fn a_crossing_that_is_looked_for_beside_its_place_is_found() {
        let (mut dice, width) = (Dice::new(3), 9.0);
        let (mut all, mut found, mut right) = (0, 0, [0, 0]);
        for (_, strands, word) in KNOTS {
            let tubes = Braid::new(strands, word, 180.0).thrown(&mut dice).tubes();
            let polygons: Vec<Vec<[f32; 2]>> = tubes.iter().map(|t| t.points.iter().map(|p| [p[0], p[1]]).collect()).collect();
            let spoiled = Spoil { blur: 0, noise: 3.0, chroma: 2, seed: dice.bits().into() };
            let painting = Painting { width, ..Painting::new(180) };
            let pixels = Pixels::new(&spoil(&paint(&tubes, &painting).0, 180, &spoiled), &linear_table());
            let arcs = Arcs(arcs(tubes.len()).iter().map(|s| s.hue).collect());
            for exact in meet(&polygons) {
                let spans = exact.passes.map(|pass| {
                    let points = &polygons[pass.strand];
                    (0..points.len()).map(|i| super::super::curve::distance(points[i], points[(i + 1) % points.len()])).sum()
                });
                let true_vote = vote(&pixels, &arcs, &exact, spans, width);
                let mut beside = exact;
                let angle = dice.within(0.0, 6.3);
                beside.place = [exact.place[0] + 0.45 * width * angle.cos(), exact.place[1] + 0.45 * width * angle.sin()];
                let turned = dice.within(-0.25, 0.25);
                beside.ways = exact.ways.map(|[x, y]| [x * turned.cos() - y * turned.sin(), x * turned.sin() + y * turned.cos()]);
                let back = put_right(&pixels, &arcs, &beside, spans, width);
                let off = [0, 1].map(|c| back.place[c] - exact.place[c]);
                all += 1;
                found += usize::from(off[0] * off[0] + off[1] * off[1] < 0.04 * width * width);
                for (k, crossing) in [beside, back].iter().enumerate() {
                    let told = vote(&pixels, &arcs, crossing, spans, width);
                    right[k] += usize::from(told * true_vote > 0.0 && told.abs() > 0.75);
                }
            }
        }
        assert!(
            found * 50 >= all * 49 && right[1] * 50 >= all * 49 && right[0] * 4 < all * 3,
            "of {all} {found} are found, {right:?} told"
        );
    }
}
