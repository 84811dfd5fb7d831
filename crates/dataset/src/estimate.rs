//! How long a clip will take on a slow device, told by small pictures of it.

use std::ops::ControlFlow;
use std::time::Instant;

use raytruth_render::{ClipRenderer, Output, RenderError, RenderSettings, Renderer};
use raytruth_scene::Scene;

/// Paths of a small picture: about a third of a second on two cores.
const PATHS: f64 = 3.0e5;
/// Frames besides the first that are timed, spread over those in which something changes.
const TIMED: usize = 3;

/// Seconds that a device takes for a clip's pictures: those of small ones of the same scene, times as many pixels.
///
/// # Errors
/// Where the scene cannot be rendered.
pub(crate) fn estimate(renderer: &Renderer, scene: &Scene, settings: &RenderSettings, frames: u32) -> Result<f64, RenderError> {
    let paths = settings.pixels() as f64 * f64::from(settings.samples_per_pixel);
    let shrink = (paths / PATHS).sqrt().max(1.0);
    let side = |pixels: u32| ((f64::from(pixels) / shrink).round() as u32).max(16);
    let small = RenderSettings { width: side(settings.width), height: side(settings.height), ..settings.clone() };
    let times = settings.pixels() as f64 / small.pixels() as f64;

    let seconds = |clip: &mut ClipRenderer<'_>, frame: usize| {
        let start = Instant::now();
        clip.frame(frame, &[Output::Rgb], &mut |_| ControlFlow::Continue(())).map(|_| start.elapsed().as_secs_f64())
    };
    // What is compiled before the first picture is paid once a run.
    seconds(&mut renderer.clip(scene, &RenderSettings { samples_per_pixel: 1, ..small.clone() })?, 0)?;
    let mut clip = renderer.clip(scene, &small)?;
    let first = seconds(&mut clip, 0)?;
    let changed: Vec<usize> = (1..frames as usize).filter(|&frame| !scene.same(frame - 1, frame)).collect();
    let timed: Vec<usize> = (0..TIMED.min(changed.len())).map(|i| changed[(2 * i + 1) * changed.len() / (2 * TIMED)]).collect();
    let mut later = 0.0;
    for &frame in &timed {
        later += seconds(&mut clip, frame)? / timed.len() as f64;
    }
    Ok(times * (first + changed.len() as f64 * later))
}
