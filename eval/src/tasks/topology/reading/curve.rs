//! A strand's way, from where its hues are.
//!
//! Each small span of hues fills a short piece of the strand. The densest place of its pixels is a point of the way; what lies under another
//! strand shows too few pixels, and is bridged.

use super::detour::{detours, taken};
use super::pixels::{Arcs, Pixels, ROUND};

/// Length of the piece that a span of hues should fill, widths.
const PIECE: f32 = 0.6;
/// Fewest degrees of a span, and fewest and most spans of a strand.
const NARROWEST: f32 = 1.5;
const SPANS: (usize, usize) = (16, 160);
/// A piece reaches so far around its middle, widths.
const REACH: f32 = 0.9;
/// Cells in which the densest place is looked for, widths.
const CELL: f32 = 0.6;
/// Share of a usual piece's pixels from which on a piece is seen.
const SEEN: f32 = 0.3;
/// How far a point goes towards the middle of its neighbours, pass by pass: there, and a little farther back, so that zigzags go and bends stay
/// (G. Taubin, "A signal processing approach to fair surface design", SIGGRAPH 1995).
const SMOOTHED: [f32; 4] = [0.5, -0.53, 0.5, -0.53];
/// A piece farther beside its neighbours than so many widths, and so much of the way between them, is none.
const ASTRAY: (f32, f32) = (1.2, 0.5);
/// And so many widths beside the middle ones of many.
const FAR: f32 = 4.5;
/// Round by round, so many neighbours on either side say so.
const AROUND: [usize; 3] = [9, 1, 1];

/// A strand as it is seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// A closed polygon in the order of its hues, pixels; empty if nothing is seen of it.
    pub points: Vec<[f32; 2]>,
    /// Which of them are seen; others lie under a strand, or are missing.
    pub seen: Vec<bool>,
    /// Pixels of its hues, those at its sides in part.
    pub area: f32,
}

impl Curve {
    /// Share of its hues that is seen.
    #[must_use]
    pub fn shown(&self) -> f32 {
        self.seen.iter().filter(|s| **s).count() as f32 / self.seen.len().max(1) as f32
    }

    /// Its length, pixels.
    #[must_use]
    pub fn length(&self) -> f32 {
        let n = self.points.len();
        (0..n).map(|i| distance(self.points[i], self.points[(i + 1) % n])).sum()
    }

    /// Smooths it, but for points that are held.
    pub(super) fn smooth(&mut self, held: &[bool]) {
        let n = self.points.len();
        for part in SMOOTHED {
            let before = self.points.clone();
            for (i, point) in self.points.iter_mut().enumerate().filter(|(i, _)| !held[*i]) {
                let (a, b) = (before[(i + n - 1) % n], before[(i + 1) % n]);
                (0..2).for_each(|c| point[c] += part * (0.5 * (a[c] + b[c]) - point[c]));
            }
        }
    }

    /// Its place so far along it, 0 to 1; none if nothing is seen of it.
    #[must_use]
    pub fn at(&self, along: f32) -> Option<[f32; 2]> {
        let n = self.points.len();
        let at = along.rem_euclid(1.0) * n as f32;
        let (a, b) = (*self.points.get(at as usize % n.max(1))?, *self.points.get((at as usize + 1) % n.max(1))?);
        Some([0, 1].map(|c| a[c] + at.fract() * (b[c] - a[c])))
    }
}

pub(super) fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt()
}

/// A pixel of a strand: where, how far along in spans, and how sure.
#[derive(Clone, Copy)]
struct Speck {
    place: [f32; 2],
    along: f32,
    sure: f32,
}

/// All strands' curves. `width` is how wide strands are drawn, about.
pub(super) fn curves(pixels: &Pixels, arcs: &Arcs, width: f32) -> Vec<Curve> {
    let mut of: Vec<Vec<Speck>> = vec![Vec::new(); arcs.0.len()];
    for at in (0..pixels.hue.len()).filter(|&at| pixels.is_hued(at)) {
        if let Some((strand, along)) = arcs.of(pixels.hue[at]) {
            let place = [(at % pixels.width) as f32 + 0.5, (at / pixels.width) as f32 + 0.5];
            of[strand].push(Speck { place, along, sure: pixels.sure[at] });
        }
    }
    let mut finder = Finder::new(pixels, width);
    let strands = of.into_iter().zip(&arcs.0).enumerate();
    let curve = |(strand, (specks, [_, grows])): (usize, (Vec<Speck>, &[f32; 2]))| {
        let rough = finder.curve(specks, *grows);
        taken(&detours(pixels, arcs, strand, &rough, width), rough)
    };
    strands.map(curve).collect()
}

