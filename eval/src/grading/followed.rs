//! Things that go their known ways.

use crate::analysis::course::mean_of_worst;
use crate::analysis::{Analysis, Follow};

use super::{Link, ramp};

/// How far a thing may be from where it should be, longer sides of the picture; and what is worth nothing, tolerances.
const TOLERANCE: f32 = 0.02;
const NOTHING: f32 = 2.5;
/// One frame in so many is among the worst.
const WORST: usize = 5;

/// How far the farthest of some things is from where it should be, in the worst fifth of the frames between two moments of the truth.
pub(crate) fn followed(seen: &Analysis<'_>, things: &[&Follow], first: f32, last: f32, what: &str) -> Link {
    let tolerance = seen.of_width(TOLERANCE);
    let none = NOTHING * tolerance;
    let farthest = |frame| things.iter().map(|follow| seen.astray(follow, frame).unwrap_or(none)).fold(0.0, f32::max);
    let errors: Vec<f32> = seen.between(first, last).map(farthest).collect();
    let is_seen = !errors.is_empty();
    let worst = mean_of_worst(errors, WORST).unwrap_or(none);
    Link {
        fraction: if is_seen { ramp(worst, tolerance, none) } else { 0.0 },
        measured: is_seen.then_some(worst),
        tolerance,
        unit: "pixels",
        reason: format!("how far {what} from where it should be, in the worst fifth of the frames"),
    }
}
