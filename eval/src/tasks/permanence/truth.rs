//! The permanence evaluator's part of the truth.

use serde::{Deserialize, Serialize};

use crate::Truth;

/// The decisive event in `truth.events`: what hides the target begins to go away for the last time.
pub const REVEAL: &str = "reveal";

/// `truth.task` of a permanence sample. Frames count from 0; places are pixels of the ground truth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PermanenceTruth {
    /// The family of stories, e.g. `cups`.
    pub family: String,
    /// Name in `objects` of what is hidden.
    pub target: String,
    /// Names of what may hide it.
    pub occluders: Vec<String>,
    /// Names of what looks like the target but for its colour, and may be moved as it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub distractors: Vec<String>,
    /// Where the target would be in the last frame, for each place in which it may end.
    pub slots: Vec<[f32; 2]>,
    /// The place in which it ends.
    pub place: usize,
    /// The place in which it was last seen: a target that is found there may have been put back.
    pub last_seen: usize,
    /// First and last frame of each span in which nothing of the target may be seen, in the order of time.
    pub hidden: Vec<[u32; 2]>,
    /// Frame from which on it must be seen in its place, clear of what hid it.
    pub shown_from: u32,
}

impl PermanenceTruth {
    /// `truth.task`, checked.
    ///
    /// # Errors
    /// A sentence that names the member and the rule broken.
    pub(super) fn read(truth: &Truth) -> Result<Self, String> {
        let task: Self = serde_json::from_value(truth.task.clone()).map_err(|e| format!("truth.task: {e}"))?;
        let places = task.slots.len();
        if places < 2 || task.place >= places || task.last_seen >= places {
            return Err(format!("truth.task: place {} and last_seen {} of {places} slots", task.place, task.last_seen));
        }
        let most = 2.0 * truth.clip.width.max(truth.clip.height) as f32;
        if task.slots.iter().flatten().any(|x| !(-most..=most).contains(x)) {
            return Err("truth.task.slots: a place is far beside the picture".to_owned());
        }
        let far_apart = |i: usize| (0..i).all(|j| task.slots[i] != task.slots[j]);
        if !(0..places).all(far_apart) {
            return Err("truth.task.slots: two places are the same".to_owned());
        }
        let in_order = task.hidden.iter().all(|[first, last]| first <= last) && task.hidden.is_sorted_by(|a, b| a[1] < b[0]);
        if task.hidden.is_empty() || !in_order {
            return Err("truth.task.hidden: not spans in the order of time".to_owned());
        }
        let reveal = truth.decisive_frame();
        let ends = task.hidden[task.hidden.len() - 1][1];
        if truth.decisive_event != REVEAL || ends > reveal || task.shown_from < reveal || task.shown_from >= truth.clip.frames {
            return Err(format!(
                "truth.task: hidden until {ends}, `{}` at {reveal}, shown from {} on, is no order of events",
                truth.decisive_event, task.shown_from
            ));
        }
        if task.occluders.is_empty() {
            return Err("truth.task.occluders is empty".to_owned());
        }
        Ok(task)
    }

    /// The same with places in pixels of another size, `sx` and `sy` of them to one of the ground truth.
    pub(super) fn scaled(mut self, [sx, sy]: [f32; 2]) -> Self {
        for slot in &mut self.slots {
            *slot = [slot[0] * sx, slot[1] * sy];
        }
        self
    }

    /// Least distance of two places, pixels.
    pub(super) fn pitch(&self) -> f32 {
        crate::analysis::course::pitch(&self.slots)
    }
}
