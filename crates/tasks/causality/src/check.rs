//! Hyper-parameters that leave no answer, found before anything is drawn.

use raytruth_eval::causality::Family;
use raytruth_task::{DialValue, Dials};

use crate::ball::{BALLS, Ball};
use crate::block;
use crate::choice::far;
use crate::family::{CROSSES, FALLS, TOPPLES, UPPER_BLOCKS, upper_of};

/// # Errors
/// A sentence that names the hyper-parameter.
pub(crate) fn check(dials: &Dials) -> Result<(), String> {
    balls(names(dials, "ball_materials"))?;
    pair(names(dials, "pair_materials"), lowest(dials, "pair_density_ratio"))?;
    upper(dials)?;
    Ok(())
}

/// If towers are to be struck at an upper block alone, some are low and light enough for that.
fn upper(dials: &Dials) -> Result<(), String> {
    if names(dials, "strike_at").iter().any(|at| at != "upper") {
        return Ok(());
    }
    let (least, materials) = (lowest(dials, "tower_blocks"), names(dials, "tower_materials"));
    if least > UPPER_BLOCKS as f64 {
        return Err(format!(
            "strike_at is upper alone, and tower_blocks begins at {least}: a tower of more than {UPPER_BLOCKS} blocks is struck at its bottom"
        ));
    }
    if !block::densities(materials).into_iter().any(upper_of) {
        let materials = materials.join("|");
        return Err(format!(
            "strike_at is upper alone, and tower_materials {materials}: such heavy blocks are struck at the bottom"
        ));
    }
    Ok(())
}

/// Three outcomes of a row of dominoes need three balls, each so much heavier than the one before that it gives another class for certain, and
/// no more than what still counts as near; a tower needs two.
fn balls(allowed: &[String]) -> Result<(), String> {
    let of = |b: &Ball| allowed.iter().any(|name| name == b.name);
    let mut masses: Vec<f64> = BALLS.iter().filter(of).map(|b| libm::log(b.mass(1.0))).collect();
    masses.sort_by(f64::total_cmp);
    // Whether a limit fits between two balls that is near to both.
    let fits =
        |a: f64, b: f64, (below, above): (f64, f64), far: f64| (below + above..=below + above + 2.0 * far).contains(&(b - a));
    let pairs = || masses.iter().flat_map(|&a| masses.iter().map(move |&b| (a, b)));
    if !pairs().any(|(a, b)| fits(a, b, FALLS, far(Family::Tower))) {
        return Err(format!(
            "ball_materials is {}: a tower takes two, one {:.1} to {:.0} times as heavy as the other, for two outcomes",
            allowed.join("|"),
            libm::exp(FALLS.0 + FALLS.1),
            libm::exp(FALLS.0 + FALLS.1 + 2.0 * far(Family::Tower))
        ));
    }
    let far = far(Family::Dominoes);
    // The ball between need be near to one of the two limits only.
    let row = |(a, b): (f64, f64)| {
        let follows = |c: f64| c - b >= CROSSES.0 + CROSSES.1 && (fits(a, b, TOPPLES, far) || fits(b, c, CROSSES, far));
        b - a >= TOPPLES.0 + TOPPLES.1 && masses.iter().any(|&c| follows(c) && c - a >= LEAST_SPAN)
    };
    if pairs().any(row) {
        return Ok(());
    }
    Err(format!(
        "ball_materials is {}: it takes three, each {:.1} to {:.0} times as heavy as the one before, the last {:.0} times as heavy as the \
         first, for three outcomes",
        allowed.join("|"),
        libm::exp(TOPPLES.0 + TOPPLES.1),
        libm::exp(CROSSES.0 + CROSSES.1 + 2.0 * far),
        libm::exp(LEAST_SPAN)
    ))
}

/// The least ratio of masses by which a ball that topples nothing and one that topples all differ; its logarithm. Rows that were drawn have 9 and
/// more.
const LEAST_SPAN: f64 = 2.2;

/// Two blocks of a pair differ by a density.
fn pair(allowed: &[String], ratio: f64) -> Result<(), String> {
    let densities: Vec<f64> = block::densities(allowed);
    let (low, high) = densities.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &d| (low.min(d), high.max(d)));
    if high >= low * ratio {
        return Ok(());
    }
    Err(format!(
        "pair_materials is {}, and pair_density_ratio at least {ratio}: the densest of them is {:.1} times as dense as the lightest",
        allowed.join("|"),
        high / low
    ))
}

fn names<'a>(dials: &'a Dials, name: &str) -> &'a [String] {
    match dials.0.get(name) {
        Some(DialValue::Choice(names)) => names,
        _ => &[],
    }
}

fn lowest(dials: &Dials, name: &str) -> f64 {
    match dials.0.get(name) {
        Some(DialValue::Real { lo, .. }) => *lo,
        Some(DialValue::Int { lo, .. }) => *lo as f64,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use raytruth_task::Difficulty;

    use super::*;

    #[test]
    fn what_leaves_no_answer_is_refused_by_name() {
        let resolved = |difficulty, sets: &[&str]| {
            let sets: Vec<String> = sets.iter().map(|&s| s.to_owned()).collect();
            Dials::resolve(&crate::dials::dials(difficulty), None, &sets).expect("within their bounds")
        };
        for difficulty in Difficulty::ALL {
            check(&resolved(difficulty, &[])).expect("the defaults");
        }
        let refused = |sets: &[&str]| check(&resolved(Difficulty::Medium, sets)).expect_err("no answer");
        for balls in ["iron", "iron|steel|brass", "foam|iron", "foam|wood|iron", "wood|rubber|glass"] {
            let why = refused(&[&format!("ball_materials={balls}")]);
            assert!(why.starts_with("ball_materials is "), "{balls}: {why}");
        }
        check(&resolved(Difficulty::Medium, &["ball_materials=cork|wood|iron"])).expect("three balls that differ");
        assert!(refused(&["pair_materials=iron|brass"]).starts_with("pair_materials is iron|brass"));
        assert!(refused(&["strike_at=upper", "tower_blocks=5..6"]).contains("tower_blocks begins at 5"));
        assert!(refused(&["strike_at=upper", "tower_materials=concrete|iron"]).contains("tower_materials concrete|iron"));
        check(&resolved(Difficulty::Medium, &["strike_at=upper", "tower_blocks=4..6"])).expect("some have four blocks");
    }
}
