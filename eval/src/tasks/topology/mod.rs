//! Topological analogy: does the copy change by the rule, and is it the right link in the end?
//!
//! Topology is scored, not pose. Strands are read from their hues (`reading`), crossings with who is above make a diagram, and the Jones polynomial and
//! linking numbers (`diagram`) tell whether it is the link that should be there, however it lies. The points follow the story, and a link of the chain
//! earns only as far as those before it hold:
//!
//! ```text
//! begins 100 ─▶ steps 150 ─▶ lawful 200 ─▶ whole 100 ─▶ answer 400 ─▶ kept 50
//! ```

mod controls;
mod crossings;
mod cuts;
pub mod diagram;
mod lawful;
mod links;
mod looks;
mod pace;
mod panels;
pub mod reading;
mod truth;

pub use truth::{CHANGE, LinkTruth, Stage, StrandTruth, TopologyTruth};

use crate::analysis::{Analysis, Wanted};
use crate::controls::Control;
use crate::grading::{Step, caps, chain};
use crate::mask::close;
use crate::{Evaluator, Failure, Footage, Mask, Truth, Verdict, Want, gates};

use links::Evidence;
use looks::Looks;
use panels::Panels;
use reading::Reader;

/// The links of the chain, and what each can earn.
const CRITERIA: [(&str, u32); 6] =
    [("begins", 100), ("steps", 150), ("lawful", 200), ("whole", 100), ("answer", 400), ("kept", 50)];

/// The words of a prompt that ask for them.
const ASKED_FOR: [(&str, &[&str]); 6] = [
    ("begins", &["the copy of the third in the marked frame"]),
    ("steps", &["in one even motion"]),
    ("lawful", &["Strands never pass through each other"]),
    ("whole", &["no strand is added or lost otherwise"]),
    ("answer", &["go through the same change"]),
    ("kept", &["It ends whole, and stays so"]),
];

/// Gates of pictures that ask for things of one colour.
const OF_COLOURS: [&str; 1] = ["inventory"];
/// An answer that is worth less is wrong.
const WRONG: f32 = 0.3;

/// The evaluator of `abstraction_topology`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Topology;

impl Evaluator for Topology {
    fn domain(&self) -> &'static str {
        "abstraction_topology"
    }

    fn criteria(&self) -> Vec<(&'static str, u32)> {
        CRITERIA.to_vec()
    }

    fn asked_for(&self) -> Vec<(&'static str, &'static [&'static str])> {
        ASKED_FOR.to_vec()
    }

    fn folder(&self) -> &'static str {
        "topology"
    }

    fn check(&self, truth: &Truth) -> Result<(), String> {
        TopologyTruth::read(truth).map(|_| ())
    }

    fn wants(&self, truth: &Truth) -> Vec<Want> {
        TopologyTruth::read(truth).map(|task| looks::wants(truth, &task)).unwrap_or_default()
    }

    fn controls(&self) -> Vec<Control> {
        controls::controls()
    }

    fn score(&self, truth: &Truth, footage: &Footage, observed: &[u32]) -> Result<Verdict, String> {
        let task = TopologyTruth::read(truth)?;
        let names = task.strands.iter().map(|strand| strand.object.as_str());
        let mut seen = Analysis::new(truth, footage, Wanted::colors(truth, names)?)?;
        let panels = Panels::new(&task, &seen);
        // Whatever pose the copy takes, it is no change of the scene.
        panels.leave_out_the_copy(&mut seen.watch.backdrop);
        let looks = Looks::new(truth, &task, &seen, panels.copy);
        let evidence = Evidence::new(task, seen, panels, looks);
        Ok(Verdict { masks: masks(&evidence, observed), ..verdict(&evidence) })
    }
}

fn verdict(evidence: &Evidence<'_>) -> Verdict {
    let no_motion = !evidence.pace.changes;
    let or_no_motion = |step: Step| {
        if no_motion {
            let mut step = Step { failure: Failure::NoMotion, ..step };
            step.link.fraction = 0.0;
            return step;
        }
        step
    };
    let answer = evidence.answer();
    let wrong = answer.link.fraction < WRONG;
    let steps = [evidence.begins(), or_no_motion(evidence.steps()), evidence.lawful(), evidence.whole(), answer, evidence.kept()];
    let mut gates = gates::of_pictures(&evidence.seen);
    gates.retain(|gate| !OF_COLOURS.contains(&gate.name));
    gates.push(evidence.panels.kept(&evidence.seen, evidence.looks.width));
    gates.push(evidence.panels.nothing_hued(&evidence.seen));
    let caps = caps(no_motion.then_some("the copy does not change"), wrong.then_some("the link is another than it should be"));
    Verdict { criteria: chain(&CRITERIA, steps), gates, caps, ..Verdict::default() }
}

/// The pixels of each strand's hues by its way, in the fourth panel, in frames of the ground truth.
fn masks(evidence: &Evidence<'_>, observed: &[u32]) -> Vec<Mask> {
    let (seen, panels) = (&evidence.seen, &evidence.panels);
    let reader = Reader::new(&evidence.task.strands);
    let mut masks = Vec::new();
    for &frame in observed {
        let Some(picture) = seen.footage.frames.get(frame as usize) else { continue };
        let owners = reader.owners(&panels.copy.cut(picture), evidence.looks.width);
        for (strand, told) in evidence.task.strands.iter().enumerate() {
            let mut pixels = vec![false; seen.maps.width * seen.maps.height];
            panels.copy.pixels(seen.maps.width).zip(&owners).for_each(|(at, owner)| pixels[at] = *owner == Some(strand));
            close(&mut pixels, seen.maps.width, 1);
            masks.push(Mask { object: told.object.clone(), frame, pixels });
        }
    }
    masks
}
