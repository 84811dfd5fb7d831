//! Controls that need the renderer: videos of a sample's scene that must score low (something impossible happens, or the wrong
//! thing for the wrong reason) or high (nothing that matters differs).

use std::sync::Arc;

use raytruth_eval::controls::{Control, ControlCard, Kind, Making};
use raytruth_render::RenderSettings;
use raytruth_task::{Episode, Twin, impossible, subject};

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
    let named = controls.iter().filter(|c| matches!(c.making, Making::Rendered)).map(|c| (c.name, c.kind, c.summary));
    // A twin is wrong by what it is, whether the evaluator names it or not.
    let is_new = |twin: &&Twin| !controls.iter().any(|c| c.name == twin.name);
    let others = twins.iter().filter(is_new).map(|t| (t.name.as_str(), Kind::Wrong, t.summary.as_str()));
    for (name, kind, summary) in named.chain(others) {
        let twin = twins.iter().find(|t| t.name == name);
        // A task's own version of an impossible event knows better what would be noticed.
        let made = match (name, twin) {
            (_, Some(twin)) => Some((twin.scene.clone(), render.clone())),
            ("other_seed", None) => Some((scene.clone(), RenderSettings { seed: render.seed ^ 0x5bd1_e995, ..render.clone() })),
            ("half_spp", None) => {
                let half = RenderSettings { samples_per_pixel: render.samples_per_pixel.div_ceil(2), ..render.clone() };
                Some((scene.clone(), half))
            }
            (name, None) => impossible(name, scene, frames, about).map(|scene| (scene, render.clone())),
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