/// A place where pixels are dense, and how many are there.
#[derive(Clone, Copy)]
struct Mode {
    place: [f32; 2],
    mass: f32,
}

struct Finder {
    width: f32,
    cell: f32,
    /// Cells across and down, with a free one on each side.
    grid: [usize; 2],
    sums: Vec<f32>,
    /// Cells in which something is.
    touched: Vec<usize>,
}

/// A strand's pixels by spans of hue.
struct Spans {
    specks: Vec<Speck>,
    /// First pixel of each span, and the end.
    from: Vec<usize>,
    count: usize,
    /// Whether the last span is followed by the first.
    is_round: bool,
}

impl Spans {
    fn new(mut specks: Vec<Speck>, count: usize, is_round: bool) -> Self {
        specks.iter_mut().for_each(|s| s.along *= count as f32);
        specks.sort_by(|a, b| a.along.total_cmp(&b.along));
        let from = (0..=count).map(|span| specks.partition_point(|s| s.along < span as f32)).collect();
        Self { specks, from, count, is_round }
    }

    /// The pixels about the middle of a span, those farther off the less sure.
    fn about(&self, span: usize, near: &mut Vec<Speck>) {
        near.clear();
        let middle = span as f32 + 0.5;
        for step in [self.count - 1, 0, 1] {
            let other = (span + step) % self.count;
            if !self.is_round && other.abs_diff(span) > 1 {
                continue;
            }
            let half = self.count as f32 / 2.0;
            near.extend(self.specks[self.from[other]..self.from[other + 1]].iter().filter_map(|speck| {
                let off = ((speck.along - middle + half).rem_euclid(self.count as f32) - half).abs();
                (off < 1.0).then_some(Speck { sure: speck.sure * (1.0 - off), ..*speck })
            }));
        }
    }
}

impl Finder {
    fn new(pixels: &Pixels, width: f32) -> Self {
        let cell = (CELL * width).max(1.0);
        let grid = [pixels.width, pixels.height].map(|side| (side as f32 / cell) as usize + 3);
        Self { width, cell, grid, sums: vec![0.0; grid[0] * grid[1]], touched: Vec::new() }
    }

    fn curve(&mut self, specks: Vec<Speck>, grows: f32) -> Curve {
        let area = specks.iter().map(|s| s.sure).sum::<f32>();
        let most = ((grows / NARROWEST) as usize).min(SPANS.1);
        let count = ((area / (self.width * self.width * PIECE)) as usize).clamp(SPANS.0.min(most), most);
        let spans = Spans::new(specks, count, grows > ROUND);
        let mut near: Vec<Speck> = Vec::new();
        let modes: Vec<Option<Mode>> = (0..count)
            .map(|span| {
                spans.about(span, &mut near);
                self.mode(&near)
            })
            .collect();
        let mut masses: Vec<f32> = modes.iter().flatten().map(|m| m.mass).collect();
        masses.sort_by(f32::total_cmp);
        // Of those that are seen at all.
        let least = SEEN * masses.get(masses.len() * 3 / 5).copied().unwrap_or(0.0);
        let is_seen = |mode: &Mode| mode.mass >= least && mode.mass > 0.0;
        let mut places: Vec<Option<[f32; 2]>> = modes.iter().map(|m| m.filter(is_seen).map(|m| m.place)).collect();
        for around in AROUND {
            for (span, middle, limit) in self.astray(&places, around) {
                // The next densest place may be the right one.
                let wrong = places[span];
                spans.about(span, &mut near);
                near.retain(|speck| wrong.is_none_or(|wrong| distance(speck.place, wrong) > 1.5 * REACH * self.width));
                let other = self.mode(&near).filter(is_seen).map(|m| m.place);
                places[span] = other.filter(|place| distance(*place, middle) <= limit);
            }
        }
        let (points, seen) = bridged(&places);
        Curve { points, seen, area }
    }

