//! What an evaluator is: one task's rules over decoded frames.

use crate::Truth;

/// One criterion's verdict.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Criterion {
    /// `snake_case`.
    pub name: &'static str,
    /// What it earned.
    pub points: u32,
    /// What it can earn. All criteria of an evaluator sum to 1000.
    pub max_points: u32,
    /// What was measured, in `unit`; absent where nothing was detected.
    pub measured: Option<f64>,
    /// Full points up to here.
    pub tolerance: f64,
    /// Unit of `measured` and `tolerance`.
    pub unit: &'static str,
    /// Why, in a sentence.
    pub reason: String,
}

/// Decoded, aligned frames of a candidate and the sample's first frame: all an evaluator may look at.
pub struct Footage {
    /// first_frame.png, RGB, row by row.
    pub first_frame: Frame,
    /// The candidate, each frame resampled to the size of `first_frame`.
    pub frames: Vec<Frame>,
    /// Seconds per frame of the candidate.
    pub seconds_per_frame: f64,
}

/// An 8-bit RGB picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// `3 * width * height` bytes.
    pub rgb: Vec<u8>,
}

/// One task's rules.
pub trait Evaluator: Send + Sync {
    /// The domain it scores.
    fn domain(&self) -> &'static str;

    /// Points for the footage. Deterministic, single-threaded.
    ///
    /// # Errors
    /// A sentence where `truth.task` is not this evaluator's.
    fn score(&self, truth: &Truth, footage: &Footage) -> Result<Vec<Criterion>, String>;
}
