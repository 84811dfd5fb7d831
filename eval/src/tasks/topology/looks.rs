//! Looks at the fourth panel, one after the other.

use std::ops::RangeInclusive;

use crate::analysis::Analysis;
use crate::picture::{difference, soften};
use crate::{At, Footage, Frame, Truth, Want};

use super::panels::{Panel, around};
use super::reading::{Curve, Reader, Reading};
use super::{LinkTruth, TopologyTruth};

/// Looks a second, and most of them.
const A_SECOND: f64 = 9.0;
const MOST: usize = 120;
/// Last frames that are looked at in full size, and as many between the beginning and the end.
pub(super) const LAST: u32 = 8;
/// So many of the last looks and frames count whatever they show, and frames of so many seconds where it moves to the end: a link that is there for a
/// moment is no end.
pub(super) const END: usize = 3;
const MOVING: f64 = 0.3;
const BETWEEN: u32 = 8;
/// A look in full size shows the same as one that is so near, sides of the panel.
const SAME: f32 = 0.03;
/// Sum over the channels from which a softened pixel of two of the last frames is another one; and so much of the strands at most looks otherwise
/// in one that shows what the last one shows.
const CHANGED: u32 = 60;
const SETTLED: f32 = 0.015;
/// What lies below shows in a cut before the ground does beside it: so many looks before a change and after it are searched for one.
const AROUND: (usize, usize) = (3, 12);
/// Most frames that are looked at anew between two looks.
const MOST_BETWEEN: usize = 24;
/// Places along a strand that are compared.
const PLACES: usize = 48;

/// What a frame shows in the fourth panel.
#[derive(Clone)]
pub(super) struct Look {
    pub(super) frame: usize,
    pub(super) reading: Reading,
    /// Where what was read begins, and how large its pixels are, sides of the fourth panel.
    origin: [f32; 2],
    pixel: [f32; 2],
    /// Which link it is, if that can be read.
    pub(super) link: Option<LinkTruth>,
    /// Whether a strand is cut open: surely, or by what the looks before show.
    pub(super) cut: bool,
}

impl Look {
    /// Of a picture that shows a rectangle of the panel, in sides of it.
    fn new(reader: &Reader, frame: usize, picture: &Frame, [left, top, right, bottom]: [f32; 4], width: f32) -> Self {
        let reading = reader.read(picture, width);
        let (link, cut) = (reading.link(), reading.is_open());
        let pixel = [(right - left) / picture.width as f32, (bottom - top) / picture.height as f32];
        Self { frame, reading, origin: [left, top], pixel, link, cut }
    }

    /// Which part of the panel a strand fills.
    pub(super) fn share(&self, strand: usize) -> f32 {
        self.reading.curves.get(strand).map_or(0.0, |curve| curve.area * self.pixel[0] * self.pixel[1])
    }

    /// Pixels of all strands.
    fn area(&self) -> f32 {
        self.reading.curves.iter().map(|curve| curve.area).sum()
    }

    /// How far the same hues lie from each other in two looks; none if too few are seen in both.
    pub(super) fn way_to(&self, other: &Self) -> Option<Way> {
        let (mut ways, mut all) = (Vec::new(), 0);
        for (a, b) in self.reading.curves.iter().zip(&other.reading.curves) {
            for k in 0..PLACES {
                let along = k as f32 / PLACES as f32;
                let seen = |curve: &Curve| curve.seen.get((along * curve.seen.len() as f32) as usize) == Some(&true);
                all += 1;
                if let (true, true, Some(p), Some(q)) = (seen(a), seen(b), a.at(along), b.at(along)) {
                    let off = [0, 1].map(|c| self.origin[c] + p[c] * self.pixel[c] - other.origin[c] - q[c] * other.pixel[c]);
                    ways.push((off[0] * off[0] + off[1] * off[1]).sqrt());
                }
            }
        }
        if 3 * ways.len() <= all || ways.is_empty() {
            return None;
        }
        ways.sort_by(f32::total_cmp);
        let mean = |ways: &[f32]| ways.iter().sum::<f32>() / ways.len() as f32;
        Some(Way { mean: mean(&ways), farthest: mean(&ways[ways.len() - ways.len().div_ceil(10)..]) })
    }
}

