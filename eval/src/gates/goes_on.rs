//! What the event sets going does not stop in mid-air.

use crate::picture::difference;
use crate::{Failure, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::grading::ramp;

const NAME: &str = "goes_on";
const UNIT: &str = "share of frames";
/// Sum over the channels from which a softened pixel is another than in the frame before.
const STEP: u32 = 24;
/// Share of the pixels that should change by the truth, below which a picture stands still. What moves may look like what it uncovers.
const STILL: f32 = 0.1;
/// Frames of the truth that a movement may come early or late.
const SLACK: f32 = 2.0;
/// How long a slow movement has to show itself, seconds.
const WINDOW: f32 = 0.13;
/// Least part of the area of what matters that changes meanwhile.
const LEAST: f32 = 0.12;
/// Shares of the frames that may stand still, and from which on nothing is kept.
const FROZEN: (f32, f32) = (0.08, 0.25);

/// The share of the frames in which the truth moves and the candidate stands still.
pub(super) fn goes_on(seen: &Analysis<'_>) -> Gate {
    let (maps, watch, clock) = (&seen.maps, &seen.watch, &seen.clock);
    let frames = watch.soft.len();
    let steps = |truth: f32| ((truth / clock.rate.max(1e-3)) as usize).max(1);
    let (window, slack) = (steps(WINDOW * maps.fps + 0.5), steps(SLACK));
    let stage: Vec<usize> = (0..maps.width * maps.height).filter(|&at| watch.stage[at] && !seen.free[at]).collect();
    let changed: Vec<u32> = (window..frames)
        .map(|f| {
            let (before, now) = (&watch.soft[f - window].rgb, &watch.soft[f].rgb);
            let pixel = |at: usize| 3 * at..3 * at + 3;
            stage.iter().filter(|&&at| difference(&before[pixel(at)], &now[pixel(at)]) >= STEP).count() as u32
        })
        .collect();
    let at = |frame: usize| (clock.truth(frame, maps) + 0.5) as usize;
    let wanted = |f: usize| {
        let (before, now) = (maps.map(at(f)), maps.map(at(f + window)));
        stage.iter().filter(|&&at| before[at] != now[at]).count() as u32
    };
    let least = LEAST * seen.measure();
    let (mut judged, mut still) = (0_u32, 0_u32);
    for f in 0..changed.len() {
        let wanted = if clock.raw(f) > seen.event() { wanted(f) as f32 } else { 0.0 };
        if wanted < least {
            continue;
        }
        let most = changed[f.saturating_sub(slack)..(f + slack + 1).min(changed.len())].iter().max().copied().unwrap_or(0);
        judged += 1;
        still += u32::from((most as f32) < STILL * wanted);
    }
    if judged < 3 {
        return gate(
            NAME,
            1.0,
            (f32::NAN, FROZEN.0, UNIT),
            "too little moves after the event to be judged".into(),
            Failure::Frozen,
        );
    }
    let share = still as f32 / judged as f32;
    let reason = format!("nothing moves in {still} of {judged} frames after the event in which something should");
    gate(NAME, ramp(share, FROZEN.0, FROZEN.1), (share, FROZEN.0, UNIT), reason, Failure::Frozen)
}
