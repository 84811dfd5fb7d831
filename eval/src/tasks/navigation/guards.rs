//! What must hold of a walk whatever its way is. Gates multiply; they never add a point.

use crate::gates::gate;
use crate::grading::ramp;
use crate::picture::{difference, soften};
use crate::{Failure, Footage, Frame, Gate, Overlay, Truth};

use super::journey::Journey;

/// Sum over the channels from which a softened pixel is another one: of the first frame, and of a plan, whose strokes codecs blur.
const OTHER_PIXEL: u32 = 60;
const OTHER_STROKE: f32 = 120.0;
const BETWEEN: f32 = 1.3;
/// Shares of a plan that may change, and from which on nothing is kept: its strokes are a small part of it.
const FULL: f32 = 0.05;
const NONE: f32 = 0.18;
/// How far a plan may lie beside its place, pixels, and be zoomed, per cent: what is fair of a camera.
const FARTHEST: f32 = 28.0;
const ZOOM: f32 = 12.0;
/// And from frame to frame.
const SHAKE: i32 = 4;
/// Pixels over which an edge is looked for, and the least difference between its ends.
const EDGE: usize = 4;
const CLEAR: u8 = 24;
/// What a straight ramp, blurred beyond reading, has of its difference in its steepest step.
const RAMP: f32 = 0.27;
/// A picture is this much blurred by its size alone.
const COARSE: f32 = 0.75;

/// Share of what was seen before that may be of another colour: 2 % of the truths' is, at most. Fewest frames that tell.
const REPAINTED: f32 = 0.03;
const FEWEST: usize = 6;
/// Share of the picture that may have the colour of a landmark beside all of that colour.
const BESIDE: f32 = 0.003;
/// Shares of the frames that may show either, and from which on nothing is kept.
const OFTEN: (f32, f32) = (0.12, 0.3);
/// Shares of frames that may show the place from nowhere, and from which on that is another place; and what is kept of one if all landmarks are
/// sighted in order.
pub(super) const LOST: (f32, f32) = (0.15, 0.4);
const COARSELY: f32 = 0.5;

/// The candidate's frame 0 is `first_frame.png`.
pub(super) fn starts_right(footage: &Footage) -> Gate {
    let (first, start) = (soften(&footage.first_frame), soften(&footage.frames[0]));
    let (mut other, mut count) = (0_u32, 0_u32);
    for ((a, b), _) in
        first.rgb.chunks_exact(3).zip(start.rgb.chunks_exact(3)).zip(footage.seen[0].iter()).filter(|(_, seen)| **seen)
    {
        other += u32::from(difference(a, b) > OTHER_PIXEL);
        count += 1;
    }
    let share = other as f32 / count.max(1) as f32;
    let reason = format!("{:.1} % of the first frame is another picture", share * 100.0);
    gate("starts_right", ramp(share, 0.03, 0.12), (share, 0.03, "share of pixels"), reason, Failure::OtherStart)
}

/// The pictures are not blurred away.
pub(super) fn sharp(footage: &Footage) -> Gate {
    const UNIT: &str = "share lost";
    let coarse = footage.fineness[0].min(footage.fineness[1]) < COARSE;
    let Some(first) = crispness(&footage.first_frame) else {
        let reason = "the first frame has no edges to judge by".to_owned();
        return gate("sharp", 1.0, (f32::NAN, 0.7, UNIT), reason, Failure::Blurred);
    };
    // Half as fine is fair.
    let wanted = if coarse { RAMP + 0.6 * (first - RAMP) } else { first };
    let step = footage.frames.len() / 24 + 1;
    let mut lost: Vec<f32> = footage
        .frames
        .iter()
        .step_by(step)
        .map(|f| crispness(f).map_or(1.0, |c| (wanted - c) / (wanted - RAMP).max(0.05)))
        .collect();
    lost.sort_by(f32::total_cmp);
    let lost = lost[lost.len() / 2].max(0.0);
    let reason = format!("{:.0} % of the edges' sharpness is lost", lost * 100.0);
    gate("sharp", ramp(lost, 0.7, 0.9), (lost, 0.7, UNIT), reason, Failure::Blurred)
}

/// What the steepest step has of the difference across an edge, in the mean; `None` without edges.
fn crispness(frame: &Frame) -> Option<f32> {
    let width = frame.width as usize;
    let (mut sum, mut count) = (0.0_f32, 0_u32);
    for row in frame.rgb.chunks_exact(3 * width).step_by(3) {
        let green: Vec<u8> = row.iter().skip(1).step_by(3).copied().collect();
        for five in green.windows(EDGE + 1) {
            let whole = five[0].abs_diff(five[EDGE]);
            if whole >= CLEAR {
                let steepest = five.windows(2).map(|w| w[0].abs_diff(w[1])).max().unwrap_or(0);
                sum += (f32::from(steepest) / f32::from(whole)).min(1.0);
                count += 1;
            }
        }
    }
    (count >= 40).then(|| sum / count as f32)
}

