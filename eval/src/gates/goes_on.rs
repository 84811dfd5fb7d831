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

/// The share of the frames in which the truth moves and the candidate stands still.
pub(super) fn goes_on(seen: &Analysis<'_>) -> Gate {
    let (maps, watch, clock) = (&seen.maps, &seen.watch, &seen.clock);
    let frames = watch.soft.len();
    let changed: Vec<u32> = (1..frames)
        .map(|f| {
            let pairs = watch.soft[f - 1].rgb.chunks_exact(3).zip(watch.soft[f].rgb.chunks_exact(3));
            let looked_at = watch.stage.iter().zip(&seen.free);
            pairs.zip(looked_at).filter(|((a, b), (stage, free))| **stage && !**free && difference(a, b) >= STEP).count() as u32
        })
        .collect();
    let at = |frame: usize| (clock.truth(frame, maps) + 0.5) as usize;
    let wanted = |f: usize| {
        let (before, now) = (maps.map(at(f)), maps.map(at(f + 1)));
        before.iter().zip(now).zip(&seen.free).filter(|((a, b), free)| a != b && !**free).count() as u32
    };
    let least = 0.25 * seen.measure();
    let slack = ((SLACK / clock.rate.max(1e-3)) as usize).max(1);
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
        return gate(NAME, 1.0, (f32::NAN, 0.2, UNIT), "too little moves after the event to be judged".into(), Failure::Frozen);
    }
    let share = still as f32 / judged as f32;
    let reason = format!("nothing moves in {still} of {judged} frames after the event in which something should");
    gate(NAME, ramp(share, 0.2, 0.45), (share, 0.2, UNIT), reason, Failure::Frozen)
}
