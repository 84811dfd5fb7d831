//! The links of the story, each worth something by itself.

use crate::Failure;
use crate::analysis::course::{Stand, mean_of_worst, median};
use crate::analysis::disc::distance;
use crate::analysis::follow::Look;
use crate::grading::{Link, Step, followed, ramp};

use super::evidence::Evidence;

/// Frames of the truth that a movement may come early or late.
const SLACK: f32 = 1.5;
/// One frame in so many before it is hidden may fail to show the target.
const LAPSES: usize = 8;
/// Share of the target's area that may show of its colour while it is hidden: compression leaves specks.
const SPECK: f32 = 0.12;

impl Evidence<'_> {
    /// The target is where it should be, as long as it is seen before it is hidden, and then it is hidden.
    pub(super) fn hide(&self) -> Link {
        let target = self.target();
        let [first, _] = self.truth.hidden[0];
        let tolerance = self.seen.of_width(0.015);
        let before: Vec<usize> = self.seen.between(0.0, first as f32 - 2.0 - SLACK).collect();
        let errors = before.iter().map(|&f| target.looks[f]).filter(|look| look.wanted_area > 0.5 * self.target_area());
        let errors: Vec<Option<f32>> = errors.map(|look| look.error()).collect();
        // What trails behind itself in a fast turn is lost for a frame or two.
        let lapses = errors.iter().filter(|error| error.is_none()).count();
        let unseen = if lapses * LAPSES <= errors.len() { None } else { Some(10.0 * tolerance) };
        let errors: Vec<f32> = errors.into_iter().filter_map(|error| error.or(unseen)).collect();
        let link = |fraction: f32, measured: Option<f32>, reason: &str| Link {
            fraction,
            measured,
            tolerance,
            unit: "pixels",
            reason: reason.to_owned(),
        };
        let Some(mean) = mean_of_worst(errors, 5) else { return link(0.0, None, "the target is not seen before it is hidden") };
        // A moment between two moves is too short to be judged.
        let gone = (0..self.truth.hidden.len()).find_map(|span| self.shows_while_hidden(span)).is_some_and(|share| share < 0.5);
        if !gone {
            return link(0.0, Some(mean), "the target is never hidden");
        }
        link(ramp(mean, tolerance, 3.0 * tolerance), Some(mean), "how far the target is from its place before it is hidden")
    }

    /// Share of the frames of a span in which it should be hidden that show the target; none if the span is too short to be judged.
    fn shows_while_hidden(&self, span: usize) -> Option<f32> {
        let [first, last] = self.truth.hidden[span];
        let (first, last) = (first as f32 + SLACK, last as f32 - SLACK);
        let frames: Vec<usize> = if first <= last { self.seen.between(first, last).collect() } else { Vec::new() };
        let shows = |f: usize| !self.seen.watch.dark[f] && self.target().looks[f].area > SPECK * self.target_area() + 8.0;
        let shows = frames.iter().filter(|&&f| shows(f)).count();
        (!frames.is_empty()).then(|| shows as f32 / frames.len() as f32)
    }

    /// Nothing of the target is seen while it is hidden.
    pub(super) fn hidden(&self) -> Link {
        let shares: Vec<f32> = (0..self.truth.hidden.len()).filter_map(|span| self.shows_while_hidden(span)).collect();
        let worst = shares.iter().copied().fold(0.0, f32::max);
        let reason = format!("the target's colour shows in {:.0} % of the frames in which it is hidden", worst * 100.0);
        let fraction = if shares.is_empty() { 0.0 } else { ramp(worst, 0.1, 0.2) };
        Link { fraction, measured: (!shares.is_empty()).then_some(worst), tolerance: 0.1, unit: "share of frames", reason }
    }

    /// What hides the target goes where it should, until the reveal.
    pub(super) fn moves(&self) -> Link {
        self.followed(1.0, self.seen.event() - 1.0, "what may hide the target is")
    }

    /// What hid the target goes away and stays there.
    pub(super) fn reveal(&self) -> Link {
        let (event, last) = (self.seen.event(), (self.seen.maps.frames - 1) as f32);
        let frames: Vec<usize> = self.seen.between(event + SLACK, last).collect();
        let dark = frames.iter().filter(|&&f| self.seen.watch.dark[f]).count() as f32 / frames.len().max(1) as f32;
        if dark > 0.25 {
            let reason = format!("{:.0} % of the frames in which it is light again are dark", dark * 100.0);
            return Link { fraction: 0.0, measured: Some(dark), tolerance: 0.25, unit: "share of frames", reason };
        }
        // It gets dark once. A single frame is a flicker.
        let spans = self.seen.watch.dark.chunk_by(|a, b| a == b).filter(|span| span[0] && span.len() > 1).count();
        if spans > 1 {
            let reason = format!("the light goes out {spans} times");
            return Link { fraction: 0.0, measured: Some(spans as f32), tolerance: 1.0, unit: "times", reason };
        }
        self.followed(event, last, "at the reveal what hid the target is")
    }

    /// How far what may hide the target is from where it should be between two moments.
    fn followed(&self, first: f32, last: f32, what: &str) -> Link {
        followed(&self.seen, &self.occluders().iter().collect::<Vec<_>>(), first, last, what)
    }

    /// The candidate's last frames that must show the target.
    fn end(&self) -> Vec<Look> {
        self.seen.end(self.truth.shown_from).into_iter().map(|f| self.target().looks[f]).collect()
    }

    /// The target is in its place when it comes to light, and nowhere else.
    pub(super) fn place(&self) -> Step {
        let pitch = self.truth.pitch();
        let tolerance = 0.25 * pitch;
        let step = |fraction: f32, measured: Option<f32>, failure: Failure, reason: String| {
            Step::new(Link { fraction, measured, tolerance, unit: "pixels", reason }, failure)
        };
        let (looks, whole) = (self.end(), self.target_area());
        if looks.is_empty() {
            return step(0.0, None, Failure::CutShort, "the clip ends before the target must be seen".to_owned());
        }
        let (at, nearest) = match Stand::of(&looks, whole, &self.truth.slots) {
            Stand::Unseen if self.shows_another_colour() => {
                return step(0.0, None, Failure::Recolored, "something of another colour is in the target's place".to_owned());
            }
            Stand::Unseen => return step(0.0, None, Failure::Vanished, "the target is not seen at the end".to_owned()),
            Stand::Twice(times) => {
                return step(0.0, None, Failure::Doubled, format!("{times:.1} times as much of the target is seen as there is"));
            }
            Stand::At(at, nearest) => (at, nearest),
        };
        let off = distance(at, self.truth.slots[self.truth.place]);
        if nearest != self.truth.place {
            let is_reset = nearest == self.truth.last_seen;
            let failure = if is_reset { Failure::Reset } else { Failure::WrongPlace };
            return step(
                0.0,
                Some(off),
                failure,
                format!("the target is in place {} instead of {}", nearest + 1, self.truth.place + 1),
            );
        }
        let reason = format!("the target is {off:.1} pixels from its place");
        step(ramp(off, tolerance, 0.5 * pitch), Some(off), Failure::WrongPlace, reason)
    }

    /// Whether the target's place shows a hue that is not the target's in the end.
    fn shows_another_colour(&self) -> bool {
        let (width, slot) = (self.seen.maps.width, self.truth.slots[self.truth.place]);
        let radius = 0.6 * self.seen.thing(self.target()).radii[self.seen.maps.frames - 1];
        let inside = |at: &usize| distance([(at % width) as f32 + 0.5, (at / width) as f32 + 0.5], slot) < radius;
        self.seen.ends_hued(&(0..width * self.seen.maps.height).filter(inside).collect::<Vec<_>>())
    }

    /// The target has the size it had.
    pub(super) fn kept(&self) -> Step {
        let whole = self.target_area().max(1.0);
        let areas: Vec<f32> = self.end().iter().map(|look| look.area / whole).collect();
        let ratio = if areas.is_empty() { 0.0 } else { median(areas) };
        let off = if ratio > 0.0 { libm::logf(ratio).abs() } else { f32::INFINITY };
        let link = Link {
            fraction: ramp(off, 0.4, 0.9),
            measured: Some(ratio),
            tolerance: 0.4,
            unit: "of its area",
            reason: format!("{ratio:.2} times as much of the target is seen as should be"),
        };
        Step::new(link, if ratio > 1.0 { Failure::Doubled } else { Failure::Vanished })
    }
}
