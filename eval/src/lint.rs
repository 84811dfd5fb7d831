//! Whether a sample shows what decides so that a video model can see it at all: its tokens are 16 to 32 pixels wide, and trainers crop
//! to the central square.
//!
//! Each rule is a fault that published datasets of this kind have had: targets that are very small, begin out of frame, lie where a crop
//! takes them away or are still hidden at the end; an occluder in the backdrop's colour, so that what goes behind it seems to vanish;
//! a picture whose edges show that the world ends.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::mask::{core_of, dilate};
use crate::normalise::points::{quarters, still_pixels};
use crate::picture::{Resampler, difference, soften};
use crate::truth::BACKGROUND;
use crate::{Frame, LabelMaps, ObjectTruth, Shown, Surface, Truth};

/// Least diameter of what matters over the picture's shorter side: 32 pixels of 480 in wide pictures.
const ACROSS_WIDE: f64 = 32.0 / 480.0;
/// The same in square pictures: 24 pixels of 512.
const ACROSS_SQUARE: f64 = 24.0 / 512.0;
/// A picture is square up to this ratio of its sides.
const SQUARE: f64 = 1.1;
/// Least share of what is seen of an object that must lie in the central square.
const IN_SQUARE: f64 = 0.9;
/// What must stay free at each edge, as a share of width and height.
const MARGIN: f64 = 0.04;
/// Least share of a target that must be seen at the end.
const SEEN_AT_END: f64 = 0.1;
/// Sum over the channels by which an object must differ from what surrounds it.
const CONTRAST: u32 = 36;
/// The role of what one walks to.
const GOAL: &str = "goal";
/// Points with an edge that stands still, in each quarter of the picture.
const POINTS: usize = 5;
/// Sum over the channels below which a pixel of the edge is black.
const BLACK: u32 = 24;
/// Share of the edge that may be black.
const BLACK_EDGE: f64 = 0.2;

/// What the lint says of a sample: figures for everyone, and what it finds wrong.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lint {
    /// What is wrong, as `rule:object` or `rule`.
    pub findings: Vec<String>,
    /// Least diameter of what matters, pixels of the clip.
    pub needed_px: f64,
    /// Diameter of the disc of the same whole area, pixels of the clip, for each key object.
    pub across_px: BTreeMap<String, f64>,
    /// Share of what is seen of each key object that lies in the central square, where it is least.
    pub in_square: BTreeMap<String, f64>,
    /// Seconds from the start to the first change in the picture.
    pub hold_start_s: f64,
    /// Seconds from the last change in the picture to the end of the problem's own length.
    pub hold_end_s: f64,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `too_small`, `off_square`, `at_edge`, `outside_at_start`, `hidden_at_end`, `no_contrast`, `few_edges`, `black_edge`.
    pub rule: &'static str,
    /// The object, if it is one.
    pub object: Option<String>,
    /// The particulars.
    pub detail: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.object {
            Some(object) => write!(f, "{}:{object}", self.rule),
            None => f.write_str(self.rule),
        }
    }
}

