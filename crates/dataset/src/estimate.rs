//! How long a clip will take on a slow device, told by small pictures of it.

use std::ops::ControlFlow;
use std::time::Instant;

use raytruth_render::{ClipRenderer, Output, Progress, RenderError, RenderSettings, Renderer};
use raytruth_scene::Scene;

/// Paths of a small picture: about a third of a second on two cores.
const PATHS: f64 = 3.0e5;
/// Frames besides the first that are timed, spread over those in which something changes.
const TIMED: usize = 3;

/// Seconds that a device takes for a clip's pictures: those of small ones of the same scene, times as many pixels. Nothing of a clip that is soon
/// made.
///
/// # Errors
/// If the scene cannot be rendered, or `progress` breaks off.
pub(crate) fn estimate(
    renderer: &Renderer,
    scene: &Scene,
    settings: &RenderSettings,
    frames: u32,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Option<f64>, RenderError> {
    let paths = settings.pixels() as f64 * f64::from(settings.samples_per_pixel);
    if paths * f64::from(frames) < 30.0 * PATHS {
        return Ok(None);
    }
    let shrink = (paths / PATHS).sqrt().max(1.0);
    let side = |pixels: u32| ((f64::from(pixels) / shrink).round() as u32).max(16);
    let small = RenderSettings { width: side(settings.width), height: side(settings.height), ..settings.clone() };
    let times = settings.pixels() as f64 / small.pixels() as f64;

    let mut seconds = |clip: &mut ClipRenderer<'_>, frame: usize| {
        let start = Instant::now();
        clip.frame(frame, &[Output::Rgb], progress).map(|_| start.elapsed().as_secs_f64())
    };
    let changed: Vec<usize> = (1..frames as usize).filter(|&frame| !scene.same(frame - 1, frame)).collect();
    // What is compiled before the first picture, and before the first later one, is paid once a run.
    let mut warm_up = renderer.clip(scene, &RenderSettings { samples_per_pixel: 1, ..small.clone() })?;
    for frame in [0].into_iter().chain(changed.first().copied()) {
        seconds(&mut warm_up, frame)?;
    }
    drop(warm_up);
    let mut clip = renderer.clip(scene, &small)?;
    let first = seconds(&mut clip, 0)?;
    let timed: Vec<usize> = (0..TIMED.min(changed.len())).map(|i| changed[(2 * i + 1) * changed.len() / (2 * TIMED)]).collect();
    let mut later = timed.iter().map(|&frame| seconds(&mut clip, frame)).collect::<Result<Vec<f64>, _>>()?;
    later.sort_by(f64::total_cmp);
    let median = later.get(later.len() / 2).copied().unwrap_or(0.0);
    Ok(Some(times * (first + changed.len() as f64 * median)))
}
