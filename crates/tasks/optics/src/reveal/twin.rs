//! Versions that are wrong on purpose, in the dress of the right one.

use raytruth_scene::Scene;
use raytruth_task::{Clip, Episode, Twin, altered};

use super::{Story, Thing};

/// They share camera and first frame with the sample, and are scored by its truth.
pub(super) fn twins(story: &Story, right: &Episode) -> Vec<Twin> {
    let (scene, clip) = (&right.scene, &right.clip);
    let mut twins = Vec::new();
    let mut add = |name: &str, summary: &str, scene: Option<Scene>| {
        if let Some(scene) = scene {
            twins.push(Twin { name: name.to_owned(), summary: summary.to_owned(), scene, class: None, truth: None });
        }
    };
    let elsewhere = |moves: &[(usize, usize)]| {
        let moved = |scene: Scene, &(thing, slot): &(usize, usize)| {
            let thing = &story.things[thing];
            altered::goes(scene, &thing.actor.name, parts(thing, clip), clip, &thing.slots[slot])
        };
        moves.iter().try_fold(scene.clone(), moved).filter(|_| !moves.is_empty())
    };
    add("image_swapped", "the thing comes to light in another place", elsewhere(&story.swapped));
    let mistaken: Option<Vec<(usize, usize)>> =
        story.things.iter().enumerate().map(|(i, thing)| thing.mistaken.map(|slot| (i, slot))).collect();
    add(
        "image_for_thing",
        "the thing comes to light where one finds it who ignores mirror or glass",
        mistaken.and_then(|moves| elsewhere(&moves)),
    );
    let (first, again) = story.doubled;
    let thing = &story.things[first];
    let (name, from) = (&thing.actor.name, parts(thing, clip));
    let hidden = || story.things.iter().filter(|thing| thing.is_hidden);
    let without = |scene: Scene, thing: &Thing| altered::gone(scene, &thing.actor.name, parts(thing, clip), clip);
    add("vanished", "nothing comes to light", hidden().try_fold(scene.clone(), without));
    let doubled = altered::doubled(scene.clone(), name, from, clip, &thing.slots[again], false);
    add("doubled", "the thing comes to light in two places", doubled);
    let recolored = altered::gone(scene.clone(), name, from, clip)
        .and_then(|scene| altered::doubled(scene, name, from, clip, &thing.slots[thing.place], true));
    add("recolored", "the thing comes to light in another colour", recolored);
    twins
}

fn parts(thing: &Thing, clip: &Clip) -> usize {
    clip.frame_at(thing.parts) as usize
}
