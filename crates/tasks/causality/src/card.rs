//! What a problem says of itself: prompt, parameters, evidence.

use raytruth_eval::causality::Family;
use raytruth_task::{Card, Draw, Evidence, TaskInfo, round6};
use serde_json::Value;

use crate::ball::BallMaterial;
use crate::family::{self, Layout};

/// The card of a problem, without its certificate.
pub(crate) fn card(info: &TaskInfo, draw: &Draw<'_>, layout: &Layout, ball: BallMaterial) -> Card {
    let mut card = Card::new(info, family::name(layout.family), draw, prompt(layout, ball));
    card.parameters.clone_from(&layout.parameters);
    let mut insert = |name: &str, value: Value| card.parameters.insert(name.to_owned(), value);
    insert("family", family::name(layout.family).into());
    insert("ball_material", ball.name().into());
    insert("ball_mass_kg", round6(ball.mass(layout.set.radius)).into());
    insert("ball_density_kg_m3", f64::from(ball.substance().density()).into());
    card.evidence = evidence(layout);
    card
}

/// "There is a heavy solid iron ball at the top of a slope. ..." One structure for all, and no word about the outcome.
fn prompt(layout: &Layout, ball: BallMaterial) -> String {
    format!(
        "There is {} at the top of a slope, held by a gate. {} The gate opens, the ball rolls down and {}. Generate the collision \
         result, until everything is at rest. Keep the camera and the rest of the scene unchanged.",
        ball.phrase(),
        layout.ahead,
        layout.meets
    )
}

fn evidence(layout: &Layout) -> Vec<Evidence> {
    let mut list = vec![
        Evidence::told("ball_material", "named in the prompt, and the ball looks like it; whether it is solid or hollow is told"),
        Evidence::seen("ball_radius_mm", "the ball's size beside the blocks"),
        Evidence::seen("slope_deg", "the ramp's side"),
        Evidence::seen("travel_mm", "the way from the ball to the ramp's foot"),
        Evidence::seen("ledge_mm", "the height of the ramp's end"),
    ];
    match layout.family {
        Family::Tower => list.extend([
            Evidence::told("blocks", "counted in the prompt and in the picture"),
            Evidence::seen("block_mm", "the blocks' size"),
            Evidence::seen("strike_level", "the ramp's end against the blocks"),
            Evidence::seen("strike_part", "the ramp's end and the ball's radius against the struck block"),
        ]),
        Family::Dominoes => list.extend([
            Evidence::told("dominoes", "counted in the prompt and in the picture"),
            Evidence::told("before_gap", "the gap's place is told and seen"),
            Evidence::seen("domino_height_mm", "the dominoes' size"),
            Evidence::seen("domino_pitch_part", "the room between dominoes against their height"),
            Evidence::seen("domino_gap_part", "the gap against a domino's height"),
        ]),
        Family::Pair => list.extend([
            Evidence::told("left_block", "named in the prompt, and the block looks like it"),
            Evidence::told("right_block", "named in the prompt, and the block looks like it"),
            Evidence::seen("block_mm", "the blocks' size"),
            Evidence::seen("gap_mm", "the room between the blocks"),
        ]),
    }
    list
}
