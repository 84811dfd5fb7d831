//! From a story to the truth that the evaluator reads: projection alone, no rendering.

use raytruth_eval::topology::{CHANGE, Stage, StrandTruth, TopologyTruth};
use raytruth_eval::{Surface, Truth};
use raytruth_scene::Scene;
use raytruth_task::{Cast, Clip, Rejection, TruthWriter, display, project};

use crate::look;
use crate::plan::RADIUS;
use crate::problem::Story;
use crate::stage;
use crate::time;

pub(crate) fn write(story: &Story, scene: &Scene, clip: &Clip) -> Result<Truth, Rejection> {
    let act = &story.task;
    let mut panels = [[0.0_f32; 4]; 4];
    for (panel, rect) in panels.iter_mut().enumerate() {
        let corners = stage::corners(panel).map(|corner| project(scene, 0, corner, clip));
        let corners = corners.into_iter().collect::<Result<Vec<_>, _>>()?;
        let low = corners.iter().fold(glam::Vec2::INFINITY, |a, b| a.min(*b));
        let high = corners.iter().fold(glam::Vec2::NEG_INFINITY, |a, b| a.max(*b));
        *rect = [low.x, low.y, high.x, high.y];
    }
    let across = |x: f64| project(scene, 0, stage::point(3, glam::DVec3::X * x), clip);
    let width = across(0.0)?.distance(across(2.0 * RADIUS)?);
    let strands = act
        .hues
        .arcs
        .iter()
        .enumerate()
        .map(|(strand, [from, grows])| StrandTruth { object: stage::name(3, strand, 0), hue: [*from as f32, *grows as f32] });
    let last = clip.frames - 1;
    let share = |frame: u32| time::share(story.difficulty, clip.time_of(frame));
    let mut stages: Vec<Stage> = Vec::new();
    for ([from, to], link) in act.change.whole().into_iter().zip(&act.known.links) {
        let first = (0..=last).find(|frame| share(*frame) >= from);
        let end = (0..=last).rev().find(|frame| share(*frame) <= to);
        if let (Some(first), Some(end)) = (first, end)
            && first <= end
        {
            stages.push(Stage { frames: [first, end], link: link.clone() });
        }
    }
    let task = TopologyTruth { rule: story.rule.name().to_owned(), panels, width, strands: strands.collect(), stages };
    let task = serde_json::to_value(task).map_err(|e| Rejection::new("truth_refused", e.to_string()))?;
    let (begins, ends) = time::change(story.difficulty);
    let writer = TruthWriter::new(crate::DOMAIN, scene, clip, CHANGE, clip.frame_at(begins).max(2))
        .event("changed", clip.frame_at(ends))
        .ends(clip.frame_at(*time::SECONDS.at(story.difficulty)))
        .task(task);
    let count = act.hues.arcs.len();
    let cast = (0..count).fold(Cast::default(), |cast, strand| cast.with(stage::name(3, strand, 0), "strand"));
    let color = |name: &str| {
        let strand = (0..count).find(|strand| stage::name(3, *strand, 0) == name).unwrap_or(0);
        let [from, grows] = act.hues.arcs[strand];
        display(look::color(from + 0.5 * grows, 0.8))
    };
    cast.followed(writer, |actor| (Surface::Opaque, color(&actor.name))).write()
}
