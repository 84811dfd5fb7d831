//! Controls that need the renderer: videos of a sample's scene that must score low (something impossible happens, or the wrong
//! thing for the wrong reason) or high (nothing that matters differs).

use std::collections::BTreeSet;
use std::sync::Arc;

use glam::Vec3;
use raytruth_eval::controls::{Control, ControlCard, Kind, Making};
use raytruth_render::RenderSettings;
use raytruth_scene::{Object, Role, Scene};
use raytruth_task::{Episode, Subject, Twin, impossible, subject};

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
    let (scene, frames) = (&episode.scene, episode.clip.frames as usize);
    let about = subject(scene, frames);
    let is_rendered = |c: &&Control| matches!(c.making, Making::Rendered) && (c.applies)(&episode.truth);
    let named = controls.iter().filter(is_rendered).map(|c| (c.name, (c.kind, own_bound(c)), c.summary));
    // A twin is wrong by what it is, whether the evaluator names it or not.
    let is_new = |twin: &&Twin| !controls.iter().any(|c| c.name == twin.name);
    let others = twins.iter().filter(is_new).map(|t| (t.name.as_str(), (Kind::Wrong, None), t.summary.as_str()));
    for (name, (kind, bound), summary) in named.chain(others) {
        let twin = twins.iter().find(|t| t.name == name);
        // A task's own version of an impossible event knows better what would be noticed.
        let made = match (name, twin) {
            (_, Some(twin)) => Some((twin.scene.clone(), render.clone())),
            ("other_seed", None) => Some((scene.clone(), RenderSettings { seed: render.seed ^ 0x5bd1_e995, ..render.clone() })),
            ("half_spp", None) => {
                let half = RenderSettings { samples_per_pixel: render.samples_per_pixel.div_ceil(2), ..render.clone() };
                Some((scene.clone(), half))
            }
            ("backdrop_tinted", None) => Some((tinted(scene), render.clone())),
            ("teleport", None) => {
                impossible(name, scene, frames, about.map(|a| noticed(episode, a))).map(|scene| (scene, render.clone()))
            }
            (name, None) => impossible(name, scene, frames, about).map(|scene| (scene, render.clone())),
        };
        // A still scene, say, has nothing that could vanish.
        let Some((scene, settings)) = made else { continue };
        let summary = twin.map_or(summary, |t| t.summary.as_str()).to_owned();
        let own = format!("{name}.mp4");
        let shared = twin.is_some() && there(name);
        let file = if shared { twin_file(name).replacen("extras/", "../", 1) } else { own.clone() };
        cards.push(ControlCard { name: name.to_owned(), kind, bound, summary, file });
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

/// The factor on the backdrop's colours, linear.
const TINT: Vec3 = Vec3::new(1.0, 0.97, 0.9);

/// The scene with its backdrop in another tint.
fn tinted(scene: &Scene) -> Scene {
    let mut other = scene.clone();
    let is_backdrop = |object: &&Object| object.role == Role::Backdrop;
    let names: BTreeSet<&str> = scene.objects.iter().filter(is_backdrop).map(|object| object.material.as_str()).collect();
    for (_, material) in other.materials.iter_mut().filter(|(name, _)| names.contains(name.as_str())) {
        material.base_color *= TINT;
        material.texture.iter_mut().for_each(|texture| texture.color *= TINT);
    }
    other
}

/// A bound that is not its kind's.
fn own_bound(control: &Control) -> Option<u32> {
    Some(control.bound).filter(|&bound| bound != control.kind.bound())
}

/// What acts, and when somebody sees that it jumps.
fn noticed(episode: &Episode, about: (Subject, usize)) -> (Subject, usize) {
    let (Subject::Object(index), at) = about else { return about };
    let truth = &episode.truth;
    let label = truth.objects.iter().position(|o| o.name == episode.scene.objects[index].name);
    let (Some(label), Ok(maps)) = (label, truth.label_maps()) else { return about };
    let object = &truth.objects[label];
    let seen = |frame: usize| {
        let entry = maps.entry_of(frame as u32);
        object.is_seen(entry) && 2 * maps.counts(entry)[label + 1] >= object.whole_px[entry]
    };
    (about.0, in_sight(at, episode.clip.frames as usize, seen))
}

/// The moment itself if what acts is seen then, else the middle of the next span in which it is: what jumps in the dark, or behind
/// something, is where it should be when it comes to light.
fn in_sight(at: usize, frames: usize, seen: impl Fn(usize) -> bool) -> usize {
    let Some(first) = (at..frames).find(|&frame| seen(frame)).filter(|&first| first > at) else { return at };
    let end = (first..frames).find(|&frame| !seen(frame)).unwrap_or(frames);
    usize::midpoint(first, end)
}

#[cfg(test)]
mod tests {
    use super::in_sight;

    #[test]
    fn what_jumps_is_seen_to() {
        let dark = |frame: usize| !(4..10).contains(&frame);
        assert_eq!([2, 3, 4, 9, 10].map(|at| in_sight(at, 20, dark)), [2, 3, 15, 15, 10]);
        assert_eq!(in_sight(5, 20, |frame| frame < 4), 5, "it is not seen again");
        assert_eq!(in_sight(5, 20, |frame| (8..12).contains(&frame)), 10);
    }
}
