//! Whether walls, floor and ceiling look as they did when they were first seen: what is painted anew, or stands before them, does not.
//!
//! Each surface is divided into cells, which remember the colours that they showed first. Light stands still, so a cell shows one of them
//! whenever it is seen again from about as near.

use std::collections::HashMap;

use crate::{Footage, Frame};

use super::fit::Known;
use super::fix::Fix;
use super::place::{Body, Met};
use super::pose::View;

/// Pixels, of the maps, from one look to the next.
const STRIDE: usize = 8;
/// A look farther off says little of a place, metres; nor does one that grazes a surface, cosine.
const FARTHEST: f32 = 7.0;
const STEEP: f32 = 0.25;
/// Edge of a cell, metres, and the grid of planes in which surfaces lie.
const CELL: f32 = 0.3;
const PLANE: f32 = 0.05;
/// A look from nearer than this part of the first one's distance shows what that did not.
const NEARER: f32 = 0.6;
/// How far beside what it showed first a cell's colour may be: levels, and parts of it.
const OTHER: (f32, f32) = (16.0, 0.22);
/// Seconds from one frame that is looked at to the next.
const PAUSE: f64 = 0.1;
/// Seconds for which a cell learns from when it is first seen: then the eye may have been thought a little beside its place.
const LEARNS: f64 = 0.35;
/// Fewest cells known from before that say something of a frame.
const FEWEST: usize = 60;
/// Pixels about what does not fill its bounds, and at a metre, and the least depth for that, metres.
const ABOUT: (f32, f32) = (4.0, 12.0);
const NEAR: f32 = 0.7;
/// What is nailed to an edge, as frames of doors are, reaches so far beyond it, and what lies so much farther off is behind it; metres.
const NAILED: f32 = 0.14;
const BEHIND: f32 = 0.2;

/// A surface's axis, its plane and the side from which it is seen, and the cell on it.
type Key = (usize, i32, [i32; 2]);

/// From the least to the greatest value of each channel.
#[derive(Clone, Copy)]
struct Range {
    low: [f32; 3],
    high: [f32; 3],
}

/// What a cell showed first.
struct Cell {
    /// The frame in which it was first seen, and the last from which it learns.
    first: usize,
    until: usize,
    reach: f32,
    range: Range,
}

/// What a patch of a picture shows of a surface.
struct Look {
    key: Key,
    reach: f32,
    mean: [f32; 3],
    range: Range,
}

impl Range {
    fn with(self, other: Self) -> Self {
        Self { low: [0, 1, 2].map(|c| self.low[c].min(other.low[c])), high: [0, 1, 2].map(|c| self.high[c].max(other.high[c])) }
    }

    fn has(&self, color: [f32; 3]) -> bool {
        let slack = |v: f32| OTHER.0 + OTHER.1 * v;
        (0..3).all(|c| color[c] >= self.low[c] - slack(self.low[c]) && color[c] <= self.high[c] + slack(self.high[c]))
    }
}

/// For each frame that is looked at and shows enough of what was seen before, what share of that is of another colour. `first` is the view of the
/// first frame.
pub(super) fn repainted(known: &Known<'_>, first: &View, footage: &Footage, fixes: &[Fix]) -> Vec<f32> {
    let mut cells: HashMap<Key, Cell> = HashMap::new();
    let (mut shares, mut last) = (Vec::new(), f64::NEG_INFINITY);
    for (frame, fix) in fixes.iter().enumerate() {
        if !fix.looked || fix.is_lost() || footage.time[frame] - last < PAUSE {
            continue;
        }
        last = footage.time[frame];
        let view = if frame == 0 { *first } else { known.view(fix.pose) };
        let looks = looks(known, &view, &footage.frames[frame]);
        let (mut seen, mut other) = (0, 0);
        for look in &looks {
            if let Some(range) = remembered(&cells, look, frame) {
                seen += 1;
                other += usize::from(!range.has(look.mean));
            }
        }
        if seen >= FEWEST {
            shares.push(other as f32 / seen as f32);
        }
        // Of the first frame it is sure where it was seen from, and that it is right.
        let learns = if frame == 0 { 0.0 } else { LEARNS };
        let until = frame + footage.time[frame + 1..].iter().take_while(|&&time| time - last <= learns).count();
        for Look { key, reach, range, .. } in looks {
            let cell = cells.entry(key).or_insert(Cell { first: frame, until, reach, range });
            if frame <= cell.until {
                cell.range = cell.range.with(range);
            }
        }
    }
    shares
}

