//! Undoing small changes of exposure, contrast and white balance before colours are compared.

use crate::Frame;

/// Gains and offsets that a fair video may have; more is a change of the picture.
const GAIN: std::ops::RangeInclusive<f32> = 0.8..=1.25;
const OFFSET: f32 = 25.0;
/// A line that moves neither dark nor light values by so many 8-bit steps is that of a faithful video.
const FAITHFUL: f32 = 1.0;
const DARK: f32 = 16.0;
const LIGHT: f32 = 240.0;
/// Residual, in 8-bit steps, beyond which a pixel has another cause than tone: something moved there.
const OUTLIER: f32 = 20.0;

/// One table per channel.
#[derive(Clone)]
pub(crate) struct Tone {
    tables: [[u8; 256]; 3],
    identity: bool,
}

impl Tone {
    /// The line per channel that takes `from` closest to `to` over the pixels where both show the same thing.
    pub(crate) fn fit(from: &Frame, to: &Frame, seen: &[bool]) -> Self {
        let mut tables = [[0; 256]; 3];
        for (channel, table) in tables.iter_mut().enumerate() {
            let (gain, offset) = fit_channel(from, to, seen, channel);
            for (value, out) in table.iter_mut().enumerate() {
                *out = (gain * value as f32 + offset + 0.5).clamp(0.0, 255.0) as u8;
            }
        }
        let identity = tables.iter().all(|t| t.iter().enumerate().all(|(i, &v)| i == usize::from(v)));
        Self { tables, identity }
    }

    pub(crate) fn apply(&self, frame: &mut Frame) {
        if self.identity {
            return;
        }
        for pixel in frame.rgb.chunks_exact_mut(3) {
            for (value, table) in pixel.iter_mut().zip(&self.tables) {
                *value = table[usize::from(*value)];
            }
        }
    }
}

fn fit_channel(from: &Frame, to: &Frame, seen: &[bool], channel: usize) -> (f32, f32) {
    let (mut gain, mut offset) = (1.0_f32, 0.0_f32);
    // The first round takes every pixel: a candidate that is darker everywhere would otherwise be all outliers.
    for limit in [f32::INFINITY, 2.0 * OUTLIER, OUTLIER] {
        let (mut n, mut sx, mut sy, mut sxx, mut sxy) = (0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
        for ((a, b), _) in from.rgb.chunks_exact(3).zip(to.rgb.chunks_exact(3)).zip(seen).filter(|(_, s)| **s) {
            let (x, y) = (a[channel], b[channel]);
            // Clipped values say nothing of the line.
            if !(3..=252).contains(&x) || !(3..=252).contains(&y) || (gain * f32::from(x) + offset - f32::from(y)).abs() > limit {
                continue;
            }
            let (x, y) = (u64::from(x), u64::from(y));
            n += 1;
            sx += x;
            sy += y;
            sxx += x * x;
            sxy += x * y;
        }
        if n < 64 {
            return (gain, offset);
        }
        // Exact in integers up to the last division.
        let n = n as i128;
        let spread = n * sxx as i128 - sx as i128 * sx as i128;
        let joint = n * sxy as i128 - sx as i128 * sy as i128;
        if spread > 0 {
            gain = ((joint as f64 / spread as f64) as f32).clamp(*GAIN.start(), *GAIN.end());
        }
        offset = ((sy as f64 - f64::from(gain) * sx as f64) / n as f64) as f32;
        offset = offset.clamp(-OFFSET, OFFSET);
    }
    // What quantisation alone explains is left alone, so that a faithful video is judged as it is.
    let moves = |value: f32| ((gain - 1.0) * value + offset).abs();
    if moves(DARK).max(moves(LIGHT)) < FAITHFUL { (1.0, 0.0) } else { (gain, offset) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(map: impl Fn(u32) -> u32) -> Frame {
        let rgb = (0..64 * 64 * 3_u32).map(|i| map(20 + i * 7 % 190).min(255) as u8).collect();
        Frame { width: 64, height: 64, rgb }
    }

    #[test]
    fn exposure_is_undone_and_a_new_object_does_not_matter() {
        let to = picture(|v| v);
        let mut from = picture(|v| v * 95 / 100 + 4);
        from.rgb[..600].fill(250);
        let seen = vec![true; 64 * 64];
        let tone = Tone::fit(&from, &to, &seen);
        tone.apply(&mut from);
        let worst = from.rgb[600..].iter().zip(&to.rgb[600..]).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(worst <= Some(2), "{worst:?}");
    }

    #[test]
    fn the_same_picture_gives_the_identity() {
        let to = picture(|v| v);
        assert!(Tone::fit(&to, &to, &vec![true; 64 * 64]).identity);
    }
}
