//! One look at every pixel of the candidate: does it differ from the background, is it only shaded, what colour is it?

use crate::picture::{difference, soften};
use crate::{Footage, Frame};

use super::palette::Palette;
use super::plan::{Plan, core_of, dilate};

/// Set where a pixel differs from the background.
pub(crate) const CHANGED: u8 = 0x80;
/// Set where the difference is one of brightness only: a shadow came or went.
pub(crate) const SHADE: u8 = 0x40;
/// The colour class.
pub(crate) const CLASS: u8 = 0x3f;
/// Sum over the channels from which a softened pixel counts as changed.
pub(crate) const CHANGE: u32 = 36;

/// What was seen.
pub(crate) struct Watch {
    /// Flags and class per pixel, per frame.
    pub(crate) marks: Vec<Vec<u8>>,
    /// The candidate's frames, softened.
    pub(crate) soft: Vec<Frame>,
    /// Share of the gate's pixels that no longer look as in the first frame, per frame.
    pub(crate) gate_change: Vec<f32>,
    /// Mean absolute step of the background's luma to its neighbour, per frame: how sharp it is.
    pub(crate) sharpness: Vec<f32>,
    /// The same of `first_frame.png`.
    pub(crate) sharpness_wanted: f32,
    /// Where the targets stand at the start, a little widened: what shows there once they have gone is not the ball.
    pub(crate) vacated: Vec<bool>,
    /// Pixels that no object ever covers, well inside the picture, that the candidate shows.
    pub(crate) backdrop: Vec<bool>,
}

impl Watch {
    pub(crate) fn new(plan: &Plan, palette: &Palette, footage: &Footage, first: &Frame) -> Self {
        let (width, height) = (plan.width, plan.height);
        let mut waiting: Vec<bool> =
            plan.map(0).iter().map(|&l| l == plan.things[plan.ball].label || l == plan.things[plan.gate].label).collect();
        dilate(&mut waiting, width, 3);
        for (w, &label) in waiting.iter_mut().zip(plan.map(0)) {
            *w &= !plan.targets.iter().any(|&t| plan.things[t].label == label);
        }
        let soft: Vec<Frame> = footage.frames.iter().map(soften).collect();
        let mut vacated: Vec<bool> =
            plan.map(0).iter().map(|&l| plan.targets.iter().any(|&t| plan.things[t].label == l)).collect();
        dilate(&mut vacated, width, 2);
        // Behind what waits at the start the first frame cannot tell the background: the candidate's own end does.
        let background = background(first, &soft, &waiting);
        let mut covered = plan.ever_covered();
        dilate(&mut covered, width, 3);
        let backdrop: Vec<bool> = covered.iter().zip(&footage.seen).map(|(&c, &s)| !c && s).collect();
        let gate_core = core_of(plan.map(0), width, plan.things[plan.gate].label);
        let mut watch = Self {
            marks: Vec::with_capacity(footage.frames.len()),
            gate_change: Vec::with_capacity(footage.frames.len()),
            sharpness: Vec::with_capacity(footage.frames.len()),
            sharpness_wanted: sharpness(&footage.first_frame, &backdrop),
            soft,
            vacated,
            backdrop,
        };
        for (index, frame) in footage.frames.iter().enumerate() {
            let soft = &watch.soft[index];
            let mut marks = vec![0; width * height];
            for (((mark, pixel), back), &seen) in
                marks.iter_mut().zip(soft.rgb.chunks_exact(3)).zip(background.rgb.chunks_exact(3)).zip(&footage.seen)
            {
                if !seen {
                    continue;
                }
                *mark = palette.class(pixel);
                if difference(pixel, back) >= CHANGE {
                    *mark |= CHANGED | if shaded(pixel, back) { SHADE } else { 0 };
                }
            }
            let moved = gate_core
                .iter()
                .filter(|&&at| difference(&soft.rgb[at * 3..at * 3 + 3], &watch.soft[0].rgb[at * 3..at * 3 + 3]) >= CHANGE)
                .count();
            watch.marks.push(marks);
            watch.sharpness.push(sharpness(frame, &watch.backdrop));
            watch.gate_change.push(moved as f32 / gate_core.len().max(1) as f32);
        }
        watch
    }
}

/// `first_frame.png`, but the candidate's last two frames where something waits at the start.
fn background(first: &Frame, soft: &[Frame], waiting: &[bool]) -> Frame {
    let mut background = first.clone();
    if let [.., before, last] = soft {
        for (at, _) in waiting.iter().enumerate().filter(|(_, w)| **w) {
            for i in at * 3..at * 3 + 3 {
                background.rgb[i] = u16::midpoint(u16::from(before.rgb[i]), u16::from(last.rgb[i])) as u8;
            }
        }
    }
    background
}

/// Whether a pixel is its background times a grey factor.
fn shaded(pixel: &[u8], back: &[u8]) -> bool {
    let sum = |p: &[u8]| i32::from(p[0]) + i32::from(p[1]) + i32::from(p[2]);
    let (light, was) = (sum(pixel), sum(back).max(1));
    // Darker than this is an object in its own right; so is much brighter.
    if light * 100 < was * 25 || light * 10 > was * 22 {
        return false;
    }
    (0..3).all(|c| (i32::from(pixel[c]) * was - light * i32::from(back[c])).abs() <= 9 * was)
}

fn sharpness(frame: &Frame, backdrop: &[bool]) -> f32 {
    let (mut sum, mut count) = (0_u64, 0_u64);
    for (pair, shown) in frame.rgb.windows(6).step_by(3).zip(backdrop.windows(2)) {
        let step = pair[1].abs_diff(pair[4]);
        let counts = shown[0] & shown[1];
        // Small steps are grain and gradients; edges are what blur takes away.
        sum += if counts & (step >= 6) { u64::from(step) } else { 0 };
        count += u64::from(counts);
    }
    sum as f32 / count.max(1) as f32
}