/// What a cell and those about it showed before; none if it had not been seen, or from much farther off.
fn remembered(cells: &HashMap<Key, Cell>, look: &Look, frame: usize) -> Option<Range> {
    let (axis, plane, [u, v]) = look.key;
    let own = cells.get(&look.key).filter(|cell| frame > cell.until && look.reach > NEARER * cell.reach)?;
    let near = (-1..=1).flat_map(|du| (-1..=1).map(move |dv| (axis, plane, [u + du, v + dv])));
    let near = near.filter_map(|key| cells.get(&key).filter(|cell| cell.first < frame));
    Some(near.fold(own.range, |range, cell| range.with(cell.range)))
}

/// What a frame shows of surfaces that are where they are said to be.
fn looks(known: &Known<'_>, view: &View, frame: &Frame) -> Vec<Look> {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let (across, down) = (width / STRIDE, height / STRIDE);
    let eye = view.eye();
    // Of the half-size picture.
    let middle = |i: usize| [i % across, i / across].map(|c| (c as f32 + 0.5) * 0.5 * STRIDE as f32);
    let met: Vec<Option<Met>> = (0..across * down).map(|i| known.place.meets(eye, view.ray(middle(i)))).collect();
    let hidden = hidden(&met, across, 2.0 * view.lens.focal[0] / STRIDE as f32);
    let vague = known.place.vague(view);
    let look = |i: usize| {
        let (at, Met { reach, body }) = (middle(i), met[i]?);
        let is_hidden = || vague.iter().any(|v| v.hides(at, ABOUT.0 + ABOUT.1 / v.depth.max(NEAR), reach));
        if hidden[i] || body == Body::Sky || reach > FARTHEST || !known.shown.at(at) || is_hidden() {
            return None;
        }
        let ray = view.ray(at);
        let spot: [f32; 3] = std::array::from_fn(|k| eye[k] + reach * ray[k]);
        let axis = known.place.axis(body, spot);
        if ray[axis].abs() < STEEP * ray.iter().map(|r| r * r).sum::<f32>().sqrt() {
            return None;
        }
        let plane = 2 * (spot[axis] / PLANE).round() as i32 + i32::from(ray[axis] > 0.0);
        let [u, v] = [[1, 2], [0, 2], [0, 1]][axis].map(|k: usize| (spot[k] / CELL).floor() as i32);
        let (mean, range) = patch(frame, [i % across, i / across].map(|c| c * STRIDE));
        Some(Look { key: (axis, plane, [u, v]), reach, mean, range })
    };
    (0..met.len()).filter_map(look).collect()
}

/// What lies behind what is nailed to an edge. `sharp` is the focal length in looks.
fn hidden(met: &[Option<Met>], across: usize, sharp: f32) -> Vec<bool> {
    let down = met.len() / across;
    let reach = |i: usize| met[i].map_or(0.0, |met| met.reach);
    let mut hidden = vec![false; met.len()];
    for i in 0..met.len() {
        let (x, y, own) = (i % across, i / across, reach(i));
        let farther = |x: usize, y: usize| reach(y * across + x) > own + BEHIND;
        let beside =
            [(x.saturating_sub(1), y), ((x + 1).min(across - 1), y), (x, y.saturating_sub(1)), (x, (y + 1).min(down - 1))];
        if own <= 0.0 || !beside.iter().any(|&(x, y)| farther(x, y)) {
            continue;
        }
        let about = (sharp * NAILED / own.max(BEHIND)).ceil() as usize;
        for y in y.saturating_sub(about)..(y + about + 1).min(down) {
            for x in x.saturating_sub(about)..(x + about + 1).min(across) {
                hidden[y * across + x] |= farther(x, y);
            }
        }
    }
    hidden
}

/// Mean and range of a patch of a picture.
fn patch(frame: &Frame, [x, y]: [usize; 2]) -> ([f32; 3], Range) {
    let (mut sum, mut range) = ([0.0_f32; 3], Range { low: [255.0; 3], high: [0.0; 3] });
    for row in frame.rgb.chunks_exact(3 * frame.width as usize).skip(y).take(STRIDE) {
        for pixel in row[3 * x..3 * (x + STRIDE)].chunks_exact(3) {
            let color = [0, 1, 2].map(|c| f32::from(pixel[c]));
            sum = [0, 1, 2].map(|c| sum[c] + color[c]);
            range = range.with(Range { low: color, high: color });
        }
    }
    (sum.map(|s| s / (STRIDE * STRIDE) as f32), range)
}
