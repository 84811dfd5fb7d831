//! Controls: videos whose score is known beforehand. Wrong ones must score low, fair ones high; whoever doubts the evaluator can
//! run them on any sample.
//!
//! An evaluator names its controls ([`Evaluator::controls`](crate::Evaluator::controls)), and both programs read that one list: `verify
//! controls` makes from the ground truth those that pixels can make; `raytruth controls` renders the others (another seed, half the
//! samples, the counterfactual twin, an object that teleports) into `extras/controls/` and lists them in [`CONTROLS_JSON`].

mod changes;
#[cfg(feature = "decode")]
mod encode;
mod pixels;
mod recipes;
#[cfg(feature = "decode")]
mod rendered;
#[cfg(feature = "decode")]
mod report;
#[cfg(feature = "decode")]
mod run;

use serde::{Deserialize, Serialize};

#[cfg(feature = "decode")]
pub use encode::encode;
#[cfg(feature = "decode")]
pub use report::{ControlsReport, Row};
#[cfg(feature = "decode")]
pub use run::run;

use crate::Frame;

/// Where the rendered controls are listed, below a sample.
pub const CONTROLS_JSON: &str = "extras/controls/controls.json";

/// Least score of the ground truth.
const TRUTH_BOUND: u32 = 1000;
/// Least score of a fair version.
const FAIR_BOUND: u32 = 950;
/// Highest score of a wrong version.
const WRONG_BOUND: u32 = 500;
/// Highest score of a trivially wrong version.
const TRIVIAL_BOUND: u32 = 200;

/// What a control is, and so how it must score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// One control.
#[derive(Clone, Copy, Debug)]
pub struct Control {
    /// `snake_case`.
    pub name: &'static str,
    /// How it must score.
    pub kind: Kind,
    /// What differs from the ground truth, in a few words.
    pub summary: &'static str,
    /// How it is made.
    pub making: Making,
}

/// How a control is made.
#[derive(Clone, Copy, Debug)]
pub enum Making {
    /// By the evaluator, from the ground truth's frames; `None` if the source lacks something, or the control would show the right answer.
    Pixels(fn(&Source<'_>) -> Option<Made>),
    /// By the renderer.
    Rendered,
}

impl Control {
    /// A control that pixels can make.
    #[must_use]
    pub const fn pixels(name: &'static str, kind: Kind, summary: &'static str, make: fn(&Source<'_>) -> Option<Made>) -> Self {
        Self { name, kind, summary, making: Making::Pixels(make) }
    }

    /// A control that needs the renderer.
    #[must_use]
    pub const fn rendered(name: &'static str, kind: Kind, summary: &'static str) -> Self {
        Self { name, kind, summary, making: Making::Rendered }
    }
}

/// The controls of every task: what pixels can make, then what needs the renderer.
#[must_use]
pub fn of_every_task() -> Vec<Control> {
    let mut all = recipes::wrong();
    all.extend(recipes::fair());
    all.extend([
        Control::rendered("other_seed", Kind::Fair, "rendered with another seed"),
        Control::rendered("half_spp", Kind::Fair, "rendered with half the camera paths"),
        Control::rendered("glide", Kind::Wrong, "everything that moves glides straight from its first to its final pose"),
        Control::rendered("teleport", Kind::Wrong, "what acts stands still and then is at its end at once"),
        Control::rendered("vanish", Kind::Wrong, "what acts is gone from the event on"),
        Control::rendered("duplicate", Kind::Wrong, "what acts is there twice from the event on"),
    ]);
    all
}

/// One entry of [`CONTROLS_JSON`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlCard {
    /// `glide`, `counterfactual`, ...
    pub name: String,
    /// How it must score.
    pub kind: Kind,
    /// What differs from the ground truth.
    pub summary: String,
    /// The MP4, by its path from the list's folder.
    pub file: String,
}

/// What controls are made from.
pub struct Source<'a> {
    /// The ground truth, decoded.
    pub frames: &'a [Frame],
    /// Its rate.
    pub fps: f64,
    /// Another sample's ground truth.
    pub other: Option<&'a [Frame]>,
    /// Frame of the decisive event.
    pub event: usize,
    /// First frame of `last_video`: nothing of the outcome can be seen before it.
    pub split: usize,
}

impl Source<'_> {
    /// How many frames pass in some seconds, at least one.
    #[must_use]
    pub fn frames_in(&self, seconds: f64) -> usize {
        ((seconds * self.fps).round() as usize).max(1)
    }
}

/// A control, ready to be scored.
pub struct Made {
    /// Its frames.
    pub frames: Vec<Frame>,
    /// Its rate.
    pub fps: f64,
    /// Through which codec it goes first; none: as it is.
    pub codec: Option<Codec>,
}

/// How to encode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// x264.
    H264 {
        /// Constant rate factor.
        crf: u32,
    },
    /// x265.
    Hevc {
        /// Constant rate factor.
        crf: u32,
    },
    /// libvpx.
    Vp9 {
        /// Constant quality, `0..=63`.
        crf: u32,
    },
    /// FFmpeg's own MPEG-4 part 2, as `OpenCV`'s `mp4v` writes.
    Mpeg4 {
        /// Constant quantiser.
        quantiser: u32,
    },
}
