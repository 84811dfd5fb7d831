//! Material-momentum causality: a ball rolls down a ramp, and its material decides what happens.
//!
//! Three families ([`Causality`]): a tower of blocks, a row of dominoes with a gap, two blocks of different material. A set is drawn
//! that is fair to every outcome, then a ball whose material gives the wanted one; a rapier simulation says what happens, and an
//! ensemble of 64 jittered ones certifies that a person could tell.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod answer;
mod ball;
mod block;
mod cast;
mod certificate;
mod check;
mod choice;
mod class;
mod dials;
mod family;
mod layout;
mod look;
mod problem;
mod simulate;
mod stage;
mod truth;
mod twin;

use std::sync::Arc;

use raytruth_task::{ByDifficulty, Clip, Dial, Dials, Difficulty, Draw, LintPolicy, Problem, Rejection, Task, TaskInfo};

/// Names folders and the evaluator.
pub const DOMAIN: &str = "knowledge_causality";

static INFO: TaskInfo = TaskInfo {
    domain: DOMAIN,
    title: "Material-Momentum Causality",
    summary: "A ball rolls down a ramp and hits a tower, a domino row or two blocks; its material decides what happens.",
    families: &family::NAMES,
    classes: &class::Class::NAMES,
    seconds: ByDifficulty::all(simulate::DURATION),
    min_size: ByDifficulty::all((480, 300)),
    min_fps: 8,
};

/// The task.
#[derive(Clone, Copy, Debug, Default)]
pub struct Causality;

impl Task for Causality {
    fn info(&self) -> &TaskInfo {
        &INFO
    }

    fn dials(&self, difficulty: Difficulty) -> Vec<Dial> {
        dials::dials(difficulty)
    }

    fn check(&self, _: Difficulty, dials: &Dials, _: &Clip) -> Result<(), String> {
        check::check(dials)
    }

    fn draw(&self, draw: &mut Draw<'_>) -> Result<Box<dyn Problem>, Rejection> {
        Ok(Box::new(problem::draw(&INFO, draw)?))
    }

    fn evaluator(&self) -> Arc<dyn raytruth_eval::Evaluator> {
        Arc::new(raytruth_eval::causality::Causality)
    }

    /// Small sets seen whole: that is measured, and not yet held.
    fn lint(&self) -> LintPolicy {
        LintPolicy::Report
    }
}
