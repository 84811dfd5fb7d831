//! Mirror and refraction reasoning: where light that is mirrored and bent really comes from, and where it goes.
//!
//! So far one family: a beam sets off from a source, is turned by mirrors, prisms, blocks and lenses, and meets one of several detectors. Where it
//! goes is known from an exact tracer ([`exact`]) that knows nothing of the renderer.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod beam;
mod class;
mod dials;
pub mod exact;
mod look;
mod meshes;
mod piece;
mod problem;

use std::sync::Arc;

use raytruth_task::{ByDifficulty, Clip, Dial, Dials, Difficulty, Draw, LintPolicy, Problem, Rejection, Task, TaskInfo};

/// Names folders and the evaluator.
pub const DOMAIN: &str = "perception_optics";

static INFO: TaskInfo = TaskInfo {
    domain: DOMAIN,
    title: "Mirror & Refraction Reasoning",
    summary: "A beam is turned by mirrors and glass, and lights up the detector that it meets.",
    families: &["beam"],
    classes: &class::Class::NAMES,
    seconds: ByDifficulty::all(beam::time::SECONDS),
    min_size: ByDifficulty::all((480, 300)),
    min_fps: 8,
};

/// The task.
#[derive(Clone, Copy, Debug, Default)]
pub struct Optics;

impl Task for Optics {
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
        LintPolicy::RefuseAll
    }

    fn draw(&self, draw: &mut Draw<'_>) -> Result<Box<dyn Problem>, Rejection> {
        Ok(Box::new(problem::draw(&INFO, draw)?))
    }

    fn evaluator(&self) -> Arc<dyn raytruth_eval::Evaluator> {
        Arc::new(raytruth_eval::optics::Optics)
    }
}
