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

/// Steps that differ by no more than this part are those of a steady rate.
const STEADY: f64 = 0.1;

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
    /// Usual time from a frame to the next, seconds: the mean of a steady rate, else the middle one.
    #[must_use]
    pub fn seconds_per_frame(&self) -> f64 {
        let [first, .., last] = self.time.as_slice() else { return 1.0 };
        let mean = (last - first) / (self.time.len() - 1) as f64;
        let mut steps: Vec<f64> = self.time.windows(2).map(|w| w[1] - w[0]).collect();
        if steps.iter().all(|step| (step / mean - 1.0).abs() < STEADY) {
            return mean;
        }
        let middle = steps.len() / 2;
        *steps.select_nth_unstable_by(middle, f64::total_cmp).1
    }

    /// When each frame is shown, in usual steps: of a steady rate its number.
    #[must_use]
    pub fn ticks(&self) -> Vec<f32> {
        let step = self.seconds_per_frame();
        let steady = self.time.iter().enumerate().all(|(i, t)| (t / step - i as f64).abs() < STEADY);
        let tick = |(i, t): (usize, &f64)| if steady { i as f32 } else { (t / step) as f32 };
        self.time.iter().enumerate().map(tick).collect()
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

/// How a frame's picture lies on that of frame 0: what frame 0 shows at `p` from the middle of the picture, it shows at `shift` + `zoom` times
/// `p`, turned by `turn`.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Drift {
    /// Right and down, pixels of the maps.
    pub shift: [f32; 2],
    /// Size of what it shows over that in frame 0.
    pub zoom: f32,
    /// Radians, clockwise on screen.
    pub turn: f32,
    /// Whether it is another view: nothing that could be undone lays it over frame 0.
    pub left: bool,
}

/// How far a candidate's camera drifted.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Drifted {
    /// The frame that lies farthest beside frame 0, at the corners of the picture.
    pub frame: u32,
    /// How it lies.
    #[serde(flatten)]
    pub farthest: Drift,
    /// How each frame lies; empty if none drifts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub frames: Vec<Drift>,
}

impl Drifted {
    /// Of all frames, in pictures of a size.
    pub(crate) fn of(frames: &[Drift], size: (u32, u32)) -> Self {
        let reach = |i: &usize| frames[*i].reach(size);
        // Of equals the first.
        let Some(frame) = (0..frames.len()).rev().max_by(|a, b| reach(a).total_cmp(&reach(b))) else { return Self::default() };
        let drifts = frames.iter().any(|f| *f != Drift::NONE);
        Self { frame: frame as u32, farthest: frames[frame], frames: if drifts { frames.to_vec() } else { Vec::new() } }
    }
}

impl Default for Drift {
    fn default() -> Self {
        Self::NONE
    }
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
