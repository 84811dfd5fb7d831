//! Telling objects apart by colour, whatever the light.
//!
//! Paint keeps its chromaticity from sun to shade, so a saturated object is known by the direction of its chroma; how far out it
//! lies may change (sky light and gloss wash it out). An object without a hue of its own is known by lightness, and only where
//! the picture differs from the background.

use crate::Frame;
use crate::hue::{self, HAS_HUE, SATURATED, WIDEST, chroma};
use crate::mask::core_of;

use super::maps::Maps;

/// Pixels of no known colour.
pub(crate) const OTHER: u8 = 0;
/// Added to the colour of what is not its thing but lies in the shade beside it.
pub(crate) const TINTED: u8 = 0x20;
/// Steps per channel of the look-up table.
const STEPS: usize = 64;
/// Fewest pixels that make a reference.
const FEWEST: usize = 8;
/// Less than this part of a thing's chroma is pale, of its lightness deep shade.
const PALE: f32 = 0.5;
const DEEP: f32 = 0.5;

/// What is learned of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Learn {
    /// Its colour, whether it has a hue or lightness alone.
    Colour,
    /// Its hue, if it has one.
    Hue,
    /// Nothing: what it shows is not its own.
    Nothing,
}

/// One colour.
#[derive(Clone, Debug)]
struct Class {
    /// Unit direction of chroma; its radius.
    direction: [f32; 2],
    radius: f32,
    /// Linear lightness, mean.
    light: f32,
    saturated: bool,
}

/// A colour class for every RGB value.
pub(crate) struct Palette {
    table: Vec<u8>,
    classes: Vec<Class>,
    /// Class of each thing; [`OTHER`] if it has none.
    pub(crate) class_of: Vec<u8>,
}

pub(crate) fn linear_table() -> [f32; 256] {
    let mut table = [0.0; 256];
    for (i, out) in table.iter_mut().enumerate() {
        let v = i as f32 / 255.0;
        *out = if v <= 0.04045 { v / 12.92 } else { libm::powf((v + 0.055) / 1.055, 2.4) };
    }
    table
}

impl Palette {
    /// Learns from the first frame the colours of the things that a task wants known.
    pub(crate) fn learn(maps: &Maps, first: &Frame, declared: &[[u8; 3]], wanted: impl Fn(usize) -> Learn) -> Self {
        let linear = linear_table();
        let mut classes: Vec<Class> = Vec::new();
        let mut class_of = vec![OTHER; maps.things.len()];
        let map = maps.map(0);
        for (i, thing) in maps.things.iter().enumerate() {
            let learn = wanted(i);
            if learn == Learn::Nothing {
                continue;
            }
            let mut pixels = core_of(map, maps.width, thing.label);
            if pixels.len() < FEWEST {
                pixels.clear();
            }
            let colors: Vec<[f32; 3]> = if pixels.is_empty() {
                // Hidden at the start: only the declaration is left.
                vec![declared[i].map(|c| linear[usize::from(c)])]
            } else {
                pixels.iter().map(|&at| [0, 1, 2].map(|c| linear[usize::from(first.rgb[at * 3 + c])])).collect()
            };
            let class = describe(&colors);
            if learn == Learn::Hue && !class.saturated {
                continue;
            }
            let known = classes.iter().position(|known| known.same(&class));
            let index = known.unwrap_or(classes.len()) as u8 + 1;
            if index >= TINTED {
                // So many colours are not told apart by any eye.
                continue;
            }
            class_of[i] = index;
            if known.is_none() {
                classes.push(class);
            }
        }
        let mut table = vec![OTHER; STEPS * STEPS * STEPS];
        let centre = |i: usize| linear[i * 256 / STEPS + 128 / STEPS];
        for (at, out) in table.iter_mut().enumerate() {
            let rgb = [centre(at / (STEPS * STEPS)), centre(at / STEPS % STEPS), centre(at % STEPS)];
            *out = nearest(&classes, rgb);
        }
        Self { table, classes, class_of }
    }

