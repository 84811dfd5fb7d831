//! Controls made from the ground truth's own pixels.

use crate::Frame;
use crate::picture::{Resampler, difference};

use super::{Codec, Kind};

/// What controls are made from.
pub struct Source<'a> {
    /// The ground truth, decoded.
    pub frames: &'a [Frame],
    /// Its rate.
    pub fps: f64,
    /// Another sample's ground truth.
    pub other: Option<&'a [Frame]>,
    /// First frame in which the outcome begins.
    pub event: usize,
}

/// A control, ready to be scored.
pub struct Made {
    /// Its frames.
    pub frames: Vec<Frame>,
    /// Its rate.
    pub fps: f64,
    /// Through which codec it goes first; none: as it is.
    pub codec: Option<Codec>,
}

/// How to make one control.
pub struct Recipe {
    /// `snake_case`.
    pub name: &'static str,
    /// How it must score.
    pub kind: Kind,
    /// Makes it; `None` where the source lacks something.
    pub make: fn(&Source<'_>) -> Option<Made>,
}

/// Every control that pixels can make.
#[must_use]
pub fn recipes() -> Vec<Recipe> {
    let recipe = |name, kind, make| Recipe { name, kind, make };
    let mut all = negatives(recipe);
    all.extend(positives(recipe));
    all
}

type Make = fn(&Source<'_>) -> Option<Made>;

fn negatives(recipe: fn(&'static str, Kind, Make) -> Recipe) -> Vec<Recipe> {
    vec![
        recipe("frozen_first_frame", Kind::Trivial, |s| pick(s, |_, _| 0)),
        recipe("frozen_final_frame", Kind::Trivial, |s| pick(s, |_, n| n - 1)),
        recipe("noise", Kind::Trivial, |s| map(s, |_, _, _, random| (random & 255) as u8)),
        recipe("shuffled", Kind::Trivial, |s| Some(made(s, shuffled(s.frames, 0)))),
        recipe("shuffled_after_first", Kind::Trivial, |s| Some(made(s, shuffled(s.frames, 1)))),
        recipe("cross_fade", Kind::Wrong, |s| Some(made(s, cross_fade(s.frames)))),
        recipe("hard_cut_to_final", Kind::Wrong, |s| pick(s, |i, n| if i < n / 2 { 0 } else { n - 1 })),
        recipe("reversed", Kind::Wrong, |s| pick(s, |i, n| n - 1 - i)),
        recipe("reversed_after_first", Kind::Wrong, |s| pick(s, |i, n| if i == 0 { 0 } else { n - i })),
        recipe("other_sample", Kind::Wrong, |s| s.other.map(|frames| made(s, frames.to_vec()))),
        recipe("other_sample_after_first", Kind::Wrong, |s| {
            let other = s.other?;
            let same = other.first().is_some_and(|o| (o.width, o.height) == (s.frames[0].width, s.frames[0].height));
            same.then(|| made(s, s.frames[..1].iter().chain(&other[1..]).cloned().collect()))
        }),
        recipe("frozen_before_contact", Kind::Wrong, |s| {
            let event = s.event;
            pick(s, |i, _| i.min(event.saturating_sub(2)))
        }),
        recipe("frozen_at_contact", Kind::Wrong, |s| {
            let (stop, last) = ((s.event + 1).min(s.frames.len() - 1), s.frames.len() - 1);
            // Where next to nothing happens after the contact, stopping there is no mistake.
            if changed(s, stop, last) < 0.004 { None } else { pick(s, |i, _| i.min(stop)) }
        }),
        recipe("runs_back_and_on_again", Kind::Wrong, |s| {
            let (from, to) = (s.event + 12, s.event.saturating_sub(2));
            // Where little has changed by then, little comes back.
            if from >= s.frames.len() || changed(s, to, from) < 0.012 {
                return None;
            }
            let order = (0..from).chain((to..=from).rev()).chain(to..s.frames.len());
            Some(made(s, order.map(|i| s.frames[i].clone()).collect()))
        }),
        recipe("ball_teleports_to_contact", Kind::Wrong, |s| {
            let event = s.event;
            pick(s, |i, _| if i + 1 < event { 0 } else { i })
        }),
        recipe("outcome_without_approach", Kind::Wrong, |s| {
            let event = s.event;
            pick(s, |i, n| if i == 0 { 0 } else { (event + i).min(n - 1) })
        }),
        recipe("skips_part_of_the_approach", Kind::Wrong, |s| {
            let event = s.event;
            // A shorter way leaves nothing to skip but single frames.
            if event < 20 {
                return None;
            }
            pick(s, |i, _| if i < event * 3 / 4 { i.min(event / 2) } else { i })
        }),
        recipe("approach_then_dissolve_to_final", Kind::Wrong, |s| {
            let (from, n) = (s.event + 2, s.frames.len());
            // Where little is left to happen, a dissolve of it shows nothing wrong.
            if from + 12 >= n || changed(s, from, n - 1) < 0.006 {
                return None;
            }
            let dissolve = (1..n - from).map(|i| blend(&s.frames[from], &s.frames[n - 1], (i.min(12) as u32, 12)));
            Some(made(s, s.frames[..=from].iter().cloned().chain(dissolve).collect()))
        }),
        recipe("approach_then_cut_to_final", Kind::Wrong, |s| {
            let event = s.event;
            pick(s, |i, n| if i < event.saturating_sub(2) { i } else { n - 1 })
        }),
        recipe("cut_at_half", Kind::Wrong, |s| Some(made(s, s.frames[..s.frames.len().div_ceil(2)].to_vec()))),
        recipe("mirrored", Kind::Wrong, |s| Some(made(s, s.frames.iter().map(mirror).collect()))),
        recipe("mirrored_after_first", Kind::Wrong, |s| {
            Some(made(s, s.frames.iter().enumerate().map(|(i, f)| if i == 0 { f.clone() } else { mirror(f) }).collect()))
        }),
        recipe("channels_swapped", Kind::Wrong, |s| map(s, |p, c, _, _| p[(c + 1) % 3])),
        recipe("heavy_blur", Kind::Wrong, |s| Some(made(s, s.frames.iter().map(blur).collect()))),
        recipe("upside_down", Kind::Wrong, |s| Some(made(s, s.frames.iter().map(upside_down).collect()))),
        recipe("grey", Kind::Wrong, |s| map(s, |p, _, _, _| ((u32::from(p[0]) + u32::from(p[1]) + u32::from(p[2])) / 3) as u8)),
    ]
}

fn positives(recipe: fn(&'static str, Kind, Make) -> Recipe) -> Vec<Recipe> {
    vec![
        recipe("crf_12", Kind::Fair, |s| coded(s, Codec::H264 { crf: 12 })),
        recipe("crf_28", Kind::Fair, |s| coded(s, Codec::H264 { crf: 28 })),
        recipe("crf_32", Kind::Fair, |s| coded(s, Codec::H264 { crf: 32 })),
        recipe("hevc", Kind::Fair, |s| coded(s, Codec::Hevc { crf: 28 })),
        recipe("vp9", Kind::Fair, |s| coded(s, Codec::Vp9 { crf: 34 })),
        recipe("mpeg4", Kind::Fair, |s| coded(s, Codec::Mpeg4 { quantiser: 5 })),
        recipe("half_size", Kind::Fair, |s| Some(made(s, scaled(s.frames, 1, 2)))),
        recipe("three_quarter_size", Kind::Fair, |s| Some(made(s, scaled(s.frames, 3, 4)))),
        recipe("double_size", Kind::Fair, |s| Some(made(s, scaled(s.frames, 2, 1)))),
        recipe("letterbox", Kind::Fair, |s| {
            Some(made(s, s.frames.iter().map(|f| pad(f, f.width, f.height * 5 / 4 / 2 * 2)).collect()))
        }),
        recipe("pillarbox", Kind::Fair, |s| {
            Some(made(s, s.frames.iter().map(|f| pad(f, f.width * 5 / 4 / 2 * 2, f.height)).collect()))
        }),
        recipe("square_pad", Kind::Fair, |s| {
            Some(made(s, s.frames.iter().map(|f| pad(f, f.width.max(f.height), f.width.max(f.height))).collect()))
        }),
        recipe("stretched_to_square", Kind::Fair, |s| Some(made(s, s.frames.iter().map(|f| resize(f, 512, 512)).collect()))),
        recipe("fps_8", Kind::Fair, |s| Some(resampled(s, 8.0))),
        recipe("fps_12", Kind::Fair, |s| Some(resampled(s, 12.0))),
        recipe("fps_16", Kind::Fair, |s| Some(resampled(s, 16.0))),
        recipe("fps_24", Kind::Fair, |s| Some(resampled(s, 24.0))),
        recipe("fps_30", Kind::Fair, |s| Some(resampled(s, 30.0))),
        recipe("noise_sigma_4", Kind::Fair, |s| {
            map(s, |p, c, _, random| (i32::from(p[c]) + gauss(random, 4)).clamp(0, 255) as u8)
        }),
        recipe("gamma_0_95", Kind::Fair, |s| map(s, |p, c, _, _| gamma(p[c], 0.95))),
        recipe("gamma_1_05", Kind::Fair, |s| map(s, |p, c, _, _| gamma(p[c], 1.05))),
        recipe("exposure_0_95", Kind::Fair, |s| map(s, |p, c, _, _| (u32::from(p[c]) * 95 / 100) as u8)),
        recipe("exposure_1_05", Kind::Fair, |s| map(s, |p, c, _, _| (u32::from(p[c]) * 105 / 100).min(255) as u8)),
        recipe("stretched_15_slower", Kind::Fair, |s| Some(retimed(s, 1.15))),
        recipe("stretched_15_faster", Kind::Fair, |s| Some(retimed(s, 0.85))),
        recipe("hold_at_start", Kind::Fair, |s| {
            let hold = (s.fps * 0.3) as usize;
            Some(made(s, (0..s.frames.len() + hold).map(|i| s.frames[i.saturating_sub(hold)].clone()).collect()))
        }),
        recipe("hold_at_end", Kind::Fair, |s| {
            let hold = (s.fps * 0.3) as usize;
            Some(made(s, (0..s.frames.len() + hold).map(|i| s.frames[i.min(s.frames.len() - 1)].clone()).collect()))
        }),
    ]
}

fn made(source: &Source<'_>, frames: Vec<Frame>) -> Made {
    Made { frames, fps: source.fps, codec: None }
}

fn coded(source: &Source<'_>, codec: Codec) -> Option<Made> {
    Some(Made { frames: source.frames.to_vec(), fps: source.fps, codec: Some(codec) })
}

/// Frame `i` of `n` is the ground truth's frame `which(i, n)`.
fn pick(source: &Source<'_>, which: impl Fn(usize, usize) -> usize) -> Option<Made> {
    let n = source.frames.len();
    Some(made(source, (0..n).map(|i| source.frames[which(i, n).min(n - 1)].clone()).collect()))
}

/// Share of the pixels that differ plainly between two frames.
fn changed(source: &Source<'_>, a: usize, b: usize) -> f32 {
    let (a, b) = (&source.frames[a].rgb, &source.frames[b].rgb);
    let differ = a.chunks_exact(3).zip(b.chunks_exact(3)).filter(|(a, b)| difference(a, b) > 60).count();
    differ as f32 / (a.len() / 3) as f32
}

/// Every value from its pixel, its channel, its frame and a random number of its own.
fn map(source: &Source<'_>, value: impl Fn(&[u8], usize, usize, u32) -> u8) -> Option<Made> {
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

/// About normal: four bytes of a random number, centred and summed (σ of the sum is 147.8).
fn gauss(random: u32, sigma: i32) -> i32 {
    let sum: i32 = random.to_le_bytes().iter().map(|&b| i32::from(b)).sum::<i32>() - 510;
    (sum * sigma * 2 + 148) / 296
}

fn gamma(value: u8, exponent: f32) -> u8 {
    (libm::powf(f32::from(value) / 255.0, exponent) * 255.0 + 0.5) as u8
}

fn shuffled(frames: &[Frame], keep: usize) -> Vec<Frame> {
    let mut order: Vec<usize> = (0..frames.len()).collect();
    let mut state = 12_345_u32;
    for i in (keep + 1..order.len()).rev() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        order.swap(i, keep + (state >> 8) as usize % (i + 1 - keep));
    }
    order.iter().map(|&i| frames[i].clone()).collect()
}

fn cross_fade(frames: &[Frame]) -> Vec<Frame> {
    let (first, last, n) = (&frames[0], &frames[frames.len() - 1], frames.len() as u32 - 1);
    (0..=n).map(|i| blend(first, last, (i, n.max(1)))).collect()
}

/// `i` parts of `n` of the second.
fn blend(first: &Frame, last: &Frame, (i, n): (u32, u32)) -> Frame {
    let mix = |(a, b): (&u8, &u8)| ((u32::from(*a) * (n - i) + u32::from(*b) * i) / n) as u8;
    Frame { rgb: first.rgb.iter().zip(&last.rgb).map(mix).collect(), ..*first }
}

fn mirror(frame: &Frame) -> Frame {
    let mut rgb = Vec::with_capacity(frame.rgb.len());
    for row in frame.rgb.chunks_exact(frame.width as usize * 3) {
        row.chunks_exact(3).rev().for_each(|p| rgb.extend_from_slice(p));
    }
    Frame { rgb, ..*frame }
}

fn upside_down(frame: &Frame) -> Frame {
    let rgb = frame.rgb.chunks_exact(frame.width as usize * 3).rev().flatten().copied().collect();
    Frame { rgb, ..*frame }
}

/// Four box blurs, together σ = 1.5 % of the width (12 pixels of 800).
fn blur(frame: &Frame) -> Frame {
    let width = frame.width as usize;
    let height = frame.height as usize;
    // Variance of a box of 2r + 1: (4r² + 4r) / 12; four of them.
    let sigma = 0.015 * width as f32;
    let reach = ((((3.0 * sigma * sigma + 1.0).sqrt() - 1.0) / 2.0) + 0.5) as usize;
    let mut rgb = frame.rgb.clone();
    for _ in 0..4 {
        rgb = box_blur(&rgb, width, height, reach.max(1), 3, width * 3);
        rgb = box_blur(&rgb, height, width, reach.max(1), width * 3, 3);
    }
    Frame { rgb, ..*frame }
}

/// Along lines of `length` values `step` apart; `lines` of them, `skip` apart.
fn box_blur(rgb: &[u8], length: usize, lines: usize, reach: usize, step: usize, skip: usize) -> Vec<u8> {
    let mut out = rgb.to_vec();
    for line in 0..lines {
        for c in 0..3 {
            let at = |i: usize| line * skip + i * step + c;
            let value = |i: isize| u32::from(rgb[at(i.clamp(0, length as isize - 1) as usize)]);
            let mut sum: u32 = (-(reach as isize)..=reach as isize).map(value).sum();
            for i in 0..length {
                out[at(i)] = ((sum + reach as u32) / (2 * reach as u32 + 1)) as u8;
                sum = sum + value((i + reach + 1) as isize) - value(i as isize - reach as isize);
            }
        }
    }
    out
}

fn resize(frame: &Frame, width: u32, height: u32) -> Frame {
    let whole = [0.0, 0.0, frame.width as f32, frame.height as f32];
    Resampler::new((frame.width, frame.height), whole, (width, height)).apply(frame)
}

fn scaled(frames: &[Frame], times: u32, over: u32) -> Vec<Frame> {
    frames.iter().map(|f| resize(f, f.width * times / over, f.height * times / over)).collect()
}

fn pad(frame: &Frame, width: u32, height: u32) -> Frame {
    let mut rgb = vec![0; (width * height * 3) as usize];
    let (x0, y0) = ((width - frame.width) / 2, (height - frame.height) / 2);
    for (y, row) in frame.rgb.chunks_exact(frame.width as usize * 3).enumerate() {
        let at = (((y as u32 + y0) * width + x0) * 3) as usize;
        rgb[at..at + row.len()].copy_from_slice(row);
    }
    Frame { width, height, rgb }
}

/// The same seconds at another rate: the nearest frame at each moment.
fn resampled(source: &Source<'_>, fps: f64) -> Made {
    let last = source.frames.len() - 1;
    let count = (((last as f64) * fps / source.fps) as usize) + 1;
    let at = |i: usize| ((i as f64 * source.fps / fps + 0.5) as usize).min(last);
    Made { frames: (0..count).map(|i| source.frames[at(i)].clone()).collect(), fps, codec: None }
}

/// `factor` times as long at the same rate.
fn retimed(source: &Source<'_>, factor: f64) -> Made {
    let last = source.frames.len() - 1;
    let count = ((last as f64) * factor) as usize + 1;
    let at = |i: usize| ((i as f64 / factor + 0.5) as usize).min(last);
    made(source, (0..count).map(|i| source.frames[at(i)].clone()).collect())
}
