//! The three scenario families: what stands before the ball, and how the outcome is named.

mod dominoes;
mod pair;
mod tower;

use glam::{Quat, Vec3};
use raytruth_eval::causality::Family;
use raytruth_physics::Substance;
use raytruth_scene::Pose;
use raytruth_task::{Draw, Rejection, round6};
use serde_json::{Map, Value};

use crate::layout::{Block, Ramp, Tray};
use crate::simulate::{Run, Set};

/// Every class. Balanced over a run.
pub(crate) const CLASSES: [&str; 8] =
    ["tower_stays", "tower_falls", "dominoes_none", "dominoes_to_gap", "dominoes_all", "pair_neither", "pair_left", "pair_right"];

/// The families' names.
pub(crate) const FAMILIES: [&str; 3] = ["tower", "dominoes", "pair"];

/// A drawn set, without the ball's material.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub family: Family,
    pub set: Set,
    /// Where the blocks stand after they have settled.
    pub settled: Vec<Pose>,
    /// Number of blocks before the gap of a domino row.
    pub before_gap: usize,
    /// As drawn, for metadata.
    pub parameters: Map<String, Value>,
    /// What the prompt says stands ahead, a sentence.
    pub ahead: String,
    /// What the ball does, "hits the tower".
    pub meets: &'static str,
}

/// What became of the targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Index into [`CLASSES`].
    pub class: usize,
    /// In full: `stacked_2`, `last_3`, `further_left`.
    pub name: String,
    /// Per target.
    pub moved: Vec<bool>,
}

/// The family of a class.
pub(crate) fn family_of(class: usize) -> Family {
    match class {
        0..2 => Family::Tower,
        2..5 => Family::Dominoes,
        _ => Family::Pair,
    }
}

/// The name of a family in metadata.
pub(crate) fn name(family: Family) -> &'static str {
    match family {
        Family::Tower => FAMILIES[0],
        Family::Dominoes => FAMILIES[1],
        Family::Pair => FAMILIES[2],
    }
}

/// Draws what stands in the ball's way, and the ramp before it.
pub(crate) fn layout(draw: &mut Draw<'_>) -> Result<Layout, Rejection> {
    let mut layout = match family_of(draw.class) {
        Family::Tower => tower::layout(draw),
        Family::Dominoes => dominoes::layout(draw),
        Family::Pair => pair::layout(draw),
    };
    layout.settled = layout.set.settled_blocks().map_err(|e| Rejection::new("simulation_refused", e.to_string()))?;
    Ok(layout)
}

/// How clear an outcome must be to have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clarity {
    /// As in what is shown: nothing half moved, nothing neck and neck.
    Plain,
    /// As in the ensemble, where only the class counts: every block either moved or not, one of two further.
    Class,
}

/// Names the outcome of a run; where it has no clear name, why.
pub(crate) fn outcome(layout: &Layout, run: &Run, clarity: Clarity) -> Result<Outcome, &'static str> {
    match layout.family {
        Family::Tower => tower::outcome(layout, run, clarity),
        Family::Dominoes => dominoes::outcome(layout, run, clarity),
        Family::Pair => pair::outcome(layout, run, clarity),
    }
}

/// Whether a block has moved, by its displacement and lean; `None` where one could argue.
fn has_moved(block: &Block, (distance, lean): (f32, f32), clarity: Clarity) -> Option<bool> {
    let size = block.size.element_sum() / 3.0;
    let thin = block.size.x.min(block.size.y);
    match clarity {
        Clarity::Class => Some(distance > 0.33 * size || lean > 0.5),
        Clarity::Plain if distance < 0.15 * thin && lean < 0.1 => Some(false),
        Clarity::Plain => (distance > 0.5 * size).then_some(true),
    }
}

