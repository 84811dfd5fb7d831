//! Refuses hyper-parameters that leave no answer, before anything is drawn.

use raytruth_task::{DialValue, Dials, Difficulty};

use crate::{family, paint};

pub(crate) fn check(difficulty: Difficulty, dials: &Dials) -> Result<(), String> {
    let int = |name: &str| match dials.0.get(name) {
        Some(DialValue::Int { lo, hi }) => (*lo, *hi),
        _ => (0, 0),
    };
    let most = family::most_swaps(difficulty) as i64;
    let (_, swaps) = int("swaps");
    if swaps > most {
        return Err(format!(
            "`swaps` must be at most {most}, as more do not fit into the {} s of {} problems; it is {swaps}",
            family::seconds(difficulty),
            difficulty.name()
        ));
    }
    // Rings, what they are on and the ball: each has a colour of its own.
    let rings = matches!(dials.0.get("cup_marks"), Some(DialValue::Choice(marks)) if marks.iter().any(|mark| mark == "rings"));
    let (_, cups) = int("cups");
    if rings && cups as usize + 2 > paint::COUNT {
        return Err(format!(
            "`cups` must be at most {}, as there are no more colours for `cup_marks=rings`; it is {cups}",
            paint::COUNT - 2
        ));
    }
    Ok(())
}
