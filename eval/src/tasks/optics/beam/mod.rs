//! A beam that grows along its true path, and lights up the detector that it meets.

mod glow;
mod links;
mod truth;

pub use truth::{ARRIVES, BeamTruth, LAST_TURN, LegTruth};

pub(super) use glow::Glow;
pub(super) use links::Story;
