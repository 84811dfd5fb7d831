//! Object permanence and occlusion: a thing is seen, then hidden, and while it is hidden things go on; at the end it comes to light where it
//! must be.
//!
//! A family (`family/`) makes a plot (`plot.rs`): who takes part, what each does at every time, where the target may be in the end and where
//! it is. Everything else (scene, truth, twins, certificate) is made of the plot, the same way for every family.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod certificate;
mod check;
mod class;
mod cloth;
mod dials;
mod family;
mod look;
mod plot;
mod problem;
mod stage;
mod truth;
mod twin;

use std::sync::Arc;

use raytruth_task::{ByDifficulty, Clip, Dial, Dials, Difficulty, Draw, LintPolicy, Problem, Rejection, Task, TaskInfo};

/// Names folders and the evaluator.
pub const DOMAIN: &str = "transformation_permanence";

static INFO: TaskInfo = TaskInfo {
    domain: DOMAIN,
    title: "Object Permanence & Occlusion",
    summary: "A thing is hidden, things go on while it is, and it comes to light where it must be.",
    families: &family::NAMES,
    classes: &class::Class::NAMES,
    seconds: ByDifficulty { easy: plot::SECONDS.0, medium: plot::SECONDS.0, hard: plot::SECONDS.1 },
    min_size: ByDifficulty::all((480, 300)),
    min_fps: 8,
};

/// The task.
#[derive(Clone, Copy, Debug, Default)]
pub struct Permanence;

impl Task for Permanence {
    fn info(&self) -> &TaskInfo {
        &INFO
    }

    fn dials(&self, difficulty: Difficulty) -> Vec<Dial> {
        dials::dials(difficulty)
    }

    fn check(&self, difficulty: Difficulty, dials: &Dials, _: &Clip) -> Result<(), String> {
        check::check(difficulty, dials)
    }

    fn lint(&self) -> LintPolicy {
        LintPolicy::RefuseAll
    }

    fn draw(&self, draw: &mut Draw<'_>) -> Result<Box<dyn Problem>, Rejection> {
        Ok(Box::new(problem::draw(&INFO, draw)?))
    }

    fn evaluator(&self) -> Arc<dyn raytruth_eval::Evaluator> {
        Arc::new(raytruth_eval::permanence::Permanence)
    }
}
