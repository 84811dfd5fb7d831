//! Egocentric navigation: a walk through a place to a goal that is not in sight, the way told by a plan or by its turns.
//!
//! A family (`family/`) makes a site (`site.rs`): a place in plan (`layout.rs`) and the way through it. The way becomes a walk (`walk/`),
//! and both are certified (`certificate.rs`): by all ways there are (`way/`) and by what one sees on it (`view.rs`). A look (`look/`) dresses
//! the place; scene, truth and twins are made the same way for every family.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod certificate;
mod chart;
mod check;
mod class;
mod dials;
mod family;
mod layout;
mod look;
mod problem;
mod prompt;
mod site;
mod solids;
mod stage;
mod steps;
mod truth;
mod twin;
mod view;
mod walk;
mod way;

use std::sync::Arc;

use raytruth_task::{ByDifficulty, Clip, Dial, Dials, Difficulty, Draw, LintPolicy, Problem, Rejection, Task, TaskInfo};

/// Names folders and the evaluator.
pub const DOMAIN: &str = "spatiality_navigation";

static INFO: TaskInfo = TaskInfo {
    domain: DOMAIN,
    title: "Egocentric Navigation",
    summary: "A first-person walk through a place to a goal, by a plan or by the turns of a route.",
    families: &layout::Family::NAMES,
    classes: &class::Class::NAMES,
    seconds: ByDifficulty { easy: dials::SECONDS.0, medium: dials::SECONDS.0, hard: dials::SECONDS.1 },
    min_size: ByDifficulty::all((480, 300)),
    min_fps: 8,
};

/// The task.
#[derive(Clone, Copy, Debug, Default)]
pub struct Navigation;

impl Task for Navigation {
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
        LintPolicy::Report
    }

    fn draw(&self, draw: &mut Draw<'_>) -> Result<Box<dyn Problem>, Rejection> {
        Ok(Box::new(problem::draw(&INFO, draw)?))
    }

    fn evaluator(&self) -> Arc<dyn raytruth_eval::Evaluator> {
        Arc::new(raytruth_eval::navigation::Navigation)
    }
}
