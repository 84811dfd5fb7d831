//! How things that are followed by colour go on: whether they move, how far they are from their ways, and where they end.

use crate::hue::{self, HAS_HUE, chroma};

use super::Analysis;
use super::disc::distance;
use super::follow::{Follow, Look};
use super::palette::linear_table;

/// Share of a thing's area from which on it is seen.
pub(crate) const SEEN: f32 = 0.3;
/// Share of a thing's whole area that must be in sight for its place to say anything.
const IN_SIGHT: f32 = 0.35;
/// A movement that everybody sees: part of the longer side, and pixels.
const MOVES: (f32, f32) = (0.012, 3.0);
/// How many times as much of a thing is seen, and pixels more, from which on it is there more than once.
const TWICE: (f32, f32) = (1.6, 20.0);

/// Where a thing is in the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stand {
    /// In less than half of the frames it is seen at all.
    Unseen,
    /// So many times as much of it is seen as there is.
    Twice(f32),
    /// The middle one of its places, and the number of the slot that is nearest to it.
    At([f32; 2], usize),
}

impl Stand {
    /// Of a thing of an area, by how it looks in the end.
    pub(crate) fn of(looks: &[Look], area: f32, slots: &[[f32; 2]]) -> Self {
        let seen: Vec<&Look> = looks.iter().filter(|look| look.area >= SEEN * area && look.centroid.is_some()).collect();
        if seen.len() * 2 < looks.len().max(1) || seen.is_empty() {
            return Self::Unseen;
        }
        let middle = |pick: &dyn Fn(&Look) -> f32| median(seen.iter().map(|look| pick(look)).collect());
        let shown = middle(&|look| look.area);
        if shown > TWICE.0 * area + TWICE.1 {
            return Self::Twice(shown / area);
        }
        let at = [0, 1].map(|c| middle(&|look| look.centroid.unwrap_or_default()[c]));
        let nearest = (0..slots.len()).min_by(|&a, &b| distance(at, slots[a]).total_cmp(&distance(at, slots[b])));
        Self::At(at, nearest.unwrap_or(0))
    }
}

/// Least distance of two of some places; infinite if there are not two.
pub(crate) fn pitch(slots: &[[f32; 2]]) -> f32 {
    let pairs = (0..slots.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    pairs.map(|(i, j)| distance(slots[i], slots[j])).fold(f32::INFINITY, f32::min)
}

/// The mean of the worst of some errors, one in `part` of them and at least one.
pub(crate) fn mean_of_worst(mut errors: Vec<f32>, part: usize) -> Option<f32> {
    errors.sort_by(f32::total_cmp);
    let worst = &errors[errors.len() - errors.len().div_ceil(part)..];
    (!worst.is_empty()).then(|| worst.iter().sum::<f32>() / worst.len() as f32)
}

/// The middle one of some values; 0 if there are none.
pub(crate) fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

impl Analysis<'_> {
    /// The moment of the truth, in frames, that a frame of the candidate shows, also before the beginning and after the end.
    pub(crate) fn raw(&self, frame: usize) -> f32 {
        self.clock.raw(frame)
    }

    /// Last frame of the truth.
    pub(crate) fn last(&self) -> f32 {
        (self.maps.frames - 1) as f32
    }

    /// Frames of the candidate that show moments from one frame of the truth to another.
    pub(crate) fn between(&self, first: f32, last: f32) -> impl Iterator<Item = usize> + '_ {
        (0..self.frames()).filter(move |&f| (first..=last).contains(&self.raw(f).clamp(0.0, self.last())))
    }

    /// The candidate's last frames, which must show what is shown from a frame of the truth on.
    pub(crate) fn end(&self, shown_from: u32) -> Vec<usize> {
        let from = self.settled(shown_from);
        // A clip that ends just before is judged by its last frame.
        let end = self.raw(self.frames() - 1);
        let from = if (from - 1.0..from).contains(&end) { end } else { from };
        self.between(from, self.last()).collect()
    }

    /// Share of the way that the candidate shows, from the first frame to where all is shown and nothing else begins.
    pub(crate) fn shown_to(&self, shown_from: u32) -> f32 {
        let end = self.settled(shown_from).max(self.last_event).min(self.rest());
        (self.raw(self.frames() - 1) + 1.0) / end.max(1.0)
    }

    /// A frame of the truth from which on all is shown: a clip may end once all is at rest.
    fn settled(&self, shown_from: u32) -> f32 {
        (shown_from as f32).min(self.rest())
    }

    /// Whether the candidate lasts until the decisive event.
    pub(crate) fn reaches_the_event(&self) -> bool {
        self.raw(self.frames() - 1) >= self.event() - 0.5
    }

    /// Whether a thing leaves its first place in any two frames.
    pub(crate) fn moves(&self, follow: &Follow) -> bool {
        let Some(first) = follow.looks.first().and_then(|look| look.centroid) else { return false };
        let away = |at: &[f32; 2]| distance(*at, first) > self.least_way();
        follow.looks.iter().filter_map(|look| look.centroid).filter(away).count() > 1
    }

    /// The shortest way that everybody sees, pixels.
    pub(crate) fn least_way(&self) -> f32 {
        self.of_width(MOVES.0).max(MOVES.1)
    }

    /// How far a thing is from where it should be in a frame of the candidate, half a frame aside; `None` if too little of it is seen.
    pub(crate) fn astray(&self, follow: &Follow, frame: usize) -> Option<f32> {
        let look = &follow.looks[frame];
        // Mostly behind another one, where it is says little.
        if look.wanted_area < IN_SIGHT * self.whole(follow, frame) {
            return Some(0.0);
        }
        let slack = self.speed(follow, frame) * (0.6 + 0.5 * (self.clock.rate - 1.0).max(0.0));
        look.error().map(|e| (e - slack).max(0.0))
    }

    /// The whole area of a thing at the moment that a frame shows.
    pub(crate) fn whole(&self, follow: &Follow, frame: usize) -> f32 {
        let radius = self.thing(follow).radii[(self.moment(frame) + 0.5) as usize];
        std::f32::consts::PI * radius * radius
    }

    /// How fast a thing should move at the moment that a frame shows, pixels a frame of the truth.
    fn speed(&self, follow: &Follow, frame: usize) -> f32 {
        let thing = self.thing(follow);
        let at = self.moment(frame) as usize;
        let next = (at + 1).min(self.maps.frames - 1);
        distance(thing.centers[at], thing.centers[next])
    }

    /// Whether more than half of some pixels have a hue in the last frame.
    pub(crate) fn ends_hued(&self, pixels: &[usize]) -> bool {
        let Some(frame) = self.watch.soft.last() else { return false };
        let linear = linear_table();
        let hued = |at: &&usize| {
            let color = [0, 1, 2].map(|c| linear[usize::from(frame.rgb[**at * 3 + c])]);
            let ([u, v], _) = chroma(color);
            (u * u + v * v).sqrt() > HAS_HUE && hue::is_hue(color)
        };
        pixels.iter().filter(hued).count() * 2 > pixels.len()
    }
}
