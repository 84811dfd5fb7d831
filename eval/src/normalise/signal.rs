//! The picture that registration looks at: small, and without what light does.

use crate::Frame;

/// Lightness of blocks of `block` by `block` pixels, softened, less its mean over a neighbourhood: a shadow's inside and a change of exposure
/// leave it nearly alone, edges stay. 0 to 255, and below.
pub(super) struct Signal {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<f32>,
}

/// Half the neighbourhood, pixels of the small picture.
const REACH: usize = 3;

impl Signal {
    pub(super) fn of(frame: &Frame, block: usize) -> Self {
        let (width, height) = (frame.width as usize / block, frame.height as usize / block);
        let soft = blur(&blocks(frame, block, (width, height)), width);
        let mean = means(&soft, width);
        let values = soft.iter().zip(&mean).map(|(s, m)| s - m).collect();
        Self { width, height, values }
    }

    /// Between the centres of its pixels; `None` beyond the outermost.
    pub(super) fn at(&self, [x, y]: [f32; 2]) -> Option<f32> {
        if !(x >= 0.0 && y >= 0.0 && x < (self.width - 1) as f32 && y < (self.height - 1) as f32) {
            return None;
        }
        let (left, top) = (x as usize, y as usize);
        let (u, v) = (x - left as f32, y - top as f32);
        let corner = top * self.width + left;
        let row = |from: usize| self.values[from] + (self.values[from + 1] - self.values[from]) * u;
        Some(row(corner) + (row(corner + self.width) - row(corner)) * v)
    }
}

fn blocks(frame: &Frame, block: usize, (width, height): (usize, usize)) -> Vec<f32> {
    let stride = frame.width as usize * 3;
    let mut light = Vec::with_capacity(width * height);
    let mut sums = vec![0_u16; stride];
    let share = 1.0 / (4 * block * block) as f32;
    for y in 0..height {
        // Down first: it runs along memory.
        sums.fill(0);
        for row in frame.rgb[y * block * stride..].chunks_exact(stride).take(block) {
            sums.iter_mut().zip(row).for_each(|(sum, &value)| *sum += u16::from(value));
        }
        let weigh = |pixels: &[u16]| pixels.chunks_exact(3).map(|p| u32::from(p[0] + 2 * p[1] + p[2])).sum::<u32>();
        light.extend(sums.chunks_exact(3 * block).map(|pixels| weigh(pixels) as f32 * share));
    }
    light
}

/// A 3x3 binomial filter, edges repeated: nearly straight between pixels' centres.
fn blur(light: &[f32], width: usize) -> Vec<f32> {
    let three = |a: f32, b: f32, c: f32| 0.25 * a + 0.5 * b + 0.25 * c;
    let rows: Vec<&[f32]> = light.chunks_exact(width.max(1)).collect();
    let mut out = Vec::with_capacity(light.len());
    let mut column = vec![0.0; width];
    for (y, here) in rows.iter().enumerate() {
        let (above, below) = (rows[y.saturating_sub(1)], rows[(y + 1).min(rows.len() - 1)]);
        for (x, sum) in column.iter_mut().enumerate() {
            *sum = three(above[x], here[x], below[x]);
        }
        out.extend((0..width).map(|x| three(column[x.saturating_sub(1)], column[x], column[(x + 1).min(width - 1)])));
    }
    out
}

/// Means over squares of [`REACH`] to each side, edges repeated.
fn means(light: &[f32], width: usize) -> Vec<f32> {
    let height = light.len() / width.max(1);
    let whole = (2 * REACH + 1) as f32;
    let mut across = Vec::with_capacity(light.len());
    let mut wide = vec![0.0; width + 2 * REACH];
    for row in light.chunks_exact(width.max(1)) {
        wide[REACH..REACH + width].copy_from_slice(row);
        wide[..REACH].fill(row[0]);
        wide[REACH + width..].fill(row[width - 1]);
        across.extend(wide.windows(2 * REACH + 1).map(|near| near.iter().sum::<f32>() / whole));
    }
    let mut out = vec![0.0; light.len()];
    for (y, line) in out.chunks_exact_mut(width.max(1)).enumerate() {
        for by in 0..=2 * REACH {
            let from = (y + by).saturating_sub(REACH).min(height - 1) * width;
            line.iter_mut().zip(&across[from..from + width]).for_each(|(sum, value)| *sum += value / whole);
        }
    }
    out
}
