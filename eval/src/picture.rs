//! Plain picture arithmetic on 8-bit RGB, in integers and IEEE f32 only, so that it is the same to the bit everywhere.

use crate::Frame;

/// A rectangle `[x0, y0, x1, y1]` in pixels; it may reach beyond the picture.
pub(crate) type Rect = [f32; 4];

/// Output pixels' taps: the first source index of each, and equally many weights (sum 1 << 12), some of them 0.
struct Taps {
    first: Vec<u32>,
    count: usize,
    weights: Vec<i16>,
}

impl Taps {
    /// First source index and weights of an output pixel.
    fn of(&self, out: usize) -> (usize, &[i16]) {
        (self.first[out] as usize, &self.weights[out * self.count..(out + 1) * self.count])
    }
}

/// Area averaging when it shrinks, cubic interpolation (Catmull and Rom, which keeps edges sharp) when it grows or moves. Beyond the picture
/// its edge is repeated.
fn taps(from: f32, to: f32, source: u32, out: u32) -> Taps {
    let step = (to - from) / out as f32;
    let half = (step * 0.5).max(0.5);
    let of = |i: u32| -> (u32, Vec<i32>) {
        let centre = from + (i as f32 + 0.5) * step;
        // A box as wide as an output pixel; when growing, a cubic of two source pixels on each side.
        let (low, high) = if step > 1.0 { (centre - half, centre + half) } else { (centre - 2.0, centre + 2.0) };
        let begin = low.floor() as i64;
        let end = (high.ceil() as i64).max(begin + 1);
        let mut raw: Vec<(u32, f32)> = Vec::new();
        for s in begin..end {
            let weight =
                if step > 1.0 { ((s + 1) as f32).min(high) - (s as f32).max(low) } else { cubic((s as f32 + 0.5) - centre) };
            if weight != 0.0 {
                let clamped = s.clamp(0, i64::from(source) - 1) as u32;
                match raw.last_mut() {
                    Some(last) if last.0 == clamped => last.1 += weight,
                    _ => raw.push((clamped, weight)),
                }
            }
        }
        let total: f32 = raw.iter().map(|r| r.1).sum();
        let mut left = 4096_i32;
        let mut fixed: Vec<i32> = raw.iter().map(|r| (r.1 / total * 4096.0) as i32).collect();
        left -= fixed.iter().sum::<i32>();
        let middle = fixed.len() / 2;
        fixed[middle] += left;
        (raw[0].0, fixed)
    };
    let all: Vec<(u32, Vec<i32>)> = (0..out).map(of).collect();
    let count = all.iter().map(|(_, weights)| weights.len()).max().unwrap_or(1);
    let mut taps = Taps { first: Vec::new(), count, weights: Vec::new() };
    for (first, weights) in all {
        taps.first.push(first);
        taps.weights.extend((0..count).map(|i| weights.get(i).map_or(0, |&w| w as i16)));
    }
    taps
}

