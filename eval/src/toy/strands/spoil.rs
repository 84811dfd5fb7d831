//! What cameras, codecs and players do to a picture.

use crate::Frame;

use super::{Dice, paint};

/// What is done to a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spoil {
    /// Passes of a 3x3 binomial blur.
    pub blur: u32,
    /// Standard deviation of noise, of 255.
    pub noise: f32,
    /// Side of the squares that share their colour: 2 for 4:2:0, 0 or 1 for none.
    pub chroma: usize,
    /// Of the noise.
    pub seed: u64,
}

/// A picture in linear light as a video shows it.
#[must_use]
pub fn spoil(linear: &[[f32; 3]], width: usize, spoil: &Spoil) -> Frame {
    let mut values: Vec<[f32; 3]> = linear.iter().map(|p| paint::encode(*p)).collect();
    for _ in 0..spoil.blur {
        values = blurred(&values, width);
    }
    if spoil.noise > 0.0 {
        let mut dice = Dice::new(spoil.seed);
        // Of three numbers the sum has a variance of a quarter.
        let mut normal = || (dice.next() + dice.next() + dice.next() - 1.5) * 2.0;
        values.iter_mut().flatten().for_each(|v| *v += spoil.noise * normal());
    }
    if spoil.chroma > 1 {
        values = coarse(&values, width, spoil.chroma);
    }
    paint::frame(&values, width)
}

fn blurred(values: &[[f32; 3]], width: usize) -> Vec<[f32; 3]> {
    let height = values.len() / width.max(1);
    let at = |x: usize, y: usize, dx: isize, dy: isize| {
        let place = |v: usize, d: isize, n: usize| (v as isize + d).clamp(0, n as isize - 1) as usize;
        values[place(y, dy, height) * width + place(x, dx, width)]
    };
    let mut out = Vec::with_capacity(values.len());
    for y in 0..height {
        for x in 0..width {
            let mut sum = [0.0; 3];
            for (dy, wy) in [(-1, 1.0), (0, 2.0), (1, 1.0)] {
                for (dx, wx) in [(-1, 1.0), (0, 2.0), (1, 1.0)] {
                    let p = at(x, y, dx, dy);
                    (0..3).for_each(|c| sum[c] += wx * wy * p[c] / 16.0);
                }
            }
            out.push(sum);
        }
    }
    out
}

/// Luma of each pixel, colour differences of squares (ITU-R BT.709), spread linearly between their middles, as players do.
fn coarse(values: &[[f32; 3]], width: usize, side: usize) -> Vec<[f32; 3]> {
    let height = values.len() / width.max(1);
    let luma = |p: [f32; 3]| 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
    let (across, down) = (width.div_ceil(side), height.div_ceil(side));
    let mut sums = vec![([0.0_f32; 2], 0.0_f32); across * down];
    for (i, p) in values.iter().enumerate() {
        let cell = &mut sums[(i / width / side) * across + i % width / side];
        let y = luma(*p);
        cell.0 = [cell.0[0] + p[2] - y, cell.0[1] + p[0] - y];
        cell.1 += 1.0;
    }
    let cells: Vec<[f32; 2]> = sums.iter().map(|(sum, n)| sum.map(|s| (s / n).round())).collect();
    let spread = |i: usize| {
        let place = |v: usize, n: usize| {
            let at = ((v as f32 + 0.5) / side as f32 - 0.5).clamp(0.0, (n - 1) as f32);
            (at as usize, (at as usize + 1).min(n - 1), at.fract())
        };
        let ((x0, x1, fx), (y0, y1, fy)) = (place(i % width, across), place(i / width, down));
        [0, 1].map(|c| {
            let row = |y: usize| cells[y * across + x0][c] * (1.0 - fx) + cells[y * across + x1][c] * fx;
            row(y0) * (1.0 - fy) + row(y1) * fy
        })
    };
    let pixel = |(i, p): (usize, &[f32; 3])| {
        let (y, [b, r]) = (luma(*p), spread(i));
        let (red, blue) = (y + r, y + b);
        [red, (y - 0.2126 * red - 0.0722 * blue) / 0.7152, blue]
    };
    values.iter().enumerate().map(pixel).collect()
}
