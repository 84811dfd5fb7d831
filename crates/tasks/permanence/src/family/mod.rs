//! The families: each makes plots of its own.

mod cups;

pub(crate) use cups::{ARM, most_swaps};

use raytruth_task::{Difficulty, Draw, Rejection};

use crate::plot::{Plot, SECONDS};

/// A kind of story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// A cup goes down over a ball; cups change places; all rise.
    Cups,
}

/// Names of the families.
pub(crate) const NAMES: [&str; 1] = ["cups"];

impl Family {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Cups => NAMES[0],
        }
    }

    /// Draws a plot. `changed`: whether the target is to end elsewhere than in what held it first.
    pub(crate) fn plot(self, draw: &mut Draw<'_>, changed: bool) -> Result<Plot, Rejection> {
        match self {
            Self::Cups => cups::plot(draw, changed),
        }
    }
}

/// How long a problem of a difficulty takes, seconds.
pub(crate) fn seconds(difficulty: Difficulty) -> f64 {
    if difficulty == Difficulty::Hard { SECONDS.1 } else { SECONDS.0 }
}
