//! One thing known by its declared hue alone, whatever the camera and the light do.

use crate::hue::{SATURATED, WIDEST, chroma};
use crate::truth::LabelMaps;
use crate::{Footage, Mask, Shown, Truth};

use super::follow::{Follow, Look, main_body};
use super::palette::linear_table;

/// A thing that is followed by its hue through a candidate which plays the whole of the truth evenly. For cameras that move, before which
/// [`Analysis`](super::Analysis) has nothing that stands still; what has no hue, or shares it with its surroundings, cannot be followed so.
pub struct ByHue {
    name: String,
    pixels: usize,
    /// Pixels of its hue, frame by frame of the candidate.
    seen: Vec<Vec<u32>>,
    /// Where it is seen, and where it should be.
    pub follow: Follow,
}

/// What the truth says of a thing in an entry of its maps.
#[derive(Clone, Copy, Debug, Default)]
struct Due {
    area: f32,
    centroid: [f32; 2],
}

impl ByHue {
    /// Looks for the object of a name in all of the footage.
    ///
    /// # Errors
    /// A sentence if the truth has no such object, its colour has no hue, its maps cannot be read, or there is nothing to look at.
    pub fn new(truth: &Truth, footage: &Footage, name: &str) -> Result<Self, String> {
        let index = truth.objects.iter().position(|o| o.name == name).ok_or_else(|| format!("truth.objects has no `{name}`"))?;
        let maps = truth.label_maps()?;
        let size = (footage.first_frame.width as usize, footage.first_frame.height as usize);
        if footage.frames.is_empty() || (maps.width, maps.height) != size {
            return Err("the footage is empty, or not of the size of truth.maps".to_owned());
        }
        let linear = linear_table();
        let ([u, v], _) = chroma(truth.objects[index].color.map(|c| linear[usize::from(c)]));
        let radius = (u * u + v * v).sqrt();
        if radius < 2.0 * SATURATED {
            return Err(format!("`{name}` has no hue"));
        }
        let is_it = |rgb: &[u8]| {
            let ([x, y], _) = chroma([0, 1, 2].map(|c| linear[usize::from(rgb[c])]));
            // Along its hue, and across.
            let (along, across) = ((x * u + y * v) / radius, (y * u - x * v) / radius);
            along > SATURATED.max(0.25 * radius) && across.abs() < WIDEST * along
        };
        let seen: Vec<Vec<u32>> = (footage.frames.iter().zip(&footage.seen))
            .map(|(frame, shows)| {
                let own =
                    frame.rgb.chunks_exact(3).zip(shows.iter()).enumerate().filter(|(_, (rgb, shown))| **shown && is_it(rgb));
                own.map(|(at, _)| at as u32).collect()
            })
            .collect();
        let due = dues(truth, &maps, index);
        let rate = (truth.clip.frames.max(2) - 1) as f32 / (seen.len().max(2) - 1) as f32;
        let looks = seen.iter().enumerate().map(|(i, pixels)| {
            let moment = rate * i as f32;
            // Before a still camera an entry holds until something changes.
            let wanted =
                if truth.camera.is_some() { between(&maps, &due, moment) } else { due[maps.entry_of((moment + 0.5) as u32)] };
            let radius = (wanted.area.max(pixels.len() as f32) / std::f32::consts::PI).sqrt();
            Look {
                area: pixels.len() as f32,
                centroid: main_body(pixels, size.0, radius),
                wanted_area: wanted.area,
                wanted_centroid: wanted.centroid,
                ..Look::default()
            }
        });
        let follow = Follow::new(index, looks.collect(), size.0);
        Ok(Self { name: name.to_owned(), pixels: size.0 * size.1, seen, follow })
    }

    /// The pixels that were taken for it, in frames of the ground truth; those beyond the footage are left out.
    #[must_use]
    pub fn masks(&self, frames: &[u32]) -> Vec<Mask> {
        let mask = |&frame: &u32| {
            let mut pixels = vec![false; self.pixels];
            self.seen.get(frame as usize)?.iter().for_each(|&at| pixels[at as usize] = true);
            Some(Mask { object: self.name.clone(), frame, pixels })
        };
        frames.iter().filter_map(mask).collect()
    }
}

/// Of every entry. What is dark is not due.
fn dues(truth: &Truth, maps: &LabelMaps, index: usize) -> Vec<Due> {
    let due = |entry: usize| {
        if truth.objects[index].shown[entry] != Shown::Seen {
            return Due::default();
        }
        let own = maps.entry(entry).iter().enumerate().filter(|(_, label)| usize::from(**label) == index + 1);
        let (mut area, mut sum) = (0.0_f32, [0.0_f32; 2]);
        for (at, _) in own {
            area += 1.0;
            sum = [sum[0] + (at % maps.width) as f32 + 0.5, sum[1] + (at / maps.width) as f32 + 0.5];
        }
        Due { area, centroid: sum.map(|s| s / area.max(1.0)) }
    };
    (0..maps.len()).map(due).collect()
}

/// At a moment of the truth, in frames: between two entries in which it is due, straight from one to the other.
fn between(maps: &LabelMaps, due: &[Due], moment: f32) -> Due {
    let before = maps.entry_of(moment as u32);
    let Some((next, from)) = due.get(before + 1).zip(due.get(before)) else { return due[before] };
    let (start, end) = (maps.frames[before] as f32, maps.frames[before + 1] as f32);
    let part = ((moment - start) / (end - start)).clamp(0.0, 1.0);
    if from.area == 0.0 || next.area == 0.0 {
        return if part < 1.0 { *from } else { *next };
    }
    let mix = |a: f32, b: f32| a + part * (b - a);
    Due { area: mix(from.area, next.area), centroid: [0, 1].map(|k| mix(from.centroid[k], next.centroid[k])) }
}
