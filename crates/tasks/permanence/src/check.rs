//! Refuses hyper-parameters that leave no answer, before anything is drawn.

use raytruth_task::dress::Paint;
use raytruth_task::{DialValue, Dials, Difficulty};

use crate::family;

pub(crate) fn check(difficulty: Difficulty, dials: &Dials) -> Result<(), String> {
    let (seconds, name) = (family::seconds(difficulty), difficulty.name());
    let most = |dial: &str, most: i64, why: &str| match dials.ints(dial) {
        (_, hi) if hi > most => Err(format!("`{dial}` must be at most {most}, as {why}; it is {hi}")),
        _ => Ok(()),
    };
    let fits = format!("more do not fit into the {seconds} s of {name} problems");
    most("swaps", family::most_swaps(difficulty) as i64, &fits)?;
    most("cart_swaps", family::most_cart_swaps(difficulty) as i64, &fits)?;
    let is_hard = difficulty == Difficulty::Hard;
    most("boxes", if is_hard { 4 } else { 3 }, &fits)?;
    most("wall_changes", if is_hard { 2 } else { 1 }, &fits)?;
    // Rings, what they are on and the ball: each has a colour of its own.
    let rings = matches!(dials.0.get("cover_marks"), Some(DialValue::Choice(marks)) if marks.iter().any(|mark| mark == "rings"));
    if rings {
        let colors = "there are no more colours for `cover_marks=rings`";
        most("cups", Paint::COUNT as i64 - 2, colors)?;
        most("carts", Paint::COUNT as i64 - 2, colors)?;
    }
    let (places, changes) = (dials.ints("places").1 as usize, dials.ints("wall_changes").1 as usize);
    let (slope, radius) = (dials.reals("slope_deg").0, dials.reals("ball_radius_mm").1 * 1e-3);
    let time = |slope: f64| family::spare(difficulty, places, changes, slope, radius);
    if time(slope) < 0.0 {
        let least = (0..100).map(|i| slope + 0.1 * f64::from(i)).find(|&slope| time(slope) >= 0.0).unwrap_or(slope);
        return Err(format!(
            "`slope_deg` must be at least {least:.1}, or `places` less than {places}, as the ball does not come to rest in the {seconds} s of \
             {name} problems; it is {slope:.1}"
        ));
    }
    Ok(())
}
