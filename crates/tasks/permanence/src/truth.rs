//! From scene and plot to the truth that the evaluator reads: projection alone, no rendering.

use raytruth_eval::permanence::{PermanenceTruth, REVEAL};
use raytruth_eval::{Surface, Truth};
use raytruth_scene::Scene;
use raytruth_task::dress::shown_color;
use raytruth_task::{Cast, Clip, Rejection, TruthWriter, display, project};

use crate::look::Look;
use crate::plot::{Part, Plot, TARGET};

pub(crate) fn write(family: &str, plot: &Plot, look: &Look, (scene, clip): (&Scene, &Clip)) -> Result<Truth, Rejection> {
    let last = clip.frame_at(plot.seconds);
    let frames = |from: f64, to: f64| clip.frame_at(from)..clip.frame_at(to);
    let slots = plot.slots.iter().map(|slot| {
        let end = slot.way.pose(plot.seconds).translation;
        project(scene, last, end, clip).map(|place| place.to_array())
    });
    let named = |part: Part| plot.things.iter().filter(|t| t.part == part).map(|t| t.name.clone()).collect();
    let hidden = plot.hidden.iter().map(|h| {
        let span = frames(h.span.start, h.span.end);
        [span.start, span.end.max(span.start + 1) - 1]
    });
    let task = PermanenceTruth {
        family: family.to_owned(),
        target: TARGET.to_owned(),
        occluders: named(Part::Occluder),
        distractors: named(Part::Distractor),
        slots: slots.collect::<Result<_, _>>()?,
        place: plot.place,
        last_seen: plot.last_seen,
        hidden: hidden.collect(),
        shown_from: clip.frame_at(plot.shown),
    };
    let task = serde_json::to_value(task).map_err(|e| Rejection::new("truth_refused", e.to_string()))?;
    let mut writer = TruthWriter::new(crate::DOMAIN, scene, clip, REVEAL, clip.frame_at(plot.reveal())).ends(last).task(task);
    for event in plot.events.iter().filter(|event| event.name != REVEAL) {
        writer = writer.event(&event.name, clip.frame_at(event.span.start));
    }
    for hidden in &plot.hidden {
        let span = frames(hidden.span.start, hidden.span.end);
        if let Some(by) = &hidden.by {
            writer = writer.held(TARGET, by, span.clone()).enclosed(TARGET, span);
        }
    }
    if let Some(dark) = &plot.dark {
        writer = writer.dark(frames(dark.start, dark.end));
    }
    let cast =
        plot.things.iter().filter(|t| t.part != Part::Mover).fold(Cast::default(), |cast, t| cast.with(&t.name, t.part.name()));
    let color = |name: &str| look.materials.get(name).map_or([128; 3], |m| display(shown_color(m)));
    cast.followed(writer, |actor| (Surface::Opaque, color(&actor.name))).write()
}
