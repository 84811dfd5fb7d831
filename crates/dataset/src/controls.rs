//! Controls that need the renderer: videos of a sample's scene that must score low (something impossible happens, or the wrong
//! thing for the wrong reason) or high (nothing that matters differs).

use std::sync::Arc;

use glam::Vec3;
use raytruth_render::RenderSettings;
use raytruth_scene::{Object, Pose, Role, Scene, Track};
use raytruth_task::{Episode, Twin};
use serde::{Deserialize, Serialize};

use crate::sample::SideClip;

/// What a control is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlKind {
    /// Must score at most half.
    Negative,
    /// Must score at least 0.95.
    Positive,
}

/// One entry of `extras/controls/controls.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlCard {
    /// `glide`, `twin_counterfactual`, ...
    pub name: String,
    /// How it must score.
    pub kind: ControlKind,
    /// What differs from the ground truth.
    pub summary: String,
    /// The MP4, beside this list.
    pub file: String,
}

/// Every control of an episode: the clips to render and the list of them.
#[must_use]
pub fn control_clips(episode: &Episode, twins: &[Twin], render: &RenderSettings) -> (Vec<SideClip>, Vec<ControlCard>) {
    let mut out = (Vec::new(), Vec::new());
    let mut add = |name: &str, kind, summary: &str, scene: &Scene, settings: RenderSettings| {
        let file = format!("{name}.mp4");
        out.0.push(SideClip {
            name: format!("control {name}"),
            file: format!("extras/controls/{file}"),
            scene: Arc::new(scene.clone()),
            settings,
        });
        out.1.push(ControlCard { name: name.into(), kind, summary: summary.into(), file });
    };
    let scene = &episode.scene;
    let other_seed = RenderSettings { seed: render.seed ^ 0x5bd1_e995, ..render.clone() };
    add("other_seed", ControlKind::Positive, "rendered with another seed", scene, other_seed);
    let half = RenderSettings { samples_per_pixel: render.samples_per_pixel.div_ceil(2), ..render.clone() };
    add("half_spp", ControlKind::Positive, "rendered with half the camera paths", scene, half);
    for twin in twins {
        add(&format!("twin_{}", twin.name), ControlKind::Negative, &twin.summary, &twin.episode.scene, render.clone());
    }
    // A task's own version of an impossible event knows better what would be noticed.
    let has = |name: &str| twins.iter().any(|t| t.name == name);
    let frames = episode.clip.frames as usize;
    for (name, summary, make) in IMPOSSIBLE {
        if !has(name)
            && let Some(scene) = make(scene, frames)
        {
            add(name, ControlKind::Negative, summary, &scene, render.clone());
        }
    }
    out
}

type Make = fn(&Scene, usize) -> Option<Scene>;

const IMPOSSIBLE: [(&str, &str, Make); 4] = [
    ("glide", "everything that moves glides straight from its first to its final pose", glide),
    ("teleport", "what acts stands still and then is at its end at once", teleport),
    ("vanish", "what acts is gone from the middle of its motion on", vanish),
    ("duplicate", "what acts is there twice from the middle of its motion on", duplicate),
];

/// Everything that moves, in a straight line at constant speed.
fn glide(scene: &Scene, frames: usize) -> Option<Scene> {
    let mut out = scene.clone();
    let mut any = false;
    for object in &mut out.objects {
        let (first, last) = (object.pose_at(0), object.pose_at(frames - 1));
        if let Some(track) = &mut object.track {
            any |= first != last;
            let at = |i: usize| i as f32 / (frames - 1).max(1) as f32;
            track.poses = (0..frames).map(|i| blend(&first, &last, at(i))).collect();
        }
    }
    any.then_some(out)
}

