//! The three scenario families: what stands before the ball, and how the outcome is named.

mod dominoes;
mod pair;
mod tower;

pub(crate) use dominoes::{CROSSES, TOPPLES};
pub(crate) use tower::{FALLS, UPPER_BLOCKS, upper_of};

use glam::{Quat, Vec3};
use raytruth_eval::causality::Family;
use raytruth_physics::Substance;
use raytruth_scene::Pose;
use raytruth_task::{Draw, Rejection, round6};

use crate::class::Class;
use crate::layout::{Block, Ramp, Tray};
use crate::simulate::{Run, Set};

/// A drawn set, without the ball's material.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub family: Family,
    pub set: Set,
    /// Where the blocks stand after they have settled.
    pub settled: Vec<Pose>,
    /// Number of blocks before the gap of a domino row.
    pub before_gap: usize,
    /// What the prompt says stands ahead, a sentence.
    pub ahead: String,
    /// What the ball does, "hits the tower".
    pub meets: &'static str,
}

/// What became of the targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// In short.
    pub class: Class,
    /// In full: `stacked_2`, `last_3`, `further_left`.
    pub name: String,
    /// Per target.
    pub moved: Vec<bool>,
}

/// The name of a family in metadata.
pub(crate) const fn name(family: Family) -> &'static str {
    match family {
        Family::Tower => "tower",
        Family::Dominoes => "dominoes",
        Family::Pair => "pair",
    }
}

/// The names of all families.
pub(crate) const NAMES: [&str; 3] = [name(Family::Tower), name(Family::Dominoes), name(Family::Pair)];

/// The classes of which a set must have one each, those that a light ball gives first.
pub(crate) const fn needed(family: Family) -> &'static [&'static [Class]] {
    use Class::{DominoesAll, DominoesNone, DominoesToGap, PairLeft, PairNeither, PairRight, TowerFalls, TowerStays};
    match family {
        Family::Tower => &[&[TowerStays], &[TowerFalls]],
        Family::Dominoes => &[&[DominoesNone], &[DominoesToGap], &[DominoesAll]],
        Family::Pair => &[&[PairNeither], &[PairLeft, PairRight]],
    }
}

/// Masses of the ball between which one class gives way to the next: a lighter ball gives the one, a heavier the other, those between now this
/// and now that. Natural logarithms of kilograms.
pub(crate) type Limit = std::ops::Range<f64>;

/// What lies so far below a mass and so far above it, all logarithms.
fn around(ln_mass: f64, (below, above): (f64, f64)) -> Limit {
    ln_mass - below..ln_mass + above
}

/// The limits between the classes of a set, from light balls to heavy ones, as rules of thumb have them.
///
/// The rules say which balls are worth a simulation, which alone decides. They are power laws of lengths and masses, fitted by logistic
/// regression to simulated blows over the usual ranges of the dials.
pub(crate) fn limits(layout: &Layout) -> Vec<Limit> {
    match layout.family {
        Family::Tower => vec![tower::limit(layout)],
        Family::Dominoes => dominoes::limits(layout).to_vec(),
        Family::Pair => vec![pair::limit(layout)],
    }
}

/// Draws what stands in the ball's way, and the ramp before it.
pub(crate) fn layout(draw: &mut Draw<'_>) -> Layout {
    match Class::ALL[draw.class].family() {
        Family::Tower => tower::layout(draw),
        Family::Dominoes => dominoes::layout(draw),
        Family::Pair => pair::layout(draw),
    }
}

impl Layout {
    /// Lets the blocks settle onto each other.
    pub(crate) fn settle(&mut self) -> Result<(), Rejection> {
        self.settled = self.set.settled_blocks().map_err(|e| Rejection::new("simulation_refused", e.to_string()))?;
        Ok(())
    }

