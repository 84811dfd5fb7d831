//! The proof that an instance is well posed: the same class in an ensemble of simulations that a person could not tell apart.

use glam::Vec3;
use rayon::prelude::*;
use raytruth_eval::causality::Family;
use raytruth_task::{Rejection, Rng, round6};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::ball::BallMaterial;
use crate::family::{CLASSES, Clarity, Layout, Outcome, outcome};
use crate::simulate::{DURATION, GATE_OPENS, GATE_TAKES, Jitter, Run};

/// Simulations in the ensemble.
const MEMBERS: usize = 64;
/// Those that are made first, to give up early.
const SCOUTS: usize = 8;
/// Half the width of what is drawn: friction and rolling by 30 %, restitution by 0.1, density by 15 %, places by a pixel (about
/// 1.2 mm in the smallest picture), turns by a pixel over a block's width.
const FRICTION: f64 = 0.3;
const RESTITUTION: f64 = 0.1;
const DENSITY: f64 = 0.15;
const PLACE_M: f64 = 0.0008;
const TURN_RAD: f64 = 0.012;
/// Each block lies within this of the stack's axis.
const BLOCK_PLACE_M: f64 = 0.0004;

/// A run whose class holds over the ensemble.
#[derive(Clone, Debug)]
pub(crate) struct Certified {
    pub run: Run,
    pub answer: Answer,
    /// For metadata.
    pub record: Value,
}

/// The nominal run of a ball on a layout, if it is fit to be shown: it has a class, all is still at the end, nothing left the tray, and the
/// ball got to the targets in time.
pub(crate) fn nominal(layout: &Layout, ball: BallMaterial) -> Result<(Run, Outcome), &'static str> {
    let run = layout.set.run(&layout.settled, ball, &Jitter::NONE).map_err(|_| "simulation_refused")?;
    let contact = run.contact.ok_or("never_reached")?;
    if !(GATE_OPENS + GATE_TAKES..=0.6 * DURATION).contains(&contact) {
        return Err("contact_too_late");
    }
    let found = outcome(layout, &run, Clarity::Plain)?;
    let mut reach = vec![layout.set.radius, 0.0];
    reach.extend(layout.set.blocks.iter().map(|b| 0.5 * b.size.length()));
    if run.creep(DURATION - 0.2, &reach) > 4.0e-4 {
        return Err("still_moving");
    }
    let tray = &layout.set.tray;
    let leaves = |p: Vec3, r: f32| p.x + r > tray.x.1 + 0.002 || p.y.abs() + r > tray.half_width + 0.002;
    let blocks = (0..layout.set.blocks.len()).flat_map(|i| (0..=40u32).map(move |k| (i, f64::from(k) * DURATION / 40.0)));
    let ball_end = run.pose(0, DURATION).translation;
    if blocks.into_iter().any(|(i, t)| leaves(run.pose(2 + i, t).translation, 0.01)) || leaves(ball_end, layout.set.radius) {
        return Err("left_the_tray");
    }
    Ok((run, found))
}

/// A ball on a set, what it does, and the name of that.
pub(crate) type Trial = (BallMaterial, Run, Outcome);

/// Certifies one trial for each class that a set can have; `wanted` is the one to be shown.
///
/// All of them, not `wanted` alone: were a set taken whenever the class that is wanted holds on it, sets on which one class holds more
/// often would come with that class more often, and the set would tell the answer (towers that are struck low were three out
/// of four among those that fall).
pub(crate) fn certify(layout: &Layout, trials: &[Trial], wanted: usize, rng: &mut Rng) -> Result<Certified, Rejection> {
    let jitters: Vec<Vec<Jitter>> =
        trials.iter().map(|_| (0..MEMBERS).map(|_| jitter(rng, layout.set.blocks.len())).collect()).collect();
    let mut ensemble = Vec::with_capacity(MEMBERS);
    for part in [0..SCOUTS, SCOUTS..MEMBERS] {
        for (i, (trial, jitters)) in trials.iter().zip(&jitters).enumerate() {
            // Collected in order, so that the first to disagree is the same on any number of threads.
            let runs: Vec<_> = jitters[part.clone()].par_iter().map(|j| member(layout, trial, j)).collect();
            for (number, run) in (part.start + 1..).zip(runs) {
                let class = CLASSES[trial.2.class];
                let refuse = |why| Rejection::new("ensemble_disagrees", format!("{class}: member {number} of {MEMBERS}: {why}"));
                let run = run.map_err(refuse)?;
                if i == wanted {
                    ensemble.push(run);
                }
            }
        }
    }
    let (_, run, found) = &trials[wanted];
    let answer = Answer::new(layout.family, &found.name, run, found.moved.clone(), &ensemble)
        .ok_or_else(|| Rejection::new("never_reached", "the ball does not touch a target"))?;
    let spread = |points: &Vec<Vec3>| {
        let mean = points.iter().sum::<Vec3>() / points.len() as f32;
        let square = points.iter().map(|p| p.distance_squared(mean)).sum::<f32>() / points.len() as f32;
        round6(f64::from(square.sqrt()) * 1e3)
    };
    let others = trials.iter().enumerate().filter(|(i, _)| *i != wanted);
    let record = json!({
        "members": MEMBERS,
        "agreement": 1.0,
        "class": CLASSES[found.class],
        "outcome": found.name,
        "same_set": others.map(|(_, t)| json!({"ball_material": t.0.name(), "class": CLASSES[t.2.class]})).collect::<Vec<_>>(),
        "jitter": {
            "friction_factor": FRICTION, "restitution": RESTITUTION, "density_factor": DENSITY,
            "place_mm": PLACE_M * 1e3, "turn_rad": TURN_RAD,
        },
        "final_spread_mm": {
            "ball": spread(&answer.finals[0]),
            "targets": answer.finals[1..].iter().map(spread).collect::<Vec<_>>(),
        },
        "contact_s": round6(answer.contact),
        "digest": format!("{:016x}", run.digest()),
    });
    Ok(Certified { run: run.clone(), answer, record })
}

fn member(layout: &Layout, (ball, _, wanted): &Trial, jitter: &Jitter) -> Result<Run, &'static str> {
    let run = layout.set.run(&layout.settled, *ball, jitter).map_err(|_| "simulation_refused")?;
    if run.contact.is_none() {
        return Err("never_reached");
    }
    let got = outcome(layout, &run, Clarity::Class)?;
    // Which of two goes further is the answer of a pair; how far the other one goes is not.
    let same = got.class == wanted.class && (layout.family == Family::Pair || got.moved == wanted.moved);
    if same { Ok(run) } else { Err("another_outcome") }
}

fn jitter(rng: &mut Rng, blocks: usize) -> Jitter {
    let mut within = |half: f64| rng.range(-half, half) as f32;
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
