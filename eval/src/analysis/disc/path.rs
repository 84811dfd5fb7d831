//! A disc's known way, by arc length.

use super::super::maps::Thing;
use super::{distance, interpolate, mix2};

/// The way from the start to a frame of the truth, by arc length.
pub(crate) struct Path {
    /// Arc length at each frame of the truth, up to the last.
    length_at: Vec<f32>,
    /// Points one pixel apart: centre and radius.
    pub(super) points: Vec<([f32; 2], f32)>,
}

impl Path {
    /// The way of `thing` up to frame `until`.
    pub(crate) fn new(thing: &Thing, until: usize) -> Self {
        let until = until.clamp(1, thing.centers.len() - 1);
        let mut length_at = vec![0.0_f32];
        for frame in 1..=until {
            length_at.push(length_at[frame - 1] + distance(thing.centers[frame - 1], thing.centers[frame]));
        }
        let total = length_at[until];
        let mut points = Vec::new();
        let mut frame = 0;
        for step in 0..=(total as usize) {
            let along = step as f32;
            while frame + 1 < until && length_at[frame + 1] < along {
                frame += 1;
            }
            let (low, high) = (length_at[frame], length_at[frame + 1]);
            let part = if high - low > 1e-6 { ((along - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
            let center = mix2(thing.centers[frame], thing.centers[frame + 1], part);
            points.push((center, thing.radii[frame] + (thing.radii[frame + 1] - thing.radii[frame]) * part));
        }
        Self { length_at, points }
    }

    /// A straight one, a pixel a frame, for tests.
    #[cfg(test)]
    pub(super) fn straight(from: [f32; 2], to: [f32; 2], radius: f32) -> Self {
        let total = distance(from, to);
        let length_at: Vec<f32> = (0..=total as usize).map(|step| step as f32).collect();
        let points = length_at.iter().map(|along| (mix2(from, to, along / total), radius)).collect();
        Self { length_at, points }
    }

    /// Last frame of the truth on it.
    pub(crate) fn until(&self) -> usize {
        self.length_at.len() - 1
    }

    /// Arc length at a (fractional) frame of the truth, held beyond its ends.
    pub(crate) fn length(&self, frame: f32) -> f32 {
        interpolate(&self.length_at, frame)
    }

    /// The (fractional) frame of the truth at which the disc leaves an arc length behind.
    pub(crate) fn moment(&self, along: f32) -> f32 {
        let low = self.length_at.partition_point(|&l| l <= along).clamp(1, self.length_at.len()) - 1;
        let Some(&next) = self.length_at.get(low + 1) else { return low as f32 };
        low as f32 + ((along - self.length_at[low]) / (next - self.length_at[low]).max(1e-6)).clamp(0.0, 1.0)
    }

    /// Arc length of the whole way.
    pub(crate) fn total(&self) -> f32 {
        *self.length_at.last().unwrap_or(&0.0)
    }

    /// The point at an arc length.
    pub(crate) fn point(&self, along: f32) -> [f32; 2] {
        self.points[(along.max(0.0) as usize).min(self.points.len() - 1)].0
    }

    /// Arc length of the point of the path nearest to a place.
    pub(crate) fn project(&self, place: [f32; 2]) -> f32 {
        let to = |i: &usize| distance(self.points[*i].0, place);
        (0..self.points.len()).min_by(|a, b| to(a).total_cmp(&to(b))).unwrap_or(0) as f32
    }

    /// First frame of the truth in which the disc has moved visibly.
    pub(crate) fn first_move(&self) -> usize {
        self.length_at.iter().position(|&l| l > 1.5).unwrap_or(self.length_at.len() - 1)
    }
}
