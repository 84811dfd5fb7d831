//! Hyper-parameters by difficulty.

use raytruth_task::{Dial, Difficulty};

use crate::{ball, block};

pub(crate) fn dials(difficulty: Difficulty) -> Vec<Dial> {
    let by = |easy, medium, hard| match difficulty {
        Difficulty::Easy => easy,
        Difficulty::Medium => medium,
        Difficulty::Hard => hard,
    };
    let (balls, all_blocks) = (ball::names(), block::names());
    let ratio = match difficulty {
        Difficulty::Easy => 4.0,
        Difficulty::Medium => 2.5,
        Difficulty::Hard => 1.8,
    };
    // The closer two densities, the harder to say which block goes further.
    let blocks: &[&str] = match difficulty {
        Difficulty::Easy => &["wood", "brass", "iron", "cork"],
        Difficulty::Medium => &["wood", "brass", "iron", "concrete", "cork", "rubber"],
        Difficulty::Hard => &all_blocks,
    };
    vec![
        Dial::choice("ball_materials", "What the ball may be made of.", &balls, &balls),
        Dial::real("slope_deg", "Steepness of the slope, degrees.", 26.0..=36.0, 20.0..=40.0),
        Dial::real("travel_mm", "Way of the ball on the straight slope, millimetres.", 230.0..=390.0, 180.0..=500.0),
        Dial::real("tower_ball_radius_mm", "Radius of the ball before a tower, millimetres.", 16.0..=33.0, 12.0..=36.0),
        Dial::int("tower_blocks", "Blocks of a tower.", by(3..=4, 3..=6, 4..=8), 3..=8),
        Dial::choice("tower_materials", "What the blocks of a tower may be made of.", &["wood", "cork", "concrete"], &all_blocks),
        Dial::real("block_mm", "Edge of a tower's blocks, millimetres.", 42.0..=50.0, 36.0..=60.0),
        Dial::choice(
            "strike_at",
            "Where a tower is struck: at its lowest block, or, one of at most four, at one of the two highest, so that those below stay.",
            &["bottom", "upper"],
            &["bottom", "upper"],
        ),
        Dial::real(
            "strike_part",
            "Height of the ball's centre on the struck block, as a part of its edge.",
            0.42..=0.62,
            0.3..=0.7,
        ),
        Dial::int("dominoes", "Dominoes in the row.", by(4..=5, 5..=6, 6..=7), 4..=8),
        Dial::choice("domino_materials", "What the dominoes may be made of.", &["wood", "cork", "concrete"], &all_blocks),
        Dial::real("domino_height_mm", "Height of a domino, millimetres.", 60.0..=74.0, 45.0..=80.0),
        Dial::real("domino_pitch_part", "Free room between dominoes, as a part of their height.", 0.28..=0.4, 0.2..=0.6),
        Dial::real("domino_gap_part", "The gap, as a part of a domino's height.", 1.0..=1.3, 0.9..=1.6),
        Dial::real("domino_ledge_mm", "Height of the ledge the ball comes from, millimetres.", 5.0..=18.0, 4.0..=40.0),
        Dial::real("domino_ball_radius_mm", "Radius of the ball before dominoes, millimetres.", 13.0..=29.0, 8.0..=32.0),
        Dial::real("pair_ball_radius_mm", "Radius of the ball before a pair, millimetres.", 19.0..=32.0, 14.0..=36.0),
        Dial::choice("pair_materials", "What the two blocks may be made of.", blocks, &all_blocks),
        Dial::real(
            "pair_density_ratio",
            "The denser of the two blocks is at least so many times as dense as the other.",
            ratio..=ratio,
            1.2..=20.0,
        ),
        Dial::real("pair_block_mm", "Edge of the two blocks, millimetres.", 42.0..=50.0, 36.0..=60.0),
        Dial::real("pair_gap_mm", "Room between the two blocks, millimetres.", 8.0..=16.0, 4.0..=24.0),
    ]
}
