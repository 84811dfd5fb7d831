//! The proof that an instance is well posed: the same class in an ensemble of simulations that a person could not tell apart.

use glam::Vec3;
use raytruth_eval::causality::Family;
use raytruth_task::ensemble::{self, DENSITY, Ensemble, FRICTION, RESTITUTION, spread, within};
use raytruth_task::{Rejection, Rng, round6};
use serde_json::{Value, json};

use crate::answer::{Answer, Ending};
use crate::ball::Ball;
use crate::cast::Mover;
use crate::family::{Clarity, Layout, Outcome, outcome};
use crate::simulate::{DURATION, Jitter, LATCH_OPENS, LATCH_TAKES, Rolls, Run, Steps};

/// Places differ by a pixel, about 1.2 mm in the smallest picture; turns by a pixel over a block's width.
const PLACE_M: f64 = 0.0008;
const TURN_RAD: f64 = 0.012;
/// Each block lies within this of the stack's axis.
const BLOCK_PLACE_M: f64 = 0.0004;

/// What is still moves less in the last six frames at 30 a second, metres a frame: a third of a pixel of a small set in a small picture.
const CREEP: f32 = 2.0e-4;

/// Where nothing moves but the ball, it is seen to bounce off: within a second it gets at least so far, metres. One that stops dead ends with the
/// blow, and nothing of the answer would be left to show.
const FOLLOWS: f32 = 0.04;

/// A ball on a set, and what it does.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    pub ball: Ball,
    pub run: Run,
    pub outcome: Outcome,
}

/// A trial for each class of a set that holds over the ensemble.
pub(crate) struct Certified {
    pub trials: Vec<Trial>,
    /// Of the trial that is wanted.
    pub answer: Answer,
    /// For metadata.
    pub record: Value,
}

