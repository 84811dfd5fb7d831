//! Which pixels of a picture have a hue, and which.

use crate::Frame;
use crate::hue::chroma;

/// Chroma from which a pixel belongs to a strand.
const HUED: f32 = 0.25;
/// Channels that differ by less than one in so many are grey.
const GREY: u32 = 24;
/// Linear lightness below which a hue is the less sure the darker it is: steps of 8 bits are coarse there.
const SURE: f32 = 0.03;
/// An arc of so many degrees is a circle: its strand has no jump of hue. And how near to a jump it counts as both sides, parts of the strand.
pub(super) const ROUND: f32 = 355.0;
const JUMP: f32 = 0.04;
/// Chroma beyond which more makes no hue surer.
const FULL: f32 = 0.8;

/// A picture in hue and lightness.
pub(super) struct Pixels {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Degrees; NaN where there is none.
    pub(super) hue: Vec<f32>,
    /// How sure the hue is, 0 to 1.
    pub(super) sure: Vec<f32>,
    pub(super) chroma: Vec<f32>,
    /// Mean of the display values, 0 to 255.
    pub(super) luma: Vec<f32>,
}

impl Pixels {
    pub(super) fn new(frame: &Frame, linear: &[f32; 256]) -> Self {
        let count = frame.width as usize * frame.height as usize;
        let mut it = Self {
            width: frame.width as usize,
            height: frame.height as usize,
            hue: vec![f32::NAN; count],
            sure: vec![0.0; count],
            chroma: vec![0.0; count],
            luma: vec![0.0; count],
        };
        for (at, p) in frame.rgb.chunks_exact(3).take(count).enumerate() {
            it.luma[at] = (f32::from(p[0]) + f32::from(p[1]) + f32::from(p[2])) / 3.0;
            let (most, least) = (p[0].max(p[1]).max(p[2]), p[0].min(p[1]).min(p[2]));
            // Most pixels leave here: so near to grey, none comes to a third of the least chroma that counts.
            if u32::from(most - least) * GREY < u32::from(most) {
                continue;
            }
            let ([u, v], light) = chroma([0, 1, 2].map(|c| linear[usize::from(p[c])]));
            let chroma = (u * u + v * v).sqrt();
            it.chroma[at] = chroma;
            if chroma >= HUED {
                let turned = libm::atan2f(v, u).to_degrees();
                it.hue[at] = if turned < 0.0 { turned + 360.0 } else { turned };
                it.sure[at] = (chroma / FULL).min(1.0) * (light / SURE).min(1.0);
            }
        }
        it
    }

    pub(super) fn is_hued(&self, at: usize) -> bool {
        !self.hue[at].is_nan()
    }

    /// The pixels about a place, row by row, and how far the middle of each lies from it.
    pub(super) fn about(&self, [x, y]: [f32; 2], reach: f32) -> impl Iterator<Item = (usize, [f32; 2])> {
        let width = self.width;
        let range = move |middle: f32, most: usize| {
            (middle - reach).max(0.0) as usize..((middle + reach + 1.0).max(0.0) as usize).min(most)
        };
        let columns = range(x, width);
        range(y, self.height).flat_map(move |row| {
            columns.clone().map(move |column| (row * width + column, [column as f32 + 0.5 - x, row as f32 + 0.5 - y]))
        })
    }

    /// The pixel under a place; none beside the picture.
    pub(super) fn under(&self, [x, y]: [f32; 2]) -> Option<usize> {
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32;
        inside.then(|| y as usize * self.width + x as usize)
    }
}

/// The arcs of hue that strands own.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arcs(pub(super) Vec<[f32; 2]>);

impl Arcs {
    /// The strand that owns a hue, and how far along it that is, 0 to 1. What lies between two arcs belongs to the nearer end.
    pub(super) fn of(&self, hue: f32) -> Option<(usize, f32)> {
        let mut best: Option<(f32, usize, f32)> = None;
        for (strand, [from, grows]) in self.0.iter().enumerate() {
            let along = (hue - from).rem_euclid(360.0);
            let (off, at) = if along <= *grows {
                (0.0, along / grows)
            } else {
                let (after, before) = (along - grows, 360.0 - along);
                if after < before { (after, 1.0) } else { (before, 0.0) }
            };
            if best.is_none_or(|(least, _, _)| off < least) {
                best = Some((off, strand, at));
            }
        }
        best.map(|(_, strand, at)| (strand, at.clamp(0.0, 0.999_999)))
    }

    /// How far a hue lies off that at a place of a strand, degrees. Where hues go on from the greatest to the least, that may be a little sooner or
    /// later.
    pub(super) fn off(&self, hue: f32, strand: usize, at: f32) -> f32 {
        let [from, grows] = self.0[strand];
        let of = |at: f32| apart(hue, from + at.rem_euclid(1.0) * grows);
        let at = at.rem_euclid(1.0);
        if grows > ROUND || (JUMP..1.0 - JUMP).contains(&at) { of(at) } else { of(at).min(of(at - JUMP)).min(of(at + JUMP)) }
    }
}

/// Angle between two hues, degrees.
pub(super) fn apart(a: f32, b: f32) -> f32 {
    ((a - b + 540.0).rem_euclid(360.0) - 180.0).abs()
}
