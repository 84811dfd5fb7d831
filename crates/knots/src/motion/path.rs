//! A link at each of some frames.

use crate::curve::Link;
use crate::{Error, Result};

/// A link over time: at least one frame, all with the same components and numbers of vertices. Time is counted in frames.
#[derive(Clone, Debug, PartialEq)]
pub struct Motion {
    frames: Vec<Link>,
}

impl Motion {
    /// Of these frames.
    ///
    /// # Errors
    /// [`Error::NoComponent`] without frames, [`Error::FramesDiffer`].
    pub fn new(frames: impl Into<Vec<Link>>) -> Result<Self> {
        let frames = frames.into();
        let first = frames.first().ok_or(Error::NoComponent)?;
        let differs = |link: &Link| {
            link.components().len() != first.components().len()
                || link.components().iter().zip(first.components()).any(|(a, b)| a.len() != b.len())
        };
        match frames.iter().position(differs) {
            Some(frame) => Err(Error::FramesDiffer(frame)),
            None => Ok(Self { frames }),
        }
    }

    /// The links, frame by frame.
    #[must_use]
    pub fn frames(&self) -> &[Link] {
        &self.frames
    }

    /// The last link.
    #[must_use]
    pub fn last(&self) -> &Link {
        &self.frames[self.frames.len() - 1]
    }

    /// Played backwards. What is certified forwards is certified backwards.
    #[must_use]
    pub fn backwards(&self) -> Self {
        Self { frames: self.frames.iter().rev().cloned().collect() }
    }

    /// One after the other; the second begins where the first ends, and that frame is kept once.
    ///
    /// # Errors
    /// [`Error::FramesDiffer`] where it does not begin there.
    pub fn then(mut self, next: &Self) -> Result<Self> {
        if next.frames[0] != *self.last() {
            return Err(Error::FramesDiffer(self.frames.len()));
        }
        self.frames.extend_from_slice(&next.frames[1..]);
        Ok(self)
    }

    /// The link at a time, clamped to the first and last frame; NaN is the first.
    ///
    /// # Errors
    /// As [`crate::curve::Polygon::new`], where two vertices that follow each other meet in between: never in a certified motion.
    pub fn at(&self, time: f64) -> Result<Link> {
        let time = if time.is_nan() { 0.0 } else { time.clamp(0.0, (self.frames.len() - 1) as f64) };
        let (frame, share) = (time.floor() as usize, time - time.floor());
        let Some(next) = self.frames.get(frame + 1).filter(|_| share > 0.0) else { return Ok(self.frames[frame].clone()) };
        let mut targets = next.vertices();
        self.frames[frame].map(|p| targets.next().map_or(p, |q| p.lerp(q, share)))
    }

    /// The same motion with this number of frames, at an even pace: from each frame to the next the vertices move equally far in the mean. New frames
    /// lie between old ones, so corners of the vertices' paths are cut: certify the result.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for fewer than 2 frames; as [`Motion::at`].
    pub fn paced(&self, count: usize) -> Result<Self> {
        if count < 2 {
            return Err(Error::OutOfRange { what: "number of frames", value: count as f64, must: "at least 2" });
        }
        let moved = |pair: &[Link]| pair[0].vertices().zip(pair[1].vertices()).map(|(a, b)| a.distance(b)).sum::<f64>();
        let mut along = vec![0.0];
        for pair in self.frames.windows(2) {
            along.push(along[along.len() - 1] + moved(pair));
        }
        let total = along[along.len() - 1];
        let time = |k: usize| {
            let target = total * k as f64 / (count - 1) as f64;
            let frame = along.partition_point(|a| *a <= target).clamp(1, along.len().max(2) - 1) - 1;
            let step = along.get(frame + 1).map_or(0.0, |next| next - along[frame]);
            frame as f64 + if step > 0.0 { ((target - along[frame]) / step).clamp(0.0, 1.0) } else { 0.0 }
        };
        Self::new((0..count).map(|k| self.at(time(k))).collect::<Result<Vec<_>>>()?)
    }
}
