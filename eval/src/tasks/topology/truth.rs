//! The topology evaluator's part of the truth.

use serde::{Deserialize, Serialize};

use crate::Truth;

/// The decisive event in `truth.events`: the copy begins to change.
pub const CHANGE: &str = "change";
/// The rules, and those of which the evaluator knows more: nothing is cut, and every crossing is.
const RULES: [&str; 6] = [RELAX, MIRROR, "crossing_change", "full_twist", "connect_trefoil", "link_ring"];
const RELAX: &str = "relax";
pub(super) const MIRROR: &str = "mirror";
/// Panels in a picture.
const PANELS: usize = 4;
/// Most strands of a link.
const MOST_STRANDS: usize = 4;
/// Arcs of hue may share so much by rounding, degrees.
const OVERLAP: f32 = 0.5;
/// Most terms of a polynomial, and largest exponent.
const MOST_TERMS: usize = 200;
const MOST_EXPONENT: u32 = 1000;

/// `truth.task` of a topology sample. Frames count from 0; places are pixels of the ground truth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopologyTruth {
    /// The rule that takes the first link to the second: `relax`, `mirror`, `crossing_change`, `full_twist`, `connect_trefoil` or `link_ring`.
    pub rule: String,
    /// Where the first, the second and the third link stand, and the copy of the third that changes: `[left, top, right, bottom]`.
    pub panels: [[f32; 4]; PANELS],
    /// How wide a strand is drawn.
    pub width: f32,
    /// The strands in the fourth panel in the end.
    pub strands: Vec<StrandTruth>,
    /// What the fourth panel shows, in the order of time: at first the same as the third, at last the answer. Between the frames of two stages
    /// something is cut open; of a relaxation the stages are the same link, before and after it moves, with fewer crossings in the end.
    pub stages: Vec<Stage>,
}

/// A closed strand. Its hue grows along it, and tells its direction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StrandTruth {
    /// Name in `objects`.
    pub object: String,
    /// Hue where it is least, as [`crate::hue::degrees`] has it, and by how much it grows around the strand, degrees. From the greatest hue it
    /// goes on to the least.
    pub hue: [f32; 2],
}

/// A link that is shown for a while, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// First and last frame in which it is. The last stage ends with the clip.
    pub frames: [u32; 2],
    /// Which link it is.
    pub link: LinkTruth,
}

/// A link, as far as invariants tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkTruth {
    /// Terms of the Jones polynomial in the variable A of Kauffman's bracket (t = A^-4), exponents rising: exponent and coefficient. The knot
    /// without crossings has `[[0, 1]]`; strands run as their hue grows.
    pub jones: Vec<(i32, i64)>,
    /// Linking numbers of strands 0 and 1, 0 and 2, 1 and 2, 0 and 3, ... in the order of [`TopologyTruth::strands`].
    pub linking: Vec<i64>,
    /// Crossings in the picture, at the stage's beginning.
    pub crossings: u32,
}

impl LinkTruth {
    /// Whether it has the invariants of another, whatever the pictures look like.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.jones == other.jones && self.linking == other.linking
    }
}

impl TopologyTruth {
    /// Whether the rule cuts strands.
    #[must_use]
    pub fn cuts(&self) -> bool {
        self.rule != RELAX
    }

    /// `truth.task`, checked.
    ///
    /// # Errors
    /// A sentence that names the member and the rule broken.
    pub fn read(truth: &Truth) -> Result<Self, String> {
        let task: Self = serde_json::from_value(truth.task.clone()).map_err(|e| format!("truth.task: {e}"))?;
        if task.panels.iter().any(|p| p.iter().any(|v| !v.is_finite()) || p[0] >= p[2] || p[1] >= p[3]) {
            return Err("truth.task.panels: a panel is no box".to_owned());
        }
        if !(1.0..=200.0).contains(&task.width) {
            return Err(format!("truth.task.width: {} pixels", task.width));
        }
        let count = task.strands.len();
        if !(1..=MOST_STRANDS).contains(&count) {
            return Err(format!("truth.task.strands: {count}, of 1 to {MOST_STRANDS}"));
        }
        if let Some(strand) = task.strands.iter().find(|s| truth.object(&s.object).is_none()) {
            return Err(format!("truth.task.strands: truth.objects has no `{}`", strand.object));
        }
        let is_twice = |(k, s): (usize, &StrandTruth)| task.strands[k + 1..].iter().any(|other| other.object == s.object);
        if task.strands.iter().enumerate().any(is_twice) {
            return Err("truth.task.strands: two are the same object".to_owned());
        }
        let arcs = task.strands.iter().map(|s| s.hue);
        if arcs.clone().any(|[from, grows]| !(0.0..360.0).contains(&from) || !(30.0..=360.0).contains(&grows)) {
            return Err(
                "truth.task.strands: a hue begins outside of 0 to 360 degrees, or grows by less than 30 or more than 360"
                    .to_owned(),
            );
        }
        let begins_in = |a: [f32; 2], b: [f32; 2]| (b[0] - a[0]).rem_euclid(360.0) < a[1] - OVERLAP;
        let arcs: Vec<[f32; 2]> = arcs.collect();
        let overlap = |(k, a): (usize, &[f32; 2])| arcs[k + 1..].iter().any(|b| begins_in(*a, *b) || begins_in(*b, *a));
        if arcs.iter().enumerate().any(overlap) {
            return Err("truth.task.strands: hues of two strands overlap".to_owned());
        }
        let last = truth.clip.frames - 1;
        let in_order = task.stages.iter().all(|s| s.frames[0] <= s.frames[1])
            && task.stages.windows(2).all(|w| w[0].frames[1] < w[1].frames[0])
            && task.stages.first().is_some_and(|s| s.frames[0] == 0)
            && task.stages.last().is_some_and(|s| s.frames[1] == last);
        if !in_order {
            return Err("truth.task.stages: not in the order of time, from frame 0 to the last".to_owned());
        }
        if !RULES.contains(&task.rule.as_str()) {
            return Err(format!("truth.task.rule: `{}` is not a rule: {RULES:?}", task.rule));
        }
        let (first, end) = (&task.stages[0].link, &task.stages[task.stages.len() - 1].link);
        match (task.cuts(), first.is(end)) {
            (true, true) => return Err("truth.task.stages: what is cut ends as another link".to_owned()),
            (false, true) if end.crossings < first.crossings => {}
            (false, _) => return Err("truth.task.stages: what relaxes ends as the same link, with fewer crossings".to_owned()),
            (true, false) => {}
        }
        for link in task.stages.iter().map(|s| &s.link) {
            if link.linking.len() != count * (count - 1) / 2 {
                return Err(format!("truth.task.stages: {} linking numbers of {count} strands", link.linking.len()));
            }
            let terms = &link.jones;
            let is_polynomial = !terms.is_empty() && terms.len() <= MOST_TERMS && terms.windows(2).all(|w| w[0].0 < w[1].0);
            if !is_polynomial || terms.iter().any(|(exponent, many)| exponent.unsigned_abs() > MOST_EXPONENT || *many == 0) {
                return Err("truth.task.stages: no polynomial".to_owned());
            }
        }
        if truth.decisive_event != CHANGE {
            return Err(format!("truth.events: the decisive event is `{CHANGE}`, not `{}`", truth.decisive_event));
        }
        Ok(task)
    }
}
