//! Controls that need the renderer: videos of a sample's scene that must score low (something impossible happens, or the wrong
//! thing for the wrong reason) or high (nothing that matters differs).

use std::sync::Arc;

use raytruth_eval::controls::{Control, ControlCard, Kind, Making};
use raytruth_render::RenderSettings;
use raytruth_scene::{Object, Pose, Role, Scene, Track};
use raytruth_task::{Episode, Twin};

use crate::sample::SideClip;

/// Where a twin's video lies, below a sample.
#[must_use]
pub fn twin_file(name: &str) -> String {
    format!("extras/twins/{name}/ground_truth.mp4")
}

/// Those of an evaluator's controls that need the renderer: the clips to render, and the list of them. A control that the task has as a
/// twin is not rendered again if `there` says that its video is there already, or will be.
#[must_use]
pub fn control_clips(
    episode: &Episode,
    twins: &[Twin],
    render: &RenderSettings,
    controls: &[Control],
    there: &dyn Fn(&str) -> bool,
) -> (Vec<SideClip>, Vec<ControlCard>) {
    let (mut clips, mut cards) = (Vec::new(), Vec::new());
    let scene = &episode.scene;
    let named = controls.iter().filter(|c| matches!(c.making, Making::Rendered)).map(|c| (c.name, c.kind, c.summary));
    // A twin is wrong by what it is, whether the evaluator names it or not.
    let is_new = |twin: &&Twin| !controls.iter().any(|c| c.name == twin.name);
    let others = twins.iter().filter(is_new).map(|t| (t.name.as_str(), Kind::Wrong, t.summary.as_str()));
    for (name, kind, summary) in named.chain(others) {
        let twin = twins.iter().find(|t| t.name == name);
        // A task's own version of an impossible event knows better what would be noticed.
        let made = match (name, twin) {
            (_, Some(twin)) => Some((twin.episode.scene.clone(), render.clone())),
            ("other_seed", None) => Some((scene.clone(), RenderSettings { seed: render.seed ^ 0x5bd1_e995, ..render.clone() })),
            ("half_spp", None) => {
                let half = RenderSettings { samples_per_pixel: render.samples_per_pixel.div_ceil(2), ..render.clone() };
                Some((scene.clone(), half))
            }
            (name, None) => impossible(name, scene, episode.clip.frames as usize).map(|scene| (scene, render.clone())),
        };
        // A still scene, say, has nothing that could vanish.
        let Some((scene, settings)) = made else { continue };
        let summary = twin.map_or(summary, |t| t.summary.as_str()).to_owned();
        let own = format!("{name}.mp4");
        let shared = twin.is_some() && there(name);
        let file = if shared { twin_file(name).replacen("extras/", "../", 1) } else { own.clone() };
        cards.push(ControlCard { name: name.to_owned(), kind, summary, file });
        if !shared {
            clips.push(SideClip {
                name: format!("control {name}"),
                file: format!("extras/controls/{own}"),
                scene: Arc::new(scene),
                settings,
            });
        }
    }
    (clips, cards)
}

/// A version of a scene in which something impossible happens, for tasks that have none of their own.
fn impossible(name: &str, scene: &Scene, frames: usize) -> Option<Scene> {
    IMPOSSIBLE.iter().find(|(known, _)| *known == name).and_then(|(_, make)| make(scene, frames))
}

type Make = fn(&Scene, usize) -> Option<Scene>;

const IMPOSSIBLE: [(&str, Make); 4] = [("glide", glide), ("teleport", teleport), ("vanish", vanish), ("duplicate", duplicate)];

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
    let (actor, middle) = actor(scene, frames).or_else(|| shifter(scene, frames))?;
    let mut out = scene.clone();
    out.objects[actor] = scene.objects[actor].clone().there(frames, |frame| frame < middle);
    Some(out)
}

fn duplicate(scene: &Scene, frames: usize) -> Option<Scene> {
    // What only changes its shape has nowhere free to be doubled.
    let (actor, middle) = actor(scene, frames)?;
    let mut out = scene.clone();
    let object = &scene.objects[actor];
    // Back where it began: the place is free, and in the picture.
    let copy = Object {
        name: format!("{}_copy", object.name),
        id: scene.free_id()?,
        shape: object.shape_at(0).clone(),
        shapes: Vec::new(),
        pose: object.pose_at(0),
        track: None,
        ..object.clone()
    };
    out.objects.push(copy.there(frames, |frame| frame >= middle));
    Some(out)
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

/// What changes its shape if nothing moves, an actor before a target, and the frame in which it is half-way through its shapes.
fn shifter(scene: &Scene, frames: usize) -> Option<(usize, usize)> {
    let changes = |object: &Object, until: usize| (1..until).filter(|&i| object.shape_at(i) != object.shape_at(i - 1)).count();
    let of_role = |role| scene.objects.iter().position(|o| o.role == role && changes(o, frames) > 0);
    let index = of_role(Role::Actor).or_else(|| of_role(Role::Target))?;
    let object = &scene.objects[index];
    let middle = (1..frames).find(|&i| 2 * changes(object, i + 1) >= changes(object, frames))?;
    Some((index, middle))
}

fn blend(a: &Pose, b: &Pose, t: f32) -> Pose {
    Pose::new(a.translation.lerp(b.translation, t), a.rotation.slerp(b.rotation, t))
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::Vec3;
    use raytruth_scene::{Camera, Shape};

    fn scene() -> Scene {
        let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -3.0, 1.0), Vec3::ZERO, 0.7));
        let poses = (0..10).map(|i| Pose::from_translation(Vec3::new(i as f32, 0.0, 0.0))).collect();
        scene.objects.push(Object {
            name: "ball".into(),
            id: 1,
            role: Role::Actor,
            shape: Shape::Sphere { radius: 0.1 },
            shapes: Vec::new(),
            material: "m".into(),
            parent: None,
            pose: Pose::IDENTITY,
            track: Some(Track { poses }),
        });
        scene
    }

    #[test]
    fn every_control_begins_like_the_truth() {
        for (name, make) in IMPOSSIBLE {
            let made = make(&scene(), 10).expect("there is an actor");
            assert_eq!(made.objects[0].pose_at(0), scene().objects[0].pose_at(0), "{name}");
            let differs = made.objects != scene().objects;
            // A straight, even motion is its own glide.
            assert!(differs || name == "glide", "{name}");
        }
    }

    #[test]
    fn what_only_deforms_can_vanish() {
        let mut knot = scene();
        let tube = |i: usize| Shape::tube(0.1, vec![Vec3::ZERO, Vec3::X * (1.0 + i as f32)], false);
        knot.objects[0] = Object { track: None, ..knot.objects[0].clone() }.changing((0..10).map(tube));
        let made = vanish(&knot, 10).expect("it changes");
        let there = |frame: usize| !made.objects[0].shape_at(frame).is_nothing();
        assert!(there(0) && there(3) && !there(6) && !there(9));
        assert!(duplicate(&knot, 10).is_none() && teleport(&knot, 10).is_none() && glide(&knot, 10).is_none());
    }

    #[test]
    fn nothing_impossible_can_be_made_of_a_still_scene() {
        let mut still = scene();
        still.objects[0].track = None;
        assert!(IMPOSSIBLE.iter().all(|(_, make)| make(&still, 10).is_none()));
    }
}
