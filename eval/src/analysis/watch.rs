//! One look at every pixel of the candidate: does it differ from the background, is it only shaded, what colour is it?

use std::rc::Rc;

use crate::picture::{Resampler, difference, is_dark, rotated, soften};
use crate::{Drift, Footage, Frame};

use super::maps::Maps;
use super::palette::Palette;
use crate::mask::dilate;

/// Set where a pixel differs from the background.
pub(crate) const CHANGED: u8 = 0x80;
/// Set where the difference is one of brightness only: a shadow came or went.
pub(crate) const SHADE: u8 = 0x40;
/// The colour class, and [`TINTED`](super::palette::TINTED).
pub(crate) const CLASS: u8 = 0x3f;
/// Sum over the channels from which a softened pixel counts as changed.
pub(crate) const CHANGE: u32 = 36;

/// Steps between neighbours, of 255, that clear edges may have, the clearest first; and those from which on edges count then, for a video may
/// have a little less contrast.
const EDGES: [(u8, u8); 3] = [(20, 12), (15, 9), (10, 6)];
/// Mean of clear steps from which on there are enough of them.
const ENOUGH: f32 = 0.2;

/// Sum over the channels by which two frames differ plainly, the fewest pixels that do, and the share of them within areas that a third one
/// mixes, from which on it is a blend.
const PLAIN: u32 = 90;
const FEWEST_PLAIN: u32 = 20;
const MIXED: f32 = 0.1;

/// Pixels looked at together.
const RUN: usize = 32;

/// Per cent of the first frame's light below which a frame beside a dark one belongs to it.
const DUSK: u64 = 90;

/// Candidate's pixels to one of the analysis, from which on edges may be lost by size alone.
const COARSEST: f32 = 0.5;

/// A turn there and back, radians, that leaves what any leaves that is undone: somewhere in the picture edges lie in every way between pixels.
const TURN: f32 = 0.0262;

/// What was seen.
pub(crate) struct Watch {
    /// Flags and class per pixel, per frame.
    pub(crate) marks: Vec<Vec<u8>>,
    /// The candidate's frames, softened.
    pub(crate) soft: Rc<[Frame]>,
    /// What they are compared with: the first frame, and where something waits at the start the end.
    pub(crate) background: Frame,
    /// Which of them are dark, if any should be: what they show is what was shown last.
    pub(crate) dark: Vec<bool>,
    /// Mean absolute step of the background's luma to its neighbour, per frame: how sharp it is. What a turn that is undone takes of thin lines
    /// is given back.
    pub(crate) sharpness: Vec<f32>,
    /// The same of `first_frame.png`, as fine as the candidate's pictures are.
    pub(crate) sharpness_wanted: f32,
    /// Pixels that no object ever covers, well inside the picture, that the candidate shows.
    pub(crate) backdrop: Vec<bool>,
    /// Pixels that something covers at some time, or is near to, that the candidate shows in all frames.
    pub(crate) stage: Vec<bool>,
}

