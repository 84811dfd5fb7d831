//! Material-momentum causality: did the ball, rolling down the ramp, do to the targets what its material makes it do?

mod truth;

pub use truth::{CausalityTruth, Family, TargetTruth};
