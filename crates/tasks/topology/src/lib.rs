//! Topological analogy: A is to B as C is to what? Knots and links lie on four plinths as coloured strands; one rule takes the first to the second,
//! and the third to the answer.
//!
//! A link is drawn from its diagram, made round and even (`groom`), and laid down as a plan of lines with crossings (`plan`). Each rule knows how a
//! plan changes (`change`); that nothing passes through anything on the way, but where the rule cuts, is proven (`proof`), and what each stage is,
//! its invariants say (`certificate`).

#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod build;
mod catalog;
mod certificate;
mod change;
mod dials;
mod groom;
mod hues;
mod invariants;
mod look;
mod plan;
mod problem;
mod proof;
mod rivals;
mod rule;
mod shot;
mod stage;
mod time;
mod truth;
mod tubes;
mod twin;

use std::sync::Arc;

use raytruth_task::{ByDifficulty, Clip, Dial, Dials, Difficulty, Draw, LintPolicy, Problem, Rejection, Task, TaskInfo};

/// Names folders and the evaluator.
pub const DOMAIN: &str = "abstraction_topology";

static INFO: TaskInfo = TaskInfo {
    domain: DOMAIN,
    title: "3D Topological Analogy",
    summary: "Knots and links on plinths: the change that takes the first to the second is to be done to the third.",
    families: &rule::Rule::NAMES,
    classes: &rule::Rule::NAMES,
    seconds: time::SECONDS,
    min_size: ByDifficulty { easy: (480, 400), medium: (480, 400), hard: (480, 480) },
    min_fps: 8,
};

/// The task.
#[derive(Clone, Copy, Debug, Default)]
pub struct Topology;

impl Task for Topology {
    fn info(&self) -> &TaskInfo {
        &INFO
    }

    fn dials(&self, difficulty: Difficulty) -> Vec<Dial> {
        dials::dials(difficulty)
    }

    fn check(&self, _: Difficulty, dials: &Dials, _: &Clip) -> Result<(), String> {
        dials::check(dials)
    }

    fn lint(&self) -> LintPolicy {
        LintPolicy::Report
    }

    fn draw(&self, draw: &mut Draw<'_>) -> Result<Box<dyn Problem>, Rejection> {
        problem::draw(&INFO, draw)
    }

    fn evaluator(&self) -> Arc<dyn raytruth_eval::Evaluator> {
        Arc::new(raytruth_eval::topology::Topology)
    }
}
