//! Scores a candidate video against a raytruth sample: rules only, deterministic, standalone.
//!
//! The answer to a sample is its `ground_truth.mp4`, and that always scores exactly 1000 points. A candidate is judged from its
//! own frames, `first_frame.png` and the `truth` in `metadata.json`; nothing else is read for points.
//!
//! ```text
//! candidate.mp4 ── decode ──▶ normalise ──▶ Footage ──▶ Evaluator: analysis ──▶ links, gates ──▶ Verdict ──▶ Score
//! first_frame.png ───────────────┘                        ▲
//! metadata.json: truth ───────────────────────────────────┘
//! ```
//!
//! | layer | what it knows |
//! |---|---|
//! | [`decode`] | video files: frames and when each is shown |
//! | `normalise` | what players do to a picture (bars, crops, scale, drift, tone), and undoes it |
//! | [`truth`] | what should be seen where: label maps, events |
//! | [`hue`] | how far apart colours must lie to be told from each other: generators keep to it too |
//! | [`analysis`] | what is seen, of any task: things by their colour, round things, the clock |
//! | `grading` | one measurement to points, a chain of causes, caps |
//! | [`gates`] | what must hold whatever the answer is |
//! | [`tasks`] | a folder a task: its part of the truth, its links, what gates and controls only it has |
//! | [`controls`] | videos whose score is known beforehand |
//! | [`lint`] | whether the truth shows what a video model can see at all |
//!
//! * [`Registry`] knows who scores which domain; [`Registry::with`] adds the evaluator of a task of your own.
//! * [`score_sample`] scores a file against a sample folder, [`score_frames`] pictures in memory.
//! * [`observe`] asks whether the evaluator sees what the renderer drew.
//! * [`batch`] and [`controls`] are what the `verify` program runs.

#![forbid(unsafe_code)]

pub mod analysis;
pub mod batch;
pub mod controls;
#[cfg(feature = "decode")]
pub mod decode;
pub mod digest;
mod dimensions;
mod error;
mod evaluator;
mod failure;
mod footage;
pub mod gates;
mod grading;
pub mod hue;
pub mod lint;
mod mask;
mod normalise;
mod observe;
mod picture;
mod registry;
mod sample;
mod score;
pub mod tasks;
#[cfg(feature = "testing")]
pub mod toy;
pub mod truth;

pub use analysis::{Analysis, ByHue, Wanted};
pub use digest::EvaluatorVersion;
pub use dimensions::Dimensions;
pub use error::EvalError;
pub use evaluator::{Cap, Criterion, Evaluator, Gate, Verdict};
pub use failure::Failure;
pub use footage::{At, Drift, Drifted, Footage, Frame, MAX_WANT_SIDE, MAX_WANTS, Want};
pub use normalise::{Fit, Normaliser};
pub use observe::{Mask, OBSERVABLE_IOU, OBSERVABLE_PIXELS, Observation, observe};
pub use registry::Registry;
pub use sample::Sample;
#[cfg(feature = "decode")]
pub use score::{Begin, observe_video, score_sample, score_sample_as, score_video};
pub use score::{IdPasses, Score, observe_frames, score_continuation, score_frames, score_frames_at};
pub use tasks::{causality, navigation, optics, permanence, topology};
pub use truth::{CameraTruth, ClipTruth, CodedMaps, LabelMaps, ObjectTruth, Overlay, Shown, Surface, TRUTH_VERSION, Truth};
