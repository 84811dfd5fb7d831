//! Cameras that should stand still and do not.

use crate::Frame;
use crate::picture::{Resampler, rotated};

/// The picture zoomed, shifted right and down by parts of its width, and turned by degrees; its edge repeated.
pub(crate) fn seen_by(frame: &Frame, zoom: f32, [x, y]: [f32; 2], degrees: f32) -> Frame {
    let (w, h) = (frame.width as f32, frame.height as f32);
    let (half_w, half_h) = (w / (2.0 * zoom), h / (2.0 * zoom));
    let middle = [w / 2.0 - x * w / zoom, h / 2.0 - y * w / zoom];
    let rect = [middle[0] - half_w, middle[1] - half_h, middle[0] + half_w, middle[1] + half_h];
    let out = Resampler::new((frame.width, frame.height), rect, (frame.width, frame.height)).apply(frame);
    if degrees == 0.0 {
        return out;
    }
    rotated(out, -degrees.to_radians(), &mut vec![true; frame.rgb.len() / 3])
}

/// The picture as a camera sees it that goes around it: one side nearer, the other farther. `part` is what the nearer side grows by.
pub(super) fn from_aside(frame: &Frame, part: f32) -> Frame {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let (mx, my) = (width as f32 / 2.0, height as f32 / 2.0);
    let mut rgb = Vec::with_capacity(frame.rgb.len());
    for y in 0..height {
        for x in 0..width {
            let u = (x as f32 + 0.5 - mx) / mx;
            // A plane that is turned about the upright axis.
            let near = 1.0 / (1.0 + part * u);
            let px = (mx + (x as f32 + 0.5 - mx) * near).clamp(0.0, width as f32 - 1.0) as usize;
            let py = (my + (y as f32 + 0.5 - my) * near).clamp(0.0, height as f32 - 1.0) as usize;
            rgb.extend_from_slice(&frame.rgb[3 * (py * width + px)..][..3]);
        }
    }
    Frame { rgb, ..*frame }
}

/// A wave of so many frames, -1 to 1.
pub(super) fn wave(frame: usize, frames: f32) -> f32 {
    libm::sinf(frame as f32 / frames * std::f32::consts::TAU)
}
