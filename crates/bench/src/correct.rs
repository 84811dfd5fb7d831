//! Whether a device makes the pictures that it should: those of the scenes that are compared with other renderers, and of clips in which
//! what stands still is traced once.
//!
//! References are pictures of the software adapter with the same seed. Another device rounds in other ways, so that a few paths go
//! elsewhere; the limits follow from what two seeds differ by on one device, which is far more than that.

use std::ops::ControlFlow;

use raytruth_render::{Frame, Output, Pass, RenderError, RenderSettings, Renderer};
use raytruth_scene::Scene;
use serde::{Deserialize, Serialize};

use crate::flip::flip;
use crate::{BenchError, clips, scenes};

/// Pixels.
pub const SIZE: (u32, u32) = (160, 100);
const SAMPLES: u32 = 32;

/// What is rendered to be compared.
pub struct Subject {
    /// As the table calls it.
    pub name: &'static str,
    scene: Source,
    /// One after the other, so that those behind the first trace only what changes.
    pub frames: &'static [usize],
}

enum Source {
    Made(fn() -> Scene),
    Json(&'static str),
}

macro_rules! json {
    ($name:literal) => {
        Source::Json(include_str!(concat!("../scenes/", $name, ".json")))
    };
}

/// The seven scenes of the comparison with other renderers, one with clear solids that overlap, and two clips.
pub const SUBJECTS: [Subject; 10] = [
    Subject { name: "causality", scene: Source::Made(scenes::causality), frames: &[0] },
    Subject { name: "cornell", scene: json!("cornell"), frames: &[0] },
    Subject { name: "spheres", scene: json!("spheres"), frames: &[0] },
    Subject { name: "metals", scene: json!("metals"), frames: &[0] },
    Subject { name: "outdoor", scene: json!("outdoor"), frames: &[0] },
    Subject { name: "knot", scene: Source::Made(scenes::knot), frames: &[0] },
    Subject { name: "blur", scene: json!("blur"), frames: &[1] },
    Subject { name: "tank", scene: json!("tank"), frames: &[0] },
    Subject { name: "rolling", scene: Source::Made(scenes::causality), frames: &[20, 30] },
    Subject { name: "lamps", scene: Source::Made(clips::lamps), frames: &[10, 25, 35] },
];

impl Subject {
    /// Its scene.
    ///
    /// # Errors
    /// Where the file of the scene cannot be read.
    pub fn scene(&self) -> Result<Scene, BenchError> {
        match self.scene {
            Source::Made(make) => Ok(make()),
            Source::Json(text) => {
                Scene::from_json(text).map_err(|e| BenchError::Reference(format!("the scene {}: {e}", self.name)))
            }
        }
    }
}

/// A picture, and what else is compared.
#[derive(Clone, Debug)]
pub struct Picture {
    /// As it is shown, denoised; 8-bit sRGB, row by row.
    pub rgb: Vec<u8>,
    /// Mean radiance, linear Rec. 709.
    pub radiance: [f64; 3],
    /// Object ids.
    pub ids: Vec<u16>,
}

/// How far apart two pictures may be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// FLIP.
    pub flip: f64,
    /// Part of the mean radiance, of the colour that differs most.
    pub energy: f64,
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Subject.
    pub scene: String,
    /// Frame of it.
    pub frame: usize,
    /// FLIP.
    pub flip: f64,
    /// Part of the mean radiance by which it is off.
    pub energy: f64,
    /// What both may be.
    pub limits: Limits,
    /// Pixels with another object id; none may have.
    pub ids: usize,
    /// Whether it has the very bits that it has when it is traced afresh; absent of first frames.
    pub same_bits: Option<bool>,
    /// Whether all of this is as it should be.
    pub ok: bool,
}

/// Renders a subject's frames with a seed.
///
/// # Errors
/// What goes wrong on the device.
pub fn render(renderer: &Renderer, subject: &Subject, seed: u32) -> Result<Vec<Picture>, BenchError> {
    let scene = subject.scene()?;
    let mut clip = renderer.clip(&scene, &settings(seed))?;
    subject.frames.iter().map(|&frame| Ok(picture(&made(&mut clip, frame)?))).collect()
}

fn settings(seed: u32) -> RenderSettings {
    RenderSettings { width: SIZE.0, height: SIZE.1, samples_per_pixel: SAMPLES, seed, ..RenderSettings::default() }
}

fn made(clip: &mut raytruth_render::ClipRenderer<'_>, frame: usize) -> Result<Frame, RenderError> {
    clip.frame(frame, &[Output::Rgb, Output::Radiance, Output::Pass(Pass::Id)], &mut |_| ControlFlow::Continue(()))
}

fn picture(frame: &Frame) -> Picture {
    let count = frame.radiance.len() as f64;
    let mean = |channel: usize| frame.radiance.iter().map(|c| f64::from(c[channel])).sum::<f64>() / count;
    Picture { rgb: frame.rgb.clone(), radiance: [0, 1, 2].map(mean), ids: frame.passes.object_id.clone() }
}

/// Renders all frames of a subject, each that is not the first afresh too, and compares them with what they should be.
///
/// # Errors
/// What goes wrong on the device.
pub fn compare(renderer: &Renderer, subject: &Subject, expected: &[(Picture, Limits)]) -> Result<Vec<Comparison>, BenchError> {
    compare_scene(renderer, (subject, &subject.scene()?), expected)
}

/// The same with another scene in the subject's place.
///
/// # Errors
/// What goes wrong on the device.
pub fn compare_scene(
    renderer: &Renderer,
    (subject, scene): (&Subject, &Scene),
    expected: &[(Picture, Limits)],
) -> Result<Vec<Comparison>, BenchError> {
    let mut clip = renderer.clip(scene, &settings(0))?;
    let mut found = Vec::new();
    for (i, (&frame, (reference, limits))) in subject.frames.iter().zip(expected).enumerate() {
        let got = made(&mut clip, frame)?;
        let same_bits = if i == 0 {
            None
        } else {
            let afresh = made(&mut renderer.clip(scene, &settings(0))?, frame)?;
            Some(afresh.rgb == got.rgb && afresh.radiance == got.radiance)
        };
        found.push(comparison(subject.name, frame, (&picture(&got), reference), *limits, same_bits));
    }
    Ok(found)
}

fn comparison(
    scene: &str,
    frame: usize,
    (got, reference): (&Picture, &Picture),
    limits: Limits,
    same_bits: Option<bool>,
) -> Comparison {
    let apart = apart(got, reference);
    let ids = got.ids.iter().zip(&reference.ids).filter(|(a, b)| a != b).count() + got.ids.len().abs_diff(reference.ids.len());
    // What is no number is above every limit.
    let within = |value: f64, limit: f64| value <= limit;
    let ok = within(apart.flip, limits.flip) && within(apart.energy, limits.energy) && ids == 0 && same_bits != Some(false);
    Comparison { scene: scene.into(), frame, flip: apart.flip, energy: apart.energy, limits, ids, same_bits, ok }
}

/// How far apart two pictures are.
#[must_use]
pub fn apart(got: &Picture, reference: &Picture) -> Limits {
    let off = got.radiance.iter().zip(reference.radiance).map(|(a, b)| ((a - b) / b).abs());
    let flip = flip(&reference.rgb, &got.rgb, SIZE.0 as usize);
    // The larger of two in which no number is one is none.
    Limits { flip, energy: off.fold(0.0, |most, x| if x <= most { most } else { x }) }
}
