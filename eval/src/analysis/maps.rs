//! The truth at the size of analysis: which pixel should show which object, in every frame of the ground truth.

use crate::truth::NO_MATTER;

pub(crate) use crate::truth::BACKGROUND;
use crate::{LabelMaps, Shown, Surface, Truth};

/// A thing that must still change less than this part of its area is at rest.
const AT_REST: f32 = 0.2;

/// One object of the truth.
pub(crate) struct Thing {
    pub(crate) name: String,
    pub(crate) surface: Surface,
    /// Its number in the maps: index + 1.
    pub(crate) label: u8,
    /// Projected centre per frame; while it has none, the last it had, or else the first it will have.
    pub(crate) centers: Vec<[f32; 2]>,
    /// Pixels of it that a map shows, per frame.
    pub(crate) visible: Vec<f32>,
    /// Centroid of those pixels, per frame; the projected centre where none is visible.
    pub(crate) centroids: Vec<[f32; 2]>,
    /// Radius of the disc of the same area as the whole thing, per frame.
    pub(crate) radii: Vec<f32>,
}

/// The truth, unpacked and counted.
pub(crate) struct Maps {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Frames of the ground truth.
    pub(crate) frames: usize,
    pub(crate) fps: f32,
    /// Every object of the truth, in its order.
    pub(crate) things: Vec<Thing>,
    labels: LabelMaps,
    /// The entry of each frame; while it is dark, of the last one that is not: nobody can know more.
    entry_of: Vec<usize>,
    /// Whether it is dark in any frame.
    pub(crate) goes_dark: bool,
    /// Pixels of the maps to one of the clip, across and down.
    pub(crate) scale: [f32; 2],
}

impl Maps {
    /// # Errors
    /// What is wrong with the code of the maps, in a sentence.
    pub(crate) fn new(truth: &Truth) -> Result<Self, String> {
        let labels = truth.label_maps()?;
        let scale = [labels.width as f32 / truth.clip.width as f32, labels.height as f32 / truth.clip.height as f32];
        let entry_of: Vec<usize> = (0..truth.clip.frames).map(|frame| labels.entry_of(frame)).collect();
        let is_dark = |entry: usize| truth.objects.first().is_some_and(|o| o.shown.get(entry) == Some(&Shown::Dark));
        let goes_dark = entry_of.iter().any(|&entry| is_dark(entry));
        let mut lit = entry_of.first().copied().unwrap_or(0);
        let hold = |entry: usize| {
            lit = if is_dark(entry) { lit } else { entry };
            lit
        };
        let entry_of: Vec<usize> = entry_of.into_iter().map(hold).collect();
        let (mut counts, mut centroids) = (Vec::new(), Vec::new());
        for entry in 0..labels.len() {
            let (n, middle) = count(labels.entry(entry), labels.width, truth.objects.len());
            counts.push(n);
            centroids.push(middle);
        }
        let things = truth.objects.iter().enumerate().map(|(i, object)| {
            let held = held(&object.center);
            let center = |e: usize| [held[e][0] * scale[0], held[e][1] * scale[1]];
            let radius = |e: usize| (object.whole_px[e] as f32 / std::f32::consts::PI).sqrt();
            Thing {
                name: object.name.clone(),
                surface: object.surface,
                label: i as u8 + 1,
                centers: entry_of.iter().map(|&e| center(e)).collect(),
                visible: entry_of.iter().map(|&e| counts[e][i] as f32).collect(),
                centroids: entry_of.iter().map(|&e| centroids[e][i].unwrap_or_else(|| center(e))).collect(),
                radii: entry_of.iter().map(|&e| radius(e)).collect(),
            }
        });
        Ok(Self {
            width: labels.width,
            height: labels.height,
            frames: truth.clip.frames as usize,
            fps: truth.clip.fps as f32,
            things: things.collect(),
            labels,
            entry_of,
            goes_dark,
            scale,
        })
    }

    /// Whether a map's label is that of one of some things.
    pub(crate) fn is_any(&self, label: u8, things: &[usize]) -> bool {
        things.iter().any(|&t| self.things[t].label == label)
    }

    /// The entry of a frame.
    pub(crate) fn entry_of(&self, frame: usize) -> usize {
        self.entry_of[frame.min(self.frames - 1)]
    }

    /// Which object each pixel should show in a frame of the ground truth.
    pub(crate) fn map(&self, frame: usize) -> &[u8] {
        self.labels.entry(self.entry_of[frame.min(self.frames - 1)])
    }

    /// The frame from which on nothing goes any way to speak of to where it ends, nor comes to light.
    pub(crate) fn rest(&self) -> usize {
        let end = self.map(self.frames - 1);
        let least: Vec<f32> =
            self.things.iter().map(|t| (AT_REST * std::f32::consts::PI * t.radii[0] * t.radii[0]).max(12.0)).collect();
        let moves = |frame: &usize| {
            let mut off = vec![0_u32; 256];
            for (&now, &then) in self.map(*frame).iter().zip(end).filter(|(a, b)| a != b) {
                off[usize::from(now)] += 1;
                off[usize::from(then)] += 1;
            }
            self.things.iter().zip(&least).any(|(thing, &least)| off[usize::from(thing.label)] as f32 >= least)
        };
        // What an entry shows is looked at once.
        let changes = (1..self.frames).rev().filter(|&f| self.entry_of[f] != self.entry_of[f - 1]);
        changes.map(|f| f - 1).find(moves).map_or(0, |frame| frame + 1)
    }

    /// Pixels that are free in any frame.
    pub(crate) fn ever_free(&self) -> Vec<bool> {
        let mut free = vec![false; self.width * self.height];
        for entry in 0..self.labels.len() {
            free.iter_mut().zip(self.labels.entry(entry)).for_each(|(free, label)| *free |= *label == NO_MATTER);
        }
        free
    }

    /// Pixels that any object covers in any frame.
    pub(crate) fn ever_covered(&self) -> Vec<bool> {
        self.labels.ever_covered()
    }
}

/// Each centre; while there is none, the last, or before the first that one, or the picture's corner if there never is one.
fn held(centers: &[Option<[f32; 2]>]) -> Vec<[f32; 2]> {
    let mut last = centers.iter().flatten().next().copied().unwrap_or_default();
    centers
        .iter()
        .map(|center| {
            last = center.unwrap_or(last);
            last
        })
        .collect()
}

/// How many pixels of a map carry the label of each object, and their centroid.
fn count(map: &[u8], width: usize, objects: usize) -> (Vec<u32>, Vec<Option<[f32; 2]>>) {
    let (mut counts, mut sums) = (vec![0_u32; objects], vec![[0_u64; 2]; objects]);
    for (y, row) in map.chunks_exact(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if let Some(i) = usize::from(run[0]).checked_sub(1).filter(|&i| i < objects) {
                let n = run.len() as u64;
                counts[i] += run.len() as u32;
                sums[i][0] += n * (2 * x as u64 + n - 1);
                sums[i][1] += n * 2 * y as u64;
            }
            x += run.len();
        }
    }
    let middle = |(&n, sum): (&u32, &[u64; 2])| (n > 0).then(|| sum.map(|s| s as f32 / (2 * n) as f32 + 0.5));
    let centroids = counts.iter().zip(&sums).map(middle).collect();
    (counts, centroids)
}
