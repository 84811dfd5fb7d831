//! Where a camera that should stand still is undone: each frame is laid over `first_frame.png` by a similarity.
//!
//! Video models drift: told to hold still they zoom and pan a little, shake by a pixel, breathe; and hands do. What stands still in the truth
//! (pixels that its maps call background in every frame) tells how: by Gauss and Newton's method with robust weights, on pictures of a quarter
//! and then half of the size, beginning where the frame before lay but always against frame 0, so that errors do not add up (Baker and
//! Matthews, "Lucas-Kanade 20 Years On", IJCV 2004, section 3.2, with the first frame's gradients).

use crate::mask::dilate;
use crate::{Drift, Frame};

use super::points::{BLOCKS, Point, middle, points};
use super::signal::Signal;

/// What moves the corners less is left alone, pixels: a fair re-encode keeps its bits.
const STILL: f32 = 0.35;
/// Most that is undone: zoom, shift as a share of each side, turn in radians (1.5 degrees).
const ZOOM: f32 = 0.12;
const SHIFT: f32 = 0.08;
const TURN: f32 = 0.0262;
/// Measured zooms, shifts and turns err by so much of these limits.
const ROUNDING: f32 = 1.06;
/// Steps at most, and those of them that may have far to go.
const STEPS: usize = 14;
const COARSE: usize = 2;
/// A step that moves the corners by so little is the last, pixels of the small picture.
const SETTLED: f32 = 0.02;
/// How far from what ever moves points lie, as shares of the width, if there are enough of them in three quarters of the picture: shadows fall
/// near what throws them.
const CLEAR_OF: [f32; 2] = [0.08, 0.04];
const ENOUGH: usize = 120;
/// Fewest points to go by.
const FEWEST: usize = 60;
/// Least mean weight of the points: below, it is another picture.
const SAME: f32 = 0.5;
/// The same of a camera that has not left, though no drift is found: what stands still is much the same.
const STAYS: f32 = 0.72;
/// A mean weight from which on no other way is tried.
const CLEAR: f32 = 0.92;
/// Fewest points that let a quarter of the picture have a say, and the part of what it is off by that must remain at most.
const HEARD: usize = 15;
const BETTER: f32 = 0.8;
/// Contrast over the first frame's that fades and exposures may make.
const CONTRAST: std::ops::Range<f32> = 0.4..1.6;
/// What ties a turn and a zoom that few edges tell to those of the frame before, as a part of the mean curvature.
const TIE: f32 = 0.02;

/// The still part of the first frame at one size.
struct Level {
    block: usize,
    /// Middle of the picture, and the distance of a corner from it, pixels of the small picture.
    middle: [f32; 2],
    radius: f32,
    points: Vec<Point>,
}

/// The still part of the first frame.
pub(crate) struct Reference {
    levels: [Level; 2],
    size: (u32, u32),
}

/// Shift, then zoom - 1 and turn times the corner's distance: what each moves a corner by, pixels of the small picture.
type Way = [f32; 4];

/// What is found: how a frame lies, and the points' mean weight there.
struct Found {
    way: Way,
    same: f32,
}

impl Reference {
    /// `None` if too little stands still, or it has no edges both ways.
    pub(crate) fn new(first: &Frame, still: &[bool]) -> Option<Self> {
        let level = |block| Level::new(first, still, block);
        Some(Self { levels: [level(BLOCKS[0])?, level(BLOCKS[1])?], size: (first.width, first.height) })
    }

    /// How a frame lies on the first one. `near` is where to begin. Next to nothing is nothing.
    pub(crate) fn drift(&self, frame: &Frame, near: Drift) -> Drift {
        let [far, exact] = &self.levels;
        let view = Signal::of(frame, far.block);
        let begin = far.way(near);
        let found = far.solve(&view, begin).or_else(|| (begin != [0.0; 4]).then(|| far.solve(&view, [0.0; 4])).flatten());
        let found = found.map(|found| far.drift(found.way));
        if found.is_some_and(|drift| drift.reach(self.size) < STILL) {
            return Drift::NONE;
        }
        let fine = Signal::of(frame, exact.block);
        let mut best: Option<Found> = None;
        for start in [Some(near), found, Some(Drift::NONE)].into_iter().flatten() {
            if best.as_ref().is_some_and(|best| best.same >= CLEAR) {
                break;
            }
            let next = exact.solve(&fine, exact.way(start));
            best = match (best, next) {
                (Some(best), Some(next)) if next.same > best.same => Some(next),
                (best, next) => best.or(next),
            };
        }
        // What the exact picture cannot confirm is light that moves, and no camera.
        match best.filter(|best| exact.agrees(&fine, best.way)).map(|best| exact.drift(best.way)) {
            Some(drift) if drift.reach(self.size) >= STILL => drift,
            Some(_) => Drift::NONE,
            None => Drift { left: far.same(&view, [0.0; 4]) < STAYS, ..Drift::NONE },
        }
    }
}

