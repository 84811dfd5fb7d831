//! Where a strand is cut open: the ground shows where its way leads, from side to side.

use super::super::diagram::Pass;
use super::curve::{Curve, distance};
use super::pixels::{Arcs, Pixels};

/// Places across a way that are looked at, widths.
const ACROSS: [f32; 3] = [-0.28, 0.0, 0.28];
/// A hue so near to the one that is due is the strand's own, degrees.
const OWN: f32 = 30.0;
/// What has no hue and so much of the ground's lightness at least is ground; what is darker is a flank, or ground in shadow.
const LIGHT: f32 = 0.55;
/// Where colours are blurred, ground is as light as the rest of it, and has so much of a strand's chroma at most.
const AS_LIGHT: f32 = 0.85;
const PALE: f32 = 0.55;
/// And what is paler still, so much of that, is ground in shadow.
const DULL: f32 = 0.7;
/// A strand that runs beneath another one is not seen for shorter, widths: beside that, flanks and shadows look like ground.
const LONG: f32 = 1.4;
/// So much of the ground may be a gap, and surely is one, widths.
const MAYBE: f32 = 0.2;
const SURELY: f32 = 0.3;
/// Gaps so near to each other are the same one, parts of the strand.
const SAME: f32 = 0.06;

/// A piece of a strand that is not seen, and too long to lie beneath another one alone: perhaps a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Number of the strand.
    pub strand: usize,
    /// How far along it the gap's middle is, 0 to 1.
    pub at: f32,
    /// Where that is.
    pub place: [f32; 2],
    /// Length of the way on which the strand is not seen, pixels.
    pub length: f32,
    /// Length of the part of it that shows the ground, widths.
    pub bare: f32,
    /// Length of the part of it that may show the ground: in shadow, or with colour that has run into it, widths.
    pub perhaps: f32,
}

impl Gap {
    /// Whether it is one beyond doubt.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.bare >= SURELY
    }

    /// Whether it may be one.
    #[must_use]
    pub fn may_be(&self) -> bool {
        self.perhaps >= MAYBE
    }

    /// Its middle.
    #[must_use]
    pub fn pass(&self) -> Pass {
        Pass { strand: self.strand, at: self.at }
    }

    /// Whether it is where another one is, along its strand.
    #[must_use]
    pub fn is_at(&self, other: &Self) -> bool {
        self.pass().off(other.pass()) <= SAME
    }
}

/// What a place of a way shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Strand,
    Ground,
    /// Perhaps ground.
    Maybe,
    Other,
}

/// All pieces of all strands that may be gaps.
pub(super) fn gaps(pixels: &Pixels, arcs: &Arcs, curves: &[Curve], width: f32) -> Vec<Gap> {
    let ground = ground(pixels);
    let mut found = Vec::new();
    for (strand, curve) in curves.iter().enumerate() {
        let n = curve.points.len();
        // Begins where it is seen, so that no gap lies across the beginning.
        let Some(first) = (0..n).find(|i| curve.seen[*i]) else { continue };
        let pale = PALE * usual_chroma(pixels, curve);
        let mut gap: Option<Gap> = None;
        for i in first..=first + n {
            let (a, b) = (curve.points[i % n], curve.points[(i + 1) % n]);
            let length = distance(a, b);
            let steps = (length + 1.0) as usize;
            let step = length / steps as f32;
            let normal = [(a[1] - b[1]) / length.max(1e-3), (b[0] - a[0]) / length.max(1e-3)];
            for k in 0..steps {
                let part = k as f32 / steps as f32;
                let place = [0, 1].map(|c| a[c] + part * (b[c] - a[c]));
                let along = (i as f32 + part) / n as f32;
                let shows = ACROSS.map(|across| {
                    let beside = [0, 1].map(|c| place[c] + across * width * normal[c]);
                    match pixels.under(beside) {
                        // What lies beside the picture is not known.
                        None => Shows::Other,
                        Some(at) if !pixels.is_hued(at) && pixels.luma[at] >= LIGHT * ground => Shows::Ground,
                        Some(at) if !pixels.is_hued(at) => Shows::Maybe,
                        Some(at) if pixels.chroma[at] < pale && pixels.luma[at] >= AS_LIGHT * ground => Shows::Maybe,
                        Some(at) if pixels.chroma[at] < DULL * pale => Shows::Maybe,
                        Some(at) if arcs.off(pixels.hue[at], strand, along) <= OWN => Shows::Strand,
                        Some(_) => Shows::Other,
                    }
                });
                if shows.contains(&Shows::Strand) {
                    let is_one = |gap: &Gap| gap.length >= LONG * width;
                    found.extend(gap.take().filter(is_one).map(|gap| Gap { at: gap.at.rem_euclid(1.0), ..gap }));
                    continue;
                }
                let gap = gap.get_or_insert(Gap { strand, at: along, place, length: 0.0, bare: 0.0, perhaps: 0.0 });
                gap.length += step;
                gap.at += 0.5 * step / length.max(1e-3) / n as f32;
                let is_ground = |perhaps: bool| shows.iter().all(|s| *s == Shows::Ground || (perhaps && *s == Shows::Maybe));
                gap.bare += if is_ground(false) { step / width } else { 0.0 };
                gap.perhaps += if is_ground(true) { step / width } else { 0.0 };
            }
        }
    }
    found
}

/// The middle one of the chromas along a way.
fn usual_chroma(pixels: &Pixels, curve: &Curve) -> f32 {
    let seen = curve.points.iter().zip(&curve.seen).filter(|(_, seen)| **seen);
    let mut all: Vec<f32> = seen.filter_map(|(place, _)| pixels.under(*place)).map(|at| pixels.chroma[at]).collect();
    all.sort_by(f32::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

/// The usual lightness of what has no hue.
fn ground(pixels: &Pixels) -> f32 {
    let mut lights: Vec<f32> =
        (0..pixels.hue.len()).step_by(7).filter(|&at| !pixels.is_hued(at)).map(|at| pixels.luma[at]).collect();
    lights.sort_by(f32::total_cmp);
    lights.get(lights.len() / 2).copied().unwrap_or(0.0)
}
