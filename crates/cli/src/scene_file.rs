//! Where scenes come from: JSON, glTF, a finished sample.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use raytruth_dataset::{Metadata, redraw};
use raytruth_gltf::ImportOptions;
use raytruth_render::RenderSettings;
use raytruth_scene::Scene;

use crate::args::SceneArg;
use crate::outcome::Usage;
use crate::tasks;

/// A scene and how it asks to be rendered.
pub(crate) struct Job {
    pub(crate) scene: Scene,
    pub(crate) settings: RenderSettings,
    pub(crate) frames: u32,
    pub(crate) fps: u32,
}

/// Reads a scene file or a sample's folder. What a glTF file holds and a scene cannot is said as warnings.
pub(crate) fn load(args: &SceneArg) -> Result<Job> {
    let path = args.path.as_path();
    if let Some(scale) = args.light_scale {
        if !is_gltf(path) {
            bail!(Usage(format!("--light-scale: {} is no glTF file", path.display())));
        }
        if !(scale.is_finite() && scale >= 0.0) {
            bail!(Usage(format!("--light-scale {scale}: it must be 0 or more")));
        }
    }
    if path.is_dir() {
        return from_sample(path);
    }
    let mut settings = RenderSettings::default();
    let scene = if is_gltf(path) {
        let options = ImportOptions { light_scale: args.light_scale, ..ImportOptions::default() };
        let imported = raytruth_gltf::load(path, &options).with_context(|| format!("cannot read {}", path.display()))?;
        imported.warnings.iter().for_each(|warning| log::warn!("{}: {warning}", path.display()));
        if let Some(aspect) = imported.aspect {
            // Even, as video needs.
            settings.height = ((settings.width as f32 / aspect / 2.0).round() as u32 * 2).max(2);
        }
        imported.scene
    } else {
        // Its errors name the file.
        Scene::load(path)?
    };
    let (frames, fps) = scene.animation.map_or((1, 30), |a| (a.frames, a.fps));
    Ok(Job { scene, settings, frames, fps })
}

/// Whether a name is that of a glTF file.
fn is_gltf(path: &Path) -> bool {
    path.extension().and_then(|e| e.to_str()).is_some_and(|e| ["glb", "gltf"].contains(&e.to_ascii_lowercase().as_str()))
}

fn from_sample(folder: &Path) -> Result<Job> {
    let metadata = Metadata::read(folder)?;
    let task = tasks::task(&metadata.problem.domain)?;
    let drawn = redraw(task.as_ref(), &metadata, folder)?;
    let clip = drawn.episode.clip;
    Ok(Job { scene: drawn.episode.scene, settings: drawn.render, frames: clip.frames, fps: clip.fps })
}
