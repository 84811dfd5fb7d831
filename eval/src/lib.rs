//! Scores a candidate video against a raytruth sample: rules only, deterministic, standalone.

pub mod causality;
mod evaluator;
mod truth;

pub use evaluator::{Cap, Criterion, Evaluator, Footage, Frame, Gate, Verdict};
pub use truth::{ClipTruth, ObjectTruth, Silhouette, Surface, TRUTH_VERSION, Truth};
