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
        Dial::choice("cover_marks", "What cups, or boxes over carts, can be told apart by.", marks, &["colors", "rings", "none"]),
        Dial::choice("cup_forms", "Which cups.", &["tumbler", "mug"], &["tumbler", "mug"]),
        Dial::int("carts", "Carts in the row.", by(3..=3, 3..=3, 3..=4), 3..=4),
        Dial::int(
            "cart_swaps",
            "Swaps of two carts, one after the other. Where the ball is taken from cart to cart too, one fewer, but one at least.",
            by(1..=1, 1..=2, 4..=6),
            1..=6,
        ),
        Dial::int("boxes", "Boxes in the row that the board slides past.", by(3..=3, 3..=3, 4..=4), 3..=4),
        Dial::int(
            "idle_swaps",
            "Swaps behind the board, or of boxes without the ball, beside those that the answer needs.",
            by(0..=0, 0..=1, 0..=2),
            0..=2,
        ),
        Dial::int("places", "Places along the track at which a wall may stand.", by(3..=3, 3..=4, 4..=5), 3..=5),
        Dial::int(
            "wall_changes",
            "Walls that arms set across the track or pull off it; fewer where that may not change what the ball meets and there is no room beyond it.",
            by(1..=1, 1..=1, 2..=2),
            1..=2,
        ),
        Dial::real("slope_deg", "Slope of the track, degrees.", 5.5..=7.0, 4.0..=8.0),
        Dial::real("ball_radius_mm", "Radius of the ball, millimetres.", 25.0..=28.0, 24.0..=29.0),
    ]
}
