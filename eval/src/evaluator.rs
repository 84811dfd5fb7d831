//! What an evaluator is: one task's rules over decoded frames.

use crate::{Mask, Truth};

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

/// Something that must hold whatever the answer is: it multiplies the points, and never adds any.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Gate {
    /// `snake_case`.
    pub name: &'static str,
    /// Thousandths of the points that are kept, `0..=1000`. An integer, so that points stay integers.
    pub keeps: u32,
    /// What was measured, in `unit`; absent where nothing could be.
    pub measured: Option<f64>,
    /// All points are kept up to here.
    pub tolerance: f64,
    /// Unit of `measured` and `tolerance`.
    pub unit: &'static str,
    /// Why, in a sentence.
    pub reason: String,
}

/// An upper bound on the points.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Cap {
    /// No more points than this.
    pub points: u32,
    /// Why, in a sentence.
    pub reason: String,
}

/// What an evaluator says of a candidate. Points are the criteria's sum, times every gate, at most the lowest cap.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Verdict {
    /// What earns points; `max_points` sum to 1000.
    pub criteria: Vec<Criterion>,
    /// What multiplies them.
    pub gates: Vec<Gate>,
    /// What bounds them.
    pub caps: Vec<Cap>,
}

impl Verdict {
    /// The points after gates and caps, `0..=1000`.
    #[must_use]
    pub fn points(&self) -> u32 {
        let sum: u32 = self.criteria.iter().map(|c| c.points.min(c.max_points)).sum();
        let gated = self.gates.iter().fold(sum, |points, gate| points * gate.keeps.min(1000) / 1000);
        self.caps.iter().fold(gated.min(1000), |points, cap| points.min(cap.points))
    }
}

impl From<Vec<Criterion>> for Verdict {
    fn from(criteria: Vec<Criterion>) -> Self {
        Self { criteria, ..Self::default() }
    }
}

/// Decoded, aligned frames of a candidate and the sample's first frame: all an evaluator may look at.
pub struct Footage {
    /// `first_frame.png`, shrunk where it has more than [`Evaluator::max_pixels`].
    pub first_frame: Frame,
    /// The candidate, each frame brought to the size, place and tone of `first_frame`.
    pub frames: Vec<Frame>,
    /// Which pixels the candidate shows; `false` where a crop cut them away.
    pub seen: Vec<bool>,
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

    /// Pictures with more pixels than this are shrunk before they are scored. The truth's pixels are those of `truth.clip`;
    /// multiply them by `footage.first_frame.width / truth.clip.width`.
    fn max_pixels(&self) -> u32 {
        150_000
    }

    /// Criteria, gates and caps for the footage. Deterministic, single-threaded.
    ///
    /// # Errors
    /// A sentence where `truth.task` is not this evaluator's.
    fn score(&self, truth: &Truth, footage: &Footage) -> Result<Verdict, String>;

    /// The evaluator's own masks of the objects it follows, in the given frames of the ground truth itself: by them
    /// [`observe`](crate::observe) checks that it sees what was drawn. An evaluator without this is not checked.
    ///
    /// # Errors
    /// As [`Evaluator::score`].
    fn segment(&self, truth: &Truth, footage: &Footage, frames: &[u32]) -> Result<Vec<Mask>, String> {
        let _ = (truth, footage, frames);
        Ok(Vec::new())
    }
}