impl Level {
    fn new(first: &Frame, still: &[bool], block: usize) -> Option<Self> {
        let width = first.width as usize;
        let enough = |level: &Self| {
            let heard = (0..4).filter(|&q| level.points.iter().filter(|p| p.quarter == q).count() >= HEARD).count();
            level.points.len() >= ENOUGH && heard > 2
        };
        let clear_of = |share: f32| {
            let mut near: Vec<bool> = still.iter().map(|s| !s).collect();
            dilate(&mut near, width, (share * width as f32) as usize);
            Self::of(first, &near.into_iter().map(|n| !n).collect::<Vec<bool>>(), block).filter(enough)
        };
        CLEAR_OF.into_iter().find_map(clear_of).or_else(|| Self::of(first, still, block))
    }

    fn of(first: &Frame, still: &[bool], block: usize) -> Option<Self> {
        let points = points(first, still, block);
        let [xx, xy, yy] = points.iter().fold([0.0_f32; 3], |h, p| {
            let [x, y] = p.gradient;
            [h[0] + x * x, h[1] + x * y, h[2] + y * y]
        });
        let both_ways = xx * yy - xy * xy > 1e-3 * (xx + yy) * (xx + yy);
        let middle = middle(first, block);
        let radius = (middle[0] * middle[0] + middle[1] * middle[1]).sqrt();
        (points.len() >= FEWEST && both_ways).then_some(Self { block, middle, radius, points })
    }

    /// A drift of the maps' pixels in this picture's.
    fn way(&self, drift: Drift) -> Way {
        let (sin, cos) = libm::sincosf(drift.turn);
        let block = self.block as f32;
        let [x, y] = drift.shift.map(|s| s / block);
        [x, y, (drift.zoom * cos - 1.0) * self.radius, drift.zoom * sin * self.radius]
    }

    fn drift(&self, [x, y, along, across]: Way) -> Drift {
        let (a, b) = (1.0 + along / self.radius, across / self.radius);
        let block = self.block as f32;
        Drift { shift: [x * block, y * block], zoom: (a * a + b * b).sqrt(), turn: libm::atan2f(b, a), left: false }
    }

    /// A point's place from the middle, in corners' distances.
    fn arm(&self, point: &Point) -> [f32; 2] {
        [(point.at[0] - self.middle[0]) / self.radius, (point.at[1] - self.middle[1]) / self.radius]
    }

