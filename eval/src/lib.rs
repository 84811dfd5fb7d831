//! Scores a candidate video against a raytruth sample: rules only, deterministic, standalone.

pub mod causality;
mod evaluator;
mod truth;

pub use evaluator::{Criterion, Evaluator, Footage, Frame};
pub use truth::{ClipTruth, ObjectTruth, Silhouette, Surface, TRUTH_VERSION, Truth};
