//! A drawn and certified problem, and its way to pictures.

use std::collections::BTreeMap;

use raytruth_eval::causality::Family;
use raytruth_physics::Substance;
use raytruth_task::prose::STILL_CAMERA;
use raytruth_task::{Card, Clip, Draw, Episode, Problem, Rejection, Rng, TaskInfo, Twin, round6};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::ball::{BALLS, Ball};
use crate::certificate::{Certified, Trial, certify, nominal};
use crate::class::Class;
use crate::family::{self, Layout, layout};
use crate::look::{Angles, Look};
use crate::simulate::Rolls;
use crate::truth::Story;
use crate::{stage, twin};

/// How far chance outweighs nearness in the order of balls that give a class, as a difference of the logarithms of two masses.
const BLUR: f64 = 0.5;

/// A ball is a candidate if one that gives another class weighs at most so many times as much, or as little; its logarithm. So no class is
/// shown by a ball that gives it on every set: foam would always stay behind, iron always break through.
pub(crate) const FAR: f64 = 2.35;
/// Balls are alike if one weighs at most so many times as much as the other; its logarithm.
pub(crate) const ALIKE: f64 = 0.2;

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
/// tells which ball came, and there always is a twin. Nor does the ball alone tell the class: of the balls that give a class those are
/// preferred whose mass is next to that of a ball that gives another one, so that on another set the same ball gives another class.
pub(crate) fn draw(info: &TaskInfo, draw: &mut Draw<'_>) -> Result<CausalityProblem, Rejection> {
    let class = Class::ALL[draw.class];
    let layout = layout(draw)?;
    let allowed = draw.choices("ball_materials");
    let allowed: Vec<Ball> = BALLS.iter().filter(|b| allowed.iter().any(|name| name == b.name)).collect();
    let trials = try_balls(&layout, &allowed, &mut draw.rng)?;
    let candidates = candidates(trials, &layout, &mut draw.rng)?;
    let missed = || Rejection::new("class_missed", format!("no ball gives {}", class.name()));
    let wanted = candidates.iter().position(|of_class| of_class[0].outcome.class == class).ok_or_else(missed)?;
    let Certified { mut trials, answer, mut record } = certify(&layout, candidates, wanted, &mut draw.rng)?;

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

/// For each class that some ball gives those balls, drawn alike whichever class is wanted: as a rule the nearer by mass to one that gives
/// another class, the earlier, and none that is far. The heaviest classes come first: they hold least often.
fn candidates(trials: Vec<Trial>, layout: &Layout, rng: &mut Rng) -> Result<Vec<Vec<Trial>>, Rejection> {
    let radius = layout.set.radius;
    // Which of two blocks goes further is nothing that the ball says.
    let far = if layout.family == Family::Pair { f64::INFINITY } else { FAR };
    let masses: Vec<(Class, f64)> = trials.iter().map(|t| (t.outcome.class, libm::log(t.ball.mass(radius)))).collect();
    let mut by_class: BTreeMap<Class, Vec<(f64, Trial)>> = BTreeMap::new();
    for (trial, &(class, mass)) in trials.into_iter().zip(&masses) {
        let others = masses.iter().filter(|(other, _)| *other != class).map(|(_, other)| (mass - other).abs());
        let away = others.fold(f64::INFINITY, f64::min);
        let place = away + rng.range(0.0, BLUR);
        let of_class = by_class.entry(class).or_default();
        if away <= far {
            of_class.push((place, trial));
        }
    }
    let in_order = |(class, mut of_class): (Class, Vec<(f64, Trial)>)| {
        of_class.sort_by(|a, b| a.0.total_cmp(&b.0));
        let of_class: Vec<Trial> = of_class.into_iter().map(|(_, trial)| trial).collect();
        let too_far =
            || Rejection::new("classes_far_apart", format!("the balls that give {} weigh too much or too little", class.name()));
        if of_class.is_empty() { Err(too_far()) } else { Ok(of_class) }
    };
    let mut candidates: Vec<Vec<Trial>> = by_class.into_iter().rev().map(in_order).collect::<Result<_, _>>()?;
    let first = |class| candidates.iter().map(|of| &of[0]).find(|t| t.outcome.class == class).map_or("", |t| t.ball.name);
    let share = family::share(layout.family, first);
    if !rng.chance(share.unwrap_or(1.0)) {
        return Err(Rejection::new("one_sided", "the balls that give the classes give them on most sets"));
    }
    // A share is that of the balls that come first; it does not ask which ball gives the heaviest class.
    if share.is_some() {
        candidates.iter_mut().skip(1).for_each(|of_class| of_class.truncate(1));
    }
    Ok(candidates)
}

/// Simulates the allowed balls, the heaviest and the lightest first: a set on which these give the wrong class is given up. Of balls that
/// weigh about as much one is drawn.
fn try_balls(layout: &Layout, allowed: &[Ball], rng: &mut Rng) -> Result<Vec<Trial>, Rejection> {
    let mut balls = allowed.to_vec();
    rng.shuffle(&mut balls);
    let mut tried: Vec<Ball> = Vec::new();
    for ball in balls {
        let alike = |other: &&Ball| libm::log(ball.mass(1.0) / other.mass(1.0)).abs() < ALIKE;
        if !tried.iter().any(|other| alike(&other)) {
            tried.push(ball);
        }
    }
    tried.sort_by(|a, b| a.mass(1.0).total_cmp(&b.mass(1.0)));
    tried.rotate_right(1);
    let rolls = Rolls::new(&layout.set, 1);
    let needed = family::needed(layout.family);
    let mut trials: Vec<Trial> = Vec::new();
    let mut refused = Vec::new();
    for (place, ball) in tried.into_iter().enumerate() {
        match nominal(layout, &rolls, ball) {
            // The heaviest one moves no more than the lightest should, or the lightest more.
            Ok(trial) if place == 0 && needed[0].contains(&trial.outcome.class) => return Err(unreachable(needed[1], &[])),
            Ok(trial) if place == 1 && !needed[0].contains(&trial.outcome.class) => return Err(unreachable(needed[0], &[])),
            Ok(trial) => trials.push(trial),
            Err(why) => refused.push(format!("{}: {why}", ball.name)),
        }
    }
    match needed.iter().find(|classes| !trials.iter().any(|t| classes.contains(&t.outcome.class))) {
        Some(missing) => Err(unreachable(missing, &refused)),
        None => Ok(trials),
    }
}

/// No ball gives one of some classes.
fn unreachable(classes: &[Class], refused: &[String]) -> Rejection {
    let class = classes.first().map_or("", |c| c.name());
    Rejection::new("class_unreachable", format!("no ball gives {class} ({})", refused.join(", ")))
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
        Ok(Episode { card: self.card.clone(), look: look.drawn, clip: *clip, scene, truth, checks: Vec::new() })
    }

    fn twins(&self, episode: &Episode) -> Vec<Twin> {
        twin::twins(self, episode)
    }
}
