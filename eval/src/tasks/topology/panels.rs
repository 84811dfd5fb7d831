//! Where the four panels are in a picture, and what changes in them.

use crate::analysis::Analysis;
use crate::analysis::palette::linear_table;
use crate::gates::gate;
use crate::grading::{ramp, tidy};
use crate::hue::{HAS_HUE, radius};
use crate::mask::dilate;
use crate::picture::difference;
use crate::{Drift, Failure, Frame, Gate};

use super::TopologyTruth;

/// So much of a panel's side is looked at around the fourth.
pub(super) const MARGIN: f32 = 0.04;
/// Sum over the channels from which a softened pixel is plainly another one; and the same where the edges of what stands still are a part of a
/// pixel beside their places.
const PLAIN: u32 = 48;
const OTHER: u32 = 110;
/// Share of a panel's strands that may look otherwise, and from which on nothing is kept.
const KEPT: (f32, f32) = (0.15, 0.4);
const KEPT_UNIT: &str = "of its strands";
/// The same of a square as wide as a strand: of a crossing that changes most looks otherwise, of edges that are moved a little less. In frames
/// whose drift was undone it counts in part.
const SPOT: (f32, f32) = (0.45, 0.65);
const IN_DRIFT: f32 = 0.6;
/// Hue where no strand is, in parts of the strands of the fourth panel; and around strands so many pixels do not count.
const ELSEWHERE: (f32, f32) = (0.08, 0.3);
const AROUND: usize = 3;
/// Chroma of what has come besides: strands have more, and wood that is nearly hued comes and goes about the least.
const FOREIGN: f32 = 2.0 * HAS_HUE;
/// One frame in so many is searched for hues.
const SEARCHED: usize = 6;

/// A rectangle of whole pixels: first and last column and row, the last not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Panel {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) right: usize,
    pub(super) bottom: usize,
}

impl Panel {
    /// Of a rectangle in pixels of the clip, in a picture of a size; never empty.
    pub(super) fn new([left, top, right, bottom]: [f32; 4], [sx, sy]: [f32; 2], (width, height): (usize, usize)) -> Self {
        let low = |v: f32, most: usize| ((v + 0.5).max(0.0) as usize).min(most - 1);
        let (left, top) = (low(left * sx, width), low(top * sy, height));
        let high = |v: f32, low: usize, most: usize| ((v + 0.5).max(0.0) as usize).clamp(low + 1, most);
        Self { left, top, right: high(right * sx, left, width), bottom: high(bottom * sy, top, height) }
    }

    /// Its pixels in a picture so wide.
    pub(super) fn pixels(self, width: usize) -> impl Iterator<Item = usize> {
        (self.top..self.bottom).flat_map(move |y| y * width + self.left..y * width + self.right)
    }

    /// Its rows in a picture.
    fn rows(self, frame: &Frame) -> impl Iterator<Item = &[u8]> {
        let width = frame.width as usize;
        (self.top..self.bottom).map(move |y| &frame.rgb[3 * (y * width + self.left)..3 * (y * width + self.right)])
    }

    /// For each pixel whether it is another one in two pictures of a size.
    fn others<'a>(self, a: &'a Frame, b: &'a Frame, least: u32) -> impl Iterator<Item = bool> + 'a {
        let row = move |(a, b): (&'a [u8], &'a [u8])| {
            a.chunks_exact(3).zip(b.chunks_exact(3)).map(move |(p, q)| difference(p, q) >= least)
        };
        self.rows(a).zip(self.rows(b)).flat_map(row)
    }

    /// What a picture shows there.
    pub(super) fn cut(self, frame: &Frame) -> Frame {
        let rgb = self.rows(frame).flatten().copied().collect();
        Frame { width: (self.right - self.left) as u32, height: (self.bottom - self.top) as u32, rgb }
    }
}

