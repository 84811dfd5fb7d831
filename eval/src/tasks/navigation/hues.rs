//! In which columns of a picture the landmarks' colours are seen.

use crate::analysis::palette::linear_table;
use crate::hue::{SATURATED, WIDEST, chroma, told_apart};
use crate::{Frame, Truth};

use super::NavigationTruth;
use super::picture::Shown;

/// The least difference of a pixel's channels to have a hue.
const LEAST: u8 = 22;
/// Share of a landmark's declared chroma that a pixel of it has at least.
const SHARE: f32 = 0.4;

/// The hues to look for.
pub(super) struct Palette {
    linear: [f32; 256],
    /// Direction and length of each hue's chroma.
    hues: Vec<([f32; 2], f32)>,
    /// Which hue each landmark has; none if it has no hue.
    pub(super) of: Vec<Option<usize>>,
}

/// How many pixels of each hue stand in the columns before each; in all rows, and in those below the horizon, where no sky is.
pub(super) struct Hues {
    before: Vec<Vec<u32>>,
    below: Vec<Vec<u32>>,
}

impl Palette {
    pub(super) fn new(truth: &Truth, task: &NavigationTruth) -> Self {
        let linear = linear_table();
        let color = |name: &str| truth.object(name).map_or([0; 3], |o| o.color).map(|c| linear[usize::from(c)]);
        let mut known: Vec<[f32; 3]> = Vec::new();
        let mut of = Vec::new();
        for landmark in &task.landmarks {
            let color = color(&landmark.name);
            if crate::hue::is_pale(color) {
                of.push(None);
                continue;
            }
            let class = known.iter().position(|k| !told_apart(*k, color)).unwrap_or(known.len());
            if class == known.len() {
                known.push(color);
            }
            of.push(Some(class));
        }
        let hue = |color: &[f32; 3]| {
            let ([u, v], _) = chroma(*color);
            let length = (u * u + v * v).sqrt();
            ([u / length, v / length], length)
        };
        Self { linear, hues: known.iter().map(hue).collect(), of }
    }

    /// Number of hues.
    pub(super) fn len(&self) -> usize {
        self.hues.len()
    }

    /// Which hue a pixel has.
    pub(super) fn class(&self, rgb: [u8; 3]) -> Option<usize> {
        let [r, g, b] = rgb;
        if r.max(g).max(b) - r.min(g).min(b) < LEAST {
            return None;
        }
        let ([u, v], _) = chroma(rgb.map(|c| self.linear[usize::from(c)]));
        let mut best = (WIDEST, None);
        for (class, ([x, y], length)) in self.hues.iter().enumerate() {
            let (along, aside) = (u * x + v * y, (v * x - u * y).abs());
            if along > SATURATED.max(SHARE * length) && aside < best.0 * along {
                best = (aside / along, Some(class));
            }
        }
        best.1
    }
}

impl Hues {
    pub(super) fn new(frame: &Frame, shown: &Shown, palette: &Palette) -> Self {
        let full = frame.width as usize;
        let (width, height) = (shown.width, shown.inside.len() / shown.width);
        let mut counts = vec![vec![0_u32; width + 1]; palette.len()];
        let mut below = counts.clone();
        for y in 0..height {
            for (x, inside) in shown.inside[y * width..(y + 1) * width].iter().enumerate() {
                let at = 3 * (2 * y * full + 2 * x);
                let near = |c: usize| {
                    let sum =
                        [at, at + 3, at + 3 * full, at + 3 * full + 3].iter().map(|&i| u32::from(frame.rgb[i + c])).sum::<u32>();
                    (sum / 4) as u8
                };
                let (r, g, b) = (frame.rgb[at], frame.rgb[at + 1], frame.rgb[at + 2]);
                // Most pixels are pale, and the first of four says so.
                if *inside < 0.5 || r.max(g).max(b) - r.min(g).min(b) < LEAST / 2 {
                    continue;
                }
                if let Some(class) = palette.class([near(0), near(1), near(2)]) {
                    counts[class][x + 1] += 1;
                    below[class][x + 1] += u32::from(2 * y >= height);
                }
            }
        }
        for columns in counts.iter_mut().chain(&mut below) {
            for x in 1..columns.len() {
                columns[x] += columns[x - 1];
            }
        }
        Self { before: counts, below }
    }

    /// Pixels of a hue between two columns.
    pub(super) fn count(&self, class: usize, from: f32, to: f32) -> u32 {
        between(&self.before[class], from, to)
    }

    /// All pixels of a hue.
    pub(super) fn total(&self, class: usize) -> u32 {
        self.before[class].last().copied().unwrap_or(0)
    }

    /// Pixels of a hue below the horizon beside all of some spans of columns.
    pub(super) fn beside(&self, class: usize, spans: &[[f32; 2]]) -> u32 {
        let columns = &self.below[class];
        let (mut left, mut count) = (0.0, 0);
        let mut spans = spans.to_vec();
        spans.sort_by(|a, b| a[0].total_cmp(&b[0]));
        for [from, to] in spans {
            count += between(columns, left, from - 0.5);
            left = to.max(left);
        }
        count + between(columns, left, columns.len() as f32)
    }

    /// The mean column of a hue's pixels between two columns.
    pub(super) fn middle(&self, class: usize, from: f32, to: f32) -> Option<f32> {
        let columns = &self.before[class];
        let at = |x: f32| (x.max(0.0) as usize).min(columns.len() - 1);
        let (first, last) = (at(from), at(to + 0.5));
        let count = columns[last].saturating_sub(columns[first]);
        let sum: f32 = (first..last).map(|x| (columns[x + 1] - columns[x]) as f32 * (x as f32 + 0.5)).sum();
        (count > 0).then(|| sum / count as f32)
    }
}

fn between(columns: &[u32], from: f32, to: f32) -> u32 {
    let at = |x: f32| x.clamp(0.0, (columns.len() - 1) as f32) as usize;
    columns[at(to + 0.5)].saturating_sub(columns[at(from)])
}
