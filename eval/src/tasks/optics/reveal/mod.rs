//! What only an image told comes to light: things that stand where their images do not.

mod evidence;
mod links;
mod truth;

pub use truth::{Placed, REVEAL, RevealTruth};
pub(super) use truth::{is_in_a_mirror, is_told};

use crate::grading::{Step, caps, chain, ramp};
use crate::{Cap, Failure, Footage, Truth, Verdict, gates};

use super::CRITERIA;
use evidence::Evidence;

/// Most points where a thing comes to light in the place in which its image shows it.
const MISTAKEN: u32 = 300;
/// An answer that is worth less is wrong.
const WRONG: f32 = 0.3;

pub(super) fn check(truth: &Truth) -> Result<(), String> {
    evidence::wanted(truth, &RevealTruth::read(truth)?).map(|_| ())
}

pub(super) fn score(truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String> {
    let evidence = Evidence::new(truth, footage)?;
    Ok(Verdict { masks: evidence.seen.masks(observed), ..verdict(&evidence) })
}

fn verdict(evidence: &Evidence<'_>) -> Verdict {
    let seen = &evidence.seen;
    let shown = seen.shown_to(evidence.truth.shown_from);
    let complete = ramp(1.0 - shown, 0.08, 0.2);
    let no_motion = !evidence.anything_moves();
    let mut answer = evidence.answer();
    let wrong = answer.link.fraction * complete < WRONG;
    answer.link.fraction *= complete;
    if complete < 1.0 {
        answer.failure = Failure::CutShort;
        answer.link.reason = format!("the clip ends after {:.0} % of the way to where all is shown", 100.0 * shown.max(0.0));
    }
    let or_no_motion = |step: Step| if no_motion { Step { failure: Failure::NoMotion, ..step } } else { step };
    let steps = [
        or_no_motion(evidence.begins()),
        or_no_motion(evidence.goes_on()),
        or_no_motion(Step::new(evidence.way(), Failure::WrongWay)),
        evidence.alone(),
        answer,
        evidence.kept(),
    ];
    let mut gates = gates::of_pictures(seen);
    gates.extend(gates::of_motion(seen, 0.0));
    let nothing = match () {
        () if no_motion => Some("nothing moves"),
        () if !seen.reaches_the_event() => Some("it ends before the reveal"),
        () => None,
    };
    let mut caps = caps(nothing, wrong.then_some("something is not where it must be"));
    caps.extend(Cap::when(evidence.is_mistaken(), MISTAKEN, "something is where its image shows it"));
    Verdict { criteria: chain(&CRITERIA, steps), gates, caps, ..Verdict::default() }
}