fn teleport(scene: &Scene, frames: usize) -> Option<Scene> {
    let (actor, middle) = actor(scene, frames)?;
    let mut out = scene.clone();
    let object = &mut out.objects[actor];
    let (first, last) = (object.pose_at(0), object.pose_at(frames - 1));
    object.track = Some(Track { poses: (0..frames).map(|i| if i < middle { first } else { last }).collect() });
    Some(out)
}

fn vanish(scene: &Scene, frames: usize) -> Option<Scene> {
    let (actor, middle) = actor(scene, frames)?;
    let mut out = scene.clone();
    let object = &mut out.objects[actor];
    let poses = (0..frames).map(|i| if i < middle { object.pose_at(i) } else { away(object.pose_at(i)) });
    object.track = Some(Track { poses: poses.collect() });
    Some(out)
}

fn duplicate(scene: &Scene, frames: usize) -> Option<Scene> {
    let (actor, middle) = actor(scene, frames)?;
    let mut out = scene.clone();
    let object = &scene.objects[actor];
    // Back where it began: the place is free, and in the picture.
    let start = object.pose_at(0);
    let poses = (0..frames).map(|i| if i < middle { away(start) } else { start });
    let copy = Object {
        name: format!("{}_copy", object.name),
        id: scene.objects.iter().map(|o| o.id).max().unwrap_or(0).checked_add(1)?,
        track: Some(Track { poses: poses.collect() }),
        ..object.clone()
    };
    out.objects.push(copy);
    Some(out)
}

/// Out of sight: far below the ground.
fn away(pose: Pose) -> Pose {
    Pose::new(pose.translation - Vec3::new(0.0, 0.0, 20.0), pose.rotation)
}

/// What acts (else the first target that moves), and the frame in which it is half-way along its path.
fn actor(scene: &Scene, frames: usize) -> Option<(usize, usize)> {
    let length = |object: &Object, until: usize| -> f32 {
        (1..until).map(|i| object.pose_at(i).translation.distance(object.pose_at(i - 1).translation)).sum()
    };
    let moving = |role| scene.objects.iter().position(|o| o.role == role && o.track.is_some() && length(o, frames) > 0.0);
    let index = moving(Role::Actor).or_else(|| moving(Role::Target))?;
    let object = &scene.objects[index];
    let half = 0.5 * length(object, frames);
    let middle = (1..frames).find(|&i| length(object, i + 1) >= half)?;
    Some((index, middle))
}

fn blend(a: &Pose, b: &Pose, t: f32) -> Pose {
    Pose::new(a.translation.lerp(b.translation, t), a.rotation.slerp(b.rotation, t))
}

#[cfg(test)]
mod tests {
    use super::*;
    use raytruth_scene::{Camera, Shape};

    fn scene() -> Scene {
        let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -3.0, 1.0), Vec3::ZERO, 0.7));
        let poses = (0..10).map(|i| Pose::from_translation(Vec3::new(i as f32, 0.0, 0.0))).collect();
        scene.objects.push(Object {
            name: "ball".into(),
            id: 1,
            role: Role::Actor,
            shape: Shape::Sphere { radius: 0.1 },
            material: "m".into(),
            parent: None,
            pose: Pose::IDENTITY,
            track: Some(Track { poses }),
        });
        scene
    }

    #[test]
    fn every_control_begins_like_the_truth() {
        for (name, _, make) in IMPOSSIBLE {
            let made = make(&scene(), 10).expect("there is an actor");
            assert_eq!(made.objects[0].pose_at(0), scene().objects[0].pose_at(0), "{name}");
            let differs = (0..10).any(|i| made.objects[0].pose_at(i) != scene().objects[0].pose_at(i)) || made.objects.len() == 2;
            // A straight, even motion is its own glide.
            assert!(differs || name == "glide", "{name}");
        }
    }

    #[test]
    fn nothing_impossible_can_be_made_of_a_still_scene() {
        let mut still = scene();
        still.objects[0].track = None;
        assert!(IMPOSSIBLE.iter().all(|(_, _, make)| make(&still, 10).is_none()));
    }
}
