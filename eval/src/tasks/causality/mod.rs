//! Material-momentum causality: did the ball, rolling down the ramp, do to the targets what its material makes it do?
//!
//! The points follow the chain of causes, and a link earns only as far as the links before it hold:
//!
//! ```text
//! release 50 ─▶ approach 100 ─▶ contact 100 ─▶ response 100 ─▶ momentum 50 ─▶ outcome 250 ─▶ places 350
//! ```

mod ball_kept;
mod evidence;
mod links;
mod masks;
mod skip;
mod truth;

pub use truth::{CausalityTruth, Family, TargetTruth};

use crate::grading::{Link, caps, chain, ramp};
use crate::{Evaluator, Footage, Mask, Truth, Verdict, gates};

use evidence::Evidence;

/// The evaluator of `knowledge_causality`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Causality;

impl Evaluator for Causality {
    fn domain(&self) -> &'static str {
        "knowledge_causality"
    }

    fn score(&self, truth: &Truth, footage: &Footage) -> Result<Verdict, String> {
        Ok(verdict(&Evidence::new(truth, footage)?))
    }

    fn segment(&self, truth: &Truth, footage: &Footage, frames: &[u32]) -> Result<Vec<Mask>, String> {
        masks::masks(&Evidence::new(truth, footage)?, frames)
    }
}

fn verdict(evidence: &Evidence<'_>) -> Verdict {
    let complete = ramp(1.0 - evidence.shown_to(), 0.2, 0.4);
    let outcome = Link { fraction: evidence.outcome().fraction * complete, ..evidence.outcome() };
    let (contact, places) = (evidence.contact(), evidence.places());
    let no_event = contact.fraction == 0.0;
    let wrong = outcome.fraction < 0.5 || places.fraction < 0.3;
    let criteria = chain([
        ("release", 50, evidence.release()),
        ("approach", 100, evidence.approach()),
        ("contact", 100, contact),
        ("response", 100, evidence.response()),
        ("momentum", 50, evidence.momentum()),
        ("outcome", 250, outcome),
        ("places", 350, places),
    ]);
    let mut gates = gates::of_pictures(&evidence.seen);
    gates.push(ball_kept::ball_kept(evidence));
    gates.extend(gates::of_motion(&evidence.seen, skip::ball_skips(evidence)));
    Verdict {
        criteria,
        gates,
        caps: caps(no_event.then_some("the ball causes nothing"), wrong.then_some("the outcome is wrong")),
    }
}
