//! Changes of whole clips: which frames are shown when, and through what they go.

use crate::Frame;
use crate::picture::difference;

use super::{Codec, Made, Source};

/// Most frames of a control.
const LONGEST: usize = 3000;

pub(super) fn made(source: &Source<'_>, frames: Vec<Frame>) -> Made {
    Made { frames, fps: source.fps, time: None, codec: None, continues: false }
}

pub(super) fn coded(source: &Source<'_>, codec: Codec) -> Option<Made> {
    Some(Made { codec: Some(codec), ..made(source, source.frames.to_vec()) })
}

/// Frame `i` of `n` is the ground truth's frame `which(i, n)`.
pub(super) fn pick(source: &Source<'_>, which: impl Fn(usize, usize) -> usize) -> Option<Made> {
    let n = source.frames.len();
    Some(made(source, (0..n).map(|i| source.frames[which(i, n).min(n - 1)].clone()).collect()))
}

/// Share of the pixels that differ plainly between two frames.
pub(super) fn changed(source: &Source<'_>, a: usize, b: usize) -> f32 {
    let (a, b) = (&source.frames[a].rgb, &source.frames[b].rgb);
    let differ = a.chunks_exact(3).zip(b.chunks_exact(3)).filter(|(a, b)| difference(a, b) > 60).count();
    differ as f32 / (a.len() / 3) as f32
}

/// Every value from its pixel, its channel, its frame and a random number of its own.
pub(super) fn map(source: &Source<'_>, value: impl Fn(&[u8], usize, usize, u32) -> u8) -> Option<Made> {
    let mut state = 0x9e37_79b9_u32;
    let mut next = || {
        // Marsaglia's xorshift32.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    let frames = source.frames.iter().enumerate().map(|(i, frame)| {
        let mut rgb = Vec::with_capacity(frame.rgb.len());
        for pixel in frame.rgb.chunks_exact(3) {
            for c in 0..3 {
                rgb.push(value(pixel, c, i, next()));
            }
        }
        Frame { rgb, ..*frame }
    });
    Some(made(source, frames.collect()))
}

pub(super) fn shuffled(frames: &[Frame], keep: usize) -> Vec<Frame> {
    let mut order: Vec<usize> = (0..frames.len()).collect();
    let mut state = 12_345_u32;
    for i in (keep + 1..order.len()).rev() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        order.swap(i, keep + (state >> 8) as usize % (i + 1 - keep));
    }
    order.iter().map(|&i| frames[i].clone()).collect()
}

pub(super) fn cross_fade(frames: &[Frame]) -> Vec<Frame> {
    let (first, last, n) = (&frames[0], &frames[frames.len() - 1], frames.len() as u32 - 1);
    (0..=n).map(|i| blend(first, last, (i, n.max(1)))).collect()
}

/// `i` parts of `n` of the second.
pub(crate) fn blend(first: &Frame, last: &Frame, (i, n): (u32, u32)) -> Frame {
    let mix = |(a, b): (&u8, &u8)| ((u32::from(*a) * (n - i) + u32::from(*b) * i) / n) as u8;
    Frame { rgb: first.rgb.iter().zip(&last.rgb).map(mix).collect(), ..*first }
}

/// The same seconds at another rate: the nearest frame at each moment.
pub(super) fn resampled(source: &Source<'_>, fps: f64) -> Option<Made> {
    let last = source.frames.len() - 1;
    let count = (((last as f64) * fps / source.fps) as usize) + 1;
    // A rate so much higher makes more frames than anything takes.
    if count > LONGEST {
        return None;
    }
    let at = |i: usize| ((i as f64 * source.fps / fps + 0.5) as usize).min(last);
    Some(Made { fps, ..made(source, (0..count).map(|i| source.frames[at(i)].clone()).collect()) })
}

/// `factor` times as long at the same rate.
pub(super) fn retimed(source: &Source<'_>, factor: f64) -> Made {
    let last = source.frames.len() - 1;
    let count = ((last as f64) * factor) as usize + 1;
    let at = |i: usize| ((i as f64 / factor + 0.5) as usize).min(last);
    made(source, (0..count).map(|i| source.frames[at(i)].clone()).collect())
}

/// The same seconds at another rate: each frame blended from its two neighbours.
pub(super) fn blended_to(source: &Source<'_>, fps: f64) -> Option<Made> {
    let last = source.frames.len() - 1;
    let count = (((last as f64) * fps / source.fps) as usize) + 1;
    if count > LONGEST {
        return None;
    }
    let frame = |i: usize| {
        let at = i as f64 * source.fps / fps;
        let low = (at as usize).min(last);
        blend(&source.frames[low], &source.frames[(low + 1).min(last)], (((at - low as f64) * 64.0) as u32, 64))
    };
    Some(Made { fps, ..made(source, (0..count).map(frame).collect()) })
}

/// Each frame blended with some per cent of the one before.
pub(super) fn trailing(source: &Source<'_>, percent: u32) -> Option<Made> {
    let frame = |i: usize| blend(&source.frames[i], &source.frames[i.saturating_sub(1)], (percent, 100));
    Some(made(source, (0..source.frames.len()).map(frame).collect()))
}

/// Only some of the frames, each at its time.
pub(super) fn only(source: &Source<'_>, keep: impl Fn(usize) -> bool) -> Option<Made> {
    let kept: Vec<usize> = (0..source.frames.len()).filter(|&i| i == 0 || keep(i)).collect();
    let time = kept.iter().map(|&i| i as f64 / source.fps).collect();
    Some(Made { time: Some(time), ..made(source, kept.into_iter().map(|i| source.frames[i].clone()).collect()) })
}

/// Every frame changed by itself: its number, and the number of frames.
pub(super) fn each(source: &Source<'_>, change: impl Fn(&Frame, usize, usize) -> Frame) -> Option<Made> {
    let n = source.frames.len();
    Some(made(source, source.frames.iter().enumerate().map(|(i, f)| change(f, i, n)).collect()))
}
