//! Hyper-parameters by difficulty, and what follows from the difficulty alone.

use std::ops::RangeInclusive;

use raytruth_task::{ByDifficulty, Dial, Difficulty};

/// How long an easy or medium problem takes, and a hard one, seconds.
pub(crate) const SECONDS: (f64, f64) = (5.0, 9.5);

pub(crate) fn seconds(difficulty: Difficulty) -> f64 {
    if difficulty == Difficulty::Hard { SECONDS.1 } else { SECONDS.0 }
}

/// Lengths of a walk that suit its time, metres.
pub(crate) fn lengths(difficulty: Difficulty) -> RangeInclusive<f32> {
    if difficulty == Difficulty::Hard { 9.0..=13.0 } else { 4.0..=7.0 }
}

/// Turns by a right angle that suit its time.
pub(crate) fn turns(difficulty: Difficulty) -> RangeInclusive<usize> {
    if difficulty == Difficulty::Hard { 2..=4 } else { 1..=2 }
}

/// All turns together, degrees, and the fastest, degrees a second.
pub(crate) fn turning(difficulty: Difficulty) -> (f32, f32) {
    if difficulty == Difficulty::Hard { (400.0, 90.0) } else { (180.0, 75.0) }
}

pub(crate) fn dials(difficulty: Difficulty) -> Vec<Dial> {
    let by = |easy: RangeInclusive<i64>, medium, hard| ByDifficulty { easy, medium, hard }.at(difficulty).clone();
    let within = |easy: RangeInclusive<f64>, medium, hard| ByDifficulty { easy, medium, hard }.at(difficulty).clone();
    vec![
        Dial::choice("told", "How the way is told.", &["plan", "route"], &["plan", "route"]),
        Dial::int("decisions", "Choices on the way, straight on among them.", by(1..=2, 2..=3, 3..=5), 1..=5),
        Dial::int("maze_cells", "Cells of a maze along a side.", by(4..=4, 4..=5, 6..=6), 3..=7),
        Dial::real("maze_pitch_m", "From the middle of a cell of a maze to the next, metres.", 1.76..=1.88, 1.76..=2.2),
        Dial::int("maze_loops", "Openings of a maze beyond those that connect its cells.", by(1..=2, 2..=3, 2..=3), 1..=6),
        Dial::choice("maze_roof", "What is above a maze.", &["ceiling", "sky"], &["ceiling", "sky"]),
        Dial::int("rooms", "Rooms of a flat.", by(5..=5, 5..=6, 6..=7), 4..=7),
        Dial::int("room_loops", "Doorways of a flat beyond those that connect its rooms.", by(1..=2, 1..=2, 1..=2), 1..=3),
        Dial::real("flat_x_m", "Width of a flat, metres.", within(7.6..=9.2, 7.8..=9.8, 9.0..=10.4), 5.6..=10.4),
        Dial::real("flat_y_m", "Depth of a flat, metres.", within(7.2..=8.8, 7.4..=9.4, 8.8..=10.2), 5.6..=10.4),
        Dial::real("door_m", "Width of doorways, metres.", 0.95..=1.1, 0.9..=1.3),
        Dial::int("plaza_cells", "Cells of a plaza along a side.", by(4..=4, 4..=4, 4..=4), 3..=4),
        Dial::real("plaza_pitch_m", "From the middle of a cell of a plaza to the next, metres.", 2.59..=2.62, 2.58..=2.62),
        Dial::int("plaza_loops", "Openings of a plaza beyond those that connect its cells.", by(1..=2, 1..=2, 1..=3), 1..=4),
    ]
}
