//! Hyper-parameters by difficulty.

use raytruth_task::{Dial, DialValue, Dials, Difficulty};

use crate::catalog;

pub(crate) fn dials(difficulty: Difficulty) -> Vec<Dial> {
    let (fingers, spacing) = match difficulty {
        Difficulty::Easy => (1, 20.0),
        Difficulty::Medium => (2, 20.0),
        Difficulty::Hard => (3, 16.0),
    };
    let own = catalog::names(difficulty);
    let most = catalog::most_crossings(difficulty) as i64;
    vec![
        Dial::choice("links", "Knots and links that may stand on the plinths.", own, &catalog::ALL),
        Dial::int("most_crossings", "Crossings that a panel shows at most.", most..=most, 6..=12),
        Dial::int(
            "fingers",
            "Where strands are drawn out of each other: how often; each adds two crossings.",
            fingers..=fingers,
            1..=3,
        ),
        Dial::real(
            "spacing_px",
            "Least distance of two crossings in a picture of 480 pixels height, pixels.",
            spacing..=spacing,
            12.0..=30.0,
        ),
    ]
}

/// # Errors
/// A sentence if dials leave no pair of links.
pub(crate) fn check(dials: &Dials) -> Result<(), String> {
    let names = match dials.0.get("links") {
        Some(DialValue::Choice(names)) => names.len(),
        _ => 0,
    };
    if names < 2 {
        return Err("`links` must name two at least: one shows the rule, another is to be changed".to_owned());
    }
    Ok(())
}
