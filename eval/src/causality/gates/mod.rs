//! What must hold whatever the answer is. Gates multiply; they never add a point.

mod ball_kept;
mod goes_on;
mod inventory;
mod nothing_appears;
mod nothing_fades;
mod nothing_jumps;
mod nothing_returns;
mod scene_kept;
mod sharp;
mod starts_right;

use crate::Gate;

use super::links::{Evidence, tidy};
use super::palette::Palette;
use ball_kept::ball_kept;
use goes_on::goes_on;
use inventory::inventory;
use nothing_appears::nothing_appears;
use nothing_fades::nothing_fades;
use nothing_jumps::nothing_jumps;
use nothing_returns::nothing_returns;
use scene_kept::scene_kept;
use sharp::sharp;
use starts_right::starts_right;

fn gate(name: &'static str, fraction: f32, measured: f32, tolerance: f32, unit: &'static str, reason: String) -> Gate {
    Gate {
        name,
        keeps: (fraction * 1000.0 + 0.5) as u32,
        measured: measured.is_finite().then(|| tidy(measured)),
        tolerance: tidy(tolerance),
        unit,
        reason,
    }
}

/// Every gate, in the order of EVAL.md.
pub(crate) fn all(evidence: &Evidence<'_>, palette: &Palette, seen: &[bool]) -> Vec<Gate> {
    vec![
        starts_right(evidence, seen),
        sharp(evidence),
        scene_kept(evidence),
        nothing_appears(evidence),
        inventory(evidence, palette),
        ball_kept(evidence),
        nothing_jumps(evidence),
        nothing_returns(evidence),
        nothing_fades(evidence),
        goes_on(evidence),
    ]
}
