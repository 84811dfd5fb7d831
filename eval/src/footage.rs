//! Decoded, aligned frames: all that an evaluator may look at.

use std::sync::Arc;

/// An 8-bit RGB picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// `3 * width * height` bytes.
    pub rgb: Vec<u8>,
}

/// Decoded, aligned frames of a candidate and the sample's first frame. Everything but `details` is at the size of the truth's maps.
pub struct Footage {
    /// `first_frame.png`.
    pub first_frame: Frame,
    /// The candidate, each frame brought to the size, place and tone of `first_frame`.
    pub frames: Vec<Frame>,
    /// Pixels of the candidate to one of `first_frame`, across and down.
    pub fineness: [f32; 2],
    /// Pixels that each frame of the candidate shows; `false` where a crop or a drift leaves nothing to see.
    pub seen: Vec<Arc<[bool]>>,
    /// Seconds from the first frame on at which each frame is shown.
    pub time: Vec<f64>,
    /// How far each frame lay beside `first_frame`, which has been undone.
    pub drift: Vec<Drift>,
    /// What [`Evaluator::wants`](crate::Evaluator::wants) asked for, in its order; absent if the candidate does not have it.
    pub details: Vec<Option<Frame>>,
}

impl Footage {
    /// Mean time from a frame to the next, seconds.
    #[must_use]
    pub fn seconds_per_frame(&self) -> f64 {
        match self.time.as_slice() {
            [first, .., last] => (last - first) / (self.time.len() - 1) as f64,
            _ => 1.0,
        }
    }

    /// The pixels that every frame shows.
    #[must_use]
    pub fn always_seen(&self) -> Vec<bool> {
        let mut all = vec![true; self.first_frame.width as usize * self.first_frame.height as usize];
        let mut last: Option<&Arc<[bool]>> = None;
        for seen in &self.seen {
            // Frames mostly share one mask.
            if !last.is_some_and(|l| Arc::ptr_eq(l, seen)) {
                all.iter_mut().zip(seen.iter()).for_each(|(a, s)| *a &= *s);
            }
            last = Some(seen);
        }
        all
    }
}

/// How a frame's picture lies on that of frame 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Drift {
    /// Right and down, pixels of the maps.
    pub shift: [f32; 2],
}

/// A frame of the candidate, or a part of it, at the candidate's own size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Want {
    /// Which frame.
    pub at: At,
    /// `[left, top, right, bottom]`, pixels of the clip.
    pub rect: [f32; 4],
}

/// Which frame of a candidate of unknown length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// So many frames after the first.
    FromStart(u32),
    /// So many frames before the last.
    FromEnd(u32),
}

/// Most frames and crops that an evaluator may want.
pub const MAX_WANTS: usize = 16;
/// Longest side of a crop, pixels: a larger one is shrunk.
pub const MAX_WANT_SIDE: u32 = 512;
