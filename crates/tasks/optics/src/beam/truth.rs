//! From scene and bench to the truth that the evaluator reads: the exact tracer alone, no rendering.

use raytruth_eval::optics::{ARRIVES, BeamTruth, LAST_TURN};
use raytruth_eval::{Surface, Truth};
use raytruth_scene::Scene;
use raytruth_task::dress::shown_color;
use raytruth_task::{Cast, Clip, Rejection, TruthWriter, display};

use super::stage::{color, detector, leg, optic};
use super::time::Growth;
use super::{Bench, line};
use crate::SECONDS;
use crate::look::Look;

pub(crate) fn write((bench, growth): (&Bench, &Growth), look: &Look, (scene, clip): (&Scene, &Clip)) -> Result<Truth, Rejection> {
    let path = bench.path();
    let (legs, width) = line::seen(bench, &path, scene, clip);
    let task = BeamTruth {
        family: super::FAMILY.to_owned(),
        beam: leg(0),
        color: display(color(bench, look)),
        width: (width * 100.0).round() / 100.0,
        optics: (0..bench.pieces.len()).map(optic).collect(),
        legs,
        detectors: (0..bench.detectors.len()).map(detector).collect(),
        answer: detector(bench.answer),
    };
    let task = serde_json::to_value(task).map_err(|e| Rejection::new("truth_refused", e.to_string()))?;
    let mut writer = TruthWriter::new(crate::DOMAIN, scene, clip, LAST_TURN, clip.frame_at(growth.turns_last()))
        .event(ARRIVES, clip.frame_at(Growth::meets()))
        .ends(clip.frame_at(SECONDS))
        .task(task);
    // Optics show what they mirror, or what lies behind them.
    for name in (0..bench.pieces.len()).map(optic).chain((1..path.legs().count()).map(leg)) {
        writer = writer.no_matter(name);
    }
    let cast = (0..bench.detectors.len()).fold(Cast::default(), |cast, i| cast.with(detector(i), "detector"));
    cast.with_extra(leg(0), "beam")
        .followed(writer, |actor| {
            if actor.name == leg(0) {
                return (Surface::Opaque, display(color(bench, look)));
            }
            let i = (0..bench.detectors.len()).find(|&i| detector(i) == actor.name).unwrap_or(0);
            (Surface::Opaque, display(shown_color(&look.paints[i])))
        })
        .write()
}