/// Looks at the maps alone, before anything is rendered: the figures, and what is wrong.
///
/// # Errors
/// What is wrong with the code of the maps.
pub fn of_maps(truth: &Truth) -> Result<(Lint, Vec<Finding>), String> {
    let maps = truth.label_maps()?;
    let (width, height) = (f64::from(truth.clip.width), f64::from(truth.clip.height));
    let short = width.min(height);
    let share = if width.max(height) < SQUARE * short { ACROSS_SQUARE } else { ACROSS_WIDE };
    let mut lint = Lint { needed_px: tenth(share * short), ..Lint::default() };
    let mut findings = Vec::new();
    // Who walks passes things by, cut by the picture or beside it: what must be seen well is the goal, in the end.
    let walks = truth.camera.is_some();
    let entries: Vec<usize> = if walks { vec![maps.len() - 1] } else { (0..maps.len()).collect() };
    let places: Vec<Vec<Places>> = entries.into_iter().map(|entry| places(&maps, entry, truth.objects.len())).collect();
    let at_end = maps.counts(maps.len() - 1);
    for (i, object) in truth.objects.iter().enumerate().filter(|(_, o)| o.key) {
        let mut find = |rule, detail: String| findings.push(Finding { rule, object: Some(object.name.clone()), detail });
        if let Some(across) = across(truth, object) {
            lint.across_px.insert(object.name.clone(), tenth(across));
            if across < share * short {
                find("too_small", format!("{across:.1} pixels across; {:.1} are needed", share * short));
            }
        }
        let places = || places.iter().map(|of| of[i]).filter(|p| p.count > 0);
        if let Some(least) = places().map(|p| f64::from(p.square) / f64::from(p.count)).reduce(f64::min) {
            lint.in_square.insert(object.name.clone(), (least * 1000.0).round() / 1000.0);
            if least < IN_SQUARE && (!walks || object.role == GOAL) {
                find("off_square", format!("{:.0} % of it lie in the central square", least * 100.0));
            }
        }
        if !walks && places().any(|p| p.at_edge) {
            find("at_edge", format!("it comes nearer to an edge than {:.0} % of the picture", MARGIN * 100.0));
        }
        if object.shown[0] == Shown::Outside && !walks {
            find("outside_at_start", "it begins out of frame".to_owned());
        }
        let last = maps.len() - 1;
        let seen = f64::from(at_end[i + 1]) / f64::from(object.whole_px[last].max(1));
        let decides = object.role == "target" || (walks && object.role == GOAL);
        if decides && object.shown[last] != Shown::Absent && seen < SEEN_AT_END {
            find("hidden_at_end", format!("{:.0} % of it are seen in the last frame", seen * 100.0));
        }
    }
    for overlay in truth.overlays.iter().filter(|_| walks) {
        let [x0, y0, x1, y1] = overlay.rect.map(f64::from);
        let inside = |low: f64, high: f64, length: f64| {
            let (from, to) = ((length - short) / 2.0, (length + short) / 2.0);
            (high.min(to) - low.max(from)).max(0.0) / (high - low)
        };
        let share = inside(x0, x1, width) * inside(y0, y1, height);
        lint.in_square.insert(overlay.name.clone(), (share * 1000.0).round() / 1000.0);
        if share < IN_SQUARE {
            let detail = format!("{:.0} % of it lie in the central square", share * 100.0);
            findings.push(Finding { rule: "off_square", object: Some(overlay.name.clone()), detail });
        }
    }
    if !walks {
        let seconds = |frame: u32| f64::from(frame) / f64::from(truth.clip.fps);
        let changes = || (1..maps.len()).filter(|&e| maps.entry(e) != maps.entry(e - 1)).map(|e| maps.frames[e]);
        let (first, last) = (changes().next(), changes().next_back());
        lint.hold_start_s = hundredth(seconds(first.map_or(truth.events_end, |f| f - 1)));
        lint.hold_end_s = hundredth(seconds(truth.events_end.saturating_sub(last.unwrap_or(0))));
    }
    lint.findings = findings.iter().map(ToString::to_string).collect();
    Ok((lint, findings))
}

