//! The truth at the size of analysis: which pixel should show which object, in every frame of the ground truth.

use crate::{Footage, ObjectTruth, Silhouette, Surface, Truth, paint};

/// What a map says where no object stands.
pub(crate) const BACKGROUND: u8 = 0;

/// One object of the truth.
pub(crate) struct Thing {
    pub(crate) name: String,
    pub(crate) surface: Surface,
    /// Its number in the maps: index + 1.
    pub(crate) label: u8,
    /// Projected centre of mass per frame.
    pub(crate) centers: Vec<[f32; 2]>,
    /// Pixels of it that a map shows, per frame.
    pub(crate) visible: Vec<f32>,
    /// Centroid of those pixels, per frame; the projected centre where none is visible.
    pub(crate) centroids: Vec<[f32; 2]>,
    /// Radius of the disc of the same area as the whole outline, per frame.
    pub(crate) radii: Vec<f32>,
}

/// The truth, scaled, sorted and painted.
pub(crate) struct Maps {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Frames of the ground truth.
    pub(crate) frames: usize,
    pub(crate) fps: f32,
    /// Every object of the truth, in its order.
    pub(crate) things: Vec<Thing>,
    /// Distinct maps; `map_of` picks one per frame.
    maps: Vec<Vec<u8>>,
    map_of: Vec<usize>,
    /// Footage pixels per truth pixel, across and down.
    pub(crate) scale: [f32; 2],
}

impl Maps {
    pub(crate) fn new(truth: &Truth, footage: &Footage) -> Self {
        let (width, height) = (footage.first_frame.width as usize, footage.first_frame.height as usize);
        let (sx, sy) = (width as f32 / truth.clip.width as f32, height as f32 / truth.clip.height as f32);
        let mut maps = Self {
            width,
            height,
            frames: truth.clip.frames as usize,
            fps: truth.clip.fps as f32,
            things: Vec::new(),
            maps: Vec::new(),
            map_of: Vec::new(),
            scale: [sx, sy],
        };
        maps.paint_maps(truth, (sx, sy));
        maps
    }

    /// Index of the object of a name.
    ///
    /// # Errors
    /// A sentence if the truth has no such object.
    pub(crate) fn index(&self, name: &str) -> Result<usize, String> {
        let found = self.things.iter().position(|t| t.name == name);
        found.ok_or_else(|| format!("truth.task names `{name}`, which truth.objects lacks"))
    }

    /// Whether a map's label is that of one of some things.
    pub(crate) fn is_any(&self, label: u8, things: &[usize]) -> bool {
        things.iter().any(|&t| self.things[t].label == label)
    }

    /// Which object each pixel should show in a frame of the ground truth.
    pub(crate) fn map(&self, frame: usize) -> &[u8] {
        &self.maps[self.map_of[frame.min(self.frames - 1)]]
    }

    fn paint_maps(&mut self, truth: &Truth, (sx, sy): (f32, f32)) {
        let (width, height) = (self.width, self.height);
        let scaled: Vec<Vec<Silhouette>> = truth.objects.iter().map(|o| scale_track(o, sx, sy)).collect();
        self.things = truth
            .objects
            .iter()
            .enumerate()
            .map(|(i, object)| Thing {
                name: object.name.clone(),
                surface: object.surface,
                label: i as u8 + 1,
                centers: Vec::with_capacity(self.frames),
                visible: Vec::with_capacity(self.frames),
                centroids: Vec::with_capacity(self.frames),
                radii: Vec::with_capacity(self.frames),
            })
            .collect();
        let mut previous: Option<Vec<usize>> = None;
        for frame in 0..self.frames as u32 {
            let entries: Vec<usize> = truth.objects.iter().map(|o| o.track.partition_point(|s| s.frame <= frame) - 1).collect();
            if previous.as_ref() == Some(&entries) {
                // Nothing moved: the frame shows what the one before it shows.
                self.map_of.push(self.maps.len() - 1);
                for thing in &mut self.things {
                    for_last(thing);
                }
                continue;
            }
            let shapes = entries.iter().zip(&scaled).enumerate();
            let map =
                paint(width, height, shapes.map(|(i, (&e, track))| (i as u8 + 1, track[e].depth, track[e].outline.as_slice())));
            let (mut counts, mut sums) = (vec![0_u32; self.things.len()], vec![[0_u64; 2]; self.things.len()]);
            for (at, &label) in map.iter().enumerate().filter(|(_, l)| **l != BACKGROUND) {
                let i = usize::from(label) - 1;
                counts[i] += 1;
                sums[i][0] += (at % width) as u64;
                sums[i][1] += (at / width) as u64;
            }
            for (i, thing) in self.things.iter_mut().enumerate() {
                let silhouette = &scaled[i][entries[i]];
                let shown = counts[i] as f32;
                thing.centers.push(silhouette.center);
                // What scenery hides is known to the truth only, as a count.
                thing.visible.push(shown.min(silhouette.visible_px));
                thing.centroids.push(if counts[i] == 0 {
                    silhouette.center
                } else {
                    [sums[i][0] as f32 / shown + 0.5, sums[i][1] as f32 / shown + 0.5]
                });
                thing.radii.push((area(&silhouette.outline) / std::f32::consts::PI).sqrt());
            }
            self.maps.push(map);
            self.map_of.push(self.maps.len() - 1);
            previous = Some(entries);
        }
    }