/// The fourth panel with its margin, pixels of the clip.
pub(super) fn around([left, top, right, bottom]: [f32; 4]) -> [f32; 4] {
    let margin = MARGIN * (right - left).min(bottom - top);
    [left - margin, top - margin, right + margin, bottom + margin]
}

fn pixel(frame: &Frame, at: usize) -> &[u8] {
    &frame.rgb[3 * at..3 * at + 3]
}

/// The panels of a picture, and which pixels of it have hue at first.
pub(super) struct Panels {
    pub(super) all: [Panel; 4],
    /// The last one with its margin.
    pub(super) copy: Panel,
    width: usize,
    /// Which pixels of the first frame have hue.
    hued: Vec<bool>,
}

/// Whether a pixel has hue.
struct Hued([f32; 256]);

impl Hued {
    fn is(&self, p: &[u8], chroma: f32) -> bool {
        let (most, least) = (p[0].max(p[1]).max(p[2]), p[0].min(p[1]).min(p[2]));
        // Most pixels leave here.
        most - least >= 12 && radius([0, 1, 2].map(|c| self.0[usize::from(p[c])])) >= chroma
    }
}

impl Panels {
    pub(super) fn new(task: &TopologyTruth, seen: &Analysis<'_>) -> Self {
        let (maps, size) = (&seen.maps, (seen.maps.width, seen.maps.height));
        let all = task.panels.map(|panel| Panel::new(panel, maps.scale, size));
        let copy = Panel::new(around(task.panels[3]), maps.scale, size);
        let hued = Hued(linear_table());
        Self { all, copy, width: size.0, hued: seen.first.rgb.chunks_exact(3).map(|p| hued.is(p, HAS_HUE)).collect() }
    }

    /// Pixels of a panel's strands at first.
    pub(super) fn area(&self, panel: Panel) -> f32 {
        panel.pixels(self.width).filter(|at| self.hued[*at]).count() as f32
    }

    /// Pixels of the fourth panel that are plainly others in two frames than in each other.
    pub(super) fn changed(&self, seen: &Analysis<'_>, a: usize, b: usize) -> f32 {
        let drifts = [a, b].iter().any(|frame| seen.footage.drift[*frame] != Drift::NONE);
        self.differing(&seen.watch.soft[a], &seen.watch.soft[b], if drifts { OTHER } else { PLAIN })
    }

    /// The same of the first frame as it should be, and as it is.
    pub(super) fn off_at_first(&self, seen: &Analysis<'_>) -> f32 {
        self.differing(&seen.first, &seen.watch.soft[0], PLAIN)
    }

    fn differing(&self, a: &Frame, b: &Frame, least: u32) -> f32 {
        self.copy.others(a, b, least).filter(|other| *other).count() as f32
    }

    /// What does not lie in the fourth panel.
    pub(super) fn leave_out_the_copy(&self, mask: &mut [bool]) {
        self.copy.pixels(self.width).for_each(|at| mask[at] = false);
    }

    /// The first three panels look as they did. `wide` is how wide strands are, pixels.
    pub(super) fn kept(&self, seen: &Analysis<'_>, wide: f32) -> Gate {
        let mut worst = gate("panels_kept", 1.0, (0.0, KEPT.0, KEPT_UNIT), "all look as they did".into(), Failure::SceneChanged);
        for (name, panel) in ["A", "B", "C"].into_iter().zip(self.all) {
            let area = self.area(panel).max(20.0);
            let (mut shares, mut spots) = (Vec::new(), Vec::new());
            for (frame, drift) in seen.watch.soft.iter().zip(&seen.footage.drift) {
                let other: Vec<bool> = panel.others(frame, &seen.first, OTHER).collect();
                let count = other.iter().filter(|o| **o).count();
                shares.push(count as f32 / area);
                let side = (wide + 0.5).max(2.0) as usize;
                let spot = if count == 0 { 0.0 } else { fullest(&other, panel.right - panel.left, side) };
                spots.push(if *drift == Drift::NONE { spot } else { IN_DRIFT * spot });
            }
            let (share, spot) = (of_nine_tenths(shares), of_nine_tenths(spots));
            let fraction = ramp(share, KEPT.0, KEPT.1).min(ramp(spot, SPOT.0, SPOT.1));
            if fraction < f32::from(worst.keeps as u16) / 1000.0 || worst.measured < Some(tidy(share)) && worst.keeps == 1000 {
                let reason = format!(
                    "{:.0} % of {name} looks otherwise, of a place as wide as a strand {:.0} %",
                    100.0 * share,
                    100.0 * spot
                );
                worst = gate("panels_kept", fraction, (share, KEPT.0, KEPT_UNIT), reason, Failure::SceneChanged);
            }
        }
        worst
    }

