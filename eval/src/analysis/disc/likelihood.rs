//! What each pixel of a candidate says for the disc being there.

use crate::Frame;
use crate::picture::difference;

use super::super::palette::{OTHER, Palette, TINTED};
use super::super::watch::{CHANGE, CHANGED, CLASS, SHADE, Watch};
use super::Subject;
use super::lattice::INSIDE;

/// Certainty. Likelihoods are integers, so that their sums over a disc do not depend on their order.
pub(super) const CERTAIN: u8 = 200;
/// How much a changed pixel speaks for a disc by itself; the rest it must earn by looking as the disc did there at the start.
const OF_CHANGED: u8 = 160;
/// The same where it is merely shaded: a grey ball on a grey floor looks so, but so does its shadow.
const OF_SHADE: u8 = 50;
/// The same where a target stood at the start and the pixel looks as at the end: most likely the background it uncovered.
const OF_VACATED: u8 = 20;
/// The same where it looks otherwise: the disc, or a shadow on what was uncovered.
const OF_SHADED_VACATED: u8 = 70;
/// A colour that covers less of the disc than this is a glint.
const GLINT: f32 = 0.12;
/// Colours (sums over the channels) nearer than this are one.
const ONE_COLOR: u32 = 70;
/// Differences (sums over the channels) up to which, and from which, a pixel looks as at the start entirely, or not at all.
const ALIKE: (u32, u32) = (30, 110);

/// Shares of a ball's colour in a mixture with the background: no more than a shadow, and surely the ball.
const THIN: std::ops::Range<f32> = 0.3..0.65;
/// Distance of the ball's colour from the background below which nothing can be told, and how far a mixture may be beside.
const FAINT: f32 = 60.0;
const BESIDE: f32 = 40.0;

/// The likelihoods of one frame, per pixel, in parts of [`CERTAIN`], for the rows in which anything has changed.
pub(super) struct Likelihood {
    /// Index of the first pixel that is kept; before it, and after the last, nothing speaks for the disc.
    from: usize,
    /// By how the pixel differs from the background alone.
    changed: Vec<u8>,
    /// By that, and by whether it looks as the disc did at the start; [`ALONE`] where only what is known of the targets speaks.
    ball: Vec<u8>,
}

/// A pixel that has changed, but into a target's hue: where it is known that no target is here, that is its reflection, and speaks for the disc.
const ALONE: u8 = u8::MAX;

impl Likelihood {
    /// By how a pixel differs from the background alone.
    pub(super) fn changed(&self, at: usize) -> u8 {
        self.changed.get(at.wrapping_sub(self.from)).copied().unwrap_or(0)
    }

    /// By that, and by whether it looks as the disc did at the start. `alone`: no target is here.
    pub(super) fn ball(&self, at: usize, alone: bool) -> u8 {
        match self.ball.get(at.wrapping_sub(self.from)) {
            Some(&ALONE) if alone => OF_CHANGED,
            Some(&ALONE) => 0,
            Some(&own) => own,
            None => 0,
        }
    }

    /// Of values for all pixels, for tests.
    #[cfg(test)]
    pub(super) fn of_all(changed: Vec<u8>, ball: Vec<u8>) -> Self {
        Self { from: 0, changed, ball }
    }
}

/// The likelihoods of every frame. `thin`: frames may be blended.
pub(super) fn likelihoods(subject: &Subject<'_>, palette: &Palette, watch: &Watch, first: &Frame, thin: bool) -> Vec<Likelihood> {
    let by_mark = by_mark(subject, palette);
    let portrait = portrait(subject, first);
    let last = &watch.soft[watch.soft.len() - 1];
    let width = subject.maps.width;
    let of_frame = |(marks, soft): (&Vec<u8>, &Frame)| {
        let has_changed = |row: &[u8]| row.iter().any(|mark| mark & CHANGED != 0);
        let mut rows = marks.chunks_exact(width).map(has_changed);
        let first_row = rows.position(|changed| changed).unwrap_or(0);
        let last_row = marks.chunks_exact(width).rposition(has_changed).map_or(first_row, |row| row + 1);
        let (from, kept) = (first_row * width, first_row * width..last_row * width);
        let mut found = Likelihood { from, changed: vec![0; kept.len()], ball: vec![0; kept.len()] };
        for (at, &mark) in kept.clone().zip(&marks[kept]) {
            let own = by_mark[usize::from(mark)];
            if own == 0 {
                found.ball[at - from] = if mark & CHANGED != 0 { ALONE } else { 0 };
                continue;
            }
            let here = at * 3..at * 3 + 3;
            let pixel = &soft.rgb[here.clone()];
            let looks_as_in = |other: &Frame| difference(pixel, &other.rgb[here.clone()]) < CHANGE;
            let own = if subject.shy[at] && looks_as_in(first) {
                0
            } else if own <= OF_VACATED || own == CERTAIN || !subject.vacated[at] {
                own
            } else if looks_as_in(last) {
                OF_VACATED
            } else {
                own.min(OF_SHADED_VACATED)
            };
            found.changed[at - from] = own;
            let mixed =
                || if thin && own == OF_SHADE { through(pixel, &watch.background.rgb[here.clone()], &portrait) } else { 0.0 };
            let look = |rest: u8| alike(pixel, &portrait, rest).max((mixed() * f32::from(rest)) as u8);
            found.ball[at - from] = if own == 0 { ALONE } else { own + look(CERTAIN - own) };
        }
        found
    };
    watch.marks.iter().zip(watch.soft.iter()).map(of_frame).collect()
}

