//! From a candidate to its score.

mod intake;
#[cfg(feature = "decode")]
mod lead;
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
#[cfg(feature = "decode")]
pub use lead::Begin;

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
    /// Whether it was judged as what continues `first_video.mp4`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub continues: bool,
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

/// Scores pictures in memory, each shown at its time: seconds from the first one on, which grow.
///
/// # Errors
/// As [`score_frames`].
pub fn score_frames_at(
    registry: &Registry,
    truth: &Truth,
    first_frame: &Frame,
    frames: &[Frame],
    time: Vec<f64>,
) -> Result<Score, EvalError> {
    let mut intake = Intake::new(registry, truth, first_frame)?;
    for frame in frames {
        intake.push(frame)?;
    }
    Ok(intake.finish(time, None, &[])?.0)
}

/// Scores pictures in memory that continue a video: `lead` holds its frames, as many a second as the ground truth has.
///
/// # Errors
/// As [`score_frames`], and if there is no lead.
pub fn score_continuation(
    registry: &Registry,
    truth: &Truth,
    first_frame: &Frame,
    lead: &[Frame],
    frames: &[Frame],
    fps: f64,
) -> Result<Score, EvalError> {
    if lead.is_empty() {
        return Err(EvalError::Refused("there is nothing to continue".to_owned()));
    }
    let mut intake = Intake::new(registry, truth, first_frame)?;
    for frame in lead {
        intake.push(frame)?;
    }
    intake.lead_ends(lead.len() as f64 / f64::from(truth.clip.fps));
    for frame in frames {
        intake.push(frame)?;
    }
    Ok(intake.finish((0..frames.len()).map(|i| i as f64 / fps).collect(), None, &[])?.0)
}

/// Scores a file. Reads nothing else.
///
/// # Errors
/// As [`score_frames`], and if the file cannot be decoded.
#[cfg(feature = "decode")]
pub fn score_video(registry: &Registry, truth: &Truth, first_frame: &Frame, video: &Path) -> Result<Score, EvalError> {
    Ok(score_file(registry, truth, first_frame, &Beside::default(), video, &[])?.0)
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
    score_file(registry, truth, first_frame, &Beside::default(), video, passes)
}

/// Scores a file against a sample folder, of which it reads `first_frame.png` and the truth in metadata.json (and `final_frame.png`,
/// if it exists, for a reported dimension). If the file does not begin with the first frame, but goes on where `first_video.mp4` ends,
/// that is put before it.
///
/// # Errors
/// As [`score_video`], and if the folder lacks something.
#[cfg(feature = "decode")]
pub fn score_sample(registry: &Registry, gt_dir: &Path, video: &Path) -> Result<Score, EvalError> {
    score_sample_as(registry, gt_dir, video, Begin::AsSeen)
}

/// The same, where the caller knows what the file begins with.
///
/// # Errors
/// As [`score_sample`], and if there is no `first_video.mp4` to continue.
#[cfg(feature = "decode")]
pub fn score_sample_as(registry: &Registry, gt_dir: &Path, video: &Path, begin: Begin) -> Result<Score, EvalError> {
    let sample = Sample::open(gt_dir)?;
    let first_video = gt_dir.join("first_video.mp4");
    let first_video = (begin == Begin::Continues || first_video.is_file()).then_some(first_video);
    let beside = Beside { final_frame: sample.final_frame.as_ref(), first_video: first_video.as_deref(), begin };
    let scored = score_file(registry, &sample.truth, &sample.first_frame, &beside, video, &[]);
    scored.map(|(score, _)| score).map_err(|e| match e {
        EvalError::Refused(reason) => EvalError::Refused(format!("{}: {reason}", gt_dir.display())),
        other => other,
    })
}

/// What lies beside a sample's first frame.
#[cfg(feature = "decode")]
#[derive(Default)]
struct Beside<'a> {
    final_frame: Option<&'a Frame>,
    /// The video that the candidate may continue.
    first_video: Option<&'a Path>,
    begin: Begin,
}

#[cfg(feature = "decode")]
fn score_file(
    registry: &Registry,
    truth: &Truth,
    first_frame: &Frame,
    beside: &Beside<'_>,
    video: &Path,
    passes: IdPasses<'_>,
) -> Result<(Score, Vec<Observation>), EvalError> {
    let mut intake = Intake::new(registry, truth, first_frame)?;
    if beside.begin == Begin::Continues {
        lead(&mut intake, beside)?;
    }
    let mut begun = beside.begin == Begin::Continues;
    let info = read(video, &mut |frame, aspect| {
        intake.has_pixels(aspect);
        if !std::mem::replace(&mut begun, true) {
            begin(&mut intake, beside, frame, aspect)?;
        }
        intake.push(frame)
    })?;
    intake.finish(info.time, beside.final_frame, passes)
}

/// Puts the first video before the candidate, if that is where the candidate's first frame goes on.
#[cfg(feature = "decode")]
fn begin(intake: &mut Intake<'_>, beside: &Beside<'_>, frame: &Frame, aspect: f64) -> Result<(), EvalError> {
    if beside.first_video.is_none() || !intake.starts_elsewhere(frame)? {
        return Ok(());
    }
    intake.begin_again();
    // A first video that cannot be read is no fault of a candidate that may not continue it.
    let led = lead(intake, beside).is_ok();
    intake.has_pixels(aspect);
    if !led || !intake.goes_on(frame)? {
        intake.begin_again();
    }
    Ok(())
}

#[cfg(feature = "decode")]
fn lead(intake: &mut Intake<'_>, beside: &Beside<'_>) -> Result<(), EvalError> {
    let Some(path) = beside.first_video else { return Ok(()) };
    intake.has_pixels(1.0);
    let info = read(path, &mut |frame, _| intake.push(frame))?;
    intake.lead_ends(f64::from(info.frames) / info.fps);
    Ok(())
}

/// Hands out the frames of a file until one is not taken.
#[cfg(feature = "decode")]
fn read(video: &Path, each: &mut dyn FnMut(&Frame, f64) -> Result<(), EvalError>) -> Result<decode::Info, EvalError> {
    let mut failed = None;
    let info = decode::read_plain(video, &mut |frame: Frame, aspect: f64| match each(&frame, aspect) {
        Ok(()) => true,
        Err(error) => {
            failed = Some(error);
            false
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    info.map_err(|e| EvalError::Video { path: video.to_owned(), reason: e.to_string() })
}
