//! How fast a device is: paths and rays a second, milliseconds of every kernel, of what goes to it and comes back, and of what the host does
//! before a frame.

use std::ops::ControlFlow;
use std::time::Instant;

use raytruth_render::{ClipRenderer, Output, RenderSettings, Renderer, internals};
use raytruth_scene::Scene;
use serde::Serialize;

use crate::{BenchError, Figure};

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Effort {
    /// Pixels.
    pub size: (u32, u32),
    /// Camera paths a pixel.
    pub samples: u32,
    /// Runs that a median is over.
    pub runs: usize,
}

impl Effort {
    /// What a device is measured with: a software adapter with few paths.
    #[must_use]
    pub fn of(software: bool, quick: bool) -> Self {
        let (samples, runs) = match (software, quick) {
            (false, false) => (50, 7),
            (false, true) => (50, 3),
            (true, false) => (4, 5),
            (true, true) => (2, 3),
        };
        Self { size: (800, 500), samples, runs }
    }

    fn settings(&self, denoise: bool) -> RenderSettings {
        let (width, height) = self.size;
        RenderSettings { width, height, samples_per_pixel: self.samples, denoise, ..RenderSettings::default() }
    }

    fn paths(&self) -> f64 {
        f64::from(self.size.0) * f64::from(self.size.1) * f64::from(self.samples)
    }
}

/// How fast frames of a kind are traced, without denoiser; hierarchy and transfers are in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// Scene.
    pub scene: &'static str,
    /// `fresh`, or `later` in a clip.
    pub frame: &'static str,
    /// Milliseconds of a frame.
    pub milliseconds: Figure,
    /// Part of its paths that is traced.
    pub traced: f64,
    /// Camera paths a second, of those that are traced.
    pub paths_per_s: Figure,
    /// Rays of a path, those to lamps included; of a fresh frame.
    pub rays_per_path: f64,
    /// Rays a second; absent of later frames, whose paths are not those of the mean.
    pub rays_per_s: Option<Figure>,
}

/// Makes a frame's picture; seconds.
fn frame(clip: &mut ClipRenderer<'_>, frame: usize) -> Result<f64, BenchError> {
    let start = Instant::now();
    clip.frame(frame, &[Output::Rgb], &mut |_| ControlFlow::Continue(()))?;
    Ok(start.elapsed().as_secs_f64())
}

/// The figure of so many runs, after one that does not count: drivers compile what runs for the first time.
fn repeated(runs: usize, mut work: impl FnMut() -> Result<f64, BenchError>) -> Result<Figure, BenchError> {
    work()?;
    let values = (0..runs.max(1)).map(|_| work()).collect::<Result<Vec<f64>, _>>()?;
    Figure::of(values).ok_or_else(|| BenchError::Reference("nothing was measured".into()))
}

/// Of a scene: fresh frames, and, if it moves, later ones.
///
/// # Errors
/// What goes wrong on the device.
pub fn rates(renderer: &Renderer, name: &'static str, scene: &Scene, effort: &Effort) -> Result<Vec<Rate>, BenchError> {
    let settings = effort.settings(false);
    let few = RenderSettings { width: settings.width / 4, height: settings.height / 4, ..settings.clone() };
    let rays_per_path = internals::rays_per_path(renderer, scene, &few, 0)?;
    let fresh = repeated(effort.runs, || frame(&mut renderer.clip(scene, &settings)?, 0))?;
    let rate = |kind, seconds: Figure, traced: f64| Rate {
        scene: name,
        frame: kind,
        milliseconds: seconds.times(1e3),
        traced,
        paths_per_s: seconds.rate(traced * effort.paths()),
        rays_per_path,
        rays_per_s: (kind == "fresh").then(|| seconds.rate(rays_per_path * effort.paths())),
    };
    let mut found = vec![rate("fresh", fresh, 1.0)];
    if scene.frames() > 1 {
        let mut clip = renderer.clip(scene, &settings)?;
        frame(&mut clip, 0)?;
        let mut next = (1..scene.frames()).cycle();
        let later = repeated(effort.runs, || frame(&mut clip, next.next().unwrap_or(1)))?;
        found.push(rate("later", later, clip.traced_share()));
    }
    Ok(found)
}

