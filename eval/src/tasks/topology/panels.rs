//! Where the four panels are in a picture, and what changes in them.

use crate::analysis::Analysis;
use crate::analysis::palette::linear_table;
use crate::gates::gate;
use crate::grading::ramp;
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
/// Hue where no strand is, in parts of the strands of the fourth panel; and around strands so many pixels do not count.
const ELSEWHERE: (f32, f32) = (0.08, 0.3);
const AROUND: usize = 3;
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

    /// What a picture shows there.
    pub(super) fn cut(self, frame: &Frame) -> Frame {
        let width = frame.width as usize;
        let row = |y: usize| &frame.rgb[3 * (y * width + self.left)..3 * (y * width + self.right)];
        let rgb = (self.top..self.bottom).flat_map(|y| row(y).iter().copied()).collect();
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
    fn is(&self, p: &[u8]) -> bool {
        let (most, least) = (p[0].max(p[1]).max(p[2]), p[0].min(p[1]).min(p[2]));
        // Most pixels leave here.
        most - least >= 12 && radius([0, 1, 2].map(|c| self.0[usize::from(p[c])])) >= HAS_HUE
    }
}

impl Panels {
    pub(super) fn new(task: &TopologyTruth, seen: &Analysis<'_>) -> Self {
        let (maps, size) = (&seen.maps, (seen.maps.width, seen.maps.height));
        let all = task.panels.map(|panel| Panel::new(panel, maps.scale, size));
        let copy = Panel::new(around(task.panels[3]), maps.scale, size);
        let hued = Hued(linear_table());
        Self { all, copy, width: size.0, hued: seen.first.rgb.chunks_exact(3).map(|p| hued.is(p)).collect() }
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
        self.copy.pixels(self.width).filter(|&at| difference(pixel(a, at), pixel(b, at)) >= least).count() as f32
    }

    /// What does not lie in the fourth panel.
    pub(super) fn leave_out_the_copy(&self, mask: &mut [bool]) {
        self.copy.pixels(self.width).for_each(|at| mask[at] = false);
    }

    /// The first three panels look as they did.
    pub(super) fn kept(&self, seen: &Analysis<'_>) -> Gate {
        let mut worst = (0.0, 0);
        for (number, panel) in self.all[..3].iter().enumerate() {
            let area = self.area(*panel).max(20.0);
            let other = |frame: &Frame| {
                let differs = |at: &usize| difference(pixel(frame, *at), pixel(&seen.first, *at)) >= OTHER;
                panel.pixels(self.width).filter(differs).count() as f32 / area
            };
            let shares = (0..seen.frames()).map(|frame| other(&seen.watch.soft[frame])).collect();
            let share = of_nine_tenths(shares);
            if share > worst.0 {
                worst = (share, number);
            }
        }
        let (share, number) = worst;
        let reason = format!("{:.0} % of panel {} looks otherwise", 100.0 * share, ["A", "B", "C"][number]);
        let measured = (share, KEPT.0, "of its strands");
        gate("panels_kept", ramp(share, KEPT.0, KEPT.1), measured, reason, Failure::SceneChanged)
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
            let is = |at: &usize| !known[*at] && shown[*at] && hued.is(pixel(picture, *at));
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
