//! Refuses hyper-parameters that leave no answer, before anything is drawn.

use raytruth_task::{DialValue, Dials, Difficulty};

use crate::family;

pub(crate) fn check(difficulty: Difficulty, dials: &Dials) -> Result<(), String> {
    let int = |name: &str| match dials.0.get(name) {
        Some(DialValue::Int { lo, hi }) => (*lo, *hi),
        _ => (0, 0),
    };
    let most = family::most_swaps(difficulty) as i64;
    let (_, swaps) = int("swaps");
    if swaps > most {
        return Err(format!(
            "`swaps` must be at most {most}, as more do not fit into the {} s of an {} problem; it is {swaps}",
            family::seconds(difficulty),
            difficulty.name()
        ));
    }
    Ok(())
}
