//! A drawn and certified problem, and its way to pictures.

use raytruth_eval::causality::Family;
use raytruth_physics::Substance;
use raytruth_task::prose::STILL_CAMERA;
use raytruth_task::{Card, Clip, Draw, Episode, Problem, Rejection, Rng, TaskInfo, Twin, round6};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::ball::{BALLS, Ball};
use crate::certificate::{Certified, Trial, certify, nominal};
use crate::choice::{candidates, none_for};
use crate::class::Class;
use crate::family::{self, Layout, layout};
use crate::look::{Angles, Look};
use crate::simulate::{Rolls, Steps};
use crate::truth::Story;
use crate::{stage, twin};

pub(crate) struct CausalityProblem {
    pub card: Card,
    pub layout: Layout,
    /// What is shown.
    pub shown: Trial,
    pub answer: Answer,
    /// A ball that gives another class, and what happens then.
    pub twin: Trial,
}

/// Draws a set that is fair to every class of its family, then a ball that gives the class.
///
/// A set is only taken if some ball gives each of the family's classes, and the ensemble certifies each; so nothing about the set
/// tells which ball came, and there always is a twin. Nor does the ball alone tell the class: [`candidates`].
pub(crate) fn draw(info: &TaskInfo, draw: &mut Draw<'_>) -> Result<CausalityProblem, Rejection> {
    let class = Class::ALL[draw.class];
    let allowed = draw.choices("ball_materials");
    let allowed: Vec<Ball> = BALLS.iter().filter(|b| allowed.iter().any(|name| name == b.name)).collect();
    let mut layout = layout(draw);
    let candidates = candidates(&layout, &allowed, &mut draw.rng)?;
    layout.settle()?;
    let trials = trials(&layout, &candidates)?;
    let missed = || Rejection::new("class_missed", format!("no ball gives {}", class.name()));
    let wanted = trials.iter().position(|of_class| of_class[0].outcome.class == class).ok_or_else(missed)?;
    let Certified { mut trials, answer, mut record } = certify(&layout, trials, wanted, &mut draw.rng)?;

    record_hardness(draw, &layout, &trials, wanted);
    // In the pair family the two blocks decide between left and right, so the twin of either is a ball that moves neither.
    let shown = trials.swap_remove(wanted);
    let twin = trials.swap_remove(draw.rng.below(trials.len() as u64) as usize);
    record["twin"] = json!({"ball_material": twin.ball.name, "class": twin.outcome.class.name(), "outcome": twin.outcome.name});
    record["world"] = world(&layout, shown.ball)?;
    record_ball(draw, &layout, shown.ball);
    let card = Card::new(info, family::name(layout.family), draw, prompt(&layout, shown.ball)).certified(record);
    let answer = answer.unlike(&twin.run, &twin.outcome);
    Ok(CausalityProblem { card, layout, shown, answer, twin })
}

/// Adds what is known of the ball to the parameters.
fn record_ball(draw: &mut Draw<'_>, layout: &Layout, ball: Ball) {
    let how = "named in the prompt, and the ball looks like it; whether it is solid or hollow is told";
    draw.noted().value("family", family::name(layout.family));
    draw.told(how).value("ball_material", ball.name);
    draw.noted().value("ball_mass_kg", round6(ball.mass(layout.set.radius)));
    draw.noted().value("ball_density_kg_m3", f64::from(ball.substance.density()));
}

/// How hard it is to tell what happens: the number of targets; the ratio between the ball's mass and the nearest mass of a certified ball that
/// gives another class on the same set; for pairs the density of the denser block over that of the other.
fn record_hardness(draw: &mut Draw<'_>, layout: &Layout, trials: &[Trial], shown: usize) {
    let (set, mass) = (&layout.set, |t: &Trial| libm::log(t.ball.mass(layout.set.radius)));
    let others = trials.iter().enumerate().filter(|(i, _)| *i != shown);
    let nearest = others.map(|(_, t)| (mass(t) - mass(&trials[shown])).abs()).fold(f64::INFINITY, f64::min);
    draw.hardness("targets", set.blocks.len() as f64);
    draw.hardness("mass_ratio", libm::exp(nearest));
    if let (Family::Pair, [a, b]) = (layout.family, &set.blocks[..]) {
        let (a, b) = (f64::from(a.substance.density()), f64::from(b.substance.density()));
        draw.hardness("density_ratio", (a / b).max(b / a));
    }
}

/// One structure for all, and no word about the outcome.
fn prompt(layout: &Layout, ball: Ball) -> String {
    format!(
        "There is {} at the top of a slope, held by a latch. {} The latch opens, then the ball rolls down the slope and {}. Show the \
         collision and all that follows from it, until everything is at rest. {STILL_CAMERA}",
        ball.phrase, layout.ahead, layout.meets
    )
}

/// What other software needs to simulate the problem again, for the certificate.
fn world(layout: &Layout, ball: Ball) -> Result<Value, Rejection> {
    let failed = |e: serde_json::Error| Rejection::new("certificate", e.to_string());
    // Through text, so that single-precision numbers keep their few digits.
    let text = serde_json::to_string(&layout.set.record(&layout.settled, ball)).map_err(failed)?;
    serde_json::from_str(&text).map_err(failed)
}

/// For each class those of its candidates that give it and are fit to be shown. What holds least often comes first: of rows and pairs heavy
/// balls, of towers light ones, as many of them stop dead.
pub(crate) fn trials(layout: &Layout, candidates: &[Vec<Ball>]) -> Result<Vec<Vec<Trial>>, Rejection> {
    let rolls = Rolls::new(&layout.set, 1, Steps::Shown);
    let of_class = |(balls, classes): (&Vec<Ball>, &&[Class])| {
        let tried = balls.iter().filter_map(|ball| nominal(layout, &rolls, ball).ok());
        let give_it: Vec<Trial> = tried.filter(|t| classes.contains(&t.outcome.class)).collect();
        if give_it.is_empty() { Err(none_for(classes, "class_unreachable")) } else { Ok(give_it) }
    };
    let of_classes = candidates.iter().zip(family::needed(layout.family));
    if layout.family == Family::Tower { of_classes.map(of_class).collect() } else { of_classes.rev().map(of_class).collect() }
}

impl Problem for CausalityProblem {
    fn card(&self) -> &Card {
        &self.card
    }

    fn episode(&self, look: &mut Rng, clip: &Clip) -> Result<Episode, Rejection> {
        let set = &self.layout.set;
        let substances: Vec<Substance> = set.blocks.iter().map(|b| b.substance).collect();
        let angles = match self.layout.family {
            Family::Pair => Angles { azimuth: (46.0, 60.0), elevation: (28.0, 36.0) },
            Family::Tower | Family::Dominoes => Angles { azimuth: (-12.0, 20.0), elevation: (17.0, 26.0) },
        };
        let look = Look::draw(look, self.shown.ball, &substances, angles);
        let scene = stage::build(set, &set.film(&self.shown.run, clip), &look, clip)?;
        let truth = Story { layout: &self.layout, ball: self.shown.ball, answer: &self.answer }.write(&scene, clip)?;
        crate::truth::check_sight(&truth)?;
        Ok(Episode::new(&self.card, look.drawn, clip, scene, truth))
    }

    fn twins(&self, episode: &Episode) -> Vec<Twin> {
        twin::twins(self, episode)
    }
}