/// What a mark says by itself.
fn by_mark(subject: &Subject<'_>, palette: &Palette) -> [u8; 256] {
    let own = palette.class_of[subject.thing];
    std::array::from_fn(|mark| {
        let mark = mark as u8;
        // Beside a block is no ball either.
        let class = mark & CLASS & !TINTED;
        if mark & CHANGED == 0 {
            0
        } else if own != OTHER && class == own {
            CERTAIN
        } else if usize::from(class) <= palette.count() && palette.has_hue(class) {
            // A block passing by is no ball.
            0
        } else if mark & SHADE != 0 {
            OF_SHADE
        } else {
            OF_CHANGED
        }
    })
}

/// How much a pixel looks like one of the ball's colours, in parts of `whole`.
fn alike(pixel: &[u8], portrait: &[[u8; 3]], whole: u8) -> u8 {
    let Some(off) = portrait.iter().map(|color| difference(pixel, color)).min() else { return 0 };
    let near = (ALIKE.1 - ALIKE.0).min(ALIKE.1.saturating_sub(off));
    (near * u32::from(whole) / (ALIKE.1 - ALIKE.0)) as u8
}

/// How much a pixel looks like one of the ball's colours laid thinly over the background, `0..=1`, as frames that are blended show it.
/// Shadows of a dark ball look so too, but are thinner.
fn through(pixel: &[u8], back: &[u8], portrait: &[[u8; 3]]) -> f32 {
    let way = |to: &[u8]| [0, 1, 2].map(|c| f32::from(to[c]) - f32::from(back[c]));
    let (seen, mut best) = (way(pixel), 0.0_f32);
    for color in portrait {
        let whole = way(color);
        let square: f32 = whole.iter().map(|w| w * w).sum();
        if square < FAINT * FAINT {
            continue;
        }
        let share = seen.iter().zip(whole).map(|(s, w)| s * w).sum::<f32>() / square;
        let off: f32 = seen.iter().zip(whole).map(|(s, w)| (s - share * w).abs()).sum();
        if off < BESIDE {
            best = best.max(((share - THIN.start) / (THIN.end - THIN.start)).clamp(0.0, 1.0));
        }
    }
    best
}

/// The disc's colours at the start. It may roll: which of them shows where is not known later.
fn portrait(subject: &Subject<'_>, first: &Frame) -> Vec<[u8; 3]> {
    let (maps, disc) = (subject.maps, &subject.maps.things[subject.thing]);
    let points = INSIDE.iter().filter_map(|offset| {
        let (x, y) = (disc.centers[0][0] + offset[0] * disc.radii[0], disc.centers[0][1] + offset[1] * disc.radii[0]);
        if x < 0.0 || y < 0.0 || x >= maps.width as f32 || y >= maps.height as f32 {
            return None;
        }
        let at = y as usize * maps.width + x as usize;
        (maps.map(0)[at] == disc.label).then(|| [first.rgb[at * 3], first.rgb[at * 3 + 1], first.rgb[at * 3 + 2]])
    });
    colors(points.collect())
}

/// The colours that most of `points` show, the commonest first.
fn colors(mut points: Vec<[u8; 3]>) -> Vec<[u8; 3]> {
    let least = (GLINT * points.len() as f32).max(3.0);
    let mut found = Vec::new();
    loop {
        let like = |a: &[u8; 3]| points.iter().filter(|b| difference(a, *b) < ONE_COLOR).count();
        // Of equals the first, so that the verdict depends on nothing else.
        let Some(center) = points.iter().copied().rev().max_by_key(like).filter(|c| like(c) as f32 >= least) else {
            return found;
        };
        let group: Vec<[u8; 3]> = points.iter().copied().filter(|b| difference(&center, b) < ONE_COLOR).collect();
        found.push([0, 1, 2].map(|c| (group.iter().map(|p| u32::from(p[c])).sum::<u32>() / group.len() as u32) as u8));
        points.retain(|b| difference(&center, b) >= ONE_COLOR);
    }
}
