//! Mirror and refraction reasoning: does light go where mirrors and glass lead it, and are things where their images tell that they are?
//!
//! The points follow the story, and a link earns only as far as the links before it hold:
//!
//! ```text
//! begins 100 ─▶ goes_on 100 ─▶ way 200 ─▶ alone 150 ─▶ answer 400 ─▶ kept 50
//! ```
//!
//! Of a beam (its way is known from an exact trace, and how it is seen from the camera) they ask whether it sets off, grows, is turned, is the
//! only one, lights up its detector, and stays lit. Of things that come to light: whether what hides them stands and begins to move, goes on
//! evenly, goes where it should; whether nothing of them is anywhere else, each is in its place, and stays there.

mod beam;
mod controls;
mod reveal;

pub use beam::{ARRIVES, BeamTruth, LAST_TURN, LegTruth};
pub use reveal::{Placed, REVEAL, RevealTruth};

use crate::controls::Control;
use crate::{Evaluator, Footage, Truth, Verdict};

/// The links of the chain, and what each can earn.
const CRITERIA: [(&str, u32); 6] =
    [("begins", 100), ("goes_on", 100), ("way", 200), ("alone", 150), ("answer", 400), ("kept", 50)];

/// The words of a prompt that ask for them: of a beam, then of screens before a mirror, of a bar over water, of a plate with glass.
const ASKED_FOR: [(&str, &[&str]); 6] = [
    ("begins", &["sets off from the source", "rise one after the other", "The bar slides", "The plate slides"]),
    ("goes_on", &["grows evenly at its tip", "rise one after the other", "slides evenly"]),
    ("way", &["along its true path", "straight up", "along the rim", "to the side"]),
    ("alone", &["along its true path", "and nowhere else"]),
    ("answer", &["the cap of that detector, and of no other, lights up", "comes to light where"]),
    ("kept", &["and stays lit", "and stays there"]),
];

/// The evaluator of `perception_optics`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Optics;

impl Evaluator for Optics {
    fn domain(&self) -> &'static str {
        "perception_optics"
    }

    fn criteria(&self) -> Vec<(&'static str, u32)> {
        CRITERIA.to_vec()
    }

    fn asked_for(&self) -> Vec<(&'static str, &'static [&'static str])> {
        ASKED_FOR.to_vec()
    }

    fn folder(&self) -> &'static str {
        "optics"
    }

    fn check(&self, truth: &Truth) -> Result<(), String> {
        if reveal::is_told(truth) { reveal::check(truth) } else { beam::check(truth) }
    }

    fn controls(&self) -> Vec<Control> {
        controls::controls()
    }

    fn score(&self, truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String> {
        if reveal::is_told(truth) { reveal::score(truth, footage, observed) } else { beam::score(truth, footage, observed) }
    }
}
