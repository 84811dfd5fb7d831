//! Planes of numbers: sampled between pixels, blurred, halved and doubled.

/// Row by row; the middle of pixel 0 is at 0.5.
#[derive(Clone, Debug, Default)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<f32>,
}

impl Plane {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, values: vec![0.0; width * height] }
    }

    /// Linear between pixels, its edge repeated.
    #[inline]
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = ((x - 0.5).clamp(0.0, (self.width - 1) as f32), (y - 0.5).clamp(0.0, (self.height - 1) as f32));
        let (left, top) = ((x as usize).min(self.width - 2), (y as usize).min(self.height - 2));
        let (px, py) = (x - left as f32, y - top as f32);
        let row = &self.values[top * self.width + left..];
        let (above, below) = (row[0] + px * (row[1] - row[0]), row[self.width] + px * (row[self.width + 1] - row[self.width]));
        above + py * (below - above)
    }

    /// The value at a place, and what it rises by to the right and downwards, from a pixel before to a pixel after.
    #[inline]
    pub(super) fn with_slopes(&self, x: f32, y: f32) -> [f32; 3] {
        let (u, v) = ((x - 0.5).max(0.0), (y - 0.5).max(0.0));
        let (left, top) = (u as usize, v as usize);
        if left < 1 || top < 1 || left + 2 >= self.width || top + 2 >= self.height {
            let rise = |dx: f32, dy: f32| 0.5 * (self.at(x + dx, y + dy) - self.at(x - dx, y - dy));
            return [self.at(x, y), rise(1.0, 0.0), rise(0.0, 1.0)];
        }
        let (px, py) = (u - left as f32, v - top as f32);
        let first = (top - 1) * self.width + left - 1;
        let row = |k: usize| &self.values[first + k * self.width..][..4];
        let [above, upper, lower, below] = [row(0), row(1), row(2), row(3)];
        let across = |row: &[f32], k: usize| row[k] + px * (row[k + 1] - row[k]);
        let down = |a: f32, b: f32| a + py * (b - a);
        let middle = [across(above, 1), across(upper, 1), across(lower, 1), across(below, 1)];
        let right = down(across(upper, 2), across(lower, 2)) - down(across(upper, 0), across(lower, 0));
        let downwards = down(middle[2], middle[3]) - down(middle[0], middle[1]);
        [down(middle[1], middle[2]), 0.5 * right, 0.5 * downwards]
    }

    /// A 3x3 binomial blur, edges repeated.
    pub(super) fn blurred(&self) -> Self {
        let (w, h) = (self.width, self.height);
        let mut out = Self::new(w, h);
        let mut column = vec![0.0_f32; w];
        for y in 0..h {
            let row = |y: usize| &self.values[y * w..(y + 1) * w];
            let (above, here, below) = (row(y.saturating_sub(1)), row(y), row((y + 1).min(h - 1)));
            for (c, ((a, b), z)) in column.iter_mut().zip(above.iter().zip(here).zip(below)) {
                *c = a + 2.0 * b + z;
            }
            let line = &mut out.values[y * w..(y + 1) * w];
            for x in 1..w - 1 {
                line[x] = (column[x - 1] + 2.0 * column[x] + column[x + 1]) * (1.0 / 16.0);
            }
            line[0] = (3.0 * column[0] + column[1]) * (1.0 / 16.0);
            line[w - 1] = (3.0 * column[w - 1] + column[w - 2]) * (1.0 / 16.0);
        }
        out
    }

    /// Half the size.
    pub(super) fn halved(&self) -> Self {
        let (w, h) = ((self.width / 2).max(2), (self.height / 2).max(2));
        let mut out = Self::new(w, h);
        for (y, line) in out.values.chunks_exact_mut(w).enumerate() {
            let rows = [2 * y, (2 * y + 1).min(self.height - 1)]
                .map(|y| &self.values[y.min(self.height - 1) * self.width..][..self.width]);
            for (x, v) in line.iter_mut().enumerate() {
                let (a, b) = ((2 * x).min(self.width - 1), (2 * x + 1).min(self.width - 1));
                *v = (rows[0][a] + rows[0][b] + rows[1][a] + rows[1][b]) * 0.25;
            }
        }
        out
    }

    /// Twice the size, as large as another.
    pub(super) fn doubled(&self, width: usize, height: usize) -> Self {
        let mut out = Self::new(width, height);
        for (y, line) in out.values.chunks_exact_mut(width).enumerate() {
            let row = &self.values[(y / 2).min(self.height - 1) * self.width..][..self.width];
            for (x, v) in line.iter_mut().enumerate() {
                *v = row[(x / 2).min(self.width - 1)];
            }
        }
        out.blurred()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_differences_of_values() {
        let mut plane = Plane::new(9, 7);
        plane.values.iter_mut().enumerate().for_each(|(i, v)| *v = ((i * 37) % 101) as f32);
        for (x, y) in [(4.3, 3.1), (2.5, 2.5), (0.2, 0.9), (8.7, 6.6), (6.4, 4.9)] {
            let rise = |dx: f32, dy: f32| 0.5 * (plane.at(x + dx, y + dy) - plane.at(x - dx, y - dy));
            let wanted = [plane.at(x, y), rise(1.0, 0.0), rise(0.0, 1.0)];
            let found = plane.with_slopes(x, y);
            assert!((0..3).all(|k| (found[k] - wanted[k]).abs() < 1e-3), "{x} {y}: {found:?}, not {wanted:?}");
        }
    }
}
