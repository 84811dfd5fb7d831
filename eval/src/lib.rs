//! Scores a candidate video against a raytruth sample: rules only, deterministic, standalone.
//!
//! The answer to a sample is its `ground_truth.mp4`, and that always scores exactly 1000 points. A candidate is judged from its
//! own frames, `first_frame.png` and the `truth` in `metadata.json`; nothing else is read for points.
//!
//! ```text
//! candidate.mp4 ── decode ──▶ normalise ──▶ Footage ──▶ Evaluator ──▶ Verdict ──▶ Score
//! first_frame.png ───────────────┘                        ▲
//! metadata.json: truth ───────────────────────────────────┘
//! ```
//!
//! * [`Registry`] knows who scores which domain; [`Registry::with`] adds the evaluator of a task of your own.
//! * [`score_sample`] scores a file against a sample folder, [`score_frames`] pictures in memory.
//! * [`observe`] asks whether the evaluator sees what the renderer drew.
//! * [`batch`] and [`controls`] are what the `verify` program runs.

#![forbid(unsafe_code)]

mod analysis;
pub mod batch;

#[cfg(feature = "decode")]
pub mod controls;
#[cfg(feature = "decode")]
pub mod decode;
mod digest;
mod dimensions;
mod error;
mod evaluator;
mod gates;
mod grading;
mod normalise;
mod observe;
mod picture;
mod raster;
mod registry;
mod sample;
mod score;
pub mod tasks;

mod truth;

pub use digest::{EvaluatorVersion, source_digest};
pub use dimensions::Dimensions;
pub use error::EvalError;
pub use evaluator::{Cap, Criterion, Evaluator, Footage, Frame, Gate, Verdict};
pub use grading::{Follow, find_color};
pub use normalise::{Fit, Normaliser};
pub use observe::{Mask, OBSERVABLE_IOU, OBSERVABLE_PIXELS, Observation, observe};
pub use raster::{paint, paint_outline};
pub use registry::Registry;
pub use sample::Sample;
pub use score::{Score, score_frames};
#[cfg(feature = "decode")]
pub use score::{score_sample, score_video};
pub use tasks::causality;
pub use truth::{ClipTruth, ObjectTruth, Silhouette, Surface, TRUTH_VERSION, Truth};
