//! The optics evaluator's part of the truth.

use serde::{Deserialize, Serialize};

use crate::Truth;

/// The decisive event in `truth.events`: the beam leaves the last thing that turns it.
pub const LAST_TURN: &str = "last_turn";
/// An event: the beam meets its detector.
pub const ARRIVES: &str = "arrives";
/// Least points of a line that is looked for.
const FEWEST: usize = 3;
/// Most points of all lines; and how far they may lie beside the picture, and how long they may be in all, in its width and height.
const MOST: usize = 20_000;
const BESIDE: f32 = 1.0;
const LONGEST: f32 = 50.0;

/// `truth.task` of an optics sample. Places are pixels of the ground truth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeamTruth {
    /// The family, e.g. `beam`.
    pub family: String,
    /// Name in `objects` of the beam, or of its first piece.
    pub beam: String,
    /// Declared display colour of the beam, sRGB.
    pub color: [u8; 3],
    /// How wide the beam is in the picture.
    pub width: f32,
    /// What turns the beam, by name, in the order in which it is met.
    pub optics: Vec<String>,
    /// The straight pieces of the beam, as they are seen.
    pub legs: Vec<LegTruth>,
    /// Names in `objects` of the caps of all detectors.
    pub detectors: Vec<String>,
    /// The one that lights up.
    pub answer: String,
}

/// A straight piece of the beam.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LegTruth {
    /// How many optics turn the beam before it; those within one count as before it.
    pub after: usize,
    /// Whether it lies in the open, and not within a clear thing.
    pub open: bool,
    /// Where it is seen, through what is clear too, in runs without a gap: `[x, y]` and how far along the beam, metres. What is hidden, or seen
    /// twice, is left out.
    pub runs: Vec<Vec<[f32; 3]>>,
}

impl BeamTruth {
    /// `truth.task`, checked.
    ///
    /// # Errors
    /// A sentence that names the member and the rule broken.
    pub(in crate::tasks::optics) fn read(truth: &Truth) -> Result<Self, String> {
        let task: Self = serde_json::from_value(truth.task.clone()).map_err(|e| format!("truth.task: {e}"))?;
        if !task.detectors.contains(&task.answer) || task.detectors.len() < 2 {
            return Err(format!("truth.task.answer: `{}` is none of {} detectors", task.answer, task.detectors.len()));
        }
        if let Some(name) = task.detectors.iter().find(|name| truth.object(name).is_none()) {
            return Err(format!("truth.task.detectors: truth.objects has no `{name}`"));
        }
        if truth.object(&task.beam).is_none() {
            return Err(format!("truth.task.beam: truth.objects has no `{}`", task.beam));
        }
        if !(0.5..=200.0).contains(&task.width) {
            return Err(format!("truth.task.width: {} pixels", task.width));
        }
        let points = || task.legs.iter().flat_map(|leg| leg.runs.iter().flatten());
        if points().count() > MOST || points().flatten().any(|v| !v.is_finite()) {
            return Err(format!("truth.task.legs: more than {MOST} places, or one that is no number"));
        }
        let [width, height] = [truth.clip.width, truth.clip.height].map(|side| side as f32);
        let lies = |at: f32, side: f32| (-BESIDE * side..=(1.0 + BESIDE) * side).contains(&at);
        if points().any(|[x, y, _]| !lies(*x, width) || !lies(*y, height)) {
            return Err("truth.task.legs: a place far beside the picture".to_owned());
        }
        let length =
            |run: &Vec<[f32; 3]>| run.windows(2).map(|w| libm::hypotf(w[1][0] - w[0][0], w[1][1] - w[0][1])).sum::<f32>();
        if task.legs.iter().flat_map(|leg| &leg.runs).map(length).sum::<f32>() > LONGEST * (width + height) {
            return Err("truth.task.legs: longer than any beam".to_owned());
        }
        let open = |after: usize| task.legs.iter().filter(move |leg| leg.open && leg.after == after);
        for after in 0..=task.optics.len() {
            // A single point is no piece of it.
            let seen: usize = open(after).flat_map(|leg| &leg.runs).map(|run| run.len() - usize::from(run.len() == 1)).sum();
            if seen < FEWEST {
                return Err(format!("truth.task.legs: too little is seen of the beam after {after} optics"));
            }
        }
        if task.legs.iter().any(|leg| leg.after > task.optics.len()) || task.legs.windows(2).any(|w| w[1].after < w[0].after) {
            return Err("truth.task.legs: not in the order of the beam".to_owned());
        }
        let arrives = truth.events.get(ARRIVES).copied();
        if truth.decisive_event != LAST_TURN || arrives.is_none_or(|at| at < truth.decisive_frame() || at >= truth.clip.frames) {
            return Err(format!("truth.events: the beam must leave its last optic (`{LAST_TURN}`), and arrive (`{ARRIVES}`)"));
        }
        Ok(task)
    }
}
