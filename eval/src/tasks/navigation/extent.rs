//! The part of a picture in which a box is seen.

use super::place::Bounds;
use super::pose::View;

/// The rectangle about a box, pixels of the half-size picture; without an end where it goes on beside the eye.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    pub(super) low: [f32; 2],
    pub(super) high: [f32; 2],
    /// Metres to its nearest corner ahead.
    pub(super) depth: f32,
}

impl Extent {
    /// `None` where all of it is behind the eye.
    pub(super) fn new(view: &View, bounds: &Bounds) -> Option<Self> {
        let mut it = Self { low: [f32::INFINITY; 2], high: [f32::NEG_INFINITY; 2], depth: f32::INFINITY };
        let mut behind = [false; 2];
        for corner in bounds.corners() {
            let Some(spot) = view.spot(corner) else {
                behind[usize::from(view.is_right(corner))] = true;
                continue;
            };
            it.low = [0, 1].map(|c| it.low[c].min(spot.at[c]));
            it.high = [0, 1].map(|c| it.high[c].max(spot.at[c]));
            it.depth = it.depth.min(spot.depth);
        }
        if !it.depth.is_finite() {
            return None;
        }
        if behind[0] || behind[1] {
            it.low = [if behind[0] { f32::NEG_INFINITY } else { it.low[0] }, f32::NEG_INFINITY];
            it.high = [if behind[1] { f32::INFINITY } else { it.high[0] }, f32::INFINITY];
            it.depth = 0.0;
        }
        Some(it)
    }

    /// The part of it in the picture.
    pub(super) fn inside(self, view: &View) -> Self {
        let size = view.lens.size;
        let bounded = |at: [f32; 2]| [0, 1].map(|c| at[c].clamp(0.0, size[c]));
        Self { low: bounded(self.low), high: bounded(self.high), ..self }
    }

    pub(super) fn area(self) -> f32 {
        (self.high[0] - self.low[0]).max(0.0) * (self.high[1] - self.low[1]).max(0.0)
    }

    /// Share of it that lies in the picture.
    pub(super) fn share(self, view: &View) -> f32 {
        self.inside(view).area() / self.area().max(1.0)
    }

    /// Whether nothing of it is cut away left or right.
    pub(super) fn is_whole(self, view: &View) -> bool {
        self.low[0] > 1.0 && self.high[0] < view.lens.size[0] - 1.0
    }

    /// Whether it is seen at a place, or so near to it, before what is so deep.
    pub(super) fn hides(self, at: [f32; 2], about: f32, depth: f32) -> bool {
        depth > self.depth && (0..2).all(|c| self.low[c] - about < at[c] && at[c] < self.high[c] + about)
    }
}
