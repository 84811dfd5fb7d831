//! What lands under `extras/` when asked for.

use std::sync::Arc;

use raytruth_eval::Truth;
use raytruth_eval::controls::{CONTROLS_JSON, Control, ControlCard};
use raytruth_render::RenderSettings;
use raytruth_scene::Change;
use raytruth_task::{Episode, Twin};
use serde::Serialize;
use serde_json::json;

use crate::controls::{control_clips, twin_file};
use crate::json::to_readable;
use crate::sample::{Sample, SideClip, look_settings};
use crate::settings::{Extra, Settings};
use crate::{Error, Result};

/// Files to write beside what is rendered: name below the sample, content.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// World poses of everything at every frame, and shapes of what changes them.
pub(crate) fn tracks_json(episode: &Episode) -> Result<Vec<u8>> {
    let scene = &episode.scene;
    let frames = episode.clip.frames as usize;
    let changes = scene.changes().objects;
    let per_frame: Vec<_> = (0..frames).map(|frame| scene.world_poses(frame)).collect();
    let objects: Vec<_> = (0..scene.objects.len())
        .map(|i| {
            let object = &scene.objects[i];
            let mut value = json!({"name": object.name, "id": object.id, "role": object.role});
            if per_frame.iter().any(|poses| poses[i] != per_frame[0][i]) {
                value["poses"] = json!(per_frame.iter().map(|poses| poses[i]).collect::<Vec<_>>());
            } else {
                value["pose"] = json!(per_frame[0][i]);
            }
            if changes[i] == Change::Reshapes {
                value["shapes"] = json!((0..frames).map(|frame| object.shape_at(frame)).collect::<Vec<_>>());
            }
            value
        })
        .collect();
    let tracks = json!({
        "convention": "world poses, metres, right-handed, z up; rotation is [x, y, z, w]; `pose` holds for the whole clip; `shapes`, one a frame, of what changes its shape",
        "fps": episode.clip.fps,
        "frames": frames,
        "objects": objects,
    });
    to_readable(&tracks).map_err(|e| Error::Internal(format!("tracks: {e}")))
}

/// The Episode itself.
pub(crate) fn episode_json(episode: &Episode) -> Result<Vec<u8>> {
    to_readable(episode).map_err(|e| Error::Internal(format!("episode: {e}")))
}

/// `twin.json` beside a twin's video.
#[derive(Serialize)]
struct TwinCard<'a> {
    name: &'a str,
    summary: &'a str,
    /// None if what happens in it is impossible.
    class: Option<&'a str>,
    truth: Option<&'a Truth>,
}

/// Twins and controls that the settings ask for: clips to render, the next one last, and files to write.
pub(crate) fn side_clips(sample: &Sample, settings: &Settings, controls: &[Control]) -> Result<(Vec<SideClip>, Files)> {
    let asked = |extra| settings.extras.contains(&extra);
    if !asked(Extra::Twins) && !asked(Extra::Controls) {
        return Ok((Vec::new(), Vec::new()));
    }
    let twins = sample.drawn.problem.twins(&sample.episode);
    let render = look_settings(&sample.drawn, sample.look, &sample.episode.clip, settings.samples_per_pixel);
    let (mut clips, mut files) = (Vec::new(), Vec::new());
    if asked(Extra::Twins) {
        for twin in &twins {
            clips.push(twin_clip(twin, &render));
            let card =
                TwinCard { name: &twin.name, summary: &twin.summary, class: twin.class.as_deref(), truth: twin.truth.as_ref() };
            let bytes = to_readable(&card).map_err(|e| Error::Internal(format!("twin.json: {e}")))?;
            files.push((format!("extras/twins/{}/twin.json", twin.name), bytes));
        }
    }
    if asked(Extra::Controls) {
        let there = |_: &str| asked(Extra::Twins);
        let (rendered, cards) = control_clips(&sample.episode, &twins, &render, controls, &there);
        clips.extend(rendered);
        files.push((CONTROLS_JSON.into(), controls_json(&cards)?));
    }
    clips.reverse();
    Ok((clips, files))
}

/// The list of controls as it stands in [`CONTROLS_JSON`].
///
/// # Errors
/// [`Error::Internal`] if it cannot be written as JSON.
pub fn controls_json(cards: &[ControlCard]) -> Result<Vec<u8>> {
    to_readable(&cards).map_err(|e| Error::Internal(format!("controls.json: {e}")))
}

fn twin_clip(twin: &Twin, render: &RenderSettings) -> SideClip {
    SideClip {
        name: format!("twin {}", twin.name),
        file: twin_file(&twin.name),
        scene: Arc::new(twin.scene.clone()),
        settings: render.clone(),
    }
}
