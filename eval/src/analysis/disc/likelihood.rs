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

/// The likelihoods of one frame, per pixel, in parts of [`CERTAIN`].
pub(super) struct Likelihood {
    /// By how the pixel differs from the background alone.
    pub(super) changed: Vec<u8>,
    /// By that, and by whether it looks as the disc did at the start.
    pub(super) ball: Vec<u8>,
    /// The same where it is known that no target is here: there a target's hue is its reflection.
    pub(super) alone: Vec<u8>,
}

/// The likelihoods of every frame.
pub(super) fn likelihoods(subject: &Subject<'_>, palette: &Palette, watch: &Watch, first: &Frame) -> Vec<Likelihood> {
    let by_mark = by_mark(subject, palette);
    let portrait = portrait(subject, first);
    let last = &watch.soft[watch.soft.len() - 1];
    let of_frame = |(marks, soft): (&Vec<u8>, &Frame)| {
        let mut found = Likelihood { changed: vec![0; marks.len()], ball: vec![0; marks.len()], alone: Vec::new() };
        for (at, &mark) in marks.iter().enumerate() {
            let own = by_mark[usize::from(mark)];
            if own == 0 {
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
            found.changed[at] = own;
            found.ball[at] = if own == 0 { 0 } else { own + alike(pixel, &portrait, CERTAIN - own) };
        }
        let alone = |(&ball, &mark): (&u8, &u8)| if ball == 0 && mark & CHANGED != 0 { OF_CHANGED } else { ball };
        found.alone = found.ball.iter().zip(marks).map(alone).collect();
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
