//! Controls: videos whose score is known beforehand. Wrong ones must score low, fair ones high; whoever doubts the evaluator can
//! run them on any sample.
//!
//! Those that pixels can make are made here from the ground truth; those that need the renderer (another seed, half the samples,
//! the counterfactual twin, an object that teleports) are read from `extras/controls/` where they exist, and named where not.

mod encode;
mod pixels;
mod rendered;

use std::path::Path;

use serde::Serialize;

use crate::decode::{Limits, decode};
use crate::{EvalError, Frame, Registry, Sample, batch, score_frames, score_video};

pub use encode::{Codec, encode};
pub use pixels::{Made, Recipe, Source, recipes};

/// Least score of the ground truth.
const TRUTH_BOUND: u32 = 1000;
/// Least score of a fair version.
const FAIR_BOUND: u32 = 950;
/// Highest score of a wrong version.
const WRONG_BOUND: u32 = 500;
/// Highest score of a trivially wrong version.
const TRIVIAL_BOUND: u32 = 200;

/// What a control is, and so how it must score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The ground truth itself: exactly 1000.
    Truth,
    /// A fair version: at least 950.
    Fair,
    /// A wrong version: at most 500.
    Wrong,
    /// A version without any understanding: at most 200.
    Trivial,
}

impl Kind {
    /// The bound in points.
    #[must_use]
    pub fn bound(self) -> u32 {
        match self {
            Self::Truth => TRUTH_BOUND,
            Self::Fair => FAIR_BOUND,
            Self::Wrong => WRONG_BOUND,
            Self::Trivial => TRIVIAL_BOUND,
        }
    }

    /// Whether points keep the bound.
    #[must_use]
    pub fn keeps(self, points: u32) -> bool {
        match self {
            Self::Truth | Self::Fair => points >= self.bound(),
            Self::Wrong | Self::Trivial => points <= self.bound(),
        }
    }
}

/// One control of one sample.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Name of the sample's folder.
    pub sample: String,
    /// What was done, e.g. `frozen_first_frame`.
    pub control: String,
    /// How it must score.
    pub kind: Kind,
    /// How it scored.
    pub points: u32,
    /// Whether the bound holds.
    pub kept: bool,
    /// What cost it points, or the error.
    pub note: String,
}

impl Row {
    fn new(sample: &str, control: &str, kind: Kind, scored: Result<crate::Score, EvalError>) -> Self {
        let (points, kept, note) = match scored {
            Ok(score) => (score.points, kind.keeps(score.points), lost(&score)),
            // An error proves nothing, not even of a wrong video.
            Err(error) => (0, false, error.to_string()),
        };
        Self { sample: sample.to_owned(), control: control.to_owned(), kind, points, kept, note }
    }
}

/// Every control of every sample.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ControlsReport {
    /// In the order of samples, then of controls.
    pub rows: Vec<Row>,
    /// `sample/control` of those that could not be made here and were not rendered.
    pub missing: Vec<String>,
}

impl ControlsReport {
    /// Whether every bound holds.
    #[must_use]
    pub fn kept(&self) -> bool {
        self.rows.iter().all(|r| r.kept)
    }

    /// The table for people: one line a control, worst sample first.
    #[must_use]
    pub fn table(&self) -> String {
        let mut names: Vec<(&str, Kind)> = Vec::new();
        for row in &self.rows {
            if !names.iter().any(|(n, _)| *n == row.control) {
                names.push((&row.control, row.kind));
            }
        }
        names.sort_by_key(|(_, kind)| *kind as u8);
        let mut text = format!("{:<34} {:>7} {:>6} {:>6} {:>6} {:>4}\n", "control", "bound", "min", "mean", "max", "n");
        for (name, kind) in names {
            let rows: Vec<&Row> = self.rows.iter().filter(|r| r.control == name).collect();
            let points = rows.iter().map(|r| r.points);
            let (low, high) = (points.clone().min().unwrap_or(0), points.clone().max().unwrap_or(0));
            let mean = points.sum::<u32>() / rows.len().max(1) as u32;
            let sign = if matches!(kind, Kind::Truth | Kind::Fair) { ">=" } else { "<=" };
            let broken = rows.iter().filter(|r| !r.kept).count();
            let verdict = if broken == 0 { String::new() } else { format!("  BROKEN in {broken}") };
            text += &format!("{name:<34} {sign} {:>4} {low:>6} {mean:>6} {high:>6} {:>4}{verdict}\n", kind.bound(), rows.len());
        }
        for row in self.rows.iter().filter(|r| !r.kept) {
            text += &format!("broken: {}/{}: {} points, {}\n", row.sample, row.control, row.points, row.note);
        }
        if !self.missing.is_empty() {
            let mut kinds: Vec<&str> = self.missing.iter().filter_map(|m| m.rsplit('/').next()).collect();
            kinds.sort_unstable();
            kinds.dedup();
            text += &format!("not rendered (run `raytruth controls` to make them): {}\n", kinds.join(", "));
        }
        let broken = self.rows.iter().filter(|r| !r.kept).count();
        text + &format!("{} controls, {broken} bounds broken\n", self.rows.len())
    }
}

