//! Refuses hyper-parameters that leave no way, before anything is drawn.

use raytruth_task::{DialValue, Dials, Difficulty};

use crate::dials::lengths;

/// Largest extents of a place: a plan shows no more, metres.
const LARGEST: f64 = 10.5;

pub(crate) fn check(difficulty: Difficulty, dials: &Dials) -> Result<(), String> {
    let name = difficulty.name();
    let (least, most) = int(dials, "decisions");
    let fits = if difficulty == Difficulty::Hard { 5 } else { 3 };
    if most > fits {
        return Err(format!("`decisions` must be at most {fits}, as {name} problems are no longer; it is {most}"));
    }
    // A cell for each decision, and those at the ends.
    let longest = f64::from(*lengths(difficulty).end());
    for family in ["maze", "plaza"] {
        let (cells, pitch) = (int(dials, &format!("{family}_cells")), real(dials, &format!("{family}_pitch_m")));
        if family == "plaza" && cells.1 as f64 * pitch.1 > LARGEST {
            return Err(format!(
                "`plaza_pitch_m` must be at most {:.2}, as a plan shows {LARGEST} m; it is {:.2}",
                LARGEST / cells.1 as f64,
                pitch.1
            ));
        }
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

fn int(dials: &Dials, name: &str) -> (i64, i64) {
    match dials.0.get(name) {
        Some(DialValue::Int { lo, hi }) => (*lo, *hi),
        _ => (0, 0),
    }
}

fn real(dials: &Dials, name: &str) -> (f64, f64) {
    match dials.0.get(name) {
        Some(DialValue::Real { lo, hi }) => (*lo, *hi),
        _ => (0.0, 0.0),
    }
}
