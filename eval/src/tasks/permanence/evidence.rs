//! What the links look at: the analysis of a candidate, and the task's truth at its size.

use crate::analysis::follow::Follow;
use crate::analysis::maps::Thing;
use crate::analysis::{Analysis, Wanted};
use crate::{Footage, Truth};

use super::PermanenceTruth;

/// Everything the links look at.
pub(super) struct Evidence<'a> {
    pub(super) seen: Analysis<'a>,
    /// Lengths are pixels of the footage.
    pub(super) truth: PermanenceTruth,
    /// Frame of the truth in which the last of all events begins.
    last_event: u32,
}

impl<'a> Evidence<'a> {
    /// # Errors
    /// A sentence if the truth is not this task's, or there is nothing to look at.
    pub(super) fn new(truth: &Truth, footage: &'a Footage) -> Result<Self, String> {
        let task = PermanenceTruth::read(truth)?;
        let seen = Analysis::new(truth, footage, wanted(truth, &task)?)?;
        let last_event = truth.events.values().copied().max().unwrap_or(0);
        Ok(Self { truth: task.scaled(seen.maps.scale), last_event, seen })
    }

    /// What is hidden: the first that is followed.
    pub(super) fn target(&self) -> &Follow {
        &self.seen.follows[0]
    }

    pub(super) fn occluders(&self) -> &[Follow] {
        &self.seen.follows[1..=self.truth.occluders.len()]
    }

    pub(super) fn thing(&self, follow: &Follow) -> &Thing {
        self.seen.thing(follow)
    }

    pub(super) fn frames(&self) -> usize {
        self.seen.frames()
    }

    /// The moment of the truth, in frames, that a frame of the candidate shows, also before the beginning and after the end.
    pub(super) fn raw(&self, frame: usize) -> f32 {
        self.seen.clock.raw(frame)
    }

    /// Frames of the candidate that show moments from one frame of the truth to another.
    pub(super) fn between(&self, first: f32, last: f32) -> impl Iterator<Item = usize> + '_ {
        (0..self.frames()).filter(move |&f| (first..=last).contains(&self.raw(f).clamp(0.0, (self.seen.maps.frames - 1) as f32)))
    }

    /// Frame of the truth from which on the target is in its place and clear: a clip may end once all is at rest.
    pub(super) fn shown_from(&self) -> f32 {
        (self.truth.shown_from as f32).min(self.seen.rest())
    }

    /// Share of the way that the candidate shows, from the first frame to where the target is clear and nothing else begins.
    pub(super) fn shown_to(&self) -> f32 {
        let end = self.shown_from().max(self.last_event as f32).min(self.seen.rest());
        (self.raw(self.frames() - 1) + 1.0) / end.max(1.0)
    }

    /// Whether it lasts until what hides the target begins to go away.
    pub(super) fn reaches_the_reveal(&self) -> bool {
        self.raw(self.frames() - 1) >= self.seen.event() - 0.5
    }

    /// The whole area of the target in the end, pixels.
    pub(super) fn target_area(&self) -> f32 {
        let radius = self.thing(self.target()).radii[self.seen.maps.frames - 1];
        std::f32::consts::PI * radius * radius
    }

    /// Whether the target or what hides it leaves its first place in any frame.
    pub(super) fn anything_moves(&self) -> bool {
        let least = self.seen.of_width(0.012).max(3.0);
        self.seen.follows.iter().any(|follow| {
            let Some(first) = follow.looks.first().and_then(|look| look.centroid) else { return false };
            let away = |at: [f32; 2]| crate::analysis::disc::distance(at, first) > least;
            follow.looks.iter().filter_map(|look| look.centroid).filter(|&at| away(at)).count() > 1
        })
    }
}

/// What is looked at: the target, what hides it and what is moved as it is, by colour; the clock is set by the movements of all of it.
pub(super) fn wanted(truth: &Truth, task: &PermanenceTruth) -> Result<Wanted, String> {
    let all = || std::iter::once(&task.target).chain(&task.occluders).chain(&task.distractors).map(String::as_str);
    Ok(Wanted::colors(truth, all())?.paced(truth, all())?.sought(truth, &task.target)?.all_known(truth))
}
