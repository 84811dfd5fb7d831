//! Ways that go over a strand's own pixels, where a straight line would leave them.
//!
//! Codecs blur hues, so that much of a strand has one hue and the next points of its curve lie far apart, across a bend. What lies between them is
//! found by its hues, from pixel to pixel.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::curve::{Curve, distance};
use super::pixels::{Arcs, Pixels};

/// Parts of a piece between two points, if any of them bends.
const PARTS: usize = 4;
/// Points nearer to each other than this are joined straight, widths.
const SHORT: f32 = 1.2;
/// So far beyond the hues of both points a pixel may lie, degrees.
const OFF: f32 = 15.0;
/// And so far beside the box around them, widths.
const BESIDE: f32 = 3.0;
/// A way leads beneath other strands for so long in all, widths; a pixel there counts as so many of its own.
const BENEATH: f32 = 2.0;
const DEAR: u32 = 2;
/// Lengths of a step to a pixel beside and to a diagonal one, in whole numbers, so that every machine finds the same way.
const STEP: u32 = 5;
const DIAGONAL: u32 = 7;
/// What has no hue counts as so long: strands' dark edges are passed, and no ground.
const BARE: u32 = 8;
/// And what has less than so much of the chroma of both points counts so: colours run into the ground.
const PALE: f32 = 0.5;
/// A way's place is in the middle of the pixels so near to it, widths.
const ABOUT: f32 = 0.8;

/// A bent way from a point of a curve to another.
pub(super) struct Detour {
    /// Number of the first point, and of the last one from there.
    from: usize,
    steps: usize,
    /// Places from pixel to pixel, and whether the strand is seen there.
    way: Vec<([f32; 2], bool)>,
}

/// All detours of a strand's curve.
pub(super) fn detours(pixels: &Pixels, arcs: &Arcs, strand: usize, curve: &Curve, width: f32) -> Vec<Detour> {
    let n = curve.points.len();
    let seen: Vec<usize> = (0..n).filter(|i| curve.seen[*i]).collect();
    let next = seen.iter().cycle().skip(1);
    let mut found = Vec::new();
    for (&from, to) in seen.iter().zip(next) {
        let steps = (to + n - from) % n;
        let search = Search::new(pixels, arcs, strand, curve, [from as f32 / n as f32, (from + steps) as f32 / n as f32]);
        found.extend(search.way(curve.points[from], curve.points[*to], width).map(|way| Detour { from, steps, way }));
    }
    found
}

/// Smooths a curve but for the ends of detours, and takes those.
pub(super) fn taken(detours: &[Detour], mut curve: Curve) -> Curve {
    let n = curve.points.len();
    let mut held = vec![false; n];
    detours.iter().for_each(|it| [it.from, (it.from + it.steps) % n].into_iter().for_each(|end| held[end] = true));
    curve.smooth(&held);
    if detours.is_empty() {
        return curve;
    }
    let mut fine = Curve { points: Vec::with_capacity(PARTS * n), seen: Vec::with_capacity(PARTS * n), area: curve.area };
    for k in 0..PARTS * n {
        fine.points.extend(curve.at(k as f32 / (PARTS * n) as f32));
        fine.seen.push(curve.seen[k / PARTS]);
    }
    for Detour { from, steps, way } in detours {
        let parts = PARTS * steps;
        for k in 1..parts {
            let at = (PARTS * from + k) % (PARTS * n);
            (fine.points[at], fine.seen[at]) = way[k * (way.len() - 1) / parts];
        }
    }
    fine
}

/// Looks for ways through a part of a strand.
struct Search<'a> {
    pixels: &'a Pixels,
    /// The hues of that part: the first, and how much they grow.
    hues: [f32; 2],
    /// Least chroma of strands.
    chroma: f32,
}

impl<'a> Search<'a> {
    fn new(pixels: &'a Pixels, arcs: &Arcs, strand: usize, curve: &Curve, [from, to]: [f32; 2]) -> Self {
        let [first, grows] = arcs.0[strand];
        let chroma = |along: f32| curve.at(along).and_then(|place| pixels.under(place)).map_or(0.0, |at| pixels.chroma[at]);
        let chroma = PALE * chroma(from).min(chroma(to));
        Self { pixels, chroma, hues: [first + from * grows - OFF, (to - from) * grows + 2.0 * OFF] }
    }

    fn is_own(&self, at: usize) -> bool {
        self.is_strand(at) && (self.pixels.hue[at] - self.hues[0]).rem_euclid(360.0) <= self.hues[1]
    }

