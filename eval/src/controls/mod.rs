//! Controls: videos whose score is known beforehand. Wrong ones must score low, fair ones high; whoever doubts the evaluator can
//! run them on any sample.
//!
//! An evaluator names its controls ([`Evaluator::controls`](crate::Evaluator::controls)), and both programs read that one list: `verify
//! controls` makes from the ground truth those that pixels can make; `raytruth controls` renders the others (another seed, half the
//! samples, the counterfactual twin, an object that teleports) into `extras/controls/` and lists them in [`CONTROLS_JSON`].

pub(crate) mod cameras;
pub(crate) mod changes;
mod cut_out;
#[cfg(feature = "decode")]
mod encode;
pub(crate) mod pixels;
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

use crate::{Frame, Truth};

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
/// Highest score of the end of a wrong version as what continues `first_video.mp4`.
pub const CONTINUED_BOUND: u32 = 400;

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

    /// Whether it must score at least its bound, and not at most.
    #[must_use]
    pub fn is_right(self) -> bool {
        matches!(self, Self::Truth | Self::Fair)
    }

    /// Whether points keep the bound.
    #[must_use]
    pub fn keeps(self, points: u32) -> bool {
        self.keeps_within(self.bound(), points)
    }

    /// Whether points keep a bound of their own.
    #[must_use]
    pub fn keeps_within(self, bound: u32, points: u32) -> bool {
        if self.is_right() { points >= bound } else { points <= bound }
    }
}

/// One control.
#[derive(Clone, Copy, Debug)]
pub struct Control {
    /// `snake_case`.
    pub name: &'static str,
    /// How it must score.
    pub kind: Kind,
    /// Its bound: that of its kind, or its own.
    pub bound: u32,
    /// What differs from the ground truth, in a few words.
    pub summary: &'static str,
    /// How it is made.
    pub making: Making,
    /// Whether its end is also scored as what continues `first_video.mp4`, and may earn [`CONTINUED_BOUND`] at most.
    pub continued: bool,
    /// Whether a sample of this truth can have it.
    pub applies: fn(&Truth) -> bool,
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
    pub fn pixels(name: &'static str, kind: Kind, summary: &'static str, make: fn(&Source<'_>) -> Option<Made>) -> Self {
        Self { name, kind, bound: kind.bound(), summary, making: Making::Pixels(make), continued: false, applies: |_| true }
    }

    /// A control that needs the renderer.
    #[must_use]
    pub fn rendered(name: &'static str, kind: Kind, summary: &'static str) -> Self {
        Self { name, kind, bound: kind.bound(), summary, making: Making::Rendered, continued: false, applies: |_| true }
    }

    /// The same with a bound of its own.
    #[must_use]
    pub fn bounded(self, bound: u32) -> Self {
        Self { bound, ..self }
    }

    /// The same, for samples of some truths alone.
    #[must_use]
    pub fn only_if(self, applies: fn(&Truth) -> bool) -> Self {
        Self { applies, ..self }
    }

    /// The same, and its end is scored as a continuation too.
    #[must_use]
    pub fn continued(self) -> Self {
        Self { continued: true, ..self }
    }
}

/// The controls of every task: what pixels can make, then what needs the renderer.
#[must_use]
pub fn of_every_task() -> Vec<Control> {
    let mut all = recipes::wrong();
    all.extend(recipes::fair());
    all.extend(recipes::continued());
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
    /// Its bound, if it has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<u32>,
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
    /// The sample's truth.
    pub truth: &'a Truth,
}

impl Source<'_> {
    /// Frame of the decisive event.
    #[must_use]
    pub fn event(&self) -> usize {
        (self.truth.decisive_frame() as usize).min(self.frames.len() - 1)
    }

    /// First frame of `last_video`: nothing of the outcome can be seen before it.
    #[must_use]
    pub fn split(&self) -> usize {
        (self.truth.split() as usize).min(self.frames.len() - 1)
    }

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
    /// Seconds at which its frames are shown, if they have no steady rate.
    pub time: Option<Vec<f64>>,
    /// Through which codec it goes first; none: as it is.
    pub codec: Option<Codec>,
    /// Whether it continues the truth's frames before the split.
    pub continues: bool,
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
