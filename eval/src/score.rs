//! From a candidate to its score.

use serde::Serialize;

#[cfg(feature = "decode")]
use std::path::Path;

use crate::{
    Cap, Criterion, Dimensions, EvalError, EvaluatorVersion, Fit, Footage, Frame, Gate, Normaliser, Registry, Truth,
    source_digest,
};
#[cfg(feature = "decode")]
use crate::{Sample, decode};

/// What a candidate earned, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// `points / 1000`.
    pub score: f64,
    /// `0..=1000`.
    pub points: u32,
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
    /// Frames of the candidate.
    pub frames: u32,
    /// Who says so.
    pub evaluator: EvaluatorVersion,
}

/// Scores pictures in memory: the candidate's frames, all of one size, shown at `fps`.
///
/// # Errors
/// [`EvalError`] where the truth or the pictures cannot be used. A wrong video is no error.
pub fn score_frames(
    registry: &Registry,
    truth: &Truth,
    first_frame: &Frame,
    frames: &[Frame],
    fps: f64,
) -> Result<Score, EvalError> {
    let mut intake = Intake::new(registry, truth, first_frame);
    for frame in frames {
        intake.push(frame)?;
    }
    intake.finish(fps, None)
}

/// Scores a file. Reads nothing else.
///
/// # Errors
/// As [`score_frames`], and where the file cannot be decoded.
#[cfg(feature = "decode")]
pub fn score_video(registry: &Registry, truth: &Truth, first_frame: &Frame, video: &Path) -> Result<Score, EvalError> {
    score_file(registry, truth, first_frame, None, video)
}

/// Scores a file against a sample folder, of which it reads `first_frame.png` and the truth in metadata.json (and `final_frame.png`,
/// where it exists, for a reported dimension).
///
/// # Errors
/// As [`score_video`], and where the folder lacks something.
#[cfg(feature = "decode")]
pub fn score_sample(registry: &Registry, gt_dir: &Path, video: &Path) -> Result<Score, EvalError> {
    let sample = Sample::open(gt_dir)?;
    score_file(registry, &sample.truth, &sample.first_frame, sample.final_frame.as_ref(), video).map_err(|e| match e {
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
) -> Result<Score, EvalError> {
    let mut intake = Intake::new(registry, truth, first_frame);
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
    intake.finish(info.fps, final_frame)
}

/// Takes frames as they are decoded, so that a long or large candidate is never held whole at its own size.
struct Intake<'a> {
    registry: &'a Registry,
    truth: &'a Truth,
    first_frame: &'a Frame,
    normaliser: Option<Normaliser>,
    frames: Vec<Frame>,
}

impl<'a> Intake<'a> {
    fn new(registry: &'a Registry, truth: &'a Truth, first_frame: &'a Frame) -> Self {
        Self { registry, truth, first_frame, normaliser: None, frames: Vec::new() }
    }

    fn push(&mut self, frame: &Frame) -> Result<(), EvalError> {
        if self.normaliser.is_none() {
            let evaluator = self.registry.get(&self.truth.domain)?;
            self.normaliser = Some(Normaliser::new(self.first_frame, frame, evaluator.max_pixels())?);
        }
        if let Some(normaliser) = &self.normaliser {
            self.frames.push(normaliser.apply(frame)?);
        }
        Ok(())
    }

    fn finish(self, fps: f64, final_frame: Option<&Frame>) -> Result<Score, EvalError> {
        self.truth.check().map_err(EvalError::Refused)?;
        let evaluator = self.registry.get(&self.truth.domain)?;
        let normaliser = self.normaliser.ok_or_else(|| EvalError::Refused("the candidate has no frames".to_owned()))?;
        if !(fps.is_finite() && fps > 0.0) {
            return Err(EvalError::Refused(format!("the candidate's rate of {fps} frames per second is not one")));
        }
        let footage = Footage {
            first_frame: normaliser.first_frame,
            frames: self.frames,
            seen: normaliser.seen,
            seconds_per_frame: 1.0 / fps,
        };
        let verdict = evaluator.score(self.truth, &footage).map_err(EvalError::Refused)?;
        let points = verdict.points();
        Ok(Score {
            score: f64::from(points) / 1000.0,
            points,
            dimensions: Dimensions::measure(&footage, final_frame, points),
            criteria: verdict.criteria,
            gates: verdict.gates,
            caps: verdict.caps,
            fit: normaliser.fit,
            frames: footage.frames.len() as u32,
            evaluator: EvaluatorVersion {
                domain: self.truth.domain.clone(),
                version: env!("CARGO_PKG_VERSION"),
                digest: source_digest(),
            },
        })
    }
}
