//! Things move to their ends; they do not dissolve into them.

use crate::picture::difference;
use crate::{Drift, Failure, Frame, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::grading::ramp;

const NAME: &str = "nothing_fades";
const UNIT: &str = "share of windows";
/// Steps of a window.
const STEPS: usize = 4;
/// Sum over the channels by which a softened pixel must change within a window to be looked at.
const CHANGED: u32 = 60;
/// The same in frames whose drift was undone: what is a part of a pixel beside its place changes edges by as much.
const CHANGED_IN_DRIFT: u32 = 120;
/// A pixel fades where each step is between these shares of an even one. A thing that passes changes it at once.
const EVEN: std::ops::Range<f32> = 0.4..2.2;
/// Share of the changed pixels that fade, from which a window shows a dissolve. In 67 truths, soft shadows and slow balls made 0.58 at
/// most in a single window and 0.05 mostly; in a dissolve it is all of them.
const DISSOLVE: f32 = 0.7;
/// Share of the windows up to which all is kept, and from which nothing is. A dissolve within four frames makes 0.17.
const WINDOWS: (f32, f32) = (0.1, 0.2);
/// So many windows are few: a dissolve of 0.4 s makes three and more in a clip of 16 frames a second.
const FEW: u32 = 12;
/// Least number of pixels that must change, as a share of the measure: a coarse codec refreshes single blocks in small steps.
const LEAST: f32 = 0.2;

/// The share of the windows after the event, of those in which anything changes, that show a dissolve.
#[must_use]
pub fn nothing_fades(seen: &Analysis<'_>) -> Gate {
    let (clock, soft) = (&seen.clock, &seen.watch.soft);
    let least = (LEAST * seen.measure()).max(12.0);
    // As long as four frames of the truth at least: in slow motion an edge takes its time to pass a pixel, too.
    let stride = (1.0 / clock.rate.max(1e-3)).clamp(1.0, 16.0);
    let at = |first: usize, step: usize| first + (step as f32 * stride + 0.5) as usize;
    let windows = (0..soft.len()).filter(|&f| clock.raw(f) >= seen.event() && at(f, STEPS) < soft.len());
    let skipped: Vec<bool> = seen.watch.stage.iter().zip(&seen.free).map(|(stage, free)| !*stage || *free).collect();
    let (mut judged, mut fading) = (0_u32, 0_u32);
    for first in windows {
        let frames: [&Frame; STEPS + 1] = std::array::from_fn(|step| &soft[at(first, step)]);
        let drifts = (first..=at(first, STEPS)).any(|f| seen.footage.drift[f] != Drift::NONE);
        let (changed, fades) = count(&frames, &skipped, if drifts { CHANGED_IN_DRIFT } else { CHANGED });
        if changed as f32 >= least {
            judged += 1;
            fading += u32::from(fades as f32 >= DISSOLVE * changed as f32);
        }
    }
    if judged < 3 {
        let reason = "too little changes after the event to be judged".to_owned();
        return gate(NAME, 1.0, (f32::NAN, WINDOWS.0, UNIT), reason, Failure::Dissolved);
    }
    // At few frames a second there are few: a single one, which a strong codec can make, is forgiven.
    let share = fading.saturating_sub(u32::from(judged < FEW)) as f32 / judged as f32;
    let reason =
        format!("the picture dissolves in {fading} of {judged} windows of {STEPS} frames after the event in which it changes");
    gate(NAME, ramp(share, WINDOWS.0, WINDOWS.1), (share, WINDOWS.0, UNIT), reason, Failure::Dissolved)
}

/// How many pixels change by so much at least within a window, and how many of them in even steps.
fn count(frames: &[&Frame; STEPS + 1], skipped: &[bool], least: u32) -> (u32, u32) {
    let (mut changed, mut fades) = (0, 0);
    let ends = frames[0].rgb.chunks_exact(3).zip(frames[STEPS].rgb.chunks_exact(3));
    // Most pixels leave at the first condition, so that is the cheap one.
    for (at, (first, last)) in ends.enumerate().filter(|(_, (a, b))| difference(a, b) >= least) {
        if skipped[at] {
            continue;
        }
        let pixel = |frame: usize| &frames[frame].rgb[at * 3..at * 3 + 3];
        changed += 1;
        let way = |from: &[u8], to: &[u8]| [0, 1, 2].map(|c| i32::from(to[c]) - i32::from(from[c]));
        let whole = way(first, last);
        let square: i32 = whole.iter().map(|w| w * w).sum();
        let even = (0..STEPS).all(|step| {
            let part = way(pixel(step), pixel(step + 1));
            let along: i32 = part.iter().zip(whole).map(|(p, w)| p * w).sum();
            EVEN.contains(&((STEPS as i32 * along) as f32 / square as f32))
        });
        fades += u32::from(even);
    }
    (changed, fades)
}