impl Watch {
    /// `waiting` marks what stands at the start and is gone at the end: behind it the first frame cannot tell the background, and the
    /// candidate's own end does.
    pub(crate) fn new(maps: &Maps, palette: &Palette, footage: &Footage, first: &Frame, waiting: &[bool]) -> Self {
        let (width, height) = (maps.width, maps.height);
        let dark = if maps.goes_dark { dark(&footage.frames) } else { vec![false; footage.frames.len()] };
        let mut soft: Vec<Frame> = footage.frames.iter().map(soften).collect();
        for frame in (1..soft.len()).filter(|&f| dark[f]) {
            soft[frame] = soft[frame - 1].clone();
        }
        let soft: Rc<[Frame]> = soft.into();
        let background = background(first, &soft, waiting);
        let mut covered = maps.ever_covered();
        dilate(&mut covered, width, 3);
        let shown = footage.always_seen();
        let backdrop: Vec<bool> = covered.iter().zip(&shown).map(|(&c, &s)| !c && s).collect();
        let stage = covered.iter().zip(shown).map(|(&c, s)| c && s).collect();
        let wanted = as_fine(&footage.first_frame, footage.fineness);
        let least = least_edge(&wanted, &backdrop);
        let whole = sharpness(&wanted, &backdrop, least);
        let of_turned = if footage.drift.iter().any(Drift::is_turned) {
            whole / sharpness(&there_and_back(&wanted), &backdrop, least).clamp(0.1 * whole.max(f32::MIN_POSITIVE), f32::INFINITY)
        } else {
            1.0
        };
        let mut watch = Self {
            marks: Vec::with_capacity(footage.frames.len()),
            sharpness: Vec::with_capacity(footage.frames.len()),
            sharpness_wanted: whole,
            soft,
            background,
            dark,
            backdrop,
            stage,
        };
        for (index, ((frame, soft), seen)) in footage.frames.iter().zip(watch.soft.iter()).zip(&footage.seen).enumerate() {
            if let (true, Some(marks), Some(&sharp)) = (watch.dark[index], watch.marks.last(), watch.sharpness.last()) {
                watch.marks.push(marks.clone());
                watch.sharpness.push(sharp);
                continue;
            }
            // Most of a still scene is as in the frame before, to the bit, and so are its marks.
            let before = index.checked_sub(1).filter(|&b| footage.seen[b] == *seen);
            let before = before.map(|b| (&watch.soft[b].rgb, &watch.marks[b]));
            let mut marks = vec![0; width * height];
            for (run, marks) in marks.chunks_mut(RUN).enumerate() {
                let at = run * RUN..run * RUN + marks.len();
                let pixels = &soft.rgb[3 * at.start..3 * at.end];
                if let Some((_, known)) = before.filter(|(rgb, _)| rgb[3 * at.start..3 * at.end] == *pixels) {
                    marks.copy_from_slice(&known[at]);
                    continue;
                }
                let backs = watch.background.rgb[3 * at.start..3 * at.end].chunks_exact(3);
                for (((mark, pixel), back), &seen) in marks.iter_mut().zip(pixels.chunks_exact(3)).zip(backs).zip(&seen[at]) {
                    if !seen {
                        continue;
                    }
                    *mark = palette.class(pixel);
                    if difference(pixel, back) >= CHANGE {
                        *mark |= CHANGED | if shaded(pixel, back) { SHADE } else { 0 };
                    }
                }
            }
            let turned = footage.drift.get(index).is_some_and(Drift::is_turned);
            let sharp = sharpness(frame, &watch.backdrop, least) * if turned { of_turned } else { 1.0 };
            watch.marks.push(marks);
            watch.sharpness.push(sharp);
        }
        watch
    }

    /// Share of the background that a frame changes by more than brightness.
    pub(crate) fn background_changed(&self, frame: usize) -> f32 {
        let other = |&(&mark, &back): &(&u8, &bool)| back && mark & CHANGED != 0 && mark & SHADE == 0;
        let off = self.marks[frame].iter().zip(&self.backdrop).filter(other).count();
        off as f32 / self.backdrop.iter().filter(|b| **b).count().max(1) as f32
    }

