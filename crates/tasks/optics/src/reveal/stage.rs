//! From a story and a look to a scene.

use raytruth_scene::{Material, Pose, Role, Scene};
use raytruth_task::{Clip, Film, Rejection, SceneBuilder};

use super::{Actor, Story};
use crate::bench;
use crate::look::Look;

/// The scene with every pose of the story.
pub(super) fn build(story: &Story, look: &Look, clip: &Clip) -> Result<Scene, Rejection> {
    let mut builder = SceneBuilder::new(clip);
    let all = || {
        let covers = story.covers.iter().map(|actor| (actor, Role::Occluder));
        let things = story.things.iter().map(|thing| (&thing.actor, Role::Target));
        covers.chain(things).chain(story.others.iter().map(|actor| (actor, Role::Distractor)))
    };
    for (actor, role) in all() {
        add(&mut builder, actor, role, &look.paints[actor.paint]);
    }
    let pose = |name: &str, frame: u32| {
        let actor = all().map(|(actor, _)| actor).find(|actor| actor.name == name);
        actor.map_or(Pose::IDENTITY, |actor| actor.way.pose(clip.time_of(frame)))
    };
    story.set.furnish(&mut builder, look, clip, &pose);
    film(all().map(|(actor, _)| actor), clip).play(&mut builder.scene);
    let [lo, hi] = story.set.bounds();
    bench::finish(builder, look, clip, story.set.board(), &bench::corners(lo, hi))
}

/// What everyone does.
fn film<'a>(actors: impl Iterator<Item = &'a Actor>, clip: &Clip) -> Film {
    actors.fold(Film::new(clip), |film, actor| {
        let still = actor.way.is_still();
        let frames = if still { 1 } else { clip.frames };
        film.moving(&actor.name, (0..frames).map(|frame| actor.way.pose(clip.time_of(frame))).collect())
    })
}

fn add(builder: &mut SceneBuilder, actor: &Actor, role: Role, material: &Material) {
    let shape = actor.solid.shape(builder);
    builder.add(&actor.name, role, shape, material).pose = Pose::from_translation(actor.way.pose(0.0).translation);
}