    /// Nothing has hue but strands.
    pub(super) fn nothing_hued(&self, seen: &Analysis<'_>) -> Gate {
        let mut known = self.hued.clone();
        dilate(&mut known, self.width, AROUND);
        self.copy.pixels(self.width).for_each(|at| known[at] = true);
        let hued = Hued(linear_table());
        let area = self.area(self.copy).max(20.0);
        let foreign = |frame: usize| {
            let (picture, shown) = (&seen.watch.soft[frame], &seen.footage.seen[frame]);
            let is = |at: &usize| !known[*at] && shown[*at] && hued.is(pixel(picture, *at), FOREIGN);
            // One pixel in four is enough.
            (0..known.len()).step_by(4).filter(is).count() as f32 * 4.0 / area
        };
        let last = seen.frames() - 1;
        let share = of_nine_tenths((0..last).step_by(SEARCHED).chain([last]).map(foreign).collect());
        let reason = format!("{share:.2} times the area of the copy's strands has hue where no strand is");
        let measured = (share, ELSEWHERE.0, "of the strands");
        gate("nothing_hued", ramp(share, ELSEWHERE.0, ELSEWHERE.1), measured, reason, Failure::Appeared)
    }
}

/// What nine tenths of some values do not exceed; 0 if there are none.
pub(super) fn of_nine_tenths(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get((values.len() * 9 / 10).min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// The largest share of a square's pixels that are set, of those of a mask so wide.
fn fullest(mask: &[bool], width: usize, side: usize) -> f32 {
    let height = mask.len() / width.max(1);
    if width < side || height < side {
        return 0.0;
    }
    // How many are set in all above and to the left.
    let mut sums = vec![0_u32; (width + 1) * (height + 1)];
    for y in 0..height {
        let mut row = 0;
        for x in 0..width {
            row += u32::from(mask[y * width + x]);
            sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
        }
    }
    let sum = |x: usize, y: usize| sums[y * (width + 1) + x];
    let mut most = 0;
    for y in side..=height {
        for x in side..=width {
            most = most.max(sum(x, y) + sum(x - side, y - side) - sum(x - side, y) - sum(x, y - side));
        }
    }
    most as f32 / (side * side) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_square_is_found_and_lines_fill_none() {
        let mut mask = vec![false; 20 * 12];
        (0..20).for_each(|x| mask[5 * 20 + x] = true);
        assert_eq!(fullest(&mask, 20, 4), 0.25);
        (0..4).for_each(|k| mask[(7 + k) * 20 + 16..(7 + k) * 20 + 20].fill(true));
        assert_eq!(fullest(&mask, 20, 4), 1.0);
        assert_eq!((fullest(&mask, 20, 30), fullest(&[], 0, 4)), (0.0, 0.0));
    }

    #[test]
    fn panels_beside_the_picture_are_not_empty() {
        for rect in [[9e3, 9e3, 9e4, 9e4], [-9e4, -9e4, -9e3, -9e3], [3.0, 3.0, 3.1, 3.1], [-9e4, -9e4, 9e4, 9e4]] {
            let panel = Panel::new(rect, [1.0; 2], (8, 6));
            assert!(panel.left < panel.right && panel.right <= 8 && panel.top < panel.bottom && panel.bottom <= 6, "{panel:?}");
        }
    }
}
