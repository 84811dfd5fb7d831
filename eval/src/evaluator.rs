//! What an evaluator is: one task's rules over decoded frames.

use crate::controls::Control;
use crate::{Failure, Footage, Mask, Truth, Want};

/// One criterion's verdict.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Criterion {
    /// `snake_case`.
    pub name: &'static str,
    /// What it earned.
    pub points: u32,
    /// What it can earn. All criteria of an evaluator sum to 1000.
    pub max_points: u32,
    /// Its own worth, `0..=1`, whatever the criteria before it are worth: for dense rewards.
    pub raw: f64,
    /// What was measured, in `unit`; absent if nothing was detected.
    pub measured: Option<f64>,
    /// Full points up to here.
    pub tolerance: f64,
    /// Unit of `measured` and `tolerance`.
    pub unit: &'static str,
    /// Why, in a sentence.
    pub reason: String,
    /// What is wrong, if it does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// Something that must hold whatever the answer is: it multiplies the points, and never adds any.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Gate {
    /// `snake_case`.
    pub name: &'static str,
    /// Thousandths of the points that are kept, `0..=1000`. An integer, so that points stay integers.
    pub keeps: u32,
    /// What was measured, in `unit`; absent if nothing could be.
    pub measured: Option<f64>,
    /// All points are kept up to here.
    pub tolerance: f64,
    /// Unit of `measured` and `tolerance`.
    pub unit: &'static str,
    /// Why, in a sentence.
    pub reason: String,
    /// What is wrong, if it does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
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
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// What earns points; `max_points` sum to 1000.
    pub criteria: Vec<Criterion>,
    /// What multiplies them.
    pub gates: Vec<Gate>,
    /// What bounds them.
    pub caps: Vec<Cap>,
    /// The evaluator's own masks of the objects it follows, in the frames asked for.
    pub masks: Vec<Mask>,
}

/// A verdict of fewer points is that of a wrong candidate, and names its failure.
const RIGHT: u32 = 950;
/// A gate that keeps fewer thousandths is what is wrong, rather than what follows from it in the chain.
const BROKEN: u32 = 750;

impl Verdict {
    /// The points after gates and caps, `0..=1000`.
    #[must_use]
    pub fn points(&self) -> u32 {
        let sum: u32 = self.criteria.iter().map(|c| c.points.min(c.max_points)).sum();
        let gated = self.gates.iter().fold(sum, |points, gate| points * gate.keeps.min(1000) / 1000);
        self.caps.iter().fold(gated.min(1000), |points, cap| points.min(cap.points))
    }

    /// What is wrong with the candidate: another start, a blurred picture, a camera that has left or no motion at all before everything else; of the gates that take more than
    /// a quarter the one that takes most, else the first criterion that does not hold, else what takes most. `None` for a right one.
    #[must_use]
    pub fn failure(&self) -> Option<Failure> {
        if self.points() >= RIGHT {
            return None;
        }
        // In another view nothing is where it should be.
        for first in [Failure::OtherStart, Failure::Blurred, Failure::CameraLeft] {
            if self.gates.iter().any(|g| g.failure == Some(first) && g.keeps < BROKEN) {
                return Some(first);
            }
        }
        if self.criteria.iter().any(|c| c.failure == Some(Failure::NoMotion)) {
            return Some(Failure::NoMotion);
        }
        let gate = self.gates.iter().filter(|g| g.failure.is_some()).min_by_key(|g| g.keeps);
        let gate_takes = gate.map_or(0, |g| 1000 - g.keeps.min(1000));
        if gate_takes > 1000 - BROKEN {
            return gate.and_then(|g| g.failure);
        }
        if let Some(broken) = self.criteria.iter().find(|c| c.raw < 0.75 && c.failure.is_some()) {
            return broken.failure;
        }
        let takes = |c: &&Criterion| c.max_points - c.points.min(c.max_points);
        match self.criteria.iter().filter(|c| c.failure.is_some()).max_by_key(takes) {
            Some(worst) if takes(&worst) >= gate_takes => worst.failure,
            _ => gate.and_then(|g| g.failure),
        }
    }
}

impl From<Vec<Criterion>> for Verdict {
    fn from(criteria: Vec<Criterion>) -> Self {
        Self { criteria, ..Self::default() }
    }
}

/// One task's rules.
pub trait Evaluator: Send + Sync {
    /// The domain it scores.
    fn domain(&self) -> &'static str;

    /// Name and most points of every criterion, in the order of the verdict; they sum to 1000. Documents are held to it.
    fn criteria(&self) -> Vec<(&'static str, u32)> {
        Vec::new()
    }

    /// For each criterion the words of a prompt that ask for it, one of which every prompt has: what the prompt does not ask for is not
    /// demanded. The documents quote them.
    fn asked_for(&self) -> Vec<(&'static str, &'static [&'static str])> {
        Vec::new()
    }

    /// Folder of its own sources in `src/tasks` of this crate, for [`digest`](crate::digest); empty for an evaluator from elsewhere.
    fn folder(&self) -> &'static str {
        ""
    }

    /// Whether `truth.task` and the events are what this evaluator reads: asked before anything is rendered.
    ///
    /// # Errors
    /// The member and the rule broken, in a sentence.
    fn check(&self, truth: &Truth) -> Result<(), String> {
        let _ = truth;
        Ok(())
    }

    /// Frames and crops that it needs at the candidate's own size, at most [`MAX_WANTS`](crate::MAX_WANTS).
    fn wants(&self, truth: &Truth) -> Vec<Want> {
        let _ = truth;
        Vec::new()
    }

    /// The videos of known score that this task can be held to: those of every task, and its own.
    fn controls(&self) -> Vec<Control> {
        crate::controls::of_every_task()
    }

    /// Criteria, gates and caps for the footage, and masks in the frames `observed` of it, by which [`observe`](crate::observe)
    /// checks that the evaluator sees what was drawn. An evaluator that gives no masks is not checked. Deterministic,
    /// single-threaded.
    ///
    /// # Errors
    /// A sentence if `truth.task` is not this evaluator's.
    fn score(&self, truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String>;
}
