//! What the event has moved away does not stand where it stood again.

use crate::{Failure, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::analysis::follow::Follow;
use crate::grading::ramp;

/// Share of a first place below which its target has left it, for two frames.
const LEFT: f32 = 0.5;
/// Share from which it is back.
const BACK: f32 = 0.85;
/// Frames of the truth that a fair outcome may be late.
const SLACK: f32 = 8.0;

/// A clip that runs on, back and on again shows the right events in the right order, and one of them twice.
pub(super) fn nothing_returns(seen: &Analysis<'_>) -> Gate {
    let mut worst = (0.0_f32, "nothing returns".to_owned());
    for follow in seen.follows.iter().filter(|f| f.has_core) {
        let back = back(seen, follow) as f32 * seen.clock.rate.min(1.0);
        if back > worst.0 {
            worst =
                (back, format!("{} stands in its first place again for {back:.0} frames", seen.maps.things[follow.thing].name));
        }
    }
    gate("nothing_returns", ramp(worst.0, 1.0, 4.0), (worst.0, 1.0, "frames"), worst.1, Failure::Reset)
}

/// Frames in which a target is back where, by the truth, it never is again.
fn back(seen: &Analysis<'_>, follow: &Follow) -> usize {
    let kept: Vec<f32> = follow.looks.iter().map(|look| look.kept).collect();
    let Some(left) = kept.windows(2).position(|pair| pair[0].max(pair[1]) < LEFT) else { return 0 };
    let never = |frame: usize| {
        let from = (seen.clock.truth(frame, &seen.maps) - SLACK).max(0.0) as usize;
        follow.wanted_kept[from..].iter().all(|&wanted| wanted < 0.6)
    };
    (left + 2..kept.len()).filter(|&frame| kept[frame] > BACK && never(frame)).count()
}
