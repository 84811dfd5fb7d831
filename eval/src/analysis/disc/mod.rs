//! Following a round thing: a disc of known size, found by its difference from the background.

mod finder;
mod lattice;
mod likelihood;
mod path;

pub(crate) use finder::{DiscFinder, FAINTEST, Known, Sighting};
pub(crate) use path::Path;

use super::maps::Maps;
use super::palette::Palette;
use super::watch::Watch;
use crate::Frame;

/// A round thing, found on its known way in every frame.
pub(crate) struct Disc {
    /// Index of the thing.
    pub(crate) thing: usize,
    pub(crate) path: Path,
    pub(crate) finder: DiscFinder,
    /// Its best place on the path, per frame.
    pub(crate) sightings: Vec<Sighting>,
    /// Least strength of a sighting that counts as seen.
    pub(crate) threshold: f32,
}

impl Disc {
    /// `until` is the last frame of the truth of the known way. `thin`: frames may be blended, and show it at half its strength.
    pub(crate) fn find(subject: &Subject<'_>, until: usize, palette: &Palette, watch: &Watch, first: &Frame, thin: bool) -> Self {
        let finder = DiscFinder::new(subject, palette, watch, first, thin);
        let path = Path::new(&subject.maps.things[subject.thing], until);
        let sightings: Vec<Sighting> = (0..watch.marks.len()).map(|frame| finder.on_path(frame, &path)).collect();
        let threshold = DiscFinder::threshold(&sightings);
        Self { thing: subject.thing, path, finder, sightings, threshold }
    }
}

/// The thing to find, and what its surroundings say of it.
pub(crate) struct Subject<'a> {
    pub(crate) maps: &'a Maps,
    /// Index of the thing.
    pub(crate) thing: usize,
    /// Pixels that say nothing as long as they look as in the first frame: what stands before the thing there.
    pub(crate) shy: Vec<bool>,
    /// Where the targets stand at the start, a little widened: what shows there once they have gone is not the thing.
    pub(crate) vacated: Vec<bool>,
}

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