/// The nominal run of a ball on a layout, if it is fit to be shown: it has a class, all is still at the end, nothing left the tray, and the
/// ball got to the targets in time. `rolls`: those without jitter.
pub(crate) fn nominal(layout: &Layout, rolls: &Rolls<'_>, ball: Ball) -> Result<Trial, &'static str> {
    let set = &layout.set;
    let run = rolls.run((0, &Jitter::NONE), &layout.settled, ball).map_err(|_| "simulation_refused")?;
    let contact = run.contact.ok_or("never_reached")?;
    if !(LATCH_OPENS + LATCH_TAKES..=0.6 * DURATION).contains(&contact) {
        return Err("contact_too_late");
    }
    let outcome = outcome(layout, &run, Clarity::Plain)?;
    let reach = |who| match who {
        Mover::Ball => set.radius,
        Mover::Latch => 0.0,
        Mover::Block(i) => 0.5 * set.blocks[i].size.length(),
    };
    if set.movers().any(|who| run.creep(who, DURATION - 0.2, reach(who)) > CREEP) {
        return Err("still_moving");
    }
    let leaves = |p: Vec3, r: f32| p.x + r > set.tray.x.1 + 0.002 || p.y.abs() + r > set.tray.half_width + 0.002;
    let mut times = (0..=40u32).map(|k| f64::from(k) * DURATION / 40.0);
    let block_leaves = |t: f64| (0..set.blocks.len()).any(|i| leaves(run.pose(Mover::Block(i), t).translation, 0.01));
    if times.any(block_leaves) || leaves(run.end(Mover::Ball), set.radius) {
        return Err("left_the_tray");
    }
    let at = |t: f64| run.pose(Mover::Ball, t).translation;
    let after = (1..=60u32).map(|i| at(contact + f64::from(i) / 60.0).distance(at(contact)));
    if !outcome.moved.contains(&true) && after.fold(0.0, f32::max) < FOLLOWS {
        return Err("nothing_follows");
    }
    Ok(Trial { ball, run, outcome })
}

/// Certifies one trial for each class that a set can have. `candidates`: for each class some trials, of which the first that holds is taken;
/// `wanted`: the class that is to be shown.
///
/// All of them, not the wanted one alone: were a set taken whenever the class that is wanted holds on it, sets on which one class holds more
/// often would come with that class more often, and the set would tell the answer (towers that are struck low were three out
/// of four among those that fall).
pub(crate) fn certify(
    layout: &Layout,
    mut candidates: Vec<Vec<Trial>>,
    wanted: usize,
    rng: &mut Rng,
) -> Result<Certified, Rejection> {
    let asked = |(i, of_class): (usize, &Vec<Trial>)| ensemble::Trial {
        name: of_class[0].outcome.class.name(),
        candidates: of_class.len(),
        in_full: i == wanted,
    };
    let asked: Vec<_> = candidates.iter().enumerate().map(asked).collect();
    let blocks = layout.set.blocks.len();
    let rolls = Rolls::new(&layout.set, Ensemble::USUAL.members, Steps::Member);
    let mut agreed = Ensemble::USUAL.certify(
        &asked,
        rng,
        |rng| jitter(rng, blocks),
        Jitter::lean,
        |m| member(layout, &rolls, (m.number, m.jitter), &candidates[m.trial][m.candidate]),
    )?;
    let taken = candidates.iter_mut().zip(&agreed).map(|(of_class, agreed)| of_class.swap_remove(agreed.candidate));
    let trials: Vec<Trial> = taken.collect();
    let Trial { run, outcome, .. } = &trials[wanted];
    let answer = Answer::new(layout, run, outcome, std::mem::take(&mut agreed[wanted].members))
        .ok_or_else(|| Rejection::new("never_reached", "the ball does not touch a target"))?;
    let spread_mm = |places: &[Vec3]| round6(f64::from(spread(places)) * 1e3);
    let others = trials.iter().zip(&agreed).enumerate().filter(|(i, _)| *i != wanted);
    let same_set = others.map(|(_, (t, agreed))| {
        json!({"ball_material": t.ball.name, "class": t.outcome.class.name(), "members": agreed.members.len()})
    });
    let record = json!({
        "members": Ensemble::USUAL.members,
        "agreement": 1.0,
        "class": outcome.class.name(),
        "outcome": outcome.name,
        "same_set": same_set.collect::<Vec<_>>(),
        "jitter": {
            "friction_factor": FRICTION, "restitution": RESTITUTION, "density_factor": DENSITY,
            "place_mm": PLACE_M * 1e3, "turn_rad": TURN_RAD,
        },
        "final_spread_mm": {
            "ball": spread_mm(&answer.ball_ends),
            "targets": answer.targets.iter().map(|t| spread_mm(&t.ends)).collect::<Vec<_>>(),
        },
        "contact_s": round6(answer.contact),
        "digest": format!("{:016x}", run.digest()),
    });
    Ok(Certified { trials, answer, record })
}

fn member(layout: &Layout, rolls: &Rolls<'_>, jitter: (usize, &Jitter), trial: &Trial) -> Result<Ending, &'static str> {
    let run = rolls.run(jitter, &layout.settled, trial.ball).map_err(|_| "simulation_refused")?;
    let (got, wanted) = (outcome(layout, &run, Clarity::Class)?, &trial.outcome);
    // Which of two goes further is the answer of a pair; how far the other one goes is not.
    let same = got.class == wanted.class && (layout.family == Family::Pair || got.moved == wanted.moved);
    if same { Ending::new(layout, &run).ok_or("never_reached") } else { Err("another_outcome") }
}

fn jitter(rng: &mut Rng, blocks: usize) -> Jitter {
    let mut within = |half: f64| within(rng, half);
    Jitter {
        friction: 1.0 + within(FRICTION),
        restitution: within(RESTITUTION),
        ball_density: 1.0 + within(DENSITY),
        ball_shift: Vec3::new(0.0, within(PLACE_M), 0.0),
        shift: Vec3::new(within(PLACE_M), within(PLACE_M), 0.0),
        turn: within(TURN_RAD),
        blocks: (0..blocks)
            .map(|_| {
                (1.0 + within(DENSITY), Vec3::new(within(BLOCK_PLACE_M), within(BLOCK_PLACE_M), 0.0), within(0.5 * TURN_RAD))
            })
            .collect(),
    }
}

impl Jitter {
    /// How far it leans to a blow that moves more: a heavier ball that bounces off, lighter blocks, less friction.
    fn lean(&self) -> f32 {
        let blocks = self.blocks.iter().map(|b| b.0).sum::<f32>() / self.blocks.len().max(1) as f32;
        self.ball_density - blocks + self.restitution - 0.5 * (self.friction - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use raytruth_task::{Dials, Difficulty, Draw};

    use super::*;
    use crate::ball::BALLS;
    use crate::choice::candidates;
    use crate::class::Class;
    use crate::family::layout;
    use crate::problem::trials;

    /// The first set that is worth an ensemble.
    fn set_for(class: Class) -> (Layout, Vec<Vec<Trial>>) {
        let dials = Dials::resolve(&crate::dials::dials(Difficulty::Medium), None, &[]).expect("defaults");
        let balls: Vec<Ball> = BALLS.iter().collect();
        let set = |seed| {
            let mut draw = Draw::new(Rng::from_seed(seed), class as usize, Difficulty::Medium, &dials);
            let mut layout = layout(&mut draw);
            let candidates = candidates(&layout, &balls, &mut draw.rng).ok()?;
            layout.settle().ok()?;
            let trials = trials(&layout, &candidates).ok()?;
            Some((layout, trials))
        };
        (0..1000).find_map(set).expect("one of a thousand")
    }

    /// The sets are not certified, so some blows are near a limit: 5 of 168 differ.
    #[test]
    fn the_steps_of_members_tell_the_classes_of_what_is_shown() {
        let (mut all, mut differ) = (0, 0);
        for class in [Class::TowerFalls, Class::DominoesToGap, Class::PairLeft] {
            let (layout, trials) = set_for(class);
            let mut rng = Rng::from_seed(5);
            let jitters: Vec<Jitter> = (0..24).map(|_| jitter(&mut rng, layout.set.blocks.len())).collect();
            let rolls = [Steps::Shown, Steps::Member].map(|steps| Rolls::new(&layout.set, jitters.len(), steps));
            for trial in trials.iter().flatten() {
                for jittered in jitters.iter().enumerate() {
                    let [shown, tried] = rolls.each_ref().map(|rolls| member(&layout, rolls, jittered, trial).is_ok());
                    all += 1;
                    differ += u32::from(shown != tried);
                }
            }
        }
        assert!(differ * 20 <= all, "{differ} of {all}");
    }
}
