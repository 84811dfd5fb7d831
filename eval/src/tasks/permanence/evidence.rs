//! What the links look at: the analysis of a candidate, and the task's truth at its size.

use crate::analysis::follow::Follow;
use crate::analysis::{Analysis, Wanted};
use crate::{Footage, Truth};

use super::PermanenceTruth;

/// Everything the links look at.
pub(super) struct Evidence<'a> {
    pub(super) seen: Analysis<'a>,
    /// Lengths are pixels of the footage.
    pub(super) truth: PermanenceTruth,
}

impl<'a> Evidence<'a> {
    /// # Errors
    /// A sentence if the truth is not this task's, or there is nothing to look at.
    pub(super) fn new(truth: &Truth, footage: &'a Footage) -> Result<Self, String> {
        let task = PermanenceTruth::read(truth)?;
        let seen = Analysis::new(truth, footage, wanted(truth, &task)?)?;
        Ok(Self { truth: task.scaled(seen.maps.scale), seen })
    }

    /// What is hidden: the first that is followed.
    pub(super) fn target(&self) -> &Follow {
        &self.seen.follows[0]
    }

    pub(super) fn occluders(&self) -> &[Follow] {
        &self.seen.follows[1..=self.truth.occluders.len()]
    }

    /// The whole area of the target in the end, pixels.
    pub(super) fn target_area(&self) -> f32 {
        let radius = self.seen.thing(self.target()).radii[self.seen.maps.frames - 1];
        std::f32::consts::PI * radius * radius
    }
}

/// What is looked at: the target, what hides it and what is moved as it is, by colour; the clock is set by the movements of all of it.
pub(super) fn wanted(truth: &Truth, task: &PermanenceTruth) -> Result<Wanted, String> {
    let all = || std::iter::once(&task.target).chain(&task.occluders).chain(&task.distractors).map(String::as_str);
    Ok(Wanted::colors(truth, all())?.paced(truth, all())?.sought(truth, &task.target)?.all_known(truth))
}
