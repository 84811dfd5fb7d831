//! Mirror and refraction reasoning: does light go where mirrors and glass lead it?
//!
//! Of a beam (the way is known from an exact trace, and how it is seen from the camera) the points follow the story, and a link earns only as far as
//! the links before it hold:
//!
//! ```text
//! sets_off 100 ─▶ grows 100 ─▶ turns 200 ─▶ line 150 ─▶ lit 400 ─▶ kept 50
//! ```

mod beam;
mod reveal;

pub use beam::{ARRIVES, BeamTruth, LAST_TURN, LegTruth};
pub use reveal::{Placed, REVEAL, RevealTruth};

use crate::analysis::{Analysis, Wanted};
use crate::controls::{Control, Kind};
use crate::grading::{Step, caps, chain};
use crate::{Cap, Evaluator, Failure, Footage, Truth, Verdict, gates};

use beam::{Glow, Story};

/// The links of the chain, and what each can earn.
const CRITERIA: [(&str, u32); 6] = [("sets_off", 100), ("grows", 100), ("turns", 200), ("line", 150), ("lit", 400), ("kept", 50)];

/// The words of a prompt that ask for them.
const ASKED_FOR: [(&str, &[&str]); 6] = [
    ("sets_off", &["sets off from the source"]),
    ("grows", &["grows evenly at its tip"]),
    ("turns", &["along its true path"]),
    ("line", &["along its true path"]),
    ("lit", &["the cap of that detector, and of no other, lights up"]),
    ("kept", &["and stays lit"]),
];

/// Most points of a beam that lights up nothing.
const NO_ANSWER: u32 = 200;

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
        if truth.task["family"] != "beam" {
            return RevealTruth::read(truth).map(|_| ());
        }
        wanted(truth, &BeamTruth::read(truth)?).map(|_| ())
    }

    fn controls(&self) -> Vec<Control> {
        /// What moves here is light: there is nothing that could go another way, vanish or be cut out.
        const LEFT_OUT: [&str; 5] = ["cut_out", "vanish", "duplicate", "glide", "teleport"];
        let mut all: Vec<Control> =
            crate::controls::of_every_task().into_iter().filter(|c| !LEFT_OUT.contains(&c.name)).collect();
        all.extend([
            Control::rendered("optic_ignored", Kind::Wrong, "the beam goes straight on where an optic turns it").continued(),
            Control::rendered("n_is_1", Kind::Wrong, "glass does not bend the beam"),
            Control::rendered("turned_back", Kind::Wrong, "the first optic sends the beam back to its source"),
            Control::rendered("other_detector", Kind::Wrong, "the beam goes as it should, and another detector lights up"),
            Control::rendered("lit_without_beam", Kind::Wrong, "the right detector lights up, and there is no beam"),
            Control::rendered("from_the_end", Kind::Wrong, "the beam grows from the detector to the source").bounded(600),
        ]);
        all
    }

    fn score(&self, truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String> {
        let task = BeamTruth::read(truth)?;
        let seen = Analysis::new(truth, footage, wanted(truth, &task)?)?;
        let glow = Glow::new(truth, &task, &seen);
        let story = Story { task: &task, glow, time: &footage.time };
        Ok(Verdict { masks: seen.masks(observed), gates: gates::of_pictures(&seen), ..verdict(&story) })
    }
}

fn verdict(story: &Story<'_>) -> Verdict {
    let nothing = !story.anything_happens();
    let or_nothing = |failure| if nothing { Failure::NoMotion } else { failure };
    let lit = story.lit();
    let wrong = lit.link.fraction < 0.3;
    let criteria = chain(
        &CRITERIA,
        [
            Step::new(story.sets_off(), or_nothing(Failure::NeverReleased)),
            Step::new(story.grows(), or_nothing(Failure::WrongCause)),
            Step::new(story.turns(), or_nothing(Failure::WrongWay)),
            Step::new(story.line(), Failure::WrongWay),
            lit,
            Step::new(story.kept(), Failure::WrongCause),
        ],
    );
    let mut caps =
        caps(nothing.then_some("no beam, and no lamp"), wrong.then_some("the right detector is not lit, or another is"));
    caps.extend(Cap::when(!story.any_lamp(), NO_ANSWER, "no detector lights up"));
    Verdict { criteria, caps, ..Verdict::default() }
}

/// What is looked at: the caps of the detectors, by colour. What has the beam's hue is not foreign, for the beam shines on what is near; where it
/// should not be is a link's matter.
fn wanted(truth: &Truth, task: &BeamTruth) -> Result<Wanted, String> {
    Wanted::colors(truth, task.detectors.iter().map(String::as_str))?.all_known(truth).sought(truth, &task.beam)
}