    /// Whether a frame shows two moments at once about a place, as a change of the frame rate by blending leaves them: where the frames before
    /// and after differ plainly, areas of it lie between the two. What moves shows one or the other, but for its edges.
    pub(crate) fn is_double(&self, frame: usize, width: usize, center: [f32; 2], reach: f32) -> bool {
        let (Some(before), Some(after)) = (frame.checked_sub(1).map(|f| &self.soft[f]), self.soft.get(frame + 1)) else {
            return false;
        };
        let now = &self.soft[frame];
        let height = self.stage.len() / width;
        let side =
            |middle: f32, most: usize| (middle - reach).clamp(1.0, most as f32) as usize..((middle + reach) as usize).min(most);
        let pixel = |frame: &Frame, at: usize| [frame.rgb[3 * at], frame.rgb[3 * at + 1], frame.rgb[3 * at + 2]];
        let whole = |at: usize| difference(&pixel(before, at), &pixel(after, at));
        // Of a mixture the distances to both add up.
        let between = |at: usize| {
            let (to, from) = (difference(&pixel(now, at), &pixel(before, at)), difference(&pixel(now, at), &pixel(after, at)));
            let whole = whole(at);
            whole >= PLAIN && 6 * to.min(from) >= whole && 4 * (to + from) <= 5 * whole
        };
        let (mut plain, mut areas) = (0_u32, 0_u32);
        for y in side(center[1], height - 1) {
            for at in side(center[0], width - 1).map(|x| y * width + x).filter(|&at| whole(at) >= PLAIN) {
                plain += 1;
                areas += u32::from([at, at - 1, at + 1, at - width, at + width].into_iter().all(between));
            }
        }
        plain >= FEWEST_PLAIN && areas as f32 >= MIXED * plain as f32
    }
}

/// Which frames are dark, and dusk beside them: a fade, or a blend of what was shown last with the dark.
fn dark(frames: &[Frame]) -> Vec<bool> {
    let mut dark: Vec<bool> = frames.iter().map(is_dark).collect();
    let light = |frame: &Frame| frame.rgb.iter().map(|&v| u64::from(v)).sum::<u64>() * 100 / frame.rgb.len().max(1) as u64;
    let lit = light(&frames[0]);
    let dusk: Vec<bool> = frames.iter().map(|frame| light(frame) * 100 < DUSK * lit).collect();
    for f in 1..frames.len() {
        dark[f] |= dark[f - 1] && dusk[f];
    }
    for f in (1..frames.len()).rev() {
        dark[f - 1] |= dark[f] && dusk[f - 1] && f > 1;
    }
    dark
}

/// A picture as a smaller one shows it. Half as fine is fair; what is coarser has lost something.
fn as_fine(picture: &Frame, fineness: [f32; 2]) -> Frame {
    let size = (picture.width, picture.height);
    let reduced = |side: u32, fineness: f32| ((side as f32 * fineness.clamp(COARSEST, 1.0)) as u32).clamp(1, side);
    let small = (reduced(size.0, fineness[0]), reduced(size.1, fineness[1]));
    if small == size {
        return picture.clone();
    }
    let whole = |(width, height): (u32, u32)| [0.0, 0.0, width as f32, height as f32];
    Resampler::new(small, whole(small), size).apply(&Resampler::new(size, whole(size), small).apply(picture))
}

/// A picture of a camera that has turned, laid upright again.
fn there_and_back(picture: &Frame) -> Frame {
    let mut shown = vec![true; picture.rgb.len() / 3];
    let turned = rotated(picture.clone(), TURN, &mut shown);
    rotated(turned, -TURN, &mut shown)
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

/// What makes an edge: small steps are grain, speckles and gradients, which compression takes away as blur does. So of a scene that has enough
/// of large ones no others count.
fn least_edge(first: &Frame, backdrop: &[bool]) -> u8 {
    EDGES.into_iter().find(|&(clear, _)| sharpness(first, backdrop, clear) >= ENOUGH).unwrap_or(EDGES[EDGES.len() - 1]).1
}

/// Steps between neighbours, in the mean over a backdrop, of those that are at least so large.
fn sharpness(frame: &Frame, backdrop: &[bool], least: u8) -> f32 {
    let (mut sum, mut count) = (0_u64, 0_u64);
    for (pair, shown) in frame.rgb.windows(6).step_by(3).zip(backdrop.windows(2)) {
        let step = pair[1].abs_diff(pair[4]);
        let counts = shown[0] & shown[1];
        sum += if counts & (step >= least) { u64::from(step) } else { 0 };
        count += u64::from(counts);
    }
    sum as f32 / count.max(1) as f32
}