/// How far hues lie from each other in two looks, sides of the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Way {
    /// In the mean.
    pub(super) mean: f32,
    /// In the mean of the farthest tenth.
    pub(super) farthest: f32,
}

/// The crops that are looked at in full size: of the last frames, and of some between the beginning and the end, the first among them.
pub(super) fn wants(truth: &Truth, task: &TopologyTruth) -> Vec<Want> {
    let rect = around(task.panels[3]);
    let want = |at: At| Want { at, rect };
    let firsts = std::iter::once(0).chain((1..BETWEEN).map(|k| between(truth, task, k))).map(At::FromStart);
    (0..LAST).map(At::FromEnd).chain(firsts).map(want).collect()
}

/// Frame of one of the looks between the beginning and the end.
fn between(truth: &Truth, task: &TopologyTruth, k: u32) -> u32 {
    let (from, to) = (truth.decisive_frame(), task.stages.last().map_or(0, |stage| stage.frames[0]));
    from + to.saturating_sub(from) * k / (BETWEEN - 1)
}

/// Whether a picture shows what another one does, but for so many pixels.
fn is_same(a: &Frame, b: &Frame, most: f32) -> bool {
    if (a.width, a.height) != (b.width, b.height) {
        return false;
    }
    let (a, b) = (soften(a), soften(b));
    let changed = a.rgb.chunks_exact(3).zip(b.rgb.chunks_exact(3)).filter(|(a, b)| difference(a, b) >= CHANGED).count();
    changed as f32 <= most
}

/// All looks at a candidate.
pub(super) struct Looks<'a> {
    reader: Reader,
    footage: &'a Footage,
    panel: Panel,
    /// The part of the fourth panel, and about it, that is looked at, in its sides.
    part: [f32; 4],
    /// How wide strands are in the footage, pixels.
    pub(super) width: f32,
    /// In the order of time; the first frame and the last are among them.
    pub(super) all: Vec<Look>,
    /// The first frame in full size.
    pub(super) first: Option<Look>,
    /// The last frames, the last one first: so many as count in any case, and more as far as they show what the last one shows.
    pub(super) last: Vec<Look>,
}

impl<'a> Looks<'a> {
    pub(super) fn new(truth: &Truth, task: &TopologyTruth, seen: &Analysis<'a>, panel: Panel) -> Self {
        let (footage, [sx, sy]) = (seen.footage, seen.maps.scale);
        let [left, top, right, bottom] = task.panels[3];
        let in_sides = |x: f32, y: f32| [(x - left) / (right - left), (y - top) / (bottom - top)];
        let (from, to) = (
            in_sides(panel.left as f32 / sx, panel.top as f32 / sy),
            in_sides(panel.right as f32 / sx, panel.bottom as f32 / sy),
        );
        let mut it = Self {
            reader: Reader::new(&task.strands),
            footage,
            panel,
            part: [from[0], from[1], to[0], to[1]],
            width: task.width * 0.5 * (sx + sy),
            all: Vec::new(),
            first: None,
            last: Vec::new(),
        };
        let count = footage.frames.len();
        let steps = (1.0 / (A_SECOND * footage.seconds_per_frame().max(1e-3))).round().max(1.0) as usize;
        let steps = steps.max(count.div_ceil(MOST));
        let mut before: Option<Frame> = None;
        for frame in (0..count).step_by(steps).chain([count - 1]) {
            if it.all.last().is_some_and(|look| look.frame == frame) {
                continue;
            }
            let picture = panel.cut(&footage.frames[frame]);
            // What is as before to the bit is read as before.
            let known = it.all.last().filter(|_| before.as_ref() == Some(&picture));
            let look = known.map_or_else(|| it.at(frame), |look| Look { frame, ..look.clone() });
            it.all.push(look);
            before = Some(picture);
        }
        let reader = Reader::new(&task.strands);
        let clip = around(task.panels[3]);
        let (from, to) = (in_sides(clip[0], clip[1]), in_sides(clip[2], clip[3]));
        let picture = |index: usize| {
            // A candidate that is smaller than the maps has been enlarged, evenly, for those.
            footage.details.get(index)?.as_ref().filter(|picture| picture.width as usize + 1 >= panel.right - panel.left)
        };
        let fine = |index: usize, frame: usize| {
            let picture = picture(index)?;
            let scale = 0.5 * (picture.width as f32 / (clip[2] - clip[0]) + picture.height as f32 / (clip[3] - clip[1]));
            Some(Look::new(&reader, frame, picture, [from[0], from[1], to[0], to[1]], task.width * scale))
        };
        let moving = ((MOVING / footage.seconds_per_frame().max(1e-3)).ceil() as usize).max(END);
        let mut rests = false;
        for k in 0..LAST as usize {
            let Some(look) = fine(k, count.saturating_sub(1 + k)) else { break };
            let most = SETTLED * it.last.first().unwrap_or(&look).area();
            let same = picture(0).zip(picture(k)).is_some_and(|(last, other)| is_same(last, other, most));
            rests |= k == 1 && same;
            if !same && k >= if rests { END } else { moving } {
                break;
            }
            it.last.push(look);
        }
        if it.last.is_empty() {
            let last = panel.cut(&footage.frames[count - 1]);
            let shows_it = |look: &Look| is_same(&last, &panel.cut(&footage.frames[look.frame]), SETTLED * look.area());
            let looks = it.all.iter().rev().take(LAST as usize).enumerate();
            it.last = looks.take_while(|(k, look)| *k < END || shows_it(look)).map(|(_, look)| look.clone()).collect();
        }
        it.first = fine(LAST as usize, 0);
        let between: Vec<Look> = (1..BETWEEN)
            .filter_map(|k| {
                let frame = between(truth, task, k) as usize;
                if frame < count { fine((LAST + k) as usize, frame) } else { None }
            })
            .collect();
        between.into_iter().for_each(|look| it.refine(look, steps));
        it.keep_open();
        it
    }

