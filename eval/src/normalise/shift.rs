//! How far a picture lies beside where it should: by a pixel or two, as after an odd crop or a scaler's other idea of a pixel's middle.

use crate::Frame;

/// Farther is another picture, pixels.
const FARTHEST: f32 = 4.0;
/// Nearer is as good as in place, pixels.
const NEAREST: f32 = 0.5;

/// The translation of `view` against `reference`, both softened and of one size, in pixels; `None` where it is none to speak of.
///
/// One step of Lucas and Kanade's method over the whole picture ("An Iterative Image Registration Technique", 1981): with
/// view(x) = reference(x - s), the difference is -s·∇reference to first order.
pub(crate) fn shift(reference: &Frame, view: &Frame, seen: &[bool]) -> Option<[f32; 2]> {
    let (width, height) = (reference.width as usize, reference.height as usize);
    let light = |frame: &Frame, at: usize| {
        let p = &frame.rgb[at * 3..at * 3 + 3];
        i64::from(p[0]) + 2 * i64::from(p[1]) + i64::from(p[2])
    };
    // Twice the gradients; sums of integers do not depend on their order.
    let (mut xx, mut xy, mut yy, mut xd, mut yd) = (0_i64, 0_i64, 0_i64, 0_i64, 0_i64);
    for y in 1..height - 1 {
        for at in (y * width + 1)..((y + 1) * width - 1) {
            if !(seen[at - 1] && seen[at] && seen[at + 1]) {
                continue;
            }
            let gx = light(reference, at + 1) - light(reference, at - 1);
            let gy = light(reference, at + width) - light(reference, at - width);
            let off = light(view, at) - light(reference, at);
            (xx, xy, yy) = (xx + gx * gx, xy + gx * gy, yy + gy * gy);
            (xd, yd) = (xd + gx * off, yd + gy * off);
        }
    }
    let [xx, xy, yy, xd, yd] = [xx, xy, yy, xd, yd].map(|v| v as f64);
    let det = xx * yy - xy * xy;
    // Without structure in both directions there is nothing to go by.
    if det <= 1e-3 * (xx + yy) * (xx + yy) {
        return None;
    }
    let found = [-2.0 * (yy * xd - xy * yd) / det, -2.0 * (xx * yd - xy * xd) / det].map(|v| v as f32);
    let far = found[0].abs().max(found[1].abs());
    (far > NEAREST && far < FARTHEST).then_some(found)
}