/// What is laid over the picture stays as it is; no gate if there is nothing.
pub(super) fn overlay_kept(truth: &Truth, footage: &Footage) -> Option<Gate> {
    let shares = truth.overlays.iter().map(|overlay| (changed(truth, footage, overlay), overlay.name.as_str()));
    let (share, name) = shares.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let reason = format!("{:.1} % of `{name}`, laid over the picture, changes", share * 100.0);
    Some(gate("overlay_kept", ramp(share, FULL, NONE), (share, FULL, "share of pixels"), reason, Failure::SceneChanged))
}

/// Share of an overlay that is another than in the first frame, in nine tenths of the frames at most.
fn changed(truth: &Truth, footage: &Footage, overlay: &Overlay) -> f32 {
    let first = &footage.first_frame;
    let scale = [first.width as f32 / truth.clip.width as f32, first.height as f32 / truth.clip.height as f32];
    let [x0, y0, x1, y1] = overlay.rect;
    let (left, right) = ((x0 * scale[0]).ceil() as usize, ((x1 * scale[0]) as usize).min(first.width as usize));
    let (top, bottom) = ((y0 * scale[1]).ceil() as usize, ((y1 * scale[1]) as usize).min(first.height as usize));
    if left + 3 > right || top + 3 > bottom {
        return 0.0;
    }
    let soft = soften(first);
    let inside = [left, top, right, bottom];
    let mut lies = Lies::default();
    let mut shares: Vec<f32> = (footage.frames.iter().zip(&footage.seen))
        .map(|(frame, seen)| {
            let now = soften(frame);
            let off = |lies: &Lies, step: usize| compare([&soft, &now], seen, inside, lies, step);
            let plain = off(&Lies::default(), 1).1;
            if plain < FULL {
                return plain;
            }
            // A hand that shakes takes it along.
            let mut best = off(&lies, 3).0;
            for shift in (-SHAKE..=SHAKE).flat_map(|y| (-SHAKE..=SHAKE).map(move |x| [x as f32, y as f32])) {
                let there = Lies { shift: [0, 1].map(|k| lies.shift[k] + shift[k]), ..lies }.bounded();
                let mean = off(&there, 3).0;
                (best, lies) = if mean < best { (mean, there) } else { (best, lies) };
            }
            for step in [1.0, 0.5, 0.25] {
                best = off(&lies, 2).0;
                loop {
                    let near = lies.near(step).map(|near| (off(&near, 2).0, near)).into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
                    let Some((mean, near)) = near.filter(|(mean, _)| *mean < best) else { break };
                    (best, lies) = (mean, near);
                }
            }
            plain.min(off(&lies, 1).1)
        })
        .collect();
    shares.sort_by(f32::total_cmp);
    shares[(shares.len() * 9 / 10).min(shares.len() - 1)]
}

/// How a rectangle of the first frame is seen in another: the mean difference, and the share of other pixels. Every so many are looked at.
fn compare(
    [first, now]: [&Frame; 2],
    seen: &[bool],
    [left, top, right, bottom]: [usize; 4],
    lies: &Lies,
    step: usize,
) -> (f32, f32) {
    let size = [first.width as usize, first.height as usize];
    let (mut sum, mut off, mut count) = (0.0_f32, 0_u32, 0_u32);
    // What lies between pixels is blurred once more.
    let other = if *lies == Lies::default() { OTHER_STROKE } else { BETWEEN * OTHER_STROKE };
    for y in (top..bottom).step_by(step) {
        for x in (left..right).step_by(step) {
            let [u, v] = lies.place([x, y], size);
            let (at, there) = (y * size[0] + x, v as usize * size[0] + u as usize);
            if !seen[there] || !seen[there + size[0] + 1] {
                continue;
            }
            let (p, q) = (u - u.floor(), v - v.floor());
            let value = |c: usize, i: usize| f32::from(now.rgb[3 * i + c]);
            let differ: f32 = (0..3)
                .map(|c| {
                    let above = value(c, there) + p * (value(c, there + 1) - value(c, there));
                    let below = value(c, there + size[0]) + p * (value(c, there + size[0] + 1) - value(c, there + size[0]));
                    (above + q * (below - above) - f32::from(first.rgb[3 * at + c])).abs()
                })
                .sum();
            sum += differ;
            off += u32::from(differ > other);
            count += 1;
        }
    }
    let count = count.max(1) as f32;
    (sum / count, off as f32 / count)
}

/// How a frame lies beside the first: pixels right and down, and a zoom about the middle, in per cent.
#[derive(Clone, Copy, Default, PartialEq)]
struct Lies {
    shift: [f32; 2],
    zoom: f32,
}

