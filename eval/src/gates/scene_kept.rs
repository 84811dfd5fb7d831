//! Camera and background stay as they are.

use crate::{Failure, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::grading::ramp;

/// Camera and background stay as they are.
pub(super) fn scene_kept(seen: &Analysis<'_>) -> Gate {
    let watch = &seen.watch;
    let mut shares: Vec<f32> = (0..seen.frames()).map(|frame| watch.background_changed(frame)).collect();
    shares.sort_by(f32::total_cmp);
    // A tenth of the frames may flicker; a cut or a wandering camera lasts longer.
    let share = shares[(shares.len() * 9 / 10).min(shares.len() - 1)];
    gate(
        "scene_kept",
        ramp(share, 0.03, 0.10),
        (share, 0.03, "share of pixels"),
        format!("{:.1} % of the background changes", share * 100.0),
        Failure::SceneChanged,
    )
}