/// Makes, scores and judges the controls of every sample at or below a folder. `progress` gets a line per sample.
///
/// # Errors
/// [`EvalError`] where no sample can be read. A control that cannot be scored is a broken row.
pub fn run(registry: &Registry, gt_dir: &Path, progress: &mut dyn FnMut(&str)) -> Result<ControlsReport, EvalError> {
    let samples = batch::find_samples(gt_dir)?;
    if samples.is_empty() {
        return Err(EvalError::Refused(format!("no sample (a folder with metadata.json) at or below {}", gt_dir.display())));
    }
    let mut report = ControlsReport::default();
    for (i, dir) in samples.iter().enumerate() {
        let other = (samples.len() > 1).then(|| samples[(i + 1) % samples.len()].as_path());
        run_sample(registry, dir, other, &mut report)?;
        let broken = report.rows.iter().filter(|r| !r.kept).count();
        progress(&format!("{} of {} samples, {} controls, {broken} broken", i + 1, samples.len(), report.rows.len()));
    }
    Ok(report)
}

fn run_sample(registry: &Registry, dir: &Path, other: Option<&Path>, report: &mut ControlsReport) -> Result<(), EvalError> {
    let sample = Sample::open(dir)?;
    let name = dir.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let load = |path: &Path| {
        decode(path, &Limits::default()).map_err(|e| EvalError::Video { path: path.to_owned(), reason: e.to_string() })
    };
    let path = dir.join("ground_truth.mp4");
    let video = load(&path)?;
    let other: Option<Vec<Frame>> = other.map(|o| load(&o.join("ground_truth.mp4"))).transpose()?.map(|v| v.frames);
    let scored = score_video(registry, &sample.truth, &sample.first_frame, &path);
    report.rows.push(Row::new(&name, "ground_truth", Kind::Truth, scored));
    let source = Source {
        frames: &video.frames,
        fps: video.fps,
        other: other.as_deref(),
        // Where the outcome begins; a task that does not say so is cut in the middle.
        event: sample
            .truth
            .task
            .get("contact_frame")
            .and_then(serde_json::Value::as_u64)
            .map_or(video.frames.len() / 2, |f| f as usize),
    };
    for recipe in recipes() {
        let Some(made) = (recipe.make)(&source) else {
            report.missing.push(format!("{name}/{}", recipe.name));
            continue;
        };
        let scored = match made.codec {
            None => score_frames(registry, &sample.truth, &sample.first_frame, &made.frames, made.fps),
            Some(codec) => match encode::scratch(&made.frames, made.fps, codec) {
                Ok(Some(file)) => score_video(registry, &sample.truth, &sample.first_frame, file.path()),
                Ok(None) => {
                    report.missing.push(format!("{name}/{}", recipe.name));
                    continue;
                }
                Err(reason) => Err(EvalError::Refused(reason)),
            },
        };
        report.rows.push(Row::new(&name, recipe.name, recipe.kind, scored));
    }
    for (control, kind, file) in rendered::find(dir, &name, &mut report.missing) {
        let scored = score_video(registry, &sample.truth, &sample.first_frame, &file);
        report.rows.push(Row::new(&name, &control, kind, scored));
    }
    Ok(())
}

/// What cost points, in a line.
fn lost(score: &crate::Score) -> String {
    let criteria = score.criteria.iter().filter(|c| c.points < c.max_points);
    let mut parts: Vec<String> = criteria.map(|c| format!("{} {}/{}: {}", c.name, c.points, c.max_points, c.reason)).collect();
    parts.extend(
        score
            .gates
            .iter()
            .filter(|g| g.keeps < 1000)
            .map(|g| format!("{} x{:.3}: {}", g.name, f64::from(g.keeps) / 1000.0, g.reason)),
    );
    parts.extend(score.caps.iter().map(|c| format!("at most {}: {}", c.points, c.reason)));
    parts.join("; ")
}
