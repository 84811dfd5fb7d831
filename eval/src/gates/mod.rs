//! What must hold whatever the task and its answer are. Gates multiply; they never add a point.

mod camera_kept;
mod goes_on;
mod inventory;
mod nothing_appears;
mod nothing_fades;
mod nothing_jumps;
mod nothing_returns;
mod overlay_kept;
mod scene_kept;
mod sharp;
mod starts_right;

pub use nothing_fades::nothing_fades;

use crate::analysis::Analysis;
use crate::grading::tidy;
use crate::{Failure, Gate};

/// A gate that keeps a fraction of the points: `failure` is what is wrong if it is not all.
pub(crate) fn gate(
    name: &'static str,
    fraction: f32,
    (measured, tolerance, unit): (f32, f32, &'static str),
    reason: String,
    failure: Failure,
) -> Gate {
    Gate {
        name,
        keeps: (fraction * 1000.0 + 0.5) as u32,
        measured: measured.is_finite().then(|| tidy(measured)),
        tolerance: tidy(tolerance),
        unit,
        reason,
        failure: (fraction < 1.0).then_some(failure),
    }
}

/// The gates that look at what a picture shows, in the order of EVAL.md.
#[must_use]
pub fn of_pictures(seen: &Analysis<'_>) -> Vec<Gate> {
    let mut gates = vec![
        starts_right::starts_right(seen),
        sharp::sharp(seen),
        camera_kept::camera_kept(seen),
        scene_kept::scene_kept(seen),
        nothing_appears::nothing_appears(seen),
        inventory::inventory(seen),
    ];
    gates.extend(overlay_kept::overlay_kept(seen));
    gates
}

/// The gates that look at how things go on, in the order of EVAL.md. `skip` is the task's own measure of a jump, in parts of what is fair;
/// 0 if it has none.
#[must_use]
pub fn of_motion(seen: &Analysis<'_>, skip: f32) -> Vec<Gate> {
    vec![
        nothing_jumps::nothing_jumps(seen, skip),
        nothing_returns::nothing_returns(seen),
        nothing_fades(seen),
        goes_on::goes_on(seen),
    ]
}
