//! Label maps: which object each pixel of the picture should show, at the evaluator's own size.

use super::{CodedMaps, Truth};

/// Label of what no object of the truth covers.
pub const BACKGROUND: u8 = 0;
/// Label of what may show anything: mirrors, glass, glow.
pub const NO_MATTER: u8 = 255;
/// Most pixels of a map, and so of the pictures that an evaluator looks at.
pub const MAX_MAP_PIXELS: u32 = 150_000;

/// The size of the maps of a picture: its own, or the largest of the same aspect with at most [`MAX_MAP_PIXELS`].
#[must_use]
pub fn map_size((width, height): (u32, u32)) -> (u32, u32) {
    let (pixels, most) = (f64::from(width) * f64::from(height), f64::from(MAX_MAP_PIXELS));
    if pixels <= most {
        return (width, height);
    }
    let scale = (most / pixels).sqrt();
    let side = |length: u32, least: u32| ((f64::from(length) * scale).round() as u32).max(least);
    let (mut w, mut h) = (side(width, 16), side(height, 16));
    // Rounding up, or a picture of 8192x16, may pass the bound.
    while w * h > MAX_MAP_PIXELS {
        if w >= h {
            w -= 1;
        } else {
            h -= 1;
        }
    }
    (w, h)
}

/// The maps, unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelMaps {
    /// Pixels.
    pub width: usize,
    /// Pixels.
    pub height: usize,
    /// First frame that each entry holds for.
    pub frames: Vec<u32>,
    /// Labels of all entries, one after the other, each row by row from the top.
    cells: Vec<u8>,
}

impl LabelMaps {
    /// Entries of `width * height` labels each.
    ///
    /// # Panics
    /// If the number of labels is another.
    #[must_use]
    pub fn new(width: usize, height: usize, frames: Vec<u32>, cells: Vec<u8>) -> Self {
        assert_eq!(cells.len(), width * height * frames.len(), "labels of {} entries of {width}x{height}", frames.len());
        Self { width, height, frames, cells }
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.frames.len()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// The entry that holds for a frame: the last that begins at it or before.
    #[must_use]
    pub fn entry_of(&self, frame: u32) -> usize {
        self.frames.partition_point(|&f| f <= frame).saturating_sub(1)
    }

    /// The labels of an entry, row by row from the top.
    ///
    /// # Panics
    /// If there are fewer entries.
    #[must_use]
    pub fn entry(&self, entry: usize) -> &[u8] {
        let size = self.width * self.height;
        &self.cells[entry * size..(entry + 1) * size]
    }

    /// How many pixels of an entry carry each label.
    ///
    /// # Panics
    /// As [`LabelMaps::entry`].
    #[must_use]
    pub fn counts(&self, entry: usize) -> [u32; 256] {
        let mut counts = [0; 256];
        for &label in self.entry(entry) {
            counts[usize::from(label)] += 1;
        }
        counts
    }

    /// The pixels that carry a label in any entry.
    #[must_use]
    pub fn ever_covered(&self) -> Vec<bool> {
        let mut covered = vec![false; self.width * self.height];
        for entry in 0..self.len() {
            covered.iter_mut().zip(self.entry(entry)).for_each(|(c, &label)| *c |= label != BACKGROUND);
        }
        covered
    }

    /// Coded, as they stand in the truth.
    #[must_use]
    pub fn pack(&self) -> CodedMaps {
        CodedMaps::pack(self.width, self.height, &self.frames, &self.cells)
    }
}

impl Truth {
    /// The maps, unpacked.
    ///
    /// # Errors
    /// What is wrong with the code, or with a label, in a sentence.
    pub fn label_maps(&self) -> Result<LabelMaps, String> {
        self.check_maps()?;
        let maps = &self.maps;
        let cells = maps.unpack()?;
        let most = self.objects.len();
        let known = |label: u8| usize::from(label) <= most || label == NO_MATTER;
        // The largest label but one tells, and is found eight times as fast as the first that is wrong.
        let largest = cells.iter().map(|&l| if l == NO_MATTER { 0 } else { l }).max().unwrap_or(0);
        if !known(largest) {
            return Err(format!("truth.maps has the label {largest}, but there are {most} objects"));
        }
        Ok(LabelMaps::new(maps.width as usize, maps.height as usize, maps.frames.clone(), cells))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_the_bound_and_the_aspect() {
        for size in [(480, 300), (800, 500), (832, 480), (512, 512), (1024, 1024), (8192, 16), (17, 8192), (1920, 1080)] {
            let (w, h) = map_size(size);
            assert!(w * h <= MAX_MAP_PIXELS && w >= 16 && h >= 16, "{size:?}: {w}x{h}");
            let off = (w as f32 / h as f32) / (size.0 as f32 / size.1 as f32);
            assert!((off - 1.0).abs() < 0.01 || size.0.min(size.1) < 100, "{size:?}: {w}x{h}");
        }
        assert_eq!(map_size((480, 300)), (480, 300));
        assert_eq!(map_size((800, 500)), (490, 306));
    }
}
