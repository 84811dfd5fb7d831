//! When what happens.

use raytruth_task::{ByDifficulty, Difficulty};

/// All is at rest, seconds.
pub(crate) const SECONDS: ByDifficulty<f64> = ByDifficulty { easy: 5.0, medium: 5.0, hard: 9.5 };
/// Nothing has begun yet, seconds.
const BEGINS: f64 = 0.35;
/// All has happened so long before the end, seconds.
const RESTS: f64 = 0.5;

/// When the change begins and ends, seconds.
pub(crate) fn change(difficulty: Difficulty) -> (f64, f64) {
    (BEGINS, SECONDS.at(difficulty) - RESTS)
}

/// How much of the change is done at a time, 0 to 1.
pub(crate) fn share(difficulty: Difficulty, seconds: f64) -> f64 {
    let (begin, end) = change(difficulty);
    ((seconds - begin) / (end - begin)).clamp(0.0, 1.0)
}