/// Looks at the first frame: what is wrong.
///
/// # Errors
/// What is wrong with the code of the maps.
pub fn of_picture(truth: &Truth, first_frame: &Frame) -> Result<Vec<Finding>, String> {
    let maps = truth.label_maps()?;
    let (width, map) = (maps.width, maps.entry(0));
    let whole = [0.0, 0.0, first_frame.width as f32, first_frame.height as f32];
    let size = (first_frame.width, first_frame.height);
    let soft = soften(&Resampler::new(size, whole, (width as u32, maps.height as u32)).apply(first_frame));
    let mean = |pixels: &mut dyn Iterator<Item = usize>| {
        let (mut sum, mut count) = ([0_u64; 3], 0_u64);
        for at in pixels {
            (0..3).for_each(|c| sum[c] += u64::from(soft.rgb[at * 3 + c]));
            count += 1;
        }
        (count > 0).then(|| sum.map(|s| (s / count) as u8))
    };
    let mut findings = Vec::new();
    // What one walks by may have parts of any colour.
    let stands = |o: &ObjectTruth| truth.camera.is_none() && o.key && o.surface == Surface::Opaque && o.is_seen(0);
    for (i, object) in truth.objects.iter().enumerate().filter(|(_, o)| stands(o)) {
        let label = i as u8 + 1;
        let mut around: Vec<bool> = map.iter().map(|&l| l == label).collect();
        dilate(&mut around, width, 3);
        let inside = mean(&mut core_of(map, width, label).into_iter());
        let outside = mean(&mut (0..map.len()).filter(|&at| around[at] && map[at] == BACKGROUND));
        if let (Some(inside), Some(outside)) = (inside, outside) {
            let off = difference(&inside, &outside);
            if off < CONTRAST {
                let detail = format!("it differs by {off} of 765 from what surrounds it");
                findings.push(Finding { rule: "no_contrast", object: Some(object.name.clone()), detail });
            }
        }
    }
    if let Some(still) = still_pixels(truth, &maps) {
        let small = Resampler::new(size, whole, (width as u32, maps.height as u32)).apply(first_frame);
        let counts = quarters(&small, &still);
        if counts.iter().any(|&count| count < POINTS) {
            let detail =
                format!("its quarters have {counts:?} points that show whether the camera stands; {POINTS} are needed in each");
            findings.push(Finding { rule: "few_edges", object: None, detail });
        }
    }
    let on_edge = |at: &usize| {
        let (x, y) = (at % width, at / width);
        x == 0 || y == 0 || x + 1 == width || y + 1 == maps.height
    };
    let edge: Vec<usize> = (0..map.len()).filter(on_edge).collect();
    let black = edge.iter().filter(|&&at| difference(&soft.rgb[at * 3..at * 3 + 3], &[0; 3]) < BLACK).count();
    let share = black as f64 / edge.len() as f64;
    if share > BLACK_EDGE {
        let detail = format!("{:.0} % of the picture's edge are black", share * 100.0);
        findings.push(Finding { rule: "black_edge", object: None, detail });
    }
    Ok(findings)
}

/// The diameter that counts, pixels of the clip: the smaller of those at the first and the last sight of a still camera, the largest
/// of a moving one, which comes near to what matters; of a goal that in the end.
fn across(truth: &Truth, object: &ObjectTruth) -> Option<f64> {
    let clip = f64::from(truth.clip.width) * f64::from(truth.clip.height);
    let scale = clip / (f64::from(truth.maps.width) * f64::from(truth.maps.height));
    let diameter = |entry: usize| (f64::from(object.whole_px[entry]) * scale / std::f64::consts::PI).sqrt() * 2.0;
    let mut seen = (0..object.shown.len()).filter(|&e| object.is_seen(e)).map(diameter);
    if truth.camera.is_some() {
        let last = object.shown.len() - 1;
        return if object.role == GOAL { Some(diameter(last)) } else { seen.reduce(f64::max) };
    }
    let first = seen.next()?;
    Some(seen.next_back().map_or(first, |last| last.min(first)))
}

/// Where an object lies in an entry.
#[derive(Clone, Copy, Default)]
struct Places {
    /// Pixels of it, and those of them in the central square.
    count: u32,
    square: u32,
    /// Whether one of them lies in the margin.
    at_edge: bool,
}

/// Where each object lies in an entry.
fn places(maps: &LabelMaps, entry: usize, objects: usize) -> Vec<Places> {
    let (width, height) = (maps.width as f64, maps.height as f64);
    let short = width.min(height);
    let middle = |v: f64, length: f64| (v - length / 2.0).abs() <= short / 2.0;
    let edge = |v: f64, length: f64| v.min(length - v) < MARGIN * length;
    let mut found = vec![Places::default(); objects];
    for (y, row) in maps.entry(entry).chunks_exact(maps.width).enumerate() {
        let y = y as f64 + 0.5;
        for (x, &label) in row.iter().enumerate() {
            let Some(place) = usize::from(label).checked_sub(1).and_then(|i| found.get_mut(i)) else { continue };
            let x = x as f64 + 0.5;
            place.count += 1;
            place.square += u32::from(middle(x, width) && middle(y, height));
            place.at_edge |= edge(x, width) || edge(y, height);
        }
    }
    found
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
