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
mod skip;
mod truth;

pub use truth::{CausalityTruth, EVENTS, Family, TargetTruth};

use crate::controls::{Control, Kind};
use crate::grading::{Step, caps, chain, ramp};
use crate::{Evaluator, Failure, Footage, Truth, Verdict, gates};

use evidence::Evidence;

/// The links of the chain, and what each can earn.
const CRITERIA: [(&str, u32); 7] = [
    ("release", 50),
    ("approach", 100),
    ("contact", 100),
    ("response", 100),
    ("momentum", 50),
    ("outcome", 250),
    ("places", 350),
];

/// The words of a prompt that ask for them.
const ASKED_FOR: [(&str, &[&str]); 7] = [
    ("release", &["held by a latch"]),
    ("approach", &["then the ball rolls down the slope"]),
    ("contact", &["and hits the tower", "and hits the first domino", "and hits both blocks at once"]),
    ("response", &["Show the collision"]),
    ("momentum", &["all that follows from it"]),
    ("outcome", &["all that follows from it"]),
    ("places", &["until everything is at rest"]),
];

/// The evaluator of `knowledge_causality`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Causality;

impl Evaluator for Causality {
    fn domain(&self) -> &'static str {
        "knowledge_causality"
    }

    fn criteria(&self) -> Vec<(&'static str, u32)> {
        CRITERIA.to_vec()
    }

    fn asked_for(&self) -> Vec<(&'static str, &'static [&'static str])> {
        ASKED_FOR.to_vec()
    }

    fn folder(&self) -> &'static str {
        "causality"
    }

    fn check(&self, truth: &Truth) -> Result<(), String> {
        evidence::wanted(truth, &CausalityTruth::read(truth)?).map(|_| ())
    }

    fn controls(&self) -> Vec<Control> {
        let mut all = crate::controls::of_every_task();
        all.extend([
            Control::rendered("counterfactual", Kind::Wrong, "what happens when the ball is of another material").continued(),
            Control::rendered("reset", Kind::Wrong, "what the blow has moved is back where it stood").bounded(300),
            Control::rendered("wrong_cause", Kind::Wrong, "the ball stays where it is, and the targets move all the same"),
        ]);
        all
    }

    fn score(&self, truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String> {
        let evidence = Evidence::new(truth, footage)?;
        Ok(Verdict { masks: evidence.seen.masks(observed), ..verdict(&evidence) })
    }
}

fn verdict(evidence: &Evidence<'_>) -> Verdict {
    let shown = evidence.shown_to();
    let complete = ramp(1.0 - shown, 0.2, 0.4);
    let mut outcome = evidence.outcome();
    outcome.fraction *= complete;
    if complete < 1.0 {
        outcome.reason = format!("the clip ends after {:.0} % of the way from the blow to rest", 100.0 * shown.max(0.0));
    }
    let (contact, places) = (evidence.contact(), evidence.places());
    let no_event = contact.fraction == 0.0;
    let wrong = outcome.fraction < 0.5 || places.fraction < 0.3;
    let no_motion = !evidence.anything_moves();
    let or_no_motion = |failure| if no_motion { Failure::NoMotion } else { failure };
    let criteria = chain(
        &CRITERIA,
        [
            Step::new(evidence.release(), or_no_motion(Failure::NeverReleased)),
            Step::new(evidence.approach(), or_no_motion(Failure::WrongWay)),
            Step::new(contact, Failure::WrongCause),
            Step::new(evidence.response(), Failure::WrongResponse),
            Step::new(evidence.momentum(), Failure::WrongWay),
            Step::new(outcome, if complete < 1.0 { Failure::CutShort } else { Failure::WrongOutcome }),
            Step::new(places, Failure::WrongPlace),
        ],
    );
    let mut gates = gates::of_pictures(&evidence.seen);
    gates.push(ball_kept::ball_kept(evidence));
    gates.extend(gates::of_motion(&evidence.seen, skip::ball_skips(evidence)));
    let caps = caps(no_event.then_some("the ball causes nothing"), wrong.then_some("the outcome is wrong"));
    Verdict { criteria, gates, caps, ..Verdict::default() }
}
