//! Whole samples: drawn, dressed, rendered, encoded and scored, as `raytruth generate` makes them; and the same with frames that are there
//! already, which shows what the host can do beside a device of any speed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use raytruth_dataset::{EvalJudge, FrameSource, GpuSource, Preset, Settings, Summary, Waits, generate};
use raytruth_render::DeviceOptions;
use raytruth_task::{Difficulties, Task};
use serde::Serialize;
use serde_json::Value;

use crate::idle::{Shares, shares};
use crate::replay::Replay;
use crate::watched::{Log, Phase, Shared, Watched};
use crate::{BenchError, Figure};

/// Bytes of frames that are kept to be given again.
const KEPT_BYTES: u64 = 1 << 30;

/// Which samples.
pub struct Batch<'a> {
    /// Of which task.
    pub task: &'a dyn Task,
    /// Everyone who scores.
    pub judge: &'a EvalJudge,
    /// Size, length and quality.
    pub preset: Preset,
    /// How hard.
    pub difficulty: Difficulties,
    /// How many.
    pub samples: u64,
    /// Threads that draw, and as many that encode and score.
    pub threads: usize,
}

/// What a batch took.
#[derive(Clone, Debug, Serialize)]
pub struct Made {
    /// The task's domain.
    pub task: &'static str,
    /// Preset.
    pub preset: &'static str,
    /// Frames of a clip.
    pub frames: u32,
    /// Samples made.
    pub samples: u64,
    /// Samples given up.
    pub failed: usize,
    /// Seconds from the first sample that was written to the next, and so on; of the steady state, the mean of them.
    pub seconds_between: Option<Figure>,
    /// Seconds a sample in the steady state.
    pub seconds_a_sample: f64,
    /// From that.
    pub samples_an_hour: f64,
    /// Gigabytes (10⁹ bytes) of 10,000 samples.
    pub gb_for_10_000: f64,
    /// Camera paths that are traced of a sample; absent of frames that were there already.
    pub paths_a_sample: Option<f64>,
    /// Seconds that each stage takes of a sample on its thread, waiting for frames left out; encoders use more threads than one.
    pub stages: BTreeMap<String, Figure>,
    /// Part of the time, from the second clip to the last, in which the device had work; absent of frames that were there already.
    pub busy: Option<f64>,
    /// Parts of the same time in which it had none, by what the thread that renders did: it waited for `the run` (a problem to be ready, or a
    /// clip to be taken) or for `encoders`, or was between `frames`, or `opening clips`.
    pub idle: Shares,
    /// Seconds that the thread that renders waited, for what.
    pub waits: Waits,
    /// The largest of these in words, if it counts.
    pub waited_for: Option<&'static str>,
}

/// Makes a batch on a device, and then with its frames again.
///
/// # Errors
/// What keeps a run from going on.
pub fn measure(batch: &Batch<'_>, device: &DeviceOptions) -> Result<(Made, Made), BenchError> {
    let clip = batch.preset.clip_for(batch.task.info(), batch.difficulty);
    let bytes = 3 * u64::from(clip.width) * u64::from(clip.height) * u64::from(clip.frames);
    let kept = (KEPT_BYTES / bytes).clamp(2, batch.samples);
    let shared = Shared::new(kept);
    let options = DeviceOptions { watched: true, ..device.clone() };
    let open = || {
        let source = GpuSource::open(&options).map_err(|e| raytruth_dataset::Error::Device(e.to_string()))?;
        Ok(Box::new(Watched { source, shared: shared.clone() }) as Box<dyn FrameSource>)
    };
    let rendered = run(batch, batch.samples, open, &shared)?;
    let again = Shared::new(0);
    let replayed = run(batch, kept, || Ok(Box::new(Replay(shared.clone())) as Box<dyn FrameSource>), &again)?;
    Ok((rendered, replayed))
}

