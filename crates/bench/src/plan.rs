//! What is measured in which order, and how much of it fits into minutes.

use std::collections::BTreeSet;
use std::time::Instant;

use raytruth_dataset::{EvalJudge, PRESETS, Preset};
use raytruth_render::{DeviceChoice, DeviceOptions, Renderer};
use raytruth_task::{Difficulties, Task};
use serde::Serialize;

use crate::correct::{SUBJECTS, compare};
use crate::rates::{Effort, around, kernels, rates};
use crate::report::{Correct, Price, Report};
use crate::samples::{Batch, Made, measure as measure_samples};
use crate::{BenchError, clips, references, scenes};

/// Part of what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Whether pictures are right.
    Correct,
    /// Paths a second, kernels, transfers.
    Rates,
    /// Whole samples.
    Samples,
}

impl Part {
    /// All of them, in the order in which they are measured.
    pub const ALL: [Self; 3] = [Self::Correct, Self::Rates, Self::Samples];

    /// As the command line spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Rates => "rates",
            Self::Samples => "samples",
        }
    }
}

/// What to measure.
pub struct Plan<'a> {
    /// Of the program, for the report.
    pub version: String,
    /// On what.
    pub device: DeviceOptions,
    /// What of it.
    pub parts: BTreeSet<Part>,
    /// A minute instead of five.
    pub quick: bool,
    /// Compares with the software adapter of this machine instead of stored pictures.
    pub against_software: bool,
    /// What an hour of the machine costs.
    pub price: Option<f64>,
    /// Whose samples are made.
    pub task: &'a dyn Task,
    /// Everyone who scores.
    pub judge: &'a EvalJudge,
    /// Their size, length and quality; one that fits the device where absent.
    pub preset: Option<Preset>,
    /// Camera paths a pixel, instead of the preset's.
    pub samples_per_pixel: Option<u32>,
    /// How many; where absent, 20, or as many as fit into the time.
    pub samples: Option<u64>,
    /// Threads of a run.
    pub threads: usize,
}

/// Seconds for samples, in full and quick.
const SAMPLE_SECONDS: [f64; 2] = [130.0, 25.0];
/// The most samples that are made unless more are asked for.
const MOST_SAMPLES: u64 = 20;
/// The fewest: the first one is no steady state.
const FEWEST_SAMPLES: u64 = 3;
/// What is compared if it must be quick: few kernels, for drivers compile each for seconds, but paths through glass, what is kept from frame to frame, and
/// lamps that change.
const QUICK_SUBJECTS: [&str; 4] = ["causality", "spheres", "rolling", "lamps"];
/// Part of a clip's paths that is traced, about.
const TRACED: f64 = 0.3;

/// Measures it. `say` hears what comes next.
///
/// # Errors
/// What goes wrong on the device or in a run; pictures that are wrong are no error but in the report.
pub fn measure(plan: &Plan<'_>, say: &dyn Fn(&str)) -> Result<Report, BenchError> {
    let start = Instant::now();
    let renderer = Renderer::new(&plan.device)?;
    let adapter = renderer.adapter().clone();
    let software = adapter.is_software();
    let effort = Effort::of(software, plan.quick);
    let wants = |part| plan.parts.contains(&part);
    let rate = paths_per_second(&renderer, software)?;
    let batch = batch(plan, software, rate);
    if software {
        let minutes = seconds(plan, &effort, &batch, rate) / 60.0;
        say(&format!("{}, no GPU: fewer paths and samples; this takes about {:.0} min", adapter.name, minutes.ceil()));
    }

    let correct = if wants(Part::Correct) {
        say("pictures");
        Some(correct(plan, &renderer)?)
    } else {
        None
    };
    let (mut all_rates, mut all_kernels, mut all_around) = (Vec::new(), Vec::new(), Vec::new());
    if wants(Part::Rates) {
        for (name, scene) in [("causality", scenes::causality()), ("knot", scenes::knot())] {
            say(&format!("paths a second, {name}"));
            all_rates.extend(rates(&renderer, name, &scene, &effort)?);
            all_around.push(around(&renderer, name, &scene, &effort)?);
        }
        all_around.push(around(&renderer, "a rope that deforms", &clips::ropes(1), &effort)?);
        say("kernels");
        let timed = Renderer::new(&DeviceOptions { timed: true, ..plan.device.clone() })?;
        all_kernels = kernels(&timed, &scenes::causality(), &effort)?;
    }
    drop(renderer);
    let (samples, host): (Option<Made>, Option<Made>) = if wants(Part::Samples) {
        say(&format!("{} samples of {}, {}", batch.samples, batch.task.info().domain, batch.preset.name));
        let (samples, host) = measure_samples(&batch, &plan.device)?;
        (Some(samples), Some(host))
    } else {
        (None, None)
    };
    let price = plan
        .price
        .zip(samples.as_ref())
        .map(|(an_hour, made)| Price { an_hour, for_10_000: an_hour * 1e4 / made.samples_an_hour });
    Ok(Report {
        version: plan.version.clone(),
        adapter,
        cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        correct,
        effort,
        rates: all_rates,
        kernels: all_kernels,
        around: all_around,
        samples,
        host,
        price,
        seconds: start.elapsed().as_secs_f64(),
    })
}

