//! Where a shake gets undone: each frame is laid over `first_frame.png` by a shift.
//!
//! Video models shake a little when they are told to hold still, and hands do. What stands still in the truth (the pixels that its maps
//! call background in every frame) tells how far a frame has slipped; by Gauss and Newton's method with robust weights, on pictures of a
//! quarter of the size, always against frame 0, so that errors do not add up (Baker and Matthews, "Lucas-Kanade 20 Years On", IJCV 2004).

use crate::mask::dilate;
use crate::{Frame, LabelMaps, Truth};

/// Pixels of the maps to a pixel of the small pictures, across and down.
const SMALL: usize = 4;
/// Shifts up to this are left alone, pixels: a fair re-encode keeps its bits.
const STILL: f32 = 0.35;
/// Farther than this share of the longer side the camera has left.
const FARTHEST: f32 = 0.05;
/// Steps at most, and those of them that may have far to go.
const STEPS: usize = 12;
const COARSE: usize = 1;
/// A step this short is the last, pixels of the small picture.
const SETTLED: f32 = 0.01;
/// Difference of lightness (0 to 255) up to which a pixel counts.
const ALIKE_LIGHT: f32 = 8.0;
/// Least gradient that says anything, lightness to a pixel of the small picture.
const GRADIENT: f32 = 3.0;
/// Fewest pixels to go by.
const FEWEST: usize = 60;
/// Least mean weight of the pixels: below, it is another picture.
const ALIKE: f32 = 0.5;

/// The still part of the first frame, small.
pub(crate) struct Reference {
    width: usize,
    height: usize,
    light: Vec<f32>,
    /// Pixels to go by.
    points: Vec<Point>,
    /// Longest shift, pixels of the small picture.
    farthest: f32,
}

/// A pixel of the small picture to go by.
struct Point {
    at: usize,
    gradient: [f32; 2],
    /// Difference of lightness up to which it counts: what lies between pixels is known the less, the steeper it is.
    alike: f32,
}

/// The pixels that nothing ever covers, well away from what moves; `None` if the camera moves, and nothing stands still.
pub(crate) fn still_pixels(truth: &Truth, maps: &LabelMaps) -> Option<Vec<bool>> {
    if truth.camera.is_some() {
        return None;
    }
    let mut covered = maps.ever_covered();
    dilate(&mut covered, maps.width, SMALL);
    Some(covered.into_iter().map(|c| !c).collect())
}

impl Reference {
    /// `None` if too little stands still, or it has no edges both ways.
    pub(crate) fn new(first: &Frame, still: &[bool]) -> Option<Self> {
        let (width, height) = (first.width as usize / SMALL, first.height as usize / SMALL);
        let light = small(first);
        let full = first.width as usize;
        let stands =
            |x: usize, y: usize| (0..SMALL).all(|dy| still[(y * SMALL + dy) * full + x * SMALL..][..SMALL].iter().all(|&s| s));
        let mut points = Vec::new();
        for y in 1..height.saturating_sub(1) {
            for x in 1..width.saturating_sub(1) {
                let at = y * width + x;
                let gradient = [(light[at + 1] - light[at - 1]) * 0.5, (light[at + width] - light[at - width]) * 0.5];
                let steepest = gradient[0].abs().max(gradient[1].abs());
                if steepest >= GRADIENT && stands(x, y) {
                    points.push(Point { at, gradient, alike: ALIKE_LIGHT + 0.5 * steepest });
                }
            }
        }
        let farthest = FARTHEST * width.max(height) as f32;
        let found = Self { width, height, light, points, farthest };
        let [xx, xy, yy] = found.points.iter().fold([0.0_f32; 3], |h, p| {
            let [x, y] = p.gradient;
            [h[0] + x * x, h[1] + x * y, h[2] + y * y]
        });
        let both_ways = xx * yy - xy * xy > 1e-3 * (xx + yy) * (xx + yy);
        (found.points.len() >= FEWEST && both_ways).then_some(found)
    }

    /// How far a frame lies beside the first, pixels right and down: view(x + shift) = first(x). Zero if that is next to nothing, or if it
    /// is another picture. `near` is where to begin.
    pub(crate) fn shift(&self, frame: &Frame, near: [f32; 2]) -> [f32; 2] {
        let view = small(frame);
        let start = near.map(|v| v / SMALL as f32);
        let found = self.solve(&view, start).or_else(|| (near != [0.0; 2]).then(|| self.solve(&view, [0.0; 2])).flatten());
        let shift = found.unwrap_or_default().map(|v| v * SMALL as f32);
        if shift[0].abs().max(shift[1].abs()) < STILL { [0.0; 2] } else { shift }
    }

    fn solve(&self, view: &[f32], start: [f32; 2]) -> Option<[f32; 2]> {
        let mut shift = start;
        for step in 0..STEPS {
            let ([mut xx, mut xy, mut yy], [mut xr, mut yr]) = ([0.0_f32; 3], [0.0_f32; 2]);
            let (mut weights, mut count) = (0.0_f32, 0.0_f32);
            for &Point { at, gradient: [gx, gy], alike } in &self.points {
                let Some(value) = self.at(view, at, shift) else { continue };
                let off = value - self.light[at];
                let weight = weight(off / alike, step < COARSE);
                (xx, xy, yy) = (xx + weight * gx * gx, xy + weight * gx * gy, yy + weight * gy * gy);
                (xr, yr) = (xr + weight * gx * off, yr + weight * gy * off);
                (weights, count) = (weights + weight, count + 1.0);
            }
            let det = xx * yy - xy * xy;
            if det <= 1e-4 * (xx + yy) * (xx + yy) || count < FEWEST as f32 {
                return None;
            }
            let change = [(yy * xr - xy * yr) / det, (xx * yr - xy * xr) / det];
            shift = [shift[0] - change[0], shift[1] - change[1]];
            if shift[0].abs().max(shift[1].abs()) > self.farthest {
                return None;
            }
            if change[0].abs().max(change[1].abs()) < SETTLED {
                return (weights >= ALIKE * count).then_some(shift);
            }
        }
        None
    }

