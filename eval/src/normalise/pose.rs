//! How a frame lies on the first one: a similarity about the middle of the picture.

use crate::Drift;
use crate::picture::Rect;

/// Turns up to this cost nothing: a separable resampler, which cannot turn, does as well. Radians (0.15 degrees).
const LEVEL: f32 = 0.0026;

impl Drift {
    /// Nothing has moved.
    pub(crate) const NONE: Self = Self { shift: [0.0; 2], zoom: 1.0, turn: 0.0, left: false };

    /// How far it moves a corner of a picture of a size, pixels of that.
    #[must_use]
    pub fn reach(&self, (width, height): (u32, u32)) -> f32 {
        let (sin, cos) = libm::sincosf(self.turn);
        let (along, across) = (self.zoom * cos - 1.0, self.zoom * sin);
        let corner = |sx: f32, sy: f32| {
            let (u, v) = (sx * width as f32 / 2.0, sy * height as f32 / 2.0);
            let (x, y) = (self.shift[0] + along * u - across * v, self.shift[1] + across * u + along * v);
            (x * x + y * y).sqrt()
        };
        [[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0_f32]].iter().map(|c| corner(c[0], c[1])).fold(0.0, f32::max)
    }

    /// Whether it is turned by more than a picture can be left with.
    pub(crate) fn is_turned(&self) -> bool {
        self.turn.abs() > LEVEL
    }

    /// A rectangle of the candidate that lies on a picture of a size, shifted and zoomed so.
    pub(super) fn moves(&self, rect: Rect, size: (u32, u32)) -> Rect {
        let [left, top, right, bottom] = rect;
        let side = |low: f32, high: f32, length: u32, shift: f32| {
            let middle = (low + high) / 2.0 + shift * (high - low) / length as f32;
            let half = self.zoom * (high - low) / 2.0;
            (middle - half, middle + half)
        };
        let (x0, x1) = side(left, right, size.0, self.shift[0]);
        let (y0, y1) = side(top, bottom, size.1, self.shift[1]);
        [x0, y0, x1, y1]
    }
}
