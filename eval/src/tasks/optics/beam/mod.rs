//! A beam that grows along its true path, and lights up the detector that it meets.

mod glow;
mod links;
mod truth;

pub use truth::{ARRIVES, BeamTruth, LAST_TURN, LegTruth};

use crate::analysis::{Analysis, Wanted};
use crate::grading::{Step, caps, chain};
use crate::{Cap, Failure, Footage, Truth, Verdict, gates};

use super::CRITERIA;
use glow::Glow;
use links::Story;

/// Most points of a beam that lights up nothing, and of a cap that lights up long before its beam comes.
const NO_ANSWER: u32 = 200;
const NO_CAUSE: u32 = 500;

pub(super) fn check(truth: &Truth) -> Result<(), String> {
    wanted(truth, &BeamTruth::read(truth)?).map(|_| ())
}

pub(super) fn score(truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String> {
    let task = BeamTruth::read(truth)?;
    let seen = Analysis::new(truth, footage, wanted(truth, &task)?)?;
    let glow = Glow::new(truth, &task, &seen);
    let story = Story { task: &task, glow, time: &footage.time };
    Ok(Verdict { masks: seen.masks(observed), gates: gates::of_pictures(&seen), ..verdict(&story) })
}

fn verdict(story: &Story<'_>) -> Verdict {
    let nothing = !story.anything_happens();
    let or_nothing = |failure| if nothing { Failure::NoMotion } else { failure };
    let answer = story.answer();
    let wrong = answer.link.fraction < 0.3;
    let criteria = chain(
        &CRITERIA,
        [
            Step::new(story.begins(), or_nothing(Failure::NeverReleased)),
            Step::new(story.goes_on(), or_nothing(Failure::WrongCause)),
            Step::new(story.way(), or_nothing(Failure::WrongWay)),
            Step::new(story.alone(), Failure::WrongWay),
            answer,
            Step::new(story.kept(), Failure::WrongCause),
        ],
    );
    let mut caps =
        caps(nothing.then_some("no beam, and no lamp"), wrong.then_some("the right detector is not lit, or another is"));
    caps.extend(Cap::when(!story.any_lamp(), NO_ANSWER, "no detector lights up"));
    caps.extend(Cap::when(story.is_early(), NO_CAUSE, "the detector lights up before the beam comes"));
    Verdict { criteria, caps, ..Verdict::default() }
}

/// What is looked at: the caps of the detectors, by colour. What has the beam's hue is not foreign, for the beam shines on what is near; where it
/// should not be is a link's matter.
fn wanted(truth: &Truth, task: &BeamTruth) -> Result<Wanted, String> {
    Wanted::colors(truth, task.detectors.iter().map(String::as_str))?.all_known(truth).sought(truth, &task.beam)
}
