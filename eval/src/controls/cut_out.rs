//! The right answer drawn flat: pieces cut out of the first frame, moved as the truth says. No new light falls on them, nor from them.

use crate::truth::{BACKGROUND, NO_MATTER};
use crate::{Frame, LabelMaps, Shown};

use super::changes::made;
use super::{Made, Source};

/// Steps towards the middle of a piece to where it is seen in the first frame.
const STEPS: usize = 24;
/// Pixels of the maps beside an object that may show some of it.
const MIXED: usize = 2;

/// `None` where the camera moves.
pub(super) fn cut_out(source: &Source<'_>) -> Option<Made> {
    let truth = source.truth;
    if truth.camera.is_some() {
        return None;
    }
    let maps = truth.label_maps().ok()?;
    let ground = uncovered(&source.frames[0], &maps);
    let mut frames: Vec<Frame> = Vec::with_capacity(source.frames.len());
    let mut last = None;
    for frame in 0..source.frames.len() {
        let entry = maps.entry_of(frame as u32);
        // An entry holds until the next.
        let drawn = match frames.last() {
            Some(before) if last == Some(entry) => before.clone(),
            _ => draw(source, &maps, &ground, entry),
        };
        last = Some(entry);
        frames.push(drawn);
    }
    Some(made(source, frames))
}

fn draw(source: &Source<'_>, maps: &LabelMaps, ground: &Frame, entry: usize) -> Frame {
    let (truth, first) = (source.truth, &source.frames[0]);
    if truth.objects.first().is_some_and(|o| o.shown[entry] == Shown::Dark) {
        return Frame { rgb: vec![0; first.rgb.len()], ..*first };
    }
    let (width, height) = (first.width as usize, first.height as usize);
    let label =
        |entry: usize, x: usize, y: usize| maps.entry(entry)[(y * maps.height / height) * maps.width + x * maps.width / width];
    let mut out = ground.clone();
    for y in 0..height {
        for x in 0..width {
            let at = y * width + x;
            let own = label(entry, x, y);
            if own == NO_MATTER {
                out.rgb[3 * at..3 * at + 3].copy_from_slice(&first.rgb[3 * at..3 * at + 3]);
            }
            let Some(object) = usize::from(own).checked_sub(1).and_then(|i| truth.objects.get(i)) else { continue };
            let color = match (object.center[0], object.center[entry]) {
                (Some(from), Some(to)) => {
                    let grown = (object.whole_px[0].max(1) as f32 / object.whole_px[entry].max(1) as f32).sqrt();
                    let arm = [(x as f32 + 0.5 - to[0]) * grown, (y as f32 + 0.5 - to[1]) * grown];
                    // Nearer and nearer to its middle, until it is seen there.
                    let seen = (0..=STEPS).find_map(|step| {
                        let part = 1.0 - step as f32 / STEPS as f32;
                        let (px, py) = (from[0] + part * arm[0], from[1] + part * arm[1]);
                        let inside = px >= 0.0 && py >= 0.0 && px < width as f32 && py < height as f32;
                        (inside && label(0, px as usize, py as usize) == own).then(|| py as usize * width + px as usize)
                    });
                    seen.map_or(object.color, |at| [first.rgb[3 * at], first.rgb[3 * at + 1], first.rgb[3 * at + 2]])
                }
                _ => object.color,
            };
            out.rgb[3 * at..3 * at + 3].copy_from_slice(&color);
        }
    }
    out
}

/// The first frame without its objects: what is nearest beside each, left or right.
fn uncovered(first: &Frame, maps: &LabelMaps) -> Frame {
    let (width, height) = (first.width as usize, first.height as usize);
    let mut out = first.clone();
    for y in 0..height {
        let row = (y * maps.height / height) * maps.width;
        // Some pixels more to each side: edges are mixed, and all of a slit is.
        let free = |x: usize| {
            let at = x * maps.width / width;
            (at.saturating_sub(MIXED)..=(at + MIXED).min(maps.width - 1))
                .all(|at| [BACKGROUND, NO_MATTER].contains(&maps.entry(0)[row + at]))
        };
        let open: Vec<usize> = (0..width).filter(|&x| free(x)).collect();
        if open.is_empty() {
            continue;
        }
        for x in (0..width).filter(|&x| !free(x)) {
            let after = open.partition_point(|&o| o < x);
            let nearest = [after.checked_sub(1), Some(after)].into_iter().flatten().filter_map(|i| open.get(i));
            let Some(&from) = nearest.min_by_key(|o| o.abs_diff(x)) else { continue };
            let (to, from) = (3 * (y * width + x), 3 * (y * width + from));
            let color = [first.rgb[from], first.rgb[from + 1], first.rgb[from + 2]];
            out.rgb[to..to + 3].copy_from_slice(&color);
        }
    }
    out
}