    /// Class of an 8-bit pixel.
    #[inline]
    pub(crate) fn class(&self, pixel: &[u8]) -> u8 {
        let step = |v: u8| usize::from(v) * STEPS / 256;
        self.table[(step(pixel[0]) * STEPS + step(pixel[1])) * STEPS + step(pixel[2])]
    }

    /// How many classes there are.
    pub(crate) fn count(&self) -> usize {
        self.classes.len()
    }

    /// Whether a class is known by its hue.
    pub(crate) fn has_hue(&self, class: u8) -> bool {
        usize::from(class).checked_sub(1).and_then(|i| self.classes.get(i)).is_some_and(|class| class.saturated)
    }
}

/// The median colour: highlights and edges do not pull it.
fn describe(colors: &[[f32; 3]]) -> Class {
    let mut parts: [Vec<f32>; 3] = [Vec::new(), Vec::new(), Vec::new()];
    for &color in colors {
        let ([u, v], light) = chroma(color);
        for (part, value) in parts.iter_mut().zip([u, v, light]) {
            part.push(value);
        }
    }
    let median = |values: &mut Vec<f32>| {
        values.sort_by(f32::total_cmp);
        values[values.len() / 2]
    };
    let [us, vs, lights] = &mut parts;
    let (u, v, light) = (median(us), median(vs), median(lights));
    let radius = (u * u + v * v).sqrt();
    let direction = if radius > 1e-6 { [u / radius, v / radius] } else { [1.0, 0.0] };
    Class { direction, radius, light, saturated: radius >= HAS_HUE }
}

impl Class {
    fn same(&self, other: &Self) -> bool {
        if self.saturated != other.saturated {
            return false;
        }
        if self.saturated {
            // A brass ball and a yellow block share a hue, but not how far out it lies.
            let near = (0.7..1.4).contains(&(self.radius / other.radius));
            return near
                && self.direction[0] * other.direction[0] + self.direction[1] * other.direction[1] > libm::cosf(hue::SAME);
        }
        let ratio = (self.light + 0.01) / (other.light + 0.01);
        (0.7..1.4).contains(&ratio)
    }
}

fn nearest(classes: &[Class], rgb: [f32; 3]) -> u8 {
    let ([u, v], light) = chroma(rgb);
    let mut best = (f32::INFINITY, OTHER);
    let mut tint = OTHER;
    for (i, class) in classes.iter().enumerate() {
        let distance = if class.saturated {
            let along = u * class.direction[0] + v * class.direction[1];
            let across = (u * class.direction[1] - v * class.direction[0]).abs();
            // A fifth of its chroma at least: less is a tint, such as the glow of the block on its surroundings.
            if along < (class.radius * 0.28).max(SATURATED) || across > along * WIDEST {
                continue;
            }
            // Sky and gloss wash a colour out and lighten it. What is paler and much darker lies in the shade beside it.
            if along < PALE * class.radius && light < DEEP * class.light {
                tint = TINTED | (i as u8 + 1);
                continue;
            }
            across / along / WIDEST + 0.4 * libm::logf(along / class.radius).abs()
        } else {
            let ratio = (light + 0.01) / (class.light + 0.01);
            let away = ((u - class.direction[0] * class.radius).powi(2) + (v - class.direction[1] * class.radius).powi(2)).sqrt();
            if !(0.5..1.8).contains(&ratio) || away > 0.16 {
                continue;
            }
            // A hue that fits goes before a lightness that fits.
            1.0 + away
        };
        if distance < best.0 {
            best = (distance, i as u8 + 1);
        }
    }
    if best.1 == OTHER { tint } else { best.1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shade_beside_a_thing_is_not_the_thing() {
        let paint = [0.12, 0.01, 0.18];
        let classes = [describe(&[paint])];
        let of = |part: f32, white: f32| nearest(&classes, paint.map(|c| part * c + white));
        assert_eq!(of(1.0, 0.0), 1);
        assert_eq!(of(0.3, 0.0), 1, "in its own shade it keeps its colour");
        assert_eq!(of(1.0, 0.15), 1, "gloss makes it paler and lighter");
        assert_eq!(of(0.12, 0.02), TINTED | 1, "what reflects it in the dark is paler and darker");
        assert_eq!(of(0.0, 0.02), OTHER);
    }
}