    /// By how much each point of a view is off, in what it may be, its contrast brought to the first frame's; `None` beyond the view's edges.
    fn off<'a>(&'a self, view: &Signal, way: Way) -> impl Iterator<Item = (&'a Point, Option<f32>)> + use<'a> {
        let [x, y, along, across] = way;
        let shown = |point: &Point| {
            let [u, v] = self.arm(point);
            view.at([point.at[0] + x + along * u - across * v, point.at[1] + y + across * u + along * v])
        };
        let shown: Vec<Option<f32>> = self.points.iter().map(shown).collect();
        let (mut both, mut own) = (0.0_f32, 0.0_f32);
        for (point, value) in self.points.iter().zip(&shown) {
            let Some(value) = value else { continue };
            // What is far off says nothing of the contrast.
            if (value - point.value).abs() < 2.0 * point.alike.max(point.value.abs()) {
                (both, own) = (both + value * point.value, own + point.value * point.value);
            }
        }
        let contrast = if own > 0.0 { (both / own).clamp(CONTRAST.start, CONTRAST.end) } else { 1.0 };
        let off =
            move |(point, value): (&'a Point, Option<f32>)| (point, value.map(|v| (v / contrast - point.value) / point.alike));
        self.points.iter().zip(shown).map(off)
    }

    /// Mean weight of the points that a view shows.
    fn same(&self, view: &Signal, way: Way) -> f32 {
        let (sum, count) =
            self.off(view, way).filter_map(|(_, off)| off).fold((0.0, 0.0), |(s, n), off| (s + weight(off, false), n + 1.0));
        if count < FEWEST as f32 { 0.0 } else { sum / count }
    }

    /// Gauss and Newton's way to where the view fits best.
    fn solve(&self, view: &Signal, begin: Way) -> Option<Found> {
        let mut way = begin;
        for step in 0..STEPS {
            let (mut curve, mut push) = ([[0.0_f32; 4]; 4], [0.0_f32; 4]);
            let (mut weights, mut count) = (0.0_f32, 0.0_f32);
            for (point, off) in self.off(view, way) {
                let Some(off) = off else { continue };
                let weight = weight(off, step < COARSE);
                let ([gx, gy], [u, v]) = (point.gradient, self.arm(point));
                let slope = [gx, gy, gx * u + gy * v, gy * u - gx * v];
                for i in 0..4 {
                    for j in i..4 {
                        curve[i][j] += weight * slope[i] * slope[j];
                    }
                    push[i] += weight * slope[i] * off * point.alike;
                }
                (weights, count) = (weights + weight, count + 1.0);
            }
            if count < FEWEST as f32 {
                return None;
            }
            (0..4).for_each(|i| push[i] += TIE * (curve[0][0] + curve[1][1]) / 2.0 * (way[i] - begin[i]));
            let change = solve(curve, push)?;
            (0..4).for_each(|i| way[i] -= change[i]);
            if !self.is_within(way) {
                return None;
            }
            // Of all four together a corner moves by their sum at most.
            if change.iter().map(|c| c.abs()).sum::<f32>() < SETTLED {
                let same = weights / count;
                return (same >= SAME).then_some(Found { way, same }).filter(|found| found.same.is_finite());
            }
        }
        None
    }

    /// Whether a camera that lies so has not left.
    fn is_within(&self, way: Way) -> bool {
        let drift = self.drift(way);
        let sides = [0, 1].map(|i| 2.0 * self.middle[i] * self.block as f32);
        (drift.zoom - 1.0).abs() <= ROUNDING * ZOOM
            && drift.turn.abs() <= ROUNDING * TURN
            && (0..2).all(|i| drift.shift[i].abs() <= ROUNDING * SHIFT * sides[i])
    }

    /// Whether all quarters of the picture that have a say, but one of three or more, fit better so than where they are.
    fn agrees(&self, view: &Signal, way: Way) -> bool {
        let (mut before, mut after, mut count) = ([0.0_f32; 4], [0.0_f32; 4], [0_usize; 4]);
        for ((point, stays), (_, moves)) in self.off(view, [0.0; 4]).zip(self.off(view, way)) {
            let (Some(stays), Some(moves)) = (stays, moves) else { continue };
            before[point.quarter] += 1.0 - weight(stays, false);
            after[point.quarter] += 1.0 - weight(moves, false);
            count[point.quarter] += 1;
        }
        let heard = (0..4).filter(|&q| count[q] >= HEARD);
        let agree = heard.clone().filter(|&q| after[q] <= BETTER * before[q]).count();
        let heard = heard.count();
        heard > 0 && agree + usize::from(heard > 2) >= heard
    }
}

/// Huber's weight while there is far to go, Cauchy's then, so that a stranger in the picture counts next to nothing.
fn weight(off: f32, far_to_go: bool) -> f32 {
    let off = off.abs();
    if far_to_go { 1.0 / off.max(1.0) } else { 1.0 / (1.0 + off * off) }
}

/// Solves a symmetric system, of which the upper half is given, by Cholesky's method. `None` where nothing tells the shift.
fn solve(mut m: [[f32; 4]; 4], push: [f32; 4]) -> Option<[f32; 4]> {
    let mean = (m[0][0] + m[1][1]) / 2.0;
    let det = m[0][0] * m[1][1] - m[0][1] * m[0][1];
    if mean.is_nan() || mean <= 0.0 || det <= 1e-4 * (m[0][0] + m[1][1]) * (m[0][0] + m[1][1]) {
        return None;
    }
    (0..4).for_each(|i| m[i][i] += TIE * mean);
    let mut low = [[0.0_f32; 4]; 4];
    for j in 0..4 {
        let own = m[j][j] - (0..j).map(|k| low[j][k] * low[j][k]).sum::<f32>();
        if own.is_nan() || own <= 0.0 {
            return None;
        }
        low[j][j] = own.sqrt();
        for i in j + 1..4 {
            low[i][j] = (m[j][i] - (0..j).map(|k| low[i][k] * low[j][k]).sum::<f32>()) / low[j][j];
        }
    }
    let mut x = push;
    for i in 0..4 {
        x[i] = (x[i] - (0..i).map(|k| low[i][k] * x[k]).sum::<f32>()) / low[i][i];
    }
    for i in (0..4).rev() {
        x[i] = (x[i] - (i + 1..4).map(|k| low[k][i] * x[k]).sum::<f32>()) / low[i][i];
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (u32, u32) = (240, 160);

    /// Soft blobs on a gradient, seen by a camera that has drifted, with something that is not there in the first frame and a shadow over a
    /// third.
    fn picture(drift: Drift, stranger: bool) -> Frame {
        let blob = |x: f32, y: f32, at: [f32; 2], r: f32| libm::expf(-((x - at[0]).powi(2) + (y - at[1]).powi(2)) / (r * r));
        let (sin, cos) = libm::sincosf(-drift.turn);
        let mut rgb = Vec::new();
        for y in 0..SIZE.1 {
            for x in 0..SIZE.0 {
                let (px, py) = (x as f32 - 119.5 - drift.shift[0], y as f32 - 79.5 - drift.shift[1]);
                let (u, v) = (119.5 + (cos * px - sin * py) / drift.zoom, 79.5 + (sin * px + cos * py) / drift.zoom);
                let mut light = 60.0 + 0.3 * u + 0.2 * v;
                for (i, r) in [9.0, 14.0, 7.0, 20.0, 11.0, 16.0, 8.0, 10.0].into_iter().enumerate() {
                    let at = [(37 * i as u32 % 200 + 20) as f32, (53 * i as u32 % 120 + 20) as f32];
                    light += if i % 2 == 0 { 70.0 } else { -50.0 } * blob(u, v, at, r);
                }
                if stranger && (100..150).contains(&x) && (60..110).contains(&y) {
                    light = 250.0;
                }
                if stranger && x < 80 {
                    light *= 0.8;
                }
                rgb.extend([light.clamp(0.0, 255.0) as u8; 3]);
            }
        }
        Frame { width: SIZE.0, height: SIZE.1, rgb }
    }

    fn reference() -> Reference {
        Reference::new(&picture(Drift::NONE, false), &vec![true; 240 * 160]).expect("edges both ways")
    }

    #[test]
    fn a_drift_is_found_whatever_else_is_in_the_picture() {
        let drift = |x: f32, y: f32, zoom: f32, turn: f32| Drift { shift: [x, y], zoom, turn, left: false };
        let reference = reference();
        for wanted in [
            drift(1.0, 0.0, 1.0, 0.0),
            drift(-0.8, 0.6, 1.0, 0.0),
            drift(4.0, -3.0, 1.0, 0.0),
            drift(0.0, 0.0, 1.04, 0.0),
            drift(0.0, 0.0, 0.96, 0.0),
            drift(1.0, -1.0, 1.03, 0.017),
            drift(-2.0, 1.0, 0.98, -0.012),
        ] {
            for stranger in [false, true] {
                // A camera comes there step by step.
                let mut near = Drift::NONE;
                for step in 1..=8 {
                    let part = step as f32 / 8.0;
                    let at = drift(
                        wanted.shift[0] * part,
                        wanted.shift[1] * part,
                        1.0 + (wanted.zoom - 1.0) * part,
                        wanted.turn * part,
                    );
                    near = reference.drift(&picture(at, stranger), near);
                }
                let off = Drift { shift: [0, 1].map(|i| near.shift[i] - wanted.shift[i]), zoom: near.zoom / wanted.zoom, ..near };
                let off = Drift { turn: near.turn - wanted.turn, ..off };
                assert!(!near.left && off.reach(SIZE) < 0.5, "{wanted:?} found as {near:?}, a corner {} off", off.reach(SIZE));
            }
        }
    }

    #[test]
    fn what_is_no_drift_is_left_as_it_is() {
        let reference = reference();
        let shifted = |x: f32, y: f32| picture(Drift { shift: [x, y], ..Drift::NONE }, true);
        assert_eq!(reference.drift(&shifted(0.2, -0.2), Drift::NONE), Drift::NONE, "next to nothing is nothing");
        assert!(reference.drift(&shifted(60.0, 0.0), Drift::NONE).left, "the camera has left");
        let first = picture(Drift::NONE, false);
        let dim = Frame { rgb: first.rgb.iter().map(|&v| v / 2).collect(), ..first };
        assert_eq!(reference.drift(&dim, Drift::NONE), Drift::NONE, "light that goes is no camera that leaves");
        let grey = Frame { rgb: vec![90; 240 * 160 * 3], ..dim };
        assert!(Reference::new(&grey, &vec![true; 240 * 160]).is_none(), "nothing to go by");
    }
}
