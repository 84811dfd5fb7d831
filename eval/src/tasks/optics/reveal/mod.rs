//! What only an image told comes to light: things that stand where their images do not.

mod truth;

pub use truth::{Placed, REVEAL, RevealTruth};
