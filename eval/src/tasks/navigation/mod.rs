//! Egocentric navigation: does the walk lead through the known place to its goal, by the way that was asked for, and through nothing else?
//!
//! Where the eye is in each frame is found from the pictures alone ([`track`]), and all that is judged is that walk:
//!
//! ```text
//! way 200 ─▶ clear 150 ─▶ goal 400 ─▶ faced 100 ─▶ efficient 100 ─▶ held 50
//! ```

mod controls;
mod crossing;
mod edges;
mod extent;
mod fit;
mod fix;
mod flow;
mod guards;
mod hues;
mod journey;
mod landmarks;
mod lens;
mod links;
mod picture;
mod place;
mod plane;
mod pose;
mod seek;
mod sightings;
mod surfaces;
mod track;
mod truth;

pub use fix::{Fix, Tracked};
pub use pose::Pose;
pub use track::track;
pub use truth::{ARRIVES, GoalTruth, LAST_DECISION, LandmarkTruth, NavigationTruth, SolidKind, SolidTruth, StopTruth};

use crate::controls::Control;
use crate::grading::{caps, chain};
use crate::{Cap, Evaluator, Failure, Footage, Truth, Verdict};

use journey::Journey;

/// The links of the chain, and what each can earn.
const CRITERIA: [(&str, u32); 6] =
    [("way", 200), ("clear", 150), ("goal", 400), ("faced", 100), ("efficient", 100), ("held", 50)];

/// The words of a prompt that ask for them.
const ASKED_FOR: [(&str, &[&str]); 6] = [
    ("way", &["the shortest way", "turn", "past the"]),
    ("clear", &["Never walk through anything"]),
    ("goal", &["Stop in front of the"]),
    ("faced", &["and face it"]),
    ("efficient", &["the shortest way", "one continuous walk without cuts"]),
    ("held", &["Stop in front of the"]),
];

/// Most points of a right end that was reached in a wrong way, and of one with one's back to the goal.
const WRONGLY: u32 = 600;
const TURNED_AWAY: u32 = 500;
/// A walk that has so much of `goal` arrives.
const ARRIVED: f32 = 0.5;

/// The evaluator of `spatiality_navigation`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Navigation;

impl Evaluator for Navigation {
    fn domain(&self) -> &'static str {
        "spatiality_navigation"
    }

    fn criteria(&self) -> Vec<(&'static str, u32)> {
        CRITERIA.to_vec()
    }

    fn asked_for(&self) -> Vec<(&'static str, &'static [&'static str])> {
        ASKED_FOR.to_vec()
    }

    fn folder(&self) -> &'static str {
        "navigation"
    }

    fn check(&self, truth: &Truth) -> Result<(), String> {
        NavigationTruth::read(truth).map(|_| ())
    }

    fn controls(&self) -> Vec<Control> {
        controls::all()
    }

    fn score(&self, truth: &Truth, footage: &Footage, _: &[u32]) -> Result<Verdict, String> {
        let task = NavigationTruth::read(truth)?;
        let journey = Journey::new(&task, &footage.time, track(truth, footage)?);
        let mut gates = vec![guards::starts_right(footage), guards::sharp(footage)];
        gates.extend(guards::overlay_kept(truth, footage));
        gates.extend([guards::scene_kept(&journey), guards::nothing_jumps(&journey)]);
        gates.extend([guards::surfaces_kept(&journey), guards::nothing_appears(&journey)]);
        Ok(Verdict { gates, ..verdict(&journey) })
    }
}

fn verdict(journey: &Journey<'_>) -> Verdict {
    let goal = journey.goal();
    let arrives = goal.link.fraction >= ARRIVED;
    let stays = !journey.goes();
    let mut way = journey.way(arrives);
    let (clear, jumps) = (journey.clear(), journey.jumps());
    let through = clear.link.fraction < 0.5;
    let (faced, efficient, held) = (journey.faced(), journey.efficient(), journey.held());
    if stays {
        way.failure = Failure::NoMotion;
    }
    let away = arrives && faced.link.fraction <= 0.0;
    let criteria = chain(&CRITERIA, [way, clear, goal, faced, efficient, held]);
    let mut caps = caps(stays.then_some("nobody walks"), (!arrives).then_some("the walk does not end before the goal"));
    caps.extend(Cap::when(arrives && (through || jumps), WRONGLY, "the goal is reached through something, or at once"));
    caps.extend(Cap::when(away, TURNED_AWAY, "it does not look at the goal in the end"));
    Verdict { criteria, caps, ..Verdict::default() }
}