    fn is_strand(&self, at: usize) -> bool {
        self.pixels.is_hued(at) && self.pixels.chroma[at] >= self.chroma
    }

    /// Whether a straight line leaves the strand.
    fn leaves(&self, a: [f32; 2], b: [f32; 2]) -> bool {
        let steps = (distance(a, b) + 1.0) as usize;
        let place = |k: usize| [0, 1].map(|c| a[c] + k as f32 / steps as f32 * (b[c] - a[c]));
        !(1..steps).all(|k| self.pixels.under(place(k)).is_some_and(|at| self.is_own(at)))
    }

    /// A bent way from one point to another: none if a straight one stays on the strand, or none leads over it.
    fn way(&self, a: [f32; 2], b: [f32; 2], width: f32) -> Option<Vec<([f32; 2], bool)>> {
        if distance(a, b) < SHORT * width || !self.leaves(a, b) {
            return None;
        }
        let low = [0, 1].map(|c| (a[c].min(b[c]) - BESIDE * width).max(0.0) as usize);
        let most = [self.pixels.width, self.pixels.height];
        let high = [0, 1].map(|c| ((a[c].max(b[c]) + BESIDE * width) as usize + 1).min(most[c]));
        let columns = high[0] - low[0];
        let place = |at: usize| [low[0] + at % columns, low[1] + at / columns];
        let middle = |at: usize| place(at).map(|v| v as f32 + 0.5);
        let index = |at: usize| place(at)[1] * self.pixels.width + place(at)[0];
        let first = (a[1] as usize - low[1]) * columns + a[0] as usize - low[0];
        // A* (Hart, Nilsson, Raphael 1968): what is left is no shorter than this.
        let left = |at: usize| {
            let off = [0, 1].map(|c| (place(at)[c] as u32).abs_diff(b[c] as u32));
            let (most, least) = (off[0].max(off[1]), off[0].min(off[1]));
            (STEP * most + (DIAGONAL - STEP) * least).saturating_sub(2 * DIAGONAL)
        };
        // Of each pixel that is done the one before it, and whether it is the strand's own.
        let mut before: Vec<Option<(usize, bool)>> = vec![None; columns * (high[1] - low[1])];
        let mut next = BinaryHeap::from([Reverse((left(first), 0, 0, first, first))]);
        while let Some(Reverse((_, cost, beneath, at, from))) = next.pop() {
            if before[at].is_some() {
                continue;
            }
            before[at] = Some((from, self.is_own(index(at))));
            if distance(middle(at), b) <= 1.5 {
                let mut way = vec![(b, true)];
                let mut at = at;
                while at != first {
                    let (from, own) = before[at]?;
                    way.push((if own { self.centred(middle(at), width) } else { middle(at) }, own));
                    at = from;
                }
                way.push((a, true));
                way.reverse();
                return Some(way);
            }
            let [x, y] = [at % columns, at / columns];
            for (dx, dy) in [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1)] {
                let length = if dx == 0 || dy == 0 { STEP } else { DIAGONAL };
                let (Some(x), Some(y)) = (x.checked_add_signed(dx), y.checked_add_signed(dy)) else { continue };
                let other = y * columns + x;
                if x >= columns || other >= before.len() || before[other].is_some() {
                    continue;
                }
                let own = self.is_own(index(other));
                let beneath = match () {
                    () if own => beneath,
                    () if self.is_strand(index(other)) => beneath + length,
                    () => beneath + BARE * length,
                };
                if beneath as f32 <= BENEATH * width * STEP as f32 {
                    let cost = cost + if own { length } else { DEAR * length };
                    next.push(Reverse((cost + left(other), cost, beneath, other, at)));
                }
            }
        }
        None
    }

    /// The middle of the strand about a place of it.
    fn centred(&self, place: [f32; 2], width: f32) -> [f32; 2] {
        let radius = ABOUT * width;
        let (mut sum, mut mass) = ([0.0; 2], 0.0);
        for (at, [dx, dy]) in self.pixels.about(place, radius).filter(|(at, _)| self.is_own(*at)) {
            if dx * dx + dy * dy <= radius * radius {
                mass += self.pixels.sure[at];
                (0..2).for_each(|c| sum[c] += self.pixels.sure[at] * (place[c] + [dx, dy][c]));
            }
        }
        if mass > 0.0 { sum.map(|s| s / mass) } else { place }
    }
}
