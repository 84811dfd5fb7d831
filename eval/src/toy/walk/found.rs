//! The walk that the evaluator finds in a toy's pictures.

use std::sync::{Arc, Mutex};

use crate::navigation::{Fix, track};
use crate::{EvalError, Evaluator, Footage, Frame, Registry, Truth, Verdict, score_frames};

/// Keeps what is tracked.
#[derive(Clone, Default)]
struct Keep(Arc<Mutex<Vec<Fix>>>);

impl Evaluator for Keep {
    fn domain(&self) -> &'static str {
        "spatiality_navigation"
    }

    fn score(&self, truth: &Truth, footage: &Footage, _: &[u32]) -> Result<Verdict, String> {
        *self.0.lock().map_err(|e| e.to_string())? = track(truth, footage)?.fixes;
        Ok(Verdict::default())
    }
}

/// Where the eye is found in each of the frames of a walk, the first of which is the sample's own.
///
/// # Errors
/// As [`score_frames`].
pub fn walk_found(truth: &Truth, frames: &[Frame]) -> Result<Vec<Fix>, EvalError> {
    let keep = Keep::default();
    score_frames(&Registry::empty().with(Arc::new(keep.clone())), truth, &frames[0], frames, f64::from(truth.clip.fps))?;
    let fixes = keep.0.lock().map(|fixes| fixes.clone()).unwrap_or_default();
    Ok(fixes)
}
