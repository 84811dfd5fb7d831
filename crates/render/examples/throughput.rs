//! Renders a scene and says how fast: `throughput [causality|knot] [samples] [width] [height] [output.png] [frame]`.

mod scenes;

use std::ops::ControlFlow;
use std::time::Instant;

use raytruth_render::{DeviceOptions, Output, RenderSettings, Renderer};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |i: usize, default: u32| args.get(i).map_or(Ok(default), |s| s.parse());
    let scene = match args.first().map(String::as_str) {
        None | Some("causality") => scenes::causality(),
        Some("knot") => scenes::knot(),
        Some(path) => raytruth_scene::Scene::load(path)?,
    };
    let samples = number(1, 8)?;
    let settings = RenderSettings {
        width: number(2, 800)?,
        height: number(3, 500)?,
        samples_per_pixel: samples,
        max_bounces: std::env::var("BOUNCES").ok().map(|b| b.parse()).transpose()?,
        denoise: std::env::var_os("RAW").is_none(),
        ..RenderSettings::default()
    };
    let start = Instant::now();
    let renderer = Renderer::new(&DeviceOptions::default())?;
    println!("{} ({}): {:.2} s to open", renderer.adapter().name, renderer.adapter().driver_info, start.elapsed().as_secs_f64());
    // Drivers compile when a kernel is first run; a few pixels of two frames run all of them.
    let start = Instant::now();
    let mut small = renderer.clip(&scene, &RenderSettings { width: 16, height: 16, samples_per_pixel: 1, ..settings.clone() })?;
    for frame in 0..2 {
        small.frame(frame, &[Output::Rgb], &mut |_| ControlFlow::Continue(()))?;
    }
    println!("{:.2} s to warm up", start.elapsed().as_secs_f64());
    let mut clip = renderer.clip(&scene, &settings)?;
    let frames = number(6, 1)? as usize;
    let first = number(5, 0)? as usize;
    for frame in first..first + frames {
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let picture = clip.frame(frame, &[Output::Rgb], &mut |_| ControlFlow::Continue(()))?;
        let (wall, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        let paths = settings.pixels() as f64 * f64::from(samples) / 1e6;
        println!("frame {frame}: {wall:.2} s, {:.2} M paths/s, {:.2} core-seconds per M paths", paths / wall, cpu / paths);
        if let Some(path) = args.get(4).filter(|p| !p.is_empty()) {
            let path = if frames > 1 { path.replace(".png", &format!("{frame:03}.png")) } else { path.clone() };
            picture.save_png(path)?;
        }
    }
    Ok(())
}

/// User and system time of this process, where the system tells.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = |i: usize| stat.rsplit(')').next().and_then(|s| s.split_whitespace().nth(i)?.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