    /// The view at a pixel, shifted, between the centres of its pixels; `None` beyond its edges.
    fn at(&self, view: &[f32], at: usize, shift: [f32; 2]) -> Option<f32> {
        let (x, y) = ((at % self.width) as f32 + shift[0], (at / self.width) as f32 + shift[1]);
        if !(x >= 0.0 && y >= 0.0 && x < (self.width - 1) as f32 && y < (self.height - 1) as f32) {
            return None;
        }
        let (left, top) = (x as usize, y as usize);
        let (u, v) = (x - left as f32, y - top as f32);
        let corner = top * self.width + left;
        let row = |from: usize| view[from] + (view[from + 1] - view[from]) * u;
        Some(row(corner) + (row(corner + self.width) - row(corner)) * v)
    }
}

/// Huber's weight while there is far to go, Cauchy's then, so that a stranger in the picture counts next to nothing.
fn weight(off: f32, far_to_go: bool) -> f32 {
    let off = off.abs();
    if far_to_go { 1.0 / off.max(1.0) } else { 1.0 / (1.0 + off * off) }
}

/// Lightness, 0 to 255, of blocks of [`SMALL`] by [`SMALL`] pixels, softened, so that it is nearly straight between their centres.
fn small(frame: &Frame) -> Vec<f32> {
    let (width, height) = (frame.width as usize / SMALL, frame.height as usize / SMALL);
    let stride = frame.width as usize * 3;
    let mut light = Vec::with_capacity(width * height);
    let mut sums = vec![0_u32; width];
    for y in 0..height {
        sums.fill(0);
        for row in frame.rgb[y * SMALL * stride..].chunks_exact(stride).take(SMALL) {
            for (sum, block) in sums.iter_mut().zip(row.chunks_exact(3 * SMALL)) {
                for p in block.chunks_exact(3) {
                    *sum += u32::from(p[0]) + 2 * u32::from(p[1]) + u32::from(p[2]);
                }
            }
        }
        light.extend(sums.iter().map(|&sum| sum as f32 / (4 * SMALL * SMALL) as f32));
    }
    blur(&light, width)
}

/// A 3x3 binomial filter, edges repeated.
fn blur(light: &[f32], width: usize) -> Vec<f32> {
    let three = |a: f32, b: f32, c: f32| 0.25 * a + 0.5 * b + 0.25 * c;
    let rows: Vec<&[f32]> = light.chunks_exact(width.max(1)).collect();
    let mut out = Vec::with_capacity(light.len());
    let mut column = vec![0.0; width];
    for (y, here) in rows.iter().enumerate() {
        let (above, below) = (rows[y.saturating_sub(1)], rows[(y + 1).min(rows.len() - 1)]);
        for (x, sum) in column.iter_mut().enumerate() {
            *sum = three(above[x], here[x], below[x]);
        }
        out.extend((0..width).map(|x| three(column[x.saturating_sub(1)], column[x], column[(x + 1).min(width - 1)])));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Soft blobs on a gradient, moved by a shift, with something that is not there in the first frame.
    fn picture(shift: [f32; 2], stranger: bool) -> Frame {
        let (width, height) = (240_u32, 160_u32);
        let blob = |x: f32, y: f32, at: [f32; 2], r: f32| libm::expf(-((x - at[0]).powi(2) + (y - at[1]).powi(2)) / (r * r));
        let mut rgb = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let (u, v) = (x as f32 - shift[0], y as f32 - shift[1]);
                let mut light = 60.0 + 0.3 * u + 0.2 * v;
                for (i, r) in [9.0, 14.0, 7.0, 20.0, 11.0, 16.0].into_iter().enumerate() {
                    let at = [(37 * i as u32 % 200 + 20) as f32, (53 * i as u32 % 120 + 20) as f32];
                    light += if i % 2 == 0 { 70.0 } else { -50.0 } * blob(u, v, at, r);
                }
                if stranger && (100..150).contains(&x) && (60..110).contains(&y) {
                    light = 250.0;
                }
                rgb.extend([light.clamp(0.0, 255.0) as u8; 3]);
            }
        }
        Frame { width, height, rgb }
    }

    #[test]
    fn a_shift_is_found_whatever_else_is_in_the_picture() {
        let first = picture([0.0, 0.0], false);
        let reference = Reference::new(&first, &vec![true; 240 * 160]).expect("edges both ways");
        for wanted in [[1.0, 0.0], [-0.8, 0.6], [2.0, -3.0], [6.0, 5.0], [-9.0, 4.0]] {
            for stranger in [false, true] {
                let found = reference.shift(&picture(wanted, stranger), [0.0; 2]);
                let off = (found[0] - wanted[0]).abs().max((found[1] - wanted[1]).abs());
                assert!(off < 0.25, "{wanted:?} found as {found:?}");
            }
        }
        assert_eq!(reference.shift(&picture([0.2, -0.2], true), [0.0; 2]), [0.0; 2], "next to nothing is nothing");
        assert_eq!(reference.shift(&picture([60.0, 0.0], false), [0.0; 2]), [0.0; 2], "the camera has left");
        let grey = Frame { rgb: vec![90; 240 * 160 * 3], ..first };
        assert_eq!(reference.shift(&grey, [0.0; 2]), [0.0; 2], "another picture");
        assert!(Reference::new(&grey, &vec![true; 240 * 160]).is_none(), "nothing to go by");
    }
}
