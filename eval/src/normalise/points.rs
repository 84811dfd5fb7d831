//! What a frame is laid by: the steepest points of what stands still in the first frame, from all over the picture.

use crate::mask::dilate;
use crate::{Frame, LabelMaps, Truth};

use super::signal::Signal;

/// Pixels of the maps to a pixel of the small pictures, across and down: first far, then exact.
pub(super) const BLOCKS: [usize; 2] = [4, 2];
/// Least gradient that says anything, levels to a pixel of the small picture.
const GRADIENT: f32 = 3.0;
/// Cells of the picture, across and down, and the points that are taken of each: the steepest.
const CELLS: [usize; 2] = [8, 6];
const POINTS: usize = 30;
/// Difference up to which a point counts, levels; and that part of its gradient, for between pixels it is known the less, the steeper it is.
const ALIKE: [f32; 2] = [5.0, 0.5];

/// A point to go by.
pub(super) struct Point {
    /// Pixels of the small picture.
    pub(super) at: [f32; 2],
    /// What the first frame shows, and its gradient.
    pub(super) value: f32,
    pub(super) gradient: [f32; 2],
    /// Difference up to which it counts.
    pub(super) alike: f32,
    /// Which quarter of the picture.
    pub(super) quarter: usize,
}

/// The pixels that nothing ever covers, well away from what moves; `None` if the camera moves, and nothing stands still.
pub(crate) fn still_pixels(truth: &Truth, maps: &LabelMaps) -> Option<Vec<bool>> {
    if truth.camera.is_some() {
        return None;
    }
    let mut covered = maps.ever_covered();
    dilate(&mut covered, maps.width, BLOCKS[0]);
    Some(covered.into_iter().map(|c| !c).collect())
}

/// How many points in each quarter of a picture tell how it lies: left and right above, then below.
pub(crate) fn quarters(first: &Frame, still: &[bool]) -> [usize; 4] {
    let mut counts = [0; 4];
    points(first, still, BLOCKS[0]).iter().for_each(|p| counts[p.quarter] += 1);
    counts
}

/// How far a frame has the edges that the first one has, where it has them and as they go: 1 if all of them are there, whatever their contrast; about
/// 0 in another view. Light and shadows that move add edges of their own, and leave the others. None if there is nothing to go by.
pub(crate) fn edges_kept(first: &Frame, still: &[bool], frame: &Frame) -> Option<f32> {
    let view = Signal::of(frame, BLOCKS[0]);
    let (mut both, mut own, mut other) = (0.0_f32, 0.0_f32, 0.0_f32);
    for point in points(first, still, BLOCKS[0]) {
        let Some(value) = view.at(point.at) else { continue };
        (both, own, other) = (both + value * point.value, own + point.value * point.value, other + value * value);
    }
    (own > 0.0).then(|| both / (own * other.max(f32::MIN_POSITIVE)).sqrt())
}

/// The middle of a picture, pixels of the small one.
pub(super) fn middle(first: &Frame, block: usize) -> [f32; 2] {
    [first.width, first.height].map(|side| (side as usize / block) as f32 / 2.0 - 0.5)
}

/// The steepest of each cell's pixels that stand still.
pub(super) fn points(first: &Frame, still: &[bool], block: usize) -> Vec<Point> {
    let signal = Signal::of(first, block);
    let (width, height, full) = (signal.width, signal.height, first.width as usize);
    let stands =
        |x: usize, y: usize| (0..block).all(|dy| still[(y * block + dy) * full + x * block..][..block].iter().all(|&s| s));
    let mut cells: Vec<Vec<(f32, usize)>> = vec![Vec::new(); CELLS[0] * CELLS[1]];
    let slope = |at: usize| {
        let v = &signal.values;
        [(v[at + 1] - v[at - 1]) * 0.5, (v[at + width] - v[at - width]) * 0.5]
    };
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let [gx, gy] = slope(y * width + x);
            let steepest = gx.abs().max(gy.abs());
            if steepest >= GRADIENT && stands(x, y) {
                cells[(y * CELLS[1] / height) * CELLS[0] + x * CELLS[0] / width].push((steepest, y * width + x));
            }
        }
    }
    let halfway = middle(first, block);
    let most = POINTS * BLOCKS[0] / block;
    let mut points = Vec::new();
    for mut cell in cells {
        cell.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        points.extend(cell.into_iter().take(most).map(|(steepest, at)| {
            let (x, y) = ((at % width) as f32, (at / width) as f32);
            Point {
                at: [x, y],
                value: signal.values[at],
                gradient: slope(at),
                alike: ALIKE[0] + ALIKE[1] * steepest,
                quarter: 2 * usize::from(y > halfway[1]) + usize::from(x > halfway[0]),
            }
        }));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Grey squares of several lightnesses, zoomed about the middle; the left half may lie in shadow.
    fn picture(zoom: f32, shadow: bool) -> Frame {
        let (width, height) = (240_u32, 160_u32);
        let grey = |x: u32, y: u32| {
            let (u, v) = ((x as f32 - 120.0) / zoom + 200.0, (y as f32 - 80.0) / zoom + 200.0);
            let cell = (u as u32 / 11) * 37 + (v as u32 / 9) * 61;
            let light = 60 + cell % 110;
            (if shadow && x < 130 { light * 45 / 100 } else { light }) as u8
        };
        let rgb = (0..height).flat_map(|y| (0..width).flat_map(move |x| [grey(x, y); 3])).collect();
        Frame { width, height, rgb }
    }

    #[test]
    fn edges_tell_another_view_from_a_shadow_where_all_is_grey() {
        let first = picture(1.0, false);
        let kept = |frame: &Frame| edges_kept(&first, &vec![true; 240 * 160], frame).expect("it has edges");
        assert!(kept(&first) > 0.99);
        assert!(kept(&picture(1.0, true)) > 0.6, "{}", kept(&picture(1.0, true)));
        assert!(kept(&picture(1.2, false)) < 0.25, "{}", kept(&picture(1.2, false)));
        assert_eq!(edges_kept(&picture(1.0, false), &vec![false; 240 * 160], &first), None);
    }
}