    /// Pieces that lie far beside their neighbours, where they should be, and how far from there they may lie. `around`: neighbours on either side
    /// of which the middle place is taken, so that fewer than half as many wrong ones in a row are found.
    fn astray(&self, places: &[Option<[f32; 2]>], around: usize) -> Vec<(usize, [f32; 2], f32)> {
        let n = places.len();
        let off = |i: usize| {
            let side = |step: usize| {
                let known = (1..=n / 8).filter_map(|k| Some((k, places[(i + k * step) % n]?)));
                let known: Vec<(usize, [f32; 2])> = known.take(around).collect();
                let middle = |mut values: Vec<f32>| {
                    values.sort_by(f32::total_cmp);
                    values.get(values.len() / 2).copied()
                };
                let [x, y] = [0, 1].map(|c| middle(known.iter().map(|(_, place)| place[c]).collect()));
                Some(([x?, y?], known.get(known.len() / 2)?.0))
            };
            let (place, (a, ka), (b, kb)) = (places[i]?, side(n - 1)?, side(1)?);
            let part = ka as f32 / (ka + kb) as f32;
            let middle = [0, 1].map(|c| a[c] + part * (b[c] - a[c]));
            // Among many it may be the tip of a bend.
            let least = if around > 1 { FAR } else { ASTRAY.0 };
            let limit = least * self.width + ASTRAY.1 * distance(a, b);
            (distance(place, middle) > limit).then_some((i, middle, limit))
        };
        (0..n).filter_map(off).collect()
    }

    /// The densest place of some pixels.
    fn mode(&mut self, specks: &[Speck]) -> Option<Mode> {
        let index = |place: [f32; 2]| {
            let [x, y] = place.map(|v| (v / self.cell) as usize + 1);
            y.min(self.grid[1] - 2) * self.grid[0] + x.min(self.grid[0] - 2)
        };
        self.touched.clear();
        for speck in specks {
            let at = index(speck.place);
            if self.sums[at] == 0.0 {
                self.touched.push(at);
            }
            self.sums[at] += speck.sure;
        }
        let around = |at: usize| {
            let row = |at: usize| self.sums[at - 1] + self.sums[at] + self.sums[at + 1];
            row(at - self.grid[0]) + row(at) + row(at + self.grid[0])
        };
        let mut best: Option<(f32, usize)> = None;
        for &at in &self.touched {
            let mass = around(at);
            if best.is_none_or(|(most, other)| mass > most || (mass == most && at < other)) {
                best = Some((mass, at));
            }
        }
        let middle = best.map(|(_, at)| [at % self.grid[0], at / self.grid[0]].map(|cell| (cell as f32 - 0.5) * self.cell));
        self.touched.iter().for_each(|&at| self.sums[at] = 0.0);
        let mut place = middle?;
        let mut mass = 0.0;
        // Mean shift (Fukunaga and Hostetler 1975) with a flat kernel.
        for reach in [1.3 * REACH, REACH, REACH] {
            let mut sum = [0.0; 2];
            mass = 0.0;
            for speck in specks.iter().filter(|speck| distance(speck.place, place) <= reach * self.width) {
                mass += speck.sure;
                (0..2).for_each(|c| sum[c] += speck.sure * speck.place[c]);
            }
            if mass <= 0.0 {
                return None;
            }
            place = sum.map(|s| s / mass);
        }
        Some(Mode { place, mass })
    }
}

/// A closed polygon with what is not seen bridged straight; empty if less than three points are seen.
fn bridged(places: &[Option<[f32; 2]>]) -> (Vec<[f32; 2]>, Vec<bool>) {
    let n = places.len();
    let seen: Vec<bool> = places.iter().map(Option::is_some).collect();
    let known: Vec<usize> = (0..n).filter(|i| seen[*i]).collect();
    if known.len() < 3 {
        return (Vec::new(), vec![false; n]);
    }
    let mut points = vec![[0.0; 2]; n];
    for (k, &from) in known.iter().enumerate() {
        let to = known[(k + 1) % known.len()];
        let steps = (to + n - from) % n;
        let (Some(a), Some(b)) = (places[from], places[to]) else { continue };
        for step in 0..steps {
            let part = step as f32 / steps as f32;
            points[(from + step) % n] = [0, 1].map(|c| a[c] + part * (b[c] - a[c]));
        }
    }
    (points, seen)
}
