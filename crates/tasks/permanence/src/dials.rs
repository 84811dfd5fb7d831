//! Hyper-parameters by difficulty.

use raytruth_task::{Dial, Difficulty};

pub(crate) fn dials(difficulty: Difficulty) -> Vec<Dial> {
    let by = |easy, medium, hard| match difficulty {
        Difficulty::Easy => easy,
        Difficulty::Medium => medium,
        Difficulty::Hard => hard,
    };
    let marks: &[&str] = match difficulty {
        Difficulty::Easy => &["colors"],
        Difficulty::Medium => &["rings"],
        Difficulty::Hard => &["none"],
    };
    vec![
        Dial::int("cups", "Cups in the row.", by(3..=3, 3..=4, 4..=5), 3..=5),
        Dial::int(
            "swaps",
            "Swaps of two cups, one after the other. Where the ball is pushed from cup to cup too, two fewer, but one at least.",
            by(1..=1, 2..=3, 4..=6),
            1..=6,
        ),
        Dial::choice("cup_marks", "What cups can be told apart by.", marks, &["colors", "rings", "none"]),
        Dial::choice("cup_forms", "Which cups.", &["tumbler", "mug"], &["tumbler", "mug"]),
        Dial::real("ball_radius_mm", "Radius of the ball, millimetres.", 25.0..=28.0, 22.0..=29.0),
    ]
}
