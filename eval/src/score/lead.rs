//! Video-to-video: a candidate that goes on where `first_video.mp4` ends.

use crate::picture::{difference, soften};
use crate::truth::{LabelMaps, NO_MATTER};
use crate::{EvalError, Frame, Truth};

use super::intake::Intake;

/// Sum over the channels by which softened pixels differ plainly.
const PLAIN: u32 = 60;
/// Fewest pixels of a thing that tell.
const FEWEST: usize = 12;
/// Share of a thing's pixels that must differ for it to have left its place, and of what has left that must look as where the first video ends.
const GONE: f32 = 0.5;
const ALIKE: f32 = 0.7;

/// What a candidate begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Begin {
    /// What its first frame looks like: the sample's first frame, or where `first_video.mp4` ends.
    #[default]
    AsSeen,
    /// Where `first_video.mp4` ends.
    Continues,
}

/// Where the key objects stand at the start.
pub(super) struct Places {
    pixels: Vec<Vec<usize>>,
}

impl Places {
    pub(super) fn new(truth: &Truth, maps: &LabelMaps) -> Self {
        let of = |label: u8| (0..maps.width * maps.height).filter(|&at| maps.entry(0)[at] == label).collect::<Vec<usize>>();
        let keys = truth.objects.iter().enumerate().filter(|(i, o)| o.key && (*i as u8 + 1) != NO_MATTER);
        Self { pixels: keys.map(|(i, _)| of(i as u8 + 1)).filter(|p| p.len() >= FEWEST).collect() }
    }

    /// Whether a thing of the sample's first frame is not where it stood. Both pictures are of the size of the maps.
    pub(super) fn have_left(&self, first: &Frame, now: &Frame) -> bool {
        let (first, now) = (soften(first), soften(now));
        let gone = |pixels: &Vec<usize>| pixels.iter().filter(|&&at| off(&first, &now, at) >= PLAIN).count();
        self.pixels.iter().any(|pixels| gone(pixels) as f32 >= GONE * pixels.len() as f32)
    }

    /// Whether a picture goes on from another: where things have left by the end of that, it looks as that does.
    pub(super) fn go_on(&self, first: &Frame, end: &Frame, now: &Frame) -> bool {
        let (first, end, now) = (soften(first), soften(end), soften(now));
        let left: Vec<usize> = self.pixels.iter().flatten().copied().filter(|&at| off(&first, &end, at) >= PLAIN).collect();
        let alike = left.iter().filter(|&&at| off(&now, &end, at) < off(&now, &first, at)).count();
        left.len() >= FEWEST && alike as f32 >= ALIKE * left.len() as f32
    }
}

impl Intake<'_> {
    /// Whether a candidate's first frame does not show what stood there at the start, so that it may continue a video.
    pub(super) fn starts_elsewhere(&mut self, frame: &Frame) -> Result<bool, EvalError> {
        let normaliser = self.normaliser_for(frame)?;
        let (picture, ..) = normaliser.apply(frame)?;
        let first = normaliser.first_frame.clone();
        Ok(self.places.have_left(&first, &picture))
    }

    /// Whether a candidate's first frame goes on from the last one pushed.
    pub(super) fn goes_on(&mut self, frame: &Frame) -> Result<bool, EvalError> {
        let Some(end) = self.frames.last().cloned() else { return Ok(false) };
        let mut normaliser = self.made_for(frame)?;
        let (picture, ..) = normaliser.apply(frame)?;
        Ok(self.places.go_on(&normaliser.first_frame, &end, &picture))
    }

    /// Forgets what was pushed.
    pub(super) fn begin_again(&mut self) {
        self.frames.clear();
        self.seen.clear();
        self.drift.clear();
        self.details.iter_mut().for_each(std::collections::VecDeque::clear);
        (self.lead, self.normaliser) = (None, None);
    }
}

fn off(a: &Frame, b: &Frame, at: usize) -> u32 {
    difference(&a.rgb[3 * at..3 * at + 3], &b.rgb[3 * at..3 * at + 3])
}
