//! Versions that are wrong on purpose, in the dress of the right one.

use glam::Vec3Swizzles as _;
use raytruth_scene::{Object, Role, Scene, Track};
use raytruth_task::{Clip, Episode, Twin, Way};

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
        let mut wrong = scene.clone();
        for &(thing, slot) in moves {
            moved(&mut wrong, &story.things[thing], clip, &story.things[thing].slots[slot])?;
        }
        (!moves.is_empty()).then_some(wrong)
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
    add("vanished", "nothing comes to light", without(story, scene, clip));
    add("doubled", "the thing comes to light in two places", with_copy(scene.clone(), thing, clip, &thing.slots[again], false));
    let recolored = gone(scene.clone(), thing, clip);
    let recolored = recolored.and_then(|scene| with_copy(scene, thing, clip, &thing.slots[thing.place], true));
    add("recolored", "the thing comes to light in another colour", recolored);
    twins
}

fn parts(thing: &Thing, clip: &Clip) -> usize {
    clip.frame_at(thing.parts) as usize
}

/// From when it may part from the right one on, a thing goes another way.
fn moved(scene: &mut Scene, thing: &Thing, clip: &Clip, way: &Way) -> Option<()> {
    let index = scene.object_index(&thing.actor.name)?;
    let from = parts(thing, clip);
    let pose = |frame: usize| if frame < from { &thing.actor.way } else { way }.pose(clip.time_of(frame as u32));
    scene.objects[index].track = Some(Track { poses: (0..clip.frames as usize).map(pose).collect() });
    Some(())
}

/// A thing is there no more from when it may part on.
fn gone(mut scene: Scene, thing: &Thing, clip: &Clip) -> Option<Scene> {
    let index = scene.object_index(&thing.actor.name)?;
    let from = parts(thing, clip);
    scene.objects[index] = scene.objects[index].clone().there(clip.frames as usize, |frame| frame < from);
    Some(scene)
}

fn without(story: &Story, scene: &Scene, clip: &Clip) -> Option<Scene> {
    story.things.iter().filter(|thing| thing.is_hidden).try_fold(scene.clone(), |scene, thing| gone(scene, thing, clip))
}

/// With one more from when the thing may part on; in another colour if it is to be `recolored`.
fn with_copy(mut scene: Scene, thing: &Thing, clip: &Clip, way: &Way, recolored: bool) -> Option<Scene> {
    let index = scene.object_index(&thing.actor.name)?;
    let from = parts(thing, clip);
    let name = format!("{}_copy", thing.actor.name);
    let mut copy = Object::new(&name, scene.free_id()?, scene.objects[index].shape_at(0).clone(), &scene.objects[index].material)
        .role(Role::Target)
        .moving((0..clip.frames).map(|frame| way.pose(clip.time_of(frame))))
        .there(clip.frames as usize, |frame| frame >= from);
    if recolored {
        let mut material = scene.materials.get(&copy.material)?.clone();
        // Red becomes green, green blue: another hue, as light as before.
        material.base_color = material.base_color.zxy();
        if let Some(texture) = &mut material.texture {
            texture.color = texture.color.zxy();
        }
        copy.material.clone_from(&name);
        scene.materials.insert(name, material);
    }
    scene.objects.push(copy);
    Some(scene)
}