    /// Pixels that any object covers in any frame.
    pub(crate) fn ever_covered(&self) -> Vec<bool> {
        let mut covered = vec![false; self.width * self.height];
        for map in &self.maps {
            for (c, &label) in covered.iter_mut().zip(map) {
                *c |= label != BACKGROUND;
            }
        }
        covered
    }
}

fn for_last(thing: &mut Thing) {
    fn again<T: Copy>(v: &mut Vec<T>) {
        if let Some(&last) = v.last() {
            v.push(last);
        }
    }
    again(&mut thing.centers);
    again(&mut thing.visible);
    again(&mut thing.centroids);
    again(&mut thing.radii);
}

fn scale_track(object: &ObjectTruth, sx: f32, sy: f32) -> Vec<Silhouette> {
    object
        .track
        .iter()
        .map(|s| Silhouette {
            frame: s.frame,
            center: [s.center[0] * sx, s.center[1] * sy],
            depth: s.depth,
            outline: s.outline.iter().map(|p| [p[0] * sx, p[1] * sy]).collect(),
            visible_px: s.visible_px * sx * sy,
        })
        .collect()
}

/// The shoelace formula.
fn area(outline: &[[f32; 2]]) -> f32 {
    let twice: f32 = (0..outline.len())
        .map(|i| {
            let (a, b) = (outline[i], outline[(i + 1) % outline.len()]);
            a[0] * b[1] - b[0] * a[1]
        })
        .sum();
    twice.abs() / 2.0
}

/// The pixels of `map` that carry `label` and whose four neighbours do too.
pub(crate) fn core_of(map: &[u8], width: usize, label: u8) -> Vec<usize> {
    let height = map.len() / width;
    let mut found = Vec::new();
    for y in 1..height.saturating_sub(1) {
        for at in y * width + 1..(y + 1) * width - 1 {
            if map[at] == label && [at - 1, at + 1, at - width, at + width].iter().all(|&n| map[n] == label) {
                found.push(at);
            }
        }
    }
    found
}

/// Sets every pixel within `reach` (in the maximum norm) of a set one.
pub(crate) fn dilate(mask: &mut [bool], width: usize, reach: usize) {
    let height = mask.len() / width;
    // Along rows, then along columns.
    let source = mask.to_vec();
    for y in 0..height {
        let row = &source[y * width..(y + 1) * width];
        for x in 0..width {
            mask[y * width + x] = row[x.saturating_sub(reach)..(x + reach + 1).min(width)].contains(&true);
        }
    }
    let source = mask.to_vec();
    for y in 0..height {
        for x in 0..width {
            mask[y * width + x] = (y.saturating_sub(reach)..(y + reach + 1).min(height)).any(|r| source[r * width + x]);
        }
    }
}

/// Fills what is narrower than twice `reach`: grain, glints, the dark seam between two faces.
pub(crate) fn close(mask: &mut [bool], width: usize, reach: usize) {
    dilate(mask, width, reach);
    mask.iter_mut().for_each(|m| *m = !*m);
    dilate(mask, width, reach);
    mask.iter_mut().for_each(|m| *m = !*m);
}
