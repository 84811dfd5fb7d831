//! The camera stays: what drifts a little is undone, another view is not.

use crate::{Failure, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::grading::ramp;
use crate::normalise::points::edges_kept;

/// Shares of the frames that may show another view, and from which on nothing is kept.
const LEFT: (f32, f32) = (0.1, 0.3);

/// Least share of the background that another view changes by more than brightness, and how much of its edges it leaves where they are at most: of
/// a grey scene nothing else than brightness can change.
const OTHER: f32 = 0.01;
const EDGES: f32 = 0.35;

/// The share of the frames that no zoom of 12 %, shift of 8 % and turn of 1.5 degrees lays over the first one.
pub(super) fn camera_kept(seen: &Analysis<'_>) -> Gate {
    let (drift, watch) = (&seen.footage.drift, &seen.watch);
    // Light and shadows that move are no other view.
    let edges = |frame: usize| edges_kept(&seen.footage.first_frame, &watch.backdrop, &seen.footage.frames[frame]);
    let is_other = |frame: usize| watch.background_changed(frame) >= OTHER || edges(frame).is_some_and(|kept| kept < EDGES);
    let other = |frame: &usize| drift[*frame].left && is_other(*frame);
    let views: Vec<usize> = (0..drift.len()).filter(other).collect();
    let left = views.len();
    let share = left as f32 / drift.len().max(1) as f32;
    let reason = match views.first() {
        Some(first) => format!("{left} of {} frames, from frame {first} on, show another view", drift.len()),
        None => "the camera stays, or its drift could be undone".to_owned(),
    };
    gate("camera_kept", ramp(share, LEFT.0, LEFT.1), (share, LEFT.0, "share of frames"), reason, Failure::CameraLeft)
}
