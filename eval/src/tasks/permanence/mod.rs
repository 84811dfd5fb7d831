//! Object permanence: is the thing where it must be when it comes to light, and did all that led there happen?
//!
//! The points follow the story, and a link earns only as far as the links before it hold:
//!
//! ```text
//! hide 100 ─▶ hidden 100 ─▶ moves 200 ─▶ reveal 150 ─▶ place 400 ─▶ kept 50
//! ```

mod evidence;
mod links;
mod truth;

pub use truth::{PermanenceTruth, REVEAL};

use crate::controls::{Control, Kind};
use crate::grading::{Step, caps, chain, ramp};
use crate::{Evaluator, Failure, Footage, Truth, Verdict, gates};

use evidence::Evidence;

/// The links of the chain, and what each can earn.
const CRITERIA: [(&str, u32); 6] =
    [("hide", 100), ("hidden", 100), ("moves", 200), ("reveal", 150), ("place", 400), ("kept", 50)];

/// The words of a prompt that ask for them.
const ASKED_FOR: [(&str, &[&str]); 6] = [
    ("hide", &["goes down over the ball", "in behind the screen", "The board comes down before", "the light goes out"]),
    ("hidden", &["goes down over the ball", "a shutter closes behind it", "The board comes down before", "the light goes out"]),
    ("moves", &["change places", "it slides past", "down over the track", "rolls down the track"]),
    (
        "reveal",
        &[
            "At last all cups rise",
            "At last all boxes rise",
            "At last the screen rises",
            "At last both screens rise",
            "At last the board rises",
            "At last the light comes on again",
        ],
    ),
    ("place", &["where the ball is", "where the ball rests", "where the balls are", "where the ball rolls out"]),
    ("kept", &["Keep the camera and the rest of the scene unchanged"]),
];

/// The evaluator of `transformation_permanence`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Permanence;

impl Evaluator for Permanence {
    fn domain(&self) -> &'static str {
        "transformation_permanence"
    }

    fn criteria(&self) -> Vec<(&'static str, u32)> {
        CRITERIA.to_vec()
    }

    fn asked_for(&self) -> Vec<(&'static str, &'static [&'static str])> {
        ASKED_FOR.to_vec()
    }

    fn folder(&self) -> &'static str {
        "permanence"
    }

    fn check(&self, truth: &Truth) -> Result<(), String> {
        evidence::wanted(truth, &PermanenceTruth::read(truth)?).map(|_| ())
    }

    fn controls(&self) -> Vec<Control> {
        let mut all = crate::controls::of_every_task();
        all.extend([
            Control::rendered("wrong_place", Kind::Wrong, "the target comes to light in another place").continued(),
            Control::rendered("reset", Kind::Wrong, "the target comes to light where it was last seen").bounded(300),
            Control::rendered("vanished", Kind::Wrong, "the target does not come to light"),
            Control::rendered("doubled", Kind::Wrong, "the target comes to light in two places"),
            Control::rendered("recolored", Kind::Wrong, "the target comes to light in another colour"),
            Control::rendered("left_out", Kind::Wrong, "one of the moves does not happen"),
            Control::rendered("other_order", Kind::Wrong, "two of the moves happen in the other order"),
        ]);
        all
    }

    fn score(&self, truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String> {
        let evidence = Evidence::new(truth, footage)?;
        Ok(Verdict { masks: evidence.seen.masks(observed), ..verdict(&evidence) })
    }
}

fn verdict(evidence: &Evidence<'_>) -> Verdict {
    let complete = ramp(1.0 - evidence.seen.shown_to(evidence.truth.shown_from), 0.08, 0.2);
    let (moves, mut place) = (evidence.moves(), evidence.place());
    let no_motion = !evidence.seen.follows.iter().any(|follow| evidence.seen.moves(follow));
    let or_no_motion = |failure| if no_motion { Failure::NoMotion } else { failure };
    let wrong = place.link.fraction * complete < 0.3;
    let recolored = place.failure == Failure::Recolored;
    place.link.fraction *= complete;
    if complete < 1.0 {
        place.failure = Failure::CutShort;
        place.link.reason = format!(
            "the clip ends after {:.0} % of the way to where all is shown",
            100.0 * evidence.seen.shown_to(evidence.truth.shown_from).max(0.0)
        );
    }
    let criteria = chain(
        &CRITERIA,
        [
            Step::new(evidence.hide(), or_no_motion(Failure::WrongCause)),
            Step::new(evidence.hidden(), Failure::Appeared),
            Step::new(moves, or_no_motion(Failure::WrongWay)),
            Step::new(evidence.reveal(), or_no_motion(Failure::NeverReleased)),
            place,
            evidence.kept(),
        ],
    );
    let mut gates = gates::of_pictures(&evidence.seen);
    gates.extend(gates::of_motion(&evidence.seen, 0.0));
    // What is there in another colour is not gone.
    for gate in gates.iter_mut().filter(|gate| recolored && gate.failure == Some(Failure::Vanished)) {
        gate.failure = Some(Failure::Recolored);
    }
    let nothing = match () {
        () if no_motion => Some("nothing moves"),
        () if !evidence.seen.reaches_the_event() => Some("it ends before the reveal"),
        () => None,
    };
    let caps = caps(nothing, wrong.then_some("the target is not where it must be"));
    Verdict { criteria, gates, caps, ..Verdict::default() }
}