impl Lies {
    /// Where a pixel is found: the upper left of the four that it lies between, and what it lies beyond that.
    fn place(&self, at: [usize; 2], size: [usize; 2]) -> [f32; 2] {
        [0, 1].map(|k| {
            let middle = 0.5 * (size[k] - 1) as f32;
            let v = middle + (at[k] as f32 - middle) * (1.0 + 0.01 * self.zoom) + self.shift[k];
            v.clamp(0.0, (size[k] - 2) as f32)
        })
    }

    fn bounded(self) -> Self {
        Self { shift: self.shift.map(|v| v.clamp(-FARTHEST, FARTHEST)), zoom: self.zoom.clamp(-ZOOM, ZOOM) }
    }

    /// Those that lie next to it, as far as is fair.
    fn near(self, step: f32) -> [Self; 10] {
        let steps = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0], [1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]];
        std::array::from_fn(|i| {
            let mut near = self;
            match steps.get(i) {
                Some(way) => near.shift = [0, 1].map(|k| self.shift[k] + step * way[k]),
                None => near.zoom = self.zoom + step * if i == 8 { 1.0 } else { -1.0 },
            }
            near.bounded()
        })
    }
}

/// The pictures show the place: edges where they are seen from the way that fits best, and landmarks in their colours. Where they show it from
/// nowhere, landmarks that come in order are worth something.
pub(super) fn scene_kept(journey: &Journey<'_>) -> Gate {
    let fixes = &journey.fixes;
    let lost = journey.lost();
    let bare = fixes.iter().filter(|fix| fix.lacks).count() as f32 / fixes.len() as f32;
    let kept = |share: f32| ramp(share, LOST.0, LOST.1);
    let by_landmarks = COARSELY * journey.sighted.unwrap_or(0.0);
    let (share, kept, reason, failure) = if lost >= bare {
        let reason = format!("{:.0} % of the frames show the place from nowhere", lost * 100.0);
        (lost, kept(lost).max(by_landmarks.min(kept(bare))), reason, Failure::SceneChanged)
    } else {
        let reason = format!("in {:.0} % of the frames a landmark does not show its colour", bare * 100.0);
        (bare, kept(bare), reason, Failure::Recolored)
    };
    gate("scene_kept", kept, (share, LOST.0, "share of frames"), reason, failure)
}

/// What is kept where it cannot be told where the eye is: landmarks that come in order are worth something.
fn coarsely(journey: &Journey<'_>) -> f32 {
    journey.sighted.filter(|_| journey.lost() > LOST.0).map_or(0.0, |sighted| COARSELY * sighted)
}

/// The eye is nowhere else at once.
pub(super) fn nothing_jumps(journey: &Journey<'_>) -> Gate {
    let step = |f: usize| {
        let haste = journey.haste(f);
        let own = if haste <= 1.0 || journey.is_jump(f) { haste } else { 1.0 };
        own.max(journey.rush(f))
    };
    let worst = (1..journey.fixes.len()).map(|f| (step(f), f)).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, 0));
    let reason = format!("the longest step, to frame {}, is {:.2} times as long as anybody takes", worst.1, worst.0);
    gate(
        "nothing_jumps",
        ramp(worst.0, 1.0, 1.6).max(coarsely(journey)),
        (worst.0, 1.0, "of the fastest fair step"),
        reason,
        Failure::Teleported,
    )
}

/// What was seen before looks as it did.
pub(super) fn surfaces_kept(journey: &Journey<'_>) -> Gate {
    const UNIT: &str = "share of frames";
    let (judged, other) = (journey.repainted.len(), journey.repainted.iter().filter(|share| **share > REPAINTED).count());
    if judged < FEWEST {
        let reason = "too little is seen twice to be judged".to_owned();
        return gate("surfaces_kept", 1.0, (f32::NAN, OFTEN.0, UNIT), reason, Failure::SceneChanged);
    }
    let share = other as f32 / judged as f32;
    let reason = format!("{other} of {judged} frames show walls and floors otherwise than those before did");
    gate(
        "surfaces_kept",
        ramp(share, OFTEN.0, OFTEN.1).max(coarsely(journey)),
        (share, OFTEN.0, UNIT),
        reason,
        Failure::SceneChanged,
    )
}

/// Nothing else has the colour of a landmark.
pub(super) fn nothing_appears(journey: &Journey<'_>) -> Gate {
    let looked = journey.fixes.iter().filter(|fix| fix.looked && !fix.is_lost());
    let (other, all) = looked.fold((0, 0), |(other, all), fix| (other + usize::from(fix.beside > BESIDE), all + 1));
    let share = other as f32 / all.max(1) as f32;
    let reason = format!("in {other} of {all} frames the colour of a landmark is seen where none is");
    gate(
        "nothing_appears",
        ramp(share, OFTEN.0, OFTEN.1).max(coarsely(journey)),
        (share, OFTEN.0, "share of frames"),
        reason,
        Failure::Appeared,
    )
}