fn correct(plan: &Plan<'_>, renderer: &Renderer) -> Result<Correct, BenchError> {
    let (expected, against) = if plan.against_software {
        let software = Renderer::new(&DeviceOptions { device: DeviceChoice::Software, ..DeviceOptions::default() })?;
        let adapter = software.adapter();
        (references::of(&software)?, format!("the software adapter of this machine, {} ({})", adapter.name, adapter.driver_info))
    } else {
        references::stored().map(|(expected, adapter)| (expected, format!("stored ones, of {adapter}")))?
    };
    let mut pictures = Vec::new();
    for subject in SUBJECTS.iter().filter(|subject| !plan.quick || QUICK_SUBJECTS.contains(&subject.name)) {
        let expected = expected.get(subject.name).map_or(&[][..], Vec::as_slice);
        pictures.extend(compare(renderer, subject, expected)?);
    }
    let ok = pictures.iter().all(|picture| picture.ok);
    Ok(Correct { against, pictures, ok })
}

/// Camera paths a second, about: of a small frame, or a larger one on a GPU.
fn paths_per_second(renderer: &Renderer, software: bool) -> Result<f64, BenchError> {
    let size = if software { (160, 100) } else { (800, 500) };
    let effort = Effort { size, samples: 8, runs: 1 };
    let fresh = rates(renderer, "causality", &scenes::causality(), &effort)?;
    Ok(fresh[0].paths_per_s.median)
}

fn batch<'a>(plan: &Plan<'a>, software: bool, rate: f64) -> Batch<'a> {
    let named = |name: &str| PRESETS.into_iter().find(|p| p.name == name);
    let preset = plan.preset.or_else(|| named(if software { "draft" } else { "template" })).unwrap_or(PRESETS[0]);
    let preset = Preset { samples_per_pixel: plan.samples_per_pixel.unwrap_or(preset.samples_per_pixel), ..preset };
    let difficulty = Difficulties::default();
    let mut batch = Batch { task: plan.task, judge: plan.judge, preset, difficulty, samples: 0, threads: plan.threads };
    let fits = SAMPLE_SECONDS[usize::from(plan.quick)] / sample_seconds(&batch, rate);
    batch.samples = plan.samples.unwrap_or_else(|| (fits as u64).clamp(FEWEST_SAMPLES, MOST_SAMPLES));
    batch
}

/// Seconds of a sample, about.
fn sample_seconds(batch: &Batch<'_>, rate: f64) -> f64 {
    let clip = batch.preset.clip_for(batch.task.info(), batch.difficulty);
    let paths = f64::from(clip.width) * f64::from(clip.height) * f64::from(batch.preset.samples_per_pixel);
    let frames = f64::from(clip.frames);
    paths * (1.0 + TRACED * frames) / rate + 0.004 * frames
}

/// Seconds of everything, about.
fn seconds(plan: &Plan<'_>, effort: &Effort, batch: &Batch<'_>, rate: f64) -> f64 {
    let wants = |part| f64::from(u8::from(plan.parts.contains(&part)));
    let picture = f64::from(160 * 100 * 32) / rate;
    let frame = f64::from(effort.size.0 * effort.size.1 * effort.samples) / rate;
    let runs = effort.runs as f64 + 1.0;
    // Scenes with glass are twice as dear, and kernels are compiled.
    let correct = 35.0 * picture * if plan.against_software { 2.5 } else { 1.0 } + 10.0;
    let rates = 6.5 * runs * frame + 15.0;
    let samples = (batch.samples as f64 + 0.5) * sample_seconds(batch, rate) + 5.0;
    wants(Part::Correct) * correct + wants(Part::Rates) * rates + wants(Part::Samples) * samples
}