    /// What is cut open shows no link, though what lies in the cut may hide the ground. The last looks are after all others.
    fn keep_open(&mut self) {
        let mut open = Vec::new();
        for look in self.all.iter_mut().chain(self.last.iter_mut().rev()) {
            open = look.reading.open_after(&open);
            look.cut = !open.is_empty();
            if look.cut {
                look.link = None;
            }
        }
    }

    /// Takes a look in full size into the sequence. Where a file leaves out frames, it may be of another moment: then it is none.
    fn refine(&mut self, look: Look, steps: usize) {
        let near = self.all.iter().enumerate().min_by_key(|(_, other)| other.frame.abs_diff(look.frame));
        let Some((at, other)) = near.filter(|(_, other)| other.frame.abs_diff(look.frame) <= steps) else { return };
        if other.way_to(&look).is_none_or(|way| way.mean > SAME) {
            return;
        }
        match other.frame.cmp(&look.frame) {
            std::cmp::Ordering::Equal => self.all[at] = look,
            std::cmp::Ordering::Less => self.all.insert(at + 1, look),
            std::cmp::Ordering::Greater => self.all.insert(at, look),
        }
    }

    /// A look at a frame that was passed over.
    pub(super) fn at(&self, frame: usize) -> Look {
        Look::new(&self.reader, frame, &self.panel.cut(&self.footage.frames[frame]), self.part, self.width)
    }

    /// The looks about a change from one to another.
    pub(super) fn about(&self, first: usize, last: usize) -> RangeInclusive<usize> {
        first.saturating_sub(AROUND.0)..=(last + AROUND.1).min(self.all.len() - 1)
    }

    /// Whether something holds of any look about a change from one to another, or of any frame between them.
    pub(super) fn any_about(&self, first: usize, last: usize, mut holds: impl FnMut(&Look) -> bool) -> bool {
        if self.all[self.about(first, last)].iter().any(&mut holds) {
            return true;
        }
        let (from, to) = (self.all[first].frame, self.all[last].frame);
        let known = |frame: usize| self.all[first..=last].iter().any(|look| look.frame == frame);
        (from + 1..to).filter(|frame| !known(*frame)).take(MOST_BETWEEN).any(|frame| holds(&self.at(frame)))
    }
}
