//! Hyper-parameters by difficulty.

use raytruth_task::{Dial, DialValue, Dials, Difficulty};

use crate::piece::Kind;

pub(crate) fn dials(difficulty: Difficulty) -> Vec<Dial> {
    let apart = match difficulty {
        Difficulty::Easy => 105.0,
        Difficulty::Medium => 55.0,
        Difficulty::Hard => 42.0,
    };
    let by = |easy, medium, hard| match difficulty {
        Difficulty::Easy => easy,
        Difficulty::Medium => medium,
        Difficulty::Hard => hard,
    };
    let all = Kind::ALL.map(Kind::name);
    let kinds: &[&str] = match difficulty {
        Difficulty::Easy => &["mirror"],
        Difficulty::Medium => &["mirror", "convex_mirror", "slab", "prism", "right_angle_prism"],
        Difficulty::Hard => &all,
    };
    let curves: &[&str] = match difficulty {
        Difficulty::Easy => &["flat"],
        Difficulty::Medium => &["flat", "convex"],
        Difficulty::Hard => &["flat", "convex", "concave"],
    };
    let liquid = if difficulty == Difficulty::Hard { (1.36, 1.48) } else { (1.33, 1.33) };
    const SUNKEN: [&str; 3] = ["coin", "straw", "marker"];
    let sunken: &[&str] = match difficulty {
        Difficulty::Easy => &["coin"],
        Difficulty::Medium => &["coin", "straw"],
        Difficulty::Hard => &SUNKEN,
    };
    const GLASSES: [&str; 6] = ["ball", "convex_lens", "concave_lens", "block", "upright_rod", "level_rod"];
    let glasses: &[&str] = match difficulty {
        Difficulty::Easy => &["ball", "block"],
        Difficulty::Medium => &["ball", "convex_lens", "concave_lens", "block"],
        Difficulty::Hard => &GLASSES,
    };
    vec![
        Dial::int("optics", "Mirrors, prisms and other things that turn the beam.", by(1..=1, 2..=2, 3..=4), 1..=4),
        Dial::choice("optic_kinds", "What they may be.", kinds, &all),
        Dial::int("detectors", "Detectors on the bench.", by(2..=2, 3..=3, 4..=4), 2..=4),
        Dial::real(
            "apart_mm",
            "Least distance of two detectors from middle to middle in the picture, millimetres of the bench.",
            apart..=apart,
            36.0..=120.0,
        ),
        Dial::real("n", "Index of refraction of all glass; rounded to hundredths.", 1.48..=1.7, 1.3..=1.9),
        Dial::int("screens", "Screens in a row.", by(2..=2, 3..=3, 4..=4), 2..=4),
        Dial::choice("mirrors", "How the mirror may be curved.", curves, &["flat", "convex", "concave"]),
        Dial::int("posts", "Posts with a ball that stand in the open.", by(1..=1, 1..=2, 2..=2), 0..=2),
        Dial::int("pegs", "Pairs of pegs between which the bar may stop.", by(3..=3, 3..=3, 4..=4), 3..=4),
        Dial::real("depth_mm", "Depth of the liquid, millimetres.", 92.0..=104.0, 85.0..=110.0),
        Dial::real("liquid_n", "Index of refraction of the liquid; rounded to hundredths.", liquid.0..=liquid.1, 1.3..=1.5),
        Dial::choice("sunken", "What may lie in the liquid.", sunken, &SUNKEN),
        Dial::choice("glasses", "What the card may be seen through.", glasses, &GLASSES),
    ]
}

/// # Errors
/// A sentence if dials leave no problem.
pub(crate) fn check(dials: &Dials) -> Result<(), String> {
    let only = |name: &str, kind: Kind| match dials.0.get(name) {
        Some(DialValue::Choice(names)) => names.iter().all(|n| n == kind.name()),
        _ => false,
    };
    // A beam stays within what turns light if that is too weak.
    let thin = matches!(dials.0.get("n"), Some(DialValue::Real { lo, .. }) if *lo < 1.46);
    if only("optic_kinds", Kind::RightAngle) && thin {
        return Err("`n` must be at least 1.46 for right-angle prisms to reflect all light from within".to_owned());
    }
    // Each makes errors of a reading larger, so that after three next to no bench is clear.
    let many = matches!(dials.0.get("optics"), Some(DialValue::Int { hi, .. }) if *hi > 2);
    if only("optic_kinds", Kind::Convex) && many {
        return Err("`optics` must be at most 2 if all mirrors are convex: more lead nowhere clearly".to_owned());
    }
    Ok(())
}
