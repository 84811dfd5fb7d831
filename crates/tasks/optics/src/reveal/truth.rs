//! From a story to the truth that the evaluator reads: projection alone, no rendering.

use raytruth_eval::optics::{Placed, REVEAL, RevealTruth};
use raytruth_eval::{Surface, Truth};
use raytruth_scene::Scene;
use raytruth_task::dress::shown_color;
use raytruth_task::{Cast, Clip, Rejection, TruthWriter, display, project};

use super::Story;
use crate::SECONDS;
use crate::eye::Eye;
use crate::look::Look;

pub(super) fn write(story: &Story, look: &Look, (scene, clip): (&Scene, &Clip)) -> Result<Truth, Rejection> {
    let last = clip.frame_at(SECONDS);
    let images = story.set.images(&Eye::new(scene, (clip.width, clip.height)));
    let placed = story.things.iter().map(|thing| {
        let slot = |way: &raytruth_task::Way| project(scene, last, way.pose(SECONDS).translation, clip).map(|p| p.to_array());
        Ok(Placed {
            name: thing.actor.name.clone(),
            slots: thing.slots.iter().map(slot).collect::<Result<_, Rejection>>()?,
            place: thing.place,
            mistaken: thing.mistaken,
            images: images.clone().filter(|_| thing.is_hidden),
        })
    });
    let task = RevealTruth {
        family: story.family.to_owned(),
        covers: story.covers.iter().map(|actor| actor.name.clone()).collect(),
        things: placed.collect::<Result<_, Rejection>>()?,
        shown_from: clip.frame_at(story.shown),
    };
    let task = serde_json::to_value(task).map_err(|e| Rejection::new("truth_refused", e.to_string()))?;
    let mut writer = TruthWriter::new(crate::DOMAIN, scene, clip, REVEAL, clip.frame_at(story.reveal)).ends(last).task(task);
    for name in story.set.shows_others() {
        writer = writer.no_matter(name);
    }
    // What goes away leaves the picture.
    let cast = story.things.iter().fold(Cast::default(), |cast, thing| cast.with(&thing.actor.name, "target"));
    let cast = story.covers.iter().fold(cast, |cast, actor| cast.with_extra(&actor.name, "cover"));
    let cast = story.others.iter().fold(cast, |cast, actor| cast.with_extra(&actor.name, "bystander"));
    let actors = || story.things.iter().map(|thing| &thing.actor).chain(&story.covers).chain(&story.others);
    let color = |name: &str| {
        let actor = actors().find(|actor| actor.name == name);
        actor.map_or([128; 3], |actor| display(shown_color(&look.paints[actor.paint])))
    };
    cast.followed(writer, |actor| (Surface::Opaque, color(&actor.name))).write()
}
