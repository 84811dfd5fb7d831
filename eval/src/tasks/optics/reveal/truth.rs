//! What the evaluator is told of a story in which something comes to light.

use serde::{Deserialize, Serialize};

use crate::Truth;

/// The decisive event in `truth.events`: from then on the picture tells where things are.
pub const REVEAL: &str = "reveal";

/// The family whose images a mirror shows.
const MIRROR: &str = "mirror_image";
/// All families.
const FAMILIES: [&str; 3] = [MIRROR, "in_the_water", "through_the_glass"];

/// `truth.task` of an optics sample in which something comes to light. Frames count from 0; places are pixels of the ground truth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RevealTruth {
    /// The family: `mirror_image`, `in_the_water` or `through_the_glass`.
    pub family: String,
    /// Names in `objects` of what is moved away, and is followed by its colour, in the order in which it begins to move: screens, or a plate.
    pub covers: Vec<String>,
    /// What must be where in the end. Of all but a marker nothing is seen before, but for its image.
    pub things: Vec<Placed>,
    /// Frame from which on all of them must be in their places, clear of what hid them.
    pub shown_from: u32,
}

/// A thing, and where it may be in the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// Name in `objects`.
    pub name: String,
    /// Where it would be in the last frame, for each place in which it may end; two at least.
    pub slots: Vec<[f32; 2]>,
    /// The place in which it ends.
    pub place: usize,
    /// The place in which it ends for one who takes its image for it, or light to go straight on.
    pub mistaken: Option<usize>,
    /// Boxes `[left, top, right, bottom]` around all that is seen of its images from `shown_from` on. Told, no other free pixel may show it
    /// then; absent, free pixels tell nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<[f32; 4]>>,
}

/// Whether a truth is of the family whose images a mirror shows.
pub(in crate::tasks::optics) fn is_in_a_mirror(truth: &Truth) -> bool {
    truth.task["family"] == MIRROR
}

/// Whether a truth is of such a family.
pub(in crate::tasks::optics) fn is_told(truth: &Truth) -> bool {
    truth.task["family"].as_str().is_some_and(|family| FAMILIES.contains(&family))
}

impl RevealTruth {
    /// `truth.task`, checked.
    ///
    /// # Errors
    /// A sentence that names the member and the rule broken.
    pub(in crate::tasks::optics) fn read(truth: &Truth) -> Result<Self, String> {
        let task: Self = serde_json::from_value(truth.task.clone()).map_err(|e| format!("truth.task: {e}"))?;
        let names = task.covers.iter().chain(task.things.iter().map(|thing| &thing.name));
        if let Some(name) = names.clone().find(|name| truth.object(name).is_none()) {
            return Err(format!("truth.task: truth.objects has no `{name}`"));
        }
        if task.things.is_empty() {
            return Err("truth.task.things is empty".to_owned());
        }
        if !names.clone().any(|name| truth.object(name).is_some_and(|object| object.is_seen(0))) {
            return Err("truth.task: nothing that moves is in sight at first".to_owned());
        }
        let most = 2.0 * truth.clip.width.max(truth.clip.height) as f32;
        for thing in &task.things {
            let (count, name) = (thing.slots.len(), &thing.name);
            if count < 2 || thing.place >= count || thing.mistaken.is_some_and(|place| place >= count || place == thing.place) {
                return Err(format!("truth.task.things: `{name}` is in place {} of {count}", thing.place));
            }
            if thing.slots.iter().flatten().any(|x| !(-most..=most).contains(x)) {
                return Err(format!("truth.task.things: a place of `{name}` is far beside the picture"));
            }
            if thing.images.iter().flatten().any(|b| b.iter().any(|v| !v.is_finite()) || b[0] > b[2] || b[1] > b[3]) {
                return Err(format!("truth.task.things: an image of `{name}` is no box"));
            }
            if (0..count).any(|i| (0..i).any(|j| thing.slots[i] == thing.slots[j])) {
                return Err(format!("truth.task.things: two places of `{name}` are the same"));
            }
        }
        let reveal = truth.decisive_frame();
        if truth.decisive_event != REVEAL || task.shown_from < reveal || task.shown_from >= truth.clip.frames {
            return Err(format!(
                "truth.task: `{}` at {reveal}, shown from {} on, is no order of events",
                truth.decisive_event, task.shown_from
            ));
        }
        Ok(task)
    }
    /// The same with places in pixels of another size, `sx` and `sy` of them to one of the ground truth.
    pub(super) fn scaled(mut self, [sx, sy]: [f32; 2]) -> Self {
        for thing in &mut self.things {
            thing.slots.iter_mut().for_each(|slot| *slot = [slot[0] * sx, slot[1] * sy]);
            let images = thing.images.iter_mut().flatten();
            images.for_each(|b| *b = [b[0] * sx, b[1] * sy, b[2] * sx, b[3] * sy]);
        }
        self
    }
}
