//! Changes of single pictures.

use crate::Frame;
use crate::picture::Resampler;

/// About normal: four bytes of a random number, centred and summed (σ of the sum is 147.8).
pub(super) fn gauss(random: u32, sigma: i32) -> i32 {
    let sum: i32 = random.to_le_bytes().iter().map(|&b| i32::from(b)).sum::<i32>() - 510;
    (sum * sigma * 2 + 148) / 296
}

pub(super) fn gamma(value: u8, exponent: f32) -> u8 {
    (libm::powf(f32::from(value) / 255.0, exponent) * 255.0 + 0.5) as u8
}

pub(super) fn mirror(frame: &Frame) -> Frame {
    let mut rgb = Vec::with_capacity(frame.rgb.len());
    for row in frame.rgb.chunks_exact(frame.width as usize * 3) {
        row.chunks_exact(3).rev().for_each(|p| rgb.extend_from_slice(p));
    }
    Frame { rgb, ..*frame }
}

pub(super) fn upside_down(frame: &Frame) -> Frame {
    let rgb = frame.rgb.chunks_exact(frame.width as usize * 3).rev().flatten().copied().collect();
    Frame { rgb, ..*frame }
}

/// Four box blurs, together σ = 1.5 % of the width (12 pixels of 800).
pub(super) fn blur(frame: &Frame) -> Frame {
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

pub(super) fn resize(frame: &Frame, width: u32, height: u32) -> Frame {
    let whole = [0.0, 0.0, frame.width as f32, frame.height as f32];
    Resampler::new((frame.width, frame.height), whole, (width, height)).apply(frame)
}

pub(super) fn scaled(frames: &[Frame], times: u32, over: u32) -> Vec<Frame> {
    frames.iter().map(|f| resize(f, f.width * times / over, f.height * times / over)).collect()
}

pub(super) fn pad(frame: &Frame, width: u32, height: u32) -> Frame {
    let mut rgb = vec![0; (width * height * 3) as usize];
    let (x0, y0) = ((width - frame.width) / 2, (height - frame.height) / 2);
    for (y, row) in frame.rgb.chunks_exact(frame.width as usize * 3).enumerate() {
        let at = (((y as u32 + y0) * width + x0) * 3) as usize;
        rgb[at..at + row.len()].copy_from_slice(row);
    }
    Frame { width, height, rgb }
}

/// Where a shaking hand holds a frame: anywhere within `reach` pixels, but the first in its place.
pub(super) fn shake(frame: usize, reach: i32) -> [i32; 2] {
    let random = |salt: u32| {
        let mixed = (frame as u32).wrapping_mul(0x9e37_79b9).wrapping_add(salt).wrapping_mul(0x85eb_ca6b);
        ((mixed >> 16) % (2 * reach as u32 + 1)) as i32 - reach
    };
    if frame == 0 { [0; 2] } else { [random(1), random(7919)] }
}

/// The whole picture moved by whole pixels, its edge repeated.
pub(crate) fn moved(frame: &Frame, [dx, dy]: [i32; 2]) -> Frame {
    let (width, height) = (frame.width as i32, frame.height as i32);
    let mut rgb = Vec::with_capacity(frame.rgb.len());
    for y in 0..height {
        for x in 0..width {
            let at = ((y - dy).clamp(0, height - 1) * width + (x - dx).clamp(0, width - 1)) as usize * 3;
            rgb.extend_from_slice(&frame.rgb[at..at + 3]);
        }
    }
    Frame { rgb, ..*frame }
}

/// Each channel times a gain.
pub(super) fn gain(frame: &Frame, gains: [f32; 3]) -> Frame {
    let pixel = |p: &[u8]| [0, 1, 2].map(|c| (f32::from(p[c]) * gains[c] + 0.5).min(255.0) as u8);
    Frame { rgb: frame.rgb.chunks_exact(3).flat_map(pixel).collect(), ..*frame }
}

/// Blocks of 8 by 8 pixels, each lighter or darker by up to two steps, others in each frame but the first.
pub(super) fn blocks(frame: &Frame, number: usize) -> Frame {
    let width = frame.width as usize;
    let value = |(at, &v): (usize, &u8)| {
        let (x, y) = (at / 3 % width / 8, at / 3 / width / 8);
        let mixed = ((x * 73 + y * 179 + number * 283) as u32).wrapping_mul(0x9e37_79b9) >> 16;
        let step = if number == 0 { 0 } else { (mixed % 5) as i32 - 2 };
        (i32::from(v) + step).clamp(0, 255) as u8
    };
    Frame { rgb: frame.rgb.iter().enumerate().map(value).collect(), ..*frame }
}

/// Lightness as it is, colour from a quarter of the width and height: half of what 4:2:0 keeps.
pub(super) fn half_colour(frame: &Frame) -> Frame {
    let small = resize(frame, (frame.width / 4).max(1), (frame.height / 4).max(1));
    let coarse = resize(&small, frame.width, frame.height);
    let light = |p: &[u8]| (299 * i32::from(p[0]) + 587 * i32::from(p[1]) + 114 * i32::from(p[2]) + 500) / 1000;
    let pixel = |(own, coarse): (&[u8], &[u8])| {
        let lift = light(own) - light(coarse);
        [0, 1, 2].map(|c| (i32::from(coarse[c]) + lift).clamp(0, 255) as u8)
    };
    Frame { rgb: frame.rgb.chunks_exact(3).zip(coarse.rgb.chunks_exact(3)).flat_map(pixel).collect(), ..*frame }
}
