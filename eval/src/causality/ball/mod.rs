//! Following the ball: a disc of known size, found by its difference from the background.

mod finder;
mod lattice;
mod likelihood;
mod path;

pub(crate) use finder::{DiscFinder, Known, Sighting};
pub(crate) use path::Path;

pub(crate) fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    (dx * dx + dy * dy).sqrt()
}

pub(crate) fn mix2(a: [f32; 2], b: [f32; 2], part: f32) -> [f32; 2] {
    [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]
}

/// Linear interpolation, held beyond the ends.
pub(crate) fn interpolate(values: &[f32], at: f32) -> f32 {
    let last = values.len() - 1;
    let at = at.clamp(0.0, last as f32);
    let low = at as usize;
    let high = (low + 1).min(last);
    values[low] + (values[high] - values[low]) * (at - low as f32)
}
