//! Versions that are wrong on purpose, in the dress of the right one.

use raytruth_scene::Scene;
use raytruth_task::{Clip, Episode, Twin, Way, altered};

use crate::plot::{Part, Plot, TARGET};
use crate::stage::film;

/// Things so near to each other are in one place, metres.
const NEAR: f32 = 0.01;

/// They share camera and first frame with the sample, and are scored by its truth.
pub(crate) fn twins(plot: &Plot, right: &Episode) -> Vec<Twin> {
    let (scene, clip) = (&right.scene, &right.clip);
    let elsewhere = (1..plot.slots.len()).map(|i| (plot.place + i) % plot.slots.len());
    let other = elsewhere.clone().find(|&slot| slot != plot.last_seen).or_else(|| elsewhere.clone().next());
    let mut twins = Vec::new();
    let mut add = |name: &str, summary: &str, scene: Option<Scene>| {
        if let Some(scene) = scene {
            twins.push(Twin { name: name.to_owned(), summary: summary.to_owned(), scene, class: None, truth: None });
        }
    };
    let away = |slot: usize| moved(plot, scene, clip, &plot.slots[slot].way);
    add("wrong_place", "the target comes to light in another place", other.and_then(away));
    let reset = (plot.last_seen != plot.place).then_some(plot.last_seen);
    add("reset", "the target comes to light where it was last seen", reset.and_then(away));
    add("vanished", "the target does not come to light", without(plot, scene, clip));
    let doubled = other.and_then(|slot| with_copy(scene.clone(), plot, clip, &plot.slots[slot].way, false));
    add("doubled", "the target comes to light in two places", doubled);
    let same = &plot.slots[plot.place].way;
    let recolored = without(plot, scene, clip).and_then(|scene| with_copy(scene, plot, clip, same, true));
    add("recolored", "the target comes to light in another colour", recolored);
    for (name, summary, other) in &plot.wrong {
        let mut scene = scene.clone();
        film(other, clip).play(&mut scene);
        add(name, summary, Some(scene));
    }
    twins
}

/// The frame from which on the target is hidden for the last time: the first in which nothing of it is seen.
fn hides(plot: &Plot, clip: &Clip) -> usize {
    clip.frame_at(plot.hides()) as usize
}

/// From when it is hidden for the last time on the target goes another way.
fn moved(plot: &Plot, scene: &Scene, clip: &Clip, way: &Way) -> Option<Scene> {
    let from = hides(plot, clip);
    let scene = altered::goes(scene.clone(), TARGET, from, clip, way)?;
    // What would be there takes its place.
    match there(plot, way) {
        Some(other) => altered::goes(scene, other, from, clip, &plot.slots[plot.place].way),
        None => Some(scene),
    }
}

/// What else ends where a way does.
fn there<'a>(plot: &'a Plot, way: &Way) -> Option<&'a str> {
    let end = way.pose(plot.seconds).translation;
    let is_there = |way: &Way| way.pose(plot.seconds).translation.distance(end) < NEAR;
    let other = plot.things.iter().find(|thing| thing.part == Part::Distractor && is_there(&thing.way));
    other.map(|thing| thing.name.as_str())
}

fn without(plot: &Plot, scene: &Scene, clip: &Clip) -> Option<Scene> {
    altered::gone(scene.clone(), TARGET, hides(plot, clip), clip)
}

/// With one more target from when the first is hidden for the last time on; in another colour if it is to be `recolored`.
fn with_copy(scene: Scene, plot: &Plot, clip: &Clip, way: &Way, recolored: bool) -> Option<Scene> {
    let from = hides(plot, clip);
    let scene = altered::doubled(scene, TARGET, from, clip, way, recolored)?;
    // Two cannot be in one place.
    match there(plot, way) {
        Some(other) => altered::gone(scene, other, from, clip),
        None => Some(scene),
    }
}
