//! Actors by name, and where each of them is in every frame.

use std::collections::BTreeMap;

use raytruth_eval::Surface;
use raytruth_scene::{Pose, Scene, Shape, Track};

use crate::{Clip, Followed, TruthWriter};

/// An object that the problem is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Name in the scene, the film, the truth and the certificate.
    pub name: String,
    /// What it is to the evaluator: `ball`, `target`, ...
    pub role: &'static str,
    /// Whether the evaluator must be able to see it.
    pub key: bool,
}

/// The actors of a problem, in the order in which the truth lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast(Vec<Actor>);

impl Cast {
    /// The same cast with one more actor, which the evaluator must be able to see.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, role: &'static str) -> Self {
        self.0.push(Actor { name: name.into(), role, key: true });
        self
    }

    /// The same cast with one more actor, which need not be seen.
    #[must_use]
    pub fn with_extra(mut self, name: impl Into<String>, role: &'static str) -> Self {
        self.0.push(Actor { name: name.into(), role, key: false });
        self
    }

    /// All actors.
    pub fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.0.iter()
    }

    /// Names of all actors.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|a| a.name.as_str())
    }

    /// Has the truth follow every actor. `dress`: how it shows, and its display colour.
    #[must_use]
    pub fn followed<'s>(&self, writer: TruthWriter<'s>, dress: impl Fn(&Actor) -> (Surface, [u8; 3])) -> TruthWriter<'s> {
        self.0.iter().fold(writer, |writer, actor| {
            let (surface, color) = dress(actor);
            writer.follow(Followed { name: actor.name.clone(), role: actor.role.to_owned(), key: actor.key, surface, color })
        })
    }
}

/// What one actor does.
#[derive(Clone, Debug, Default, PartialEq)]
struct Part {
    poses: Vec<Pose>,
    shapes: Vec<Shape>,
}

/// Pose and shape of every actor in every frame of a clip, by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Film {
    frames: usize,
    parts: BTreeMap<String, Part>,
}

impl Film {
    /// The film of a clip in which nothing happens yet.
    #[must_use]
    pub fn new(clip: &Clip) -> Self {
        Self { frames: clip.frames as usize, parts: BTreeMap::new() }
    }

    /// The film of a cast whose poses are known at every time. `pose`: of an actor, by name, at a time in seconds.
    #[must_use]
    pub fn of(cast: &Cast, clip: &Clip, pose: impl Fn(&str, f64) -> Pose) -> Self {
        cast.names().fold(Self::new(clip), |film, name| {
            let poses = (0..clip.frames).map(|frame| pose(name, clip.time_of(frame))).collect();
            film.moving(name, poses)
        })
    }

    /// The same film in which an actor has these poses, one a frame; the last one holds.
    #[must_use]
    pub fn moving(mut self, name: impl Into<String>, poses: Vec<Pose>) -> Self {
        self.parts.entry(name.into()).or_default().poses = poses;
        self
    }

    /// The same film in which an actor has these shapes, one a frame; the last one holds.
    #[must_use]
    pub fn changing(mut self, name: impl Into<String>, shapes: Vec<Shape>) -> Self {
        self.parts.entry(name.into()).or_default().shapes = shapes;
        self
    }

    /// The same film in which an actor stays where it is in the first frame.
    #[must_use]
    pub fn held(mut self, name: &str) -> Self {
        if let Some(part) = self.parts.get_mut(name) {
            part.poses.truncate(1);
        }
        self
    }

    /// Number of frames.
    #[must_use]
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// Poses of an actor, one a frame; empty if it is not in the film, or does not move.
    #[must_use]
    pub fn poses(&self, name: &str) -> &[Pose] {
        self.parts.get(name).map_or(&[], |part| &part.poses)
    }

    /// Gives the objects of a scene that have an actor's name what the actor does. Objects of other names stay as they are.
    pub fn play(&self, scene: &mut Scene) {
        for object in &mut scene.objects {
            let Some(part) = self.parts.get(&object.name) else { continue };
            if !part.poses.is_empty() {
                object.track = Some(Track { poses: part.poses.clone() });
            }
            if !part.shapes.is_empty() {
                object.shapes.clone_from(&part.shapes);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;
    use raytruth_scene::{Camera, Object};

    use super::*;

    #[test]
    fn a_film_plays_by_name_in_whatever_order_the_scene_has() {
        let clip = Clip { width: 64, height: 40, fps: 10, frames: 3, lead: 0 };
        let cast = Cast::default().with("ball", "ball").with("cup", "cup").with_extra("latch", "latch");
        let at = |name: &str, t: f64| Pose::from_translation(Vec3::new(name.len() as f32, t as f32, 0.0));
        let film = Film::of(&cast, &clip, at).held("latch").changing("cup", vec![Shape::Nothing]);
        let mut scene = Scene::new(Camera::look_at(Vec3::NEG_Y, Vec3::ZERO, 0.5));
        for (name, id) in [("latch", 1), ("post", 2), ("cup", 3), ("ball", 4)] {
            scene.objects.push(Object::new(name, id, Shape::Sphere { radius: 0.1 }, "m"));
        }
        film.play(&mut scene);
        let pose = |name: &str, frame| scene.world_pose(scene.object_index(name).expect("there"), frame).translation;
        assert_eq!(pose("ball", 2), Vec3::new(4.0, 0.2, 0.0));
        assert_eq!(pose("latch", 2), Vec3::new(5.0, 0.0, 0.0), "held");
        assert_eq!(pose("post", 2), Vec3::ZERO, "in no film");
        assert!(scene.objects[2].shape_at(0).is_nothing() && !scene.objects[3].shape_at(0).is_nothing());
        assert_eq!(film.poses("post"), &[]);
    }
}
