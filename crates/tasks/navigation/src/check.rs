//! Refuses hyper-parameters that leave no way, before anything is drawn.

use raytruth_task::{Dials, Difficulty};

use crate::dials::lengths;

pub(crate) fn check(difficulty: Difficulty, dials: &Dials) -> Result<(), String> {
    let name = difficulty.name();
    let (least, most) = dials.ints("decisions");
    let fits = if difficulty == Difficulty::Hard { 5 } else { 3 };
    if most > fits {
        return Err(format!("`decisions` must be at most {fits}, as {name} problems are no longer; it is {most}"));
    }
    // A cell for each decision, and those at the ends.
    let longest = f64::from(*lengths(difficulty).end());
    for family in ["maze", "plaza"] {
        let pitch = dials.reals(&format!("{family}_pitch_m"));
        if least as f64 * pitch.0 > longest {
            return Err(format!(
                "`decisions` must be at most {}, as {name} walks are at most {longest} m and `{family}_pitch_m` is {:.2}; it is {least}",
                (longest / pitch.0) as i64,
                pitch.0
            ));
        }
    }
    Ok(())
}
