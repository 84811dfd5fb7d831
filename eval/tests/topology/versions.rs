//! What pixels make of right clips: every control of the evaluator within its bound.

use raytruth_eval::controls::{Kind, Making, Source};
use raytruth_eval::{Evaluator, Frame, Registry, Score, Truth, score_continuation, score_frames_at, topology::Topology};

use crate::common::score::explain;
use crate::scene::{FPS, Sample};

/// Every control without a codec that applies: its name, and whether its bound is kept.
pub(crate) fn broken(sample: &Sample<'_>, truth: &Truth, frames: &[Frame], names: &dyn Fn(&str) -> bool) -> Vec<String> {
    let source = Source { frames, fps: FPS, other: None, truth };
    let registry = Registry::default();
    let mut broken = Vec::new();
    for control in Topology.controls().iter().filter(|c| names(c.name)) {
        let Making::Pixels(make) = control.making else { continue };
        let Some(made) = make(&source).filter(|made| made.codec.is_none()) else { continue };
        let steady = || (0..made.frames.len()).map(|i| i as f64 / made.fps).collect();
        let score: Score = if made.continues {
            let lead = &frames[..source.split()];
            score_continuation(&registry, truth, &frames[0], lead, &made.frames, made.fps).expect("scored")
        } else {
            score_frames_at(&registry, truth, &frames[0], &made.frames, made.time.clone().unwrap_or_else(steady)).expect("scored")
        };
        if std::env::var_os("SHOW").is_some() {
            let panels = score.gates.iter().find(|g| g.name == "panels_kept").map(|g| &g.reason);
            println!("{:<16} {:<32} {:>4} {:?} {panels:?}", sample.rule, control.name, score.points, control.kind);
        }
        let kept = control.kind.keeps_within(control.bound, score.points);
        if !kept || (control.kind == Kind::Wrong && score.failure.is_none()) {
            broken.push(format!("{} {}: {}", sample.rule, control.name, explain(&score)));
        }
    }
    broken
}
