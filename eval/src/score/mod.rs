//! From a candidate to its score.

mod intake;
mod pulse;

use serde::Serialize;

#[cfg(feature = "decode")]
use std::path::Path;

use crate::{
    Cap, Criterion, Dimensions, Drifted, EvalError, EvaluatorVersion, Failure, Fit, Frame, Gate, Observation, Registry, Truth,
};
#[cfg(feature = "decode")]
use crate::{Sample, decode};

use intake::Intake;

/// What a candidate earned, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// `points / 1000`.
    pub score: f64,
    /// `0..=1000`.
    pub points: u32,
    /// What is wrong with it, in one word; absent for a right one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// What earns points.
    pub criteria: Vec<Criterion>,
    /// What multiplies them.
    pub gates: Vec<Gate>,
    /// What bounds them.
    pub caps: Vec<Cap>,
    /// Five standard dimensions, for comparison with other tools; they never add points.
    pub dimensions: Dimensions,
    /// How the candidate's picture was laid over the sample's.
    pub fit: Fit,
    /// How far its camera drifted; it was undone.
    pub drift: Drifted,
    /// Frames of the candidate.
    pub frames: u32,
    /// Evaluator's version and digest.
    pub evaluator: EvaluatorVersion,
}

/// Object-id passes of the ground truth: a frame number, and the ids row by row at the size of the clip.
pub type IdPasses<'a> = &'a [(u32, &'a [u16])];

/// Scores pictures in memory: the candidate's frames, all of one size, shown at `fps`.
///
/// # Errors
/// [`EvalError`] if the truth or the pictures cannot be used. A wrong video is no error.
pub fn score_frames(
    registry: &Registry,
    truth: &Truth,
    first_frame: &Frame,
    frames: &[Frame],
    fps: f64,
) -> Result<Score, EvalError> {
    Ok(observe_frames(registry, truth, first_frame, frames, fps, &[])?.0)
}

/// Scores pictures in memory, and says how well the evaluator sees in them what `passes` show: see [`observe`](crate::observe).
///
/// # Errors
/// As [`score_frames`], and if a pass does not fit the clip.
pub fn observe_frames(
    registry: &Registry,
    truth: &Truth,
    first_frame: &Frame,
    frames: &[Frame],
    fps: f64,
    passes: IdPasses<'_>,
) -> Result<(Score, Vec<Observation>), EvalError> {
    let mut intake = Intake::new(registry, truth, first_frame)?;
    for frame in frames {
        intake.push(frame)?;
    }
    let time = (0..frames.len()).map(|i| i as f64 / fps).collect();
    intake.finish(time, None, passes)
}

/// Scores a file. Reads nothing else.
///
/// # Errors
/// As [`score_frames`], and if the file cannot be decoded.
#[cfg(feature = "decode")]
pub fn score_video(registry: &Registry, truth: &Truth, first_frame: &Frame, video: &Path) -> Result<Score, EvalError> {
    Ok(score_file(registry, truth, first_frame, None, video, &[])?.0)
}

/// Scores a file, and says how well the evaluator sees in it what `passes` show: see [`observe`](crate::observe).
///
/// # Errors
/// As [`score_video`], and if a pass does not fit the clip.
#[cfg(feature = "decode")]
pub fn observe_video(
    registry: &Registry,
    truth: &Truth,
    first_frame: &Frame,
    video: &Path,
    passes: IdPasses<'_>,
) -> Result<(Score, Vec<Observation>), EvalError> {
    score_file(registry, truth, first_frame, None, video, passes)
}

/// Scores a file against a sample folder, of which it reads `first_frame.png` and the truth in metadata.json (and `final_frame.png`,
/// if it exists, for a reported dimension).
///
/// # Errors
/// As [`score_video`], and if the folder lacks something.
#[cfg(feature = "decode")]
pub fn score_sample(registry: &Registry, gt_dir: &Path, video: &Path) -> Result<Score, EvalError> {
    let sample = Sample::open(gt_dir)?;
    let scored = score_file(registry, &sample.truth, &sample.first_frame, sample.final_frame.as_ref(), video, &[]);
    scored.map(|(score, _)| score).map_err(|e| match e {
        EvalError::Refused(reason) => EvalError::Refused(format!("{}: {reason}", gt_dir.display())),
        other => other,
    })
}

#[cfg(feature = "decode")]
fn score_file(
    registry: &Registry,
    truth: &Truth,
    first_frame: &Frame,
    final_frame: Option<&Frame>,
    video: &Path,
    passes: IdPasses<'_>,
) -> Result<(Score, Vec<Observation>), EvalError> {
    let mut intake = Intake::new(registry, truth, first_frame)?;
    let mut failed = None;
    let info = decode::read(video, &mut |frame: Frame| match intake.push(&frame) {
        Ok(()) => true,
        Err(error) => {
            failed = Some(error);
            false
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let info = info.map_err(|e| EvalError::Video { path: video.to_owned(), reason: e.to_string() })?;
    intake.finish(info.time, final_frame, passes)
}
