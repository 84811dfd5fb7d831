//! A drawn and certified problem, and its way to pictures.

use std::collections::BTreeMap;

use raytruth_eval::causality::Family;
use raytruth_physics::Substance;
use raytruth_task::{Card, Clip, Draw, Episode, Problem, Rejection, Rng, TaskInfo, Twin};
use serde_json::{Value, json};

use crate::answer::{Answer, TwinAnswer};
use crate::ball::BallMaterial;
use crate::card::card;
use crate::certificate::{Trial, certify, nominal};
use crate::family::{CLASSES, Layout, layout};
use crate::film::Film;
use crate::look::{Angles, Look};
use crate::simulate::Run;
use crate::{stage, truth, twin};

pub(crate) struct CausalityProblem {
    pub card: Card,
    pub layout: Layout,
    pub ball: BallMaterial,
    pub run: Run,
    pub answer: Answer,
    /// The material that gives another class, and what happens then.
    pub twin: (BallMaterial, Run),
}

/// Draws a set that is fair to every class of its family, then a ball that gives the class.
///
/// A set is only taken where some ball gives each of the family's classes, and the ensemble certifies each; so nothing about the set
/// tells which ball came, and there always is a twin.
pub(crate) fn draw(info: &TaskInfo, draw: &mut Draw<'_>) -> Result<CausalityProblem, Rejection> {
    let layout = layout(draw)?;
    let allowed: Vec<BallMaterial> = draw.choices("ball_materials").iter().filter_map(|n| BallMaterial::from_name(n)).collect();
    let trials = one_a_class(try_balls(&layout, &allowed)?, &mut draw.rng);
    let missed = || Rejection::new("class_missed", format!("no ball gives {}", CLASSES[draw.class]));
    let wanted = trials.iter().position(|t| t.2.class == draw.class).ok_or_else(missed)?;
    let mut certified = certify(&layout, &trials, wanted, &mut draw.rng)?;

    // In the pair family the two blocks decide between left and right, so the twin of either is a ball that moves neither.
    let others: Vec<usize> = (0..trials.len()).filter(|&i| i != wanted).collect();
    let (twin_ball, twin_run, twin_outcome) = trials[*draw.rng.pick(&others)].clone();
    certified.answer.twin = Some(TwinAnswer::new(&twin_run, twin_outcome.moved));
    let mut record = certified.record;
    record["twin"] = json!({
        "ball_material": twin_ball.name(), "class": CLASSES[twin_outcome.class], "outcome": twin_outcome.name,
    });
    let ball = trials[wanted].0;
    record["world"] = world(&layout, ball)?;
    let card = card(info, draw, &layout, ball).certified(record);
    Ok(CausalityProblem { card, layout, ball, run: certified.run, answer: certified.answer, twin: (twin_ball, twin_run) })
}

/// What other software needs to simulate the problem again, for the certificate.
fn world(layout: &Layout, ball: BallMaterial) -> Result<Value, Rejection> {
    let failed = |e: serde_json::Error| Rejection::new("certificate", e.to_string());
    // Through text, so that single-precision numbers keep their few digits.
    let text = serde_json::to_string(&layout.set.record(&layout.settled, ball)).map_err(failed)?;
    serde_json::from_str(&text).map_err(failed)
}

/// A ball for each class that some ball gives, drawn alike whichever class is wanted.
fn one_a_class(trials: Vec<Trial>, rng: &mut Rng) -> Vec<Trial> {
    let mut by_class: BTreeMap<usize, Vec<Trial>> = BTreeMap::new();
    for trial in trials {
        by_class.entry(trial.2.class).or_default().push(trial);
    }
    by_class.into_values().map(|mut of_class| of_class.swap_remove(rng.below(of_class.len() as u64) as usize)).collect()
}

/// Simulates the allowed balls, those of middling weight first: where they give nothing of their own the set is given up early.
fn try_balls(layout: &Layout, allowed: &[BallMaterial]) -> Result<Vec<Trial>, Rejection> {
    use BallMaterial::{Brass, Cork, Foam, Glass, Iron, Plastic, Rubber, Steel, Wood};
    let (groups, needed): (&[&[BallMaterial]], &[&[usize]]) = match layout.family {
        Family::Tower => (&[&[Iron, Steel, Brass, Glass], &[Cork, Plastic, Foam], &[Rubber, Wood]], &[&[1], &[0], &[]]),
        Family::Dominoes => (&[&[Cork, Wood, Rubber, Glass], &[Plastic, Foam], &[Iron, Steel, Brass]], &[&[3], &[2], &[4]]),
        Family::Pair => (&[&[Iron, Steel, Brass, Glass], &[Cork, Plastic, Foam], &[Rubber, Wood]], &[&[6, 7], &[5], &[]]),
    };
    let mut trials: Vec<Trial> = Vec::new();
    let mut refused = Vec::new();
    for (group, needed) in groups.iter().zip(needed) {
        for &ball in group.iter().filter(|b| allowed.contains(b)) {
            match nominal(layout, ball) {
                Ok((run, outcome)) => trials.push((ball, run, outcome)),
                Err(why) => refused.push(format!("{}: {why}", ball.name())),
            }
        }
        if !needed.is_empty() && !trials.iter().any(|t| needed.contains(&t.2.class)) {
            let class = CLASSES[needed[0]];
            return Err(Rejection::new("class_unreachable", format!("no ball gives {class} ({})", refused.join(", "))));
        }
    }
    Ok(trials)
}

impl CausalityProblem {
    fn look(&self, rng: &mut Rng) -> Look {
        let substances: Vec<Substance> = self.layout.set.blocks.iter().map(|b| b.substance).collect();
        let angles = match self.layout.family {
            Family::Pair => Angles { azimuth: (46.0, 60.0), elevation: (28.0, 36.0) },
            Family::Tower | Family::Dominoes => Angles { azimuth: (-12.0, 20.0), elevation: (17.0, 26.0) },
        };
        Look::draw(rng, self.ball, &substances, angles)
    }

    /// The episode of a film in a dress.
    pub(crate) fn dress(&self, film: &Film, answer: &Answer, look: &Look, clip: &Clip) -> Result<Episode, Rejection> {
        let scene = stage::build(&self.layout.set, film, look, clip)?;
        let names = stage::names(&self.layout.set);
        let truth = truth::build(&scene, &names, answer, self.ball, look, clip)?;
        Ok(Episode { card: self.card.clone(), look: look.drawn.clone(), clip: *clip, scene, truth, checks: Vec::new() })
    }
}

impl Problem for CausalityProblem {
    fn card(&self) -> &Card {
        &self.card
    }

    fn episode(&self, look: &mut Rng, clip: &Clip) -> Result<Episode, Rejection> {
        let look = self.look(look);
        self.dress(&Film::new(&self.run, clip), &self.answer, &look, clip)
    }

    fn twins(&self, look: &mut Rng, clip: &Clip) -> Result<Vec<Twin>, Rejection> {
        let look = self.look(look);
        twin::twins(self, &look, clip)
    }
}
