//! The picture is not blurred away.

use crate::{Failure, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::grading::ramp;

const UNIT: &str = "share lost";

/// The picture is not blurred away.
pub(super) fn sharp(seen: &Analysis<'_>) -> Gate {
    let watch = &seen.watch;
    let mut values = watch.sharpness.clone();
    values.sort_by(f32::total_cmp);
    let typical = values.get(values.len() / 4).copied().unwrap_or(0.0);
    if watch.sharpness_wanted < 0.05 {
        let reason = "the scene itself has no edges to judge by".to_owned();
        return gate("sharp", 1.0, (f32::NAN, 0.7, UNIT), reason, Failure::Blurred);
    }
    let lost = 1.0 - (typical / watch.sharpness_wanted).min(1.0);
    gate(
        "sharp",
        ramp(lost, 0.7, 0.88),
        (lost, 0.7, UNIT),
        format!("{:.0} % of the background's edges are lost", lost * 100.0),
        Failure::Blurred,
    )
}