/// The ramp of a draw.
fn ramp(draw: &mut Draw<'_>, radius: f32, ledge: f32, parameters: &mut Map<String, Value>) -> Ramp {
    let slope_deg = draw.real("slope_deg");
    let travel_mm = draw.real("travel_mm");
    parameters.insert("slope_deg".into(), slope_deg.into());
    parameters.insert("travel_mm".into(), travel_mm.into());
    parameters.insert("ledge_mm".into(), round6(f64::from(ledge) * 1e3).into());
    Ramp {
        slope: slope_deg.to_radians() as f32,
        travel: mm(travel_mm),
        foot: 0.15,
        run: 0.03,
        ledge,
        end_x: -0.006,
        width: 2.0 * radius + 0.004,
    }
}

/// Draws the ball's radius from a dial and records it. Metres.
fn radius(draw: &mut Draw<'_>, dial: &str, parameters: &mut Map<String, Value>) -> f32 {
    let radius_mm = draw.real(dial);
    parameters.insert("ball_radius_mm".into(), radius_mm.into());
    mm(radius_mm)
}

/// Metres from millimetres.
fn mm(x: f64) -> f32 {
    (x * 1e-3) as f32
}

/// `stop`: height of the wall at the far end, metres.
fn tray(length: f32, half_width: f32, stop: f32) -> Tray {
    Tray { x: (-0.02, length), half_width, stop_height: stop, rim_height: 0.012 }
}

fn upright(name: String, substance: Substance, size: Vec3, x: f32, y: f32, z: f32) -> Block {
    Block { name, substance, size, pose: Pose::new(Vec3::new(x, y, z), Quat::IDENTITY) }
}

/// A number up to ten as a word.
fn word(n: usize) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

#[cfg(test)]
mod tests {
    use raytruth_task::{Dials, Difficulty, Rng};

    use super::*;

    /// What is drawn for two classes from the same stream.
    fn both(seed: u64, a: usize, b: usize) -> [Layout; 2] {
        let dials = Dials::resolve(&crate::dials::dials(Difficulty::Hard), None, &[]).expect("defaults");
        [a, b].map(|class| layout(&mut Draw::new(Rng::from_seed(seed), class, Difficulty::Hard, &dials)).expect("it stands"))
    }

    #[test]
    fn the_set_does_not_depend_on_the_class() {
        for seed in 0..40 {
            for (a, b) in [(0, 1), (2, 3), (3, 4)] {
                let [one, other] = both(seed, a, b);
                assert_eq!((&one.parameters, &one.set, &one.ahead), (&other.parameters, &other.set, &other.ahead), "seed {seed}");
            }
        }
    }

    #[test]
    fn left_and_right_are_mirror_images() {
        let mut neither_left = 0;
        for seed in 0..60 {
            let [left, right] = both(seed, 6, 7);
            let [l, r] = [&left.parameters, &right.parameters];
            assert_eq!((&l["left_block"], &l["right_block"]), (&r["right_block"], &r["left_block"]), "seed {seed}");
            assert!(left.set.blocks[0].substance.density() <= left.set.blocks[1].substance.density());
            assert_eq!(left.set.ramp, right.set.ramp);
            let [neither, _] = both(seed, 5, 6);
            neither_left += u32::from(neither.set.blocks == left.set.blocks);
        }
        assert!((18..=42).contains(&neither_left), "either side of a fair coin: {neither_left} of 60");
    }

    #[test]
    fn classes_and_families_agree() {
        for (class, name_of_class) in CLASSES.iter().enumerate() {
            assert!(name_of_class.starts_with(name(family_of(class))), "{name_of_class}");
        }
    }

    #[test]
    fn stacks_settle_without_gap_or_drift() {
        let dials = Dials::resolve(&crate::dials::dials(Difficulty::Hard), None, &["tower_blocks=8".to_owned()]).expect("valid");
        let layout = layout(&mut Draw::new(Rng::from_seed(3), 0, Difficulty::Hard, &dials)).expect("it stands");
        for (block, settled) in layout.set.blocks.iter().zip(&layout.settled) {
            assert!(block.pose.translation.distance(settled.translation) < 5e-4, "{}: {:?}", block.name, settled.translation);
        }
    }
}