/// Catmull and Rom's interpolation at a distance.
fn cubic(away: f32) -> f32 {
    let x = away.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((2.5 - 0.5 * x) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

/// Resamples pictures of one size from one rectangle to another size.
pub(crate) struct Resampler {
    source: (u32, u32),
    size: (u32, u32),
    identity: bool,
    across: Taps,
    down: Taps,
    /// The weights across over 2^24: exact, as a weight has 12 bits, and undoes those of both passes.
    shares: Vec<f32>,
}

/// Values blended together in the first pass: as many sums as fit in registers.
const BLOCK: usize = 16;

impl Resampler {
    pub(crate) fn new(source: (u32, u32), rect: Rect, size: (u32, u32)) -> Self {
        let identity = source == size && rect == [0.0, 0.0, source.0 as f32, source.1 as f32];
        let across = taps(rect[0], rect[2], source.0, size.0);
        Self {
            source,
            size,
            identity,
            shares: across.weights.iter().map(|&w| f32::from(w) / (1 << 24) as f32).collect(),
            across,
            down: taps(rect[1], rect[3], source.1, size.1),
        }
    }

    pub(crate) fn apply(&self, frame: &Frame) -> Frame {
        debug_assert_eq!((frame.width, frame.height), self.source);
        if self.identity {
            return frame.clone();
        }
        let (width, height) = (self.size.0 as usize, self.size.1 as usize);
        let stride = frame.width as usize * 3;
        // Down first: it runs along memory, and leaves less for the second pass when it shrinks. Room for more than a row: the first pass
        // works in whole blocks, taps of weight 0 may lie beyond, and the second pass takes and leaves pixels in fours, as every
        // processor's vectors hold them.
        let mut blended = vec![0.0_f32; stride.next_multiple_of(BLOCK) + 3 * self.across.count + 1];
        let mut line = vec![0.0_f32; width * 3 + 1];
        let mut rgb = vec![0_u8; width * height * 3];
        for (y, out) in rgb.chunks_exact_mut(width * 3).enumerate() {
            self.blend_down(y, frame, &mut blended);
            // Known beforehand, the usual counts are faster.
            match self.across.count {
                2 => self.blend_across(2, &blended, &mut line),
                3 => self.blend_across(3, &blended, &mut line),
                4 => self.blend_across(4, &blended, &mut line),
                count => self.blend_across(count, &blended, &mut line),
            }
            for (value, sum) in out.iter_mut().zip(&line) {
                *value = whole(*sum);
            }
        }
        Frame { width: self.size.0, height: self.size.1, rgb }
    }

    /// The source rows of an output row, blended.
    fn blend_down(&self, y: usize, frame: &Frame, blended: &mut [f32]) {
        let stride = frame.width as usize * 3;
        let (first, weights) = self.down.of(y);
        let rows = &frame.rgb[first * stride..];
        for (at, out) in blended[..stride.next_multiple_of(BLOCK)].chunks_exact_mut(BLOCK).enumerate() {
            let mut sums = [0_i32; BLOCK];
            for (row, &weight) in rows.chunks_exact(stride).zip(weights) {
                let rest = &row[at * BLOCK..];
                let mut end = [0_u8; BLOCK];
                let values = rest.first_chunk::<BLOCK>().unwrap_or_else(|| {
                    end[..rest.len()].copy_from_slice(rest);
                    &end
                });
                for (sum, &value) in sums.iter_mut().zip(values) {
                    *sum += i32::from(weight) * i32::from(value);
                }
            }
            for (value, sum) in out.iter_mut().zip(sums) {
                *value = sum as f32;
            }
        }
    }

    /// The pixels of a blended row, blended. `count` is that of the taps.
    #[inline(always)]
    fn blend_across(&self, count: usize, blended: &[f32], line: &mut [f32]) {
        for (x, (&first, weights)) in self.across.first.iter().zip(self.shares.chunks_exact(count)).enumerate() {
            let pixels = &blended[first as usize * 3..][..3 * count + 1];
            let mut sums = [0.5_f32; 4];
            for i in 0..count {
                for c in 0..4 {
                    sums[c] += weights[i] * pixels[3 * i + c];
                }
            }
            line[3 * x..3 * x + 4].copy_from_slice(&sums);
        }
    }
}

/// The whole part of a value, 0 to 255: its clamped floor, without the casts that processors have no vectors for. At 2^23 a float's last bit
/// is one, so that adding as much rounds.
fn whole(value: f32) -> u8 {
    const ROUNDS: f32 = (1 << 23) as f32;
    let value = if value > 0.0 { value } else { 0.0 };
    let value = if value < 255.0 { value } else { 255.0 };
    let near = (value + ROUNDS) - ROUNDS;
    let floor = if near > value { near - 1.0 } else { near };
    (floor + ROUNDS).to_bits() as u8
}

/// A 3x3 binomial blur, edges repeated. Takes the pixel noise off before colours are classified.
pub(crate) fn soften(frame: &Frame) -> Frame {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let stride = width * 3;
    let mut rgb = vec![0_u8; frame.rgb.len()];
    let mut column = vec![0_u16; stride];
    for y in 0..height {
        let row = |y: usize| &frame.rgb[y * stride..(y + 1) * stride];
        let (above, here, below) = (row(y.saturating_sub(1)), row(y), row((y + 1).min(height - 1)));
        for (sum, ((a, b), c)) in column.iter_mut().zip(above.iter().zip(here).zip(below)) {
            *sum = u16::from(*a) + 2 * u16::from(*b) + u16::from(*c);
        }
        let out = &mut rgb[y * stride..(y + 1) * stride];
        for c in 0..3 {
            out[c] = ((column[c] * 3 + column[if width > 1 { 3 + c } else { c }] + 8) >> 4) as u8;
            let last = stride - 3 + c;
            out[last] = ((column[last] * 3 + column[last.saturating_sub(3).max(c)] + 8) >> 4) as u8;
        }
        for i in 3..stride.saturating_sub(3) {
            out[i] = ((column[i - 3] + 2 * column[i] + column[i + 3] + 8) >> 4) as u8;
        }
    }
    Frame { width: frame.width, height: frame.height, rgb }
}

/// Mean of the channels, of 255, below which a picture is dark: noise and compression raise black.
const DARK: u64 = 16;

/// Whether nothing can be seen in a picture.
pub(crate) fn is_dark(frame: &Frame) -> bool {
    let sum: u64 = frame.rgb.iter().map(|&value| u64::from(value)).sum();
    sum < DARK * frame.rgb.len() as u64
}

/// The picture turned about its middle so that what it shows turned clockwise by some radians is upright; `shown` with it. Linear between
/// pixels; what comes from beyond its edges is not shown.
pub(crate) fn rotated(mut frame: Frame, turn: f32, shown: &mut [bool]) -> Frame {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let (sin, cos) = libm::sincosf(turn);
    let (mx, my) = (width as f32 / 2.0 - 0.5, height as f32 / 2.0 - 0.5);
    let mut rgb = vec![0_u8; frame.rgb.len()];
    let before = shown.to_vec();
    // Pixels are taken and left in fours of values, as vectors hold them.
    frame.rgb.push(0);
    let source = &frame.rgb;
    let pixel = |at: usize| [0, 1, 2, 3].map(|c| f32::from(source[3 * at..3 * at + 4][c]));
    let mix = |p: [f32; 4], q: [f32; 4], part: f32| [0, 1, 2, 3].map(|c| p[c] + (q[c] - p[c]) * part);
    let mut line = vec![0.0_f32; 3 * width + 1];
    for (y, out) in rgb.chunks_exact_mut(3 * width).enumerate() {
        for x in 0..width {
            let (u, v) = (x as f32 - mx, y as f32 - my);
            let (px, py) = (mx + cos * u - sin * v, my + sin * u + cos * v);
            let inside = px >= 0.0 && py >= 0.0 && px < (width - 1) as f32 && py < (height - 1) as f32;
            let (px, py) = (px.clamp(0.0, (width - 1) as f32), py.clamp(0.0, (height - 1) as f32));
            let (left, top) = ((px as usize).min(width - 2), (py as usize).min(height - 2));
            let corner = top * width + left;
            shown[y * width + x] = inside && before[corner] && before[corner + width + 1];
            let row = |from: usize| mix(pixel(from), pixel(from + 1), px - left as f32);
            let value = mix(row(corner), row(corner + width), py - top as f32);
            line[3 * x..3 * x + 4].copy_from_slice(&value);
        }
        for (value, mixed) in out.iter_mut().zip(&line) {
            *value = whole(mixed + 0.5);
        }
    }
    Frame { rgb, ..frame }
}

/// Sum of absolute differences of the three channels at a pixel.
pub(crate) fn difference(a: &[u8], b: &[u8]) -> u32 {
    u32::from(a[0].abs_diff(b[0])) + u32::from(a[1].abs_diff(b[1])) + u32::from(a[2].abs_diff(b[2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(width: u32, height: u32) -> Frame {
        let rgb = (0..height).flat_map(|y| (0..width).flat_map(move |x| [(x * 4) as u8, (y * 4) as u8, 77])).collect();
        Frame { width, height, rgb }
    }

    #[test]
    fn a_flat_picture_stays_flat_at_any_size() {
        let flat = Frame { width: 31, height: 17, rgb: vec![201; 31 * 17 * 3] };
        for size in [(7, 5), (31, 17), (64, 90)] {
            let out = Resampler::new((31, 17), [0.0, 0.0, 31.0, 17.0], size).apply(&flat);
            assert!(out.rgb.iter().all(|&v| v == 201), "{size:?}");
        }
        assert_eq!(soften(&flat).rgb, flat.rgb);
    }

    #[test]
    fn halving_and_doubling_a_ramp_keep_its_slope() {
        let source = ramp(40, 20);
        let half = Resampler::new((40, 20), [0.0, 0.0, 40.0, 20.0], (20, 10)).apply(&source);
        assert_eq!(half.rgb[(5 * 20 + 10) * 3], 82);
        let twice = Resampler::new((40, 20), [0.0, 0.0, 40.0, 20.0], (80, 40)).apply(&source);
        assert!(twice.rgb[(20 * 80 + 40) * 3].abs_diff(79) <= 1);
    }

    #[test]
    fn a_rectangle_beyond_the_picture_repeats_its_edge() {
        let source = ramp(16, 16);
        let out = Resampler::new((16, 16), [-16.0, 0.0, 16.0, 16.0], (32, 16)).apply(&source);
        assert_eq!(out.rgb[0], 0);
        assert_eq!(out.rgb[31 * 3], 60);
    }
}