/// What a kernel takes of a frame, milliseconds by the device's own clock; on a software adapter each is waited for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Kernel {
    /// Its file in `shaders/kernels/`; `whole frame` is the wall clock.
    pub kernel: &'static str,
    /// How often it is dispatched in a first frame.
    pub dispatches: u32,
    /// In a clip's first frame; absent where it does not run.
    pub first: Option<Figure>,
    /// In a later one.
    pub later: Option<Figure>,
}

/// Of a frame's kernels, on a device that times them, with denoiser.
///
/// # Errors
/// What goes wrong on the device.
pub fn kernels(timed: &Renderer, scene: &Scene, effort: &Effort) -> Result<Vec<Kernel>, BenchError> {
    type Times = Vec<(&'static str, u32, f64)>;
    let settings = effort.settings(true);
    let mut runs: Vec<[Times; 2]> = Vec::new();
    // The first run compiles.
    for run in 0..=effort.runs {
        let mut clip = timed.clip(scene, &settings)?;
        let mut times = |number| -> Result<Times, BenchError> {
            let whole = frame(&mut clip, number)?;
            let mut times: Times = clip.kernel_times().iter().map(|t| (t.kernel, t.dispatches, t.milliseconds)).collect();
            times.push(("whole frame", 0, 1e3 * whole));
            Ok(times)
        };
        let both = [times(0)?, times(scene.frames() / 2)?];
        if run > 0 {
            runs.push(both);
        }
    }
    let mut names: Vec<&'static str> = Vec::new();
    for (name, _, _) in runs.iter().flatten().flatten() {
        if !names.contains(name) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| *name == "whole frame");
    let of = |kernel: &str, which: usize| -> Vec<(u32, f64)> {
        runs.iter().filter_map(|run| run[which].iter().find(|t| t.0 == kernel)).map(|t| (t.1, t.2)).collect()
    };
    let figure = |kernel: &str, which: usize| Figure::of(of(kernel, which).into_iter().map(|t| t.1).collect());
    let row = |kernel: &'static str| Kernel {
        kernel,
        dispatches: of(kernel, 0).first().map_or(0, |t| t.0),
        first: figure(kernel, 0),
        later: figure(kernel, 1),
    };
    Ok(names.into_iter().map(row).collect())
}

/// What surrounds a frame's paths.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Around {
    /// Scene.
    pub scene: &'static str,
    /// Triangles and spheres of a frame.
    pub primitives: usize,
    /// Milliseconds in which the host makes a clip's scene ready, on one core; other threads do it.
    pub prepare_ms: Figure,
    /// Milliseconds in which it builds a frame's hierarchy and tables, on one core, while the device works.
    pub hierarchy_ms: Figure,
    /// Milliseconds in which a frame's geometry is sent.
    pub upload_ms: Figure,
    /// Its bytes.
    pub upload_bytes: u64,
    /// Milliseconds in which a picture is read back, from the command to the host's own copy.
    pub read_back_ms: Figure,
    /// Its bytes.
    pub read_back_bytes: u64,
}

/// Of a scene.
///
/// # Errors
/// What goes wrong on the device.
pub fn around(renderer: &Renderer, name: &'static str, scene: &Scene, effort: &Effort) -> Result<Around, BenchError> {
    let settings = effort.settings(true);
    let timed = |work: &mut dyn FnMut() -> Result<(), BenchError>| {
        repeated(effort.runs, || {
            let start = Instant::now();
            work()?;
            Ok(start.elapsed().as_secs_f64() * 1e3)
        })
    };
    let prepare_ms = timed(&mut || {
        std::hint::black_box(internals::FrameBuilder::new(scene)?);
        Ok(())
    })?;
    let builder = internals::FrameBuilder::new(scene)?;
    let hierarchy_ms = timed(&mut || {
        std::hint::black_box(builder.build(0));
        Ok(())
    })?;
    let mut bytes = (0, 0);
    let mut transfers = |which: fn(&internals::Transfers) -> f64| {
        repeated(effort.runs, || {
            let transfers = internals::transfers(renderer, scene, &settings)?;
            bytes = (transfers.frame.0, transfers.picture.0);
            Ok(1e3 * which(&transfers))
        })
    };
    let (upload_ms, read_back_ms) = (transfers(|t| t.frame.1)?, transfers(|t| t.picture.1)?);
    let primitives = builder.primitives();
    let (upload_bytes, read_back_bytes) = bytes;
    Ok(Around { scene: name, primitives, prepare_ms, hierarchy_ms, upload_ms, upload_bytes, read_back_ms, read_back_bytes })
}