fn run(
    batch: &Batch<'_>,
    samples: u64,
    open: impl FnOnce() -> raytruth_dataset::Result<Box<dyn FrameSource>>,
    shared: &Shared,
) -> Result<Made, BenchError> {
    let io = |e: std::io::Error| BenchError::Reference(format!("a folder for samples: {e}"));
    let folder = tempfile::tempdir().map_err(io)?;
    let output = folder.path().join("samples");
    let log = folder.path().join("log.jsonl");
    let settings = Settings {
        seed: 1,
        num_samples: samples,
        clip: batch.preset.clip_for(batch.task.info(), batch.difficulty),
        difficulty: batch.difficulty,
        threads: batch.threads,
        log: Some(log.clone()),
        ..Settings::new(batch.task, output.clone(), &batch.preset)
    };
    let start = Instant::now();
    let summary = generate(batch.task, &settings, batch.judge, open, shared, &AtomicBool::new(false))?;
    let bytes = size_of(&output).map_err(io)?;
    let stages = stages(&std::fs::read_to_string(&log).map_err(io)?);
    Ok(made(batch, &settings, &summary, (start, bytes, stages), &shared.lock()))
}

fn made(
    batch: &Batch<'_>,
    settings: &Settings,
    summary: &Summary,
    (start, bytes, stages): (Instant, u64, BTreeMap<String, Figure>),
    log: &Log,
) -> Made {
    let between: Vec<f64> = log.done.windows(2).map(|pair| pair[1].duration_since(pair[0]).as_secs_f64()).collect();
    let seconds_a_sample = if between.is_empty() { summary.seconds } else { between.iter().sum::<f64>() / between.len() as f64 };
    let clips: Vec<_> = log.phases.iter().filter(|(phase, _)| *phase == Phase::Opening).map(|(_, stretch)| stretch.0).collect();
    let rendered = log.phases.iter().filter(|(phase, _)| *phase == Phase::Rendering).map(|(_, stretch)| stretch.1).max();
    // The first clip waits for the first draw, and for what is compiled.
    let window = clips.get(1).or(clips.first()).copied().unwrap_or(start);
    let found = rendered.filter(|end| *end > window).map(|end| shares(&log.phases, &log.busy, (window, end)));
    let (busy, idle) = found.map_or((None, Shares::new()), |(busy, idle)| (Some(busy), idle));
    Made {
        task: batch.task.info().domain,
        preset: batch.preset.name,
        frames: settings.clip.frames,
        samples: summary.made,
        failed: summary.failed.len(),
        seconds_between: Figure::of(between),
        seconds_a_sample,
        samples_an_hour: 3600.0 / seconds_a_sample,
        gb_for_10_000: bytes as f64 / summary.made.max(1) as f64 * 1e4 / 1e9,
        paths_a_sample: (log.paths > 0).then(|| log.paths as f64 / summary.made.max(1) as f64),
        stages,
        busy,
        idle,
        waits: summary.waits,
        waited_for: summary.waits.worst(summary.seconds).map(|(what, _)| what),
    }
}

/// Seconds of each stage but rendering, over the samples of a run log.
fn stages(log: &str) -> BTreeMap<String, Figure> {
    let mut values: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    for line in lines.filter(|line| line["event"] == "sample") {
        for (stage, ms) in line["ms"].as_object().into_iter().flatten().filter(|(stage, _)| *stage != "render") {
            values.entry(stage.clone()).or_default().extend(ms.as_f64().map(|ms| 1e-3 * ms));
        }
    }
    values.into_iter().filter_map(|(stage, values)| Some((stage, Figure::of(values)?))).collect()
}

/// Bytes of all files below a folder.
fn size_of(folder: &Path) -> std::io::Result<u64> {
    std::fs::read_dir(folder)?.try_fold(0, |sum, entry| {
        let entry = entry?;
        let own = if entry.file_type()?.is_dir() { size_of(&entry.path())? } else { entry.metadata()?.len() };
        Ok(sum + own)
    })
}
