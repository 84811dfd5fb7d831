//! Mirror and refraction reasoning: where light that is mirrored and bent really comes from, and where it goes.
//!
//! In *beam* light sets off from a source, is turned by mirrors, prisms, blocks and lenses, and meets one of several detectors. In *mirror image*,
//! *in the water* and *through the glass* something comes to light of which at first only an image is seen. Where light goes, and where images
//! are, is known from an exact tracer ([`exact`]) that knows nothing of the renderer.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

mod beam;
mod bench;
mod class;
mod dials;
pub mod exact;
mod eye;
mod look;
mod meshes;
mod piece;
mod reveal;

use std::sync::Arc;

use raytruth_task::{ByDifficulty, Clip, Dial, Dials, Difficulty, Draw, LintPolicy, Problem, Rejection, Task, TaskInfo};

/// Names folders and the evaluator.
pub const DOMAIN: &str = "perception_optics";

/// All is at rest, seconds.
pub(crate) const SECONDS: f64 = 5.0;

static INFO: TaskInfo = TaskInfo {
    domain: DOMAIN,
    title: "Mirror & Refraction Reasoning",
    summary: "Beams and images that mirrors, glass and water turn tell where light goes, and where things are.",
    families: &[beam::FAMILY, reveal::mirror::FAMILY, reveal::basin::FAMILY, reveal::window::FAMILY],
    classes: &class::Class::NAMES,
    seconds: ByDifficulty::all(SECONDS),
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
        let class = class::Class::ALL[draw.class];
        if class.family == beam::FAMILY { beam::problem(&INFO, draw, class.first) } else { reveal::problem(&INFO, draw, class) }
    }

    fn evaluator(&self) -> Arc<dyn raytruth_eval::Evaluator> {
        Arc::new(raytruth_eval::optics::Optics)
    }
}