    /// Natural logarithms of what a limit depends on: the first block's mass, its height over the ball's fall on the straight slope, and its
    /// height over that at which the ball strikes.
    fn ln(&self) -> (f64, f64, f64) {
        let (set, block) = (&self.set, &self.set.blocks[0]);
        let mass = f64::from(block.substance.density()) * block.size.as_dvec3().element_product();
        let (height, fall) = (f64::from(block.size.z), f64::from(set.ramp.travel) * libm::sin(f64::from(set.ramp.slope)));
        let strike = f64::from(set.ramp.ledge + set.radius);
        (libm::log(mass), libm::log(height / fall), libm::log(height / strike))
    }
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

/// The ramp of a draw. `ledge`: height of its end, metres.
fn ramp(draw: &mut Draw<'_>, radius: f32, ledge: f32) -> Ramp {
    let slope_deg = draw.seen("the ramp's side").real("slope_deg");
    let travel_mm = draw.seen("the way from the ball to the ramp's foot").real("travel_mm");
    draw.seen("the height of the ramp's end").value("ledge_mm", round6(f64::from(ledge) * 1e3));
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

/// Draws the ball's radius from a dial. Metres.
fn radius(draw: &mut Draw<'_>, dial: &str) -> f32 {
    mm(draw.seen("the ball's size beside the blocks").named("ball_radius_mm").real(dial))
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

#[cfg(test)]
mod tests {
    use raytruth_task::{Dials, Difficulty, Rng};
    use serde_json::{Map, Value};

    use super::*;

    /// What is drawn for two classes from the same stream: the set and its parameters.
    fn both(seed: u64, a: Class, b: Class) -> [(Layout, Map<String, Value>); 2] {
        let dials = Dials::resolve(&crate::dials::dials(Difficulty::Hard), None, &[]).expect("defaults");
        [a, b].map(|class| {
            let mut draw = Draw::new(Rng::from_seed(seed), class as usize, Difficulty::Hard, &dials);
            let layout = layout(&mut draw);
            (layout, draw.parameters().clone())
        })
    }

    #[test]
    fn the_set_does_not_depend_on_the_class() {
        use Class::{DominoesAll, DominoesNone, DominoesToGap, TowerFalls, TowerStays};
        for seed in 0..40 {
            for (a, b) in [(TowerStays, TowerFalls), (DominoesNone, DominoesToGap), (DominoesToGap, DominoesAll)] {
                let [one, other] = both(seed, a, b);
                assert_eq!((&one.1, &one.0.set, &one.0.ahead), (&other.1, &other.0.set, &other.0.ahead), "seed {seed}");
            }
        }
    }

    #[test]
    fn left_and_right_are_mirror_images() {
        let mut neither_left = 0;
        for seed in 0..60 {
            let [left, right] = both(seed, Class::PairLeft, Class::PairRight);
            assert_eq!((&left.1["left_block"], &left.1["right_block"]), (&right.1["right_block"], &right.1["left_block"]));
            assert!(left.0.set.blocks[0].substance.density() <= left.0.set.blocks[1].substance.density());
            assert_eq!(left.0.set.ramp, right.0.set.ramp);
            let [neither, _] = both(seed, Class::PairNeither, Class::PairLeft);
            neither_left += u32::from(neither.0.set.blocks == left.0.set.blocks);
        }
        assert!((18..=42).contains(&neither_left), "either side of a fair coin: {neither_left} of 60");
    }

    #[test]
    fn classes_and_families_agree() {
        for (i, class) in Class::ALL.into_iter().enumerate() {
            assert!(class.name().starts_with(name(class.family())) && class as usize == i, "{}", class.name());
        }
    }

    #[test]
    fn stacks_settle_without_gap_or_drift() {
        let dials = Dials::resolve(&crate::dials::dials(Difficulty::Hard), None, &["tower_blocks=8".to_owned()]).expect("valid");
        let mut layout = layout(&mut Draw::new(Rng::from_seed(3), 0, Difficulty::Hard, &dials));
        layout.settle().expect("it stands");
        for (block, settled) in layout.set.blocks.iter().zip(&layout.settled) {
            assert!(block.pose.translation.distance(settled.translation) < 5e-4, "{}: {:?}", block.name, settled.translation);
        }
    }
}
