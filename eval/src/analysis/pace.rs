//! The clock of things that move under cover of others, or look alike: which moment of the truth a frame shows, by what moves anywhere.
//!
//! Pixels of each colour are counted in a coarse grid, in each frame of the candidate and in each of the truth, less those of the first. The
//! line on which these changes fit best is the clock. Who is where does not matter: things that look alike need not be told apart.

use super::clock::{Clock, natural, strain};
use super::maps::Maps;
use super::palette::{OTHER, Palette};
use super::watch::{CLASS, Watch};
use crate::Footage;

/// Cells of the grid, across and down.
const GRID: [usize; 2] = [24, 15];
/// How far the rate may lie beyond what the clip's length or frame rate suggest.
const WIDEST: f32 = 1.6;
/// Most that the candidate may begin early or late, as a part of the truth's clip.
const SHIFT: f32 = 0.35;
/// Cells of which fewer pixels change in all, over the clip's largest change, tell nothing.
const LEAST: f32 = 40.0;

/// Part of all changes that must lie in pixels that are never free.
const ENOUGH: f32 = 0.25;

/// Change of each cell and colour since the first frame.
type Changes = Vec<Vec<f32>>;

impl Clock {
    /// The line that explains best what changes of the colours of `things`. If they never move, the candidate plays evenly.
    pub(crate) fn by_pace(maps: &Maps, palette: &Palette, watch: &Watch, things: &[usize], footage: &Footage) -> Self {
        let even = Self::even(maps, footage);
        let mut classes: Vec<u8> = things.iter().map(|&t| palette.class_of[t]).filter(|&c| c != OTHER).collect();
        classes.sort_unstable();
        classes.dedup();
        let place = |class: u8| classes.iter().position(|&c| c == class);
        let of_label = |label: u8| {
            let class = usize::from(label).checked_sub(1).and_then(|i| palette.class_of.get(i)).copied().unwrap_or(OTHER);
            place(class)
        };
        let size = |cells: &Vec<f32>| cells.iter().map(|c| c.abs()).sum::<f32>();
        let of_truth = |left_out: &[bool]| {
            let due: Changes = changes((0..maps.frames).map(|frame| maps.map(frame)), left_out, maps, classes.len(), of_label);
            let largest = due.iter().map(size).fold(0.0, f32::max);
            (due, largest)
        };
        // What may show anything shows images of what moves, which move too: left out, if that leaves enough.
        let (mut left_out, free) = (vec![false; maps.width * maps.height], maps.ever_free());
        let (mut due, mut largest) = of_truth(&left_out);
        if free.contains(&true) {
            let (rest, of_rest) = of_truth(&free);
            if of_rest >= ENOUGH * largest {
                (due, largest, left_out) = (rest, of_rest, free);
            }
        }
        let seen: Changes = changes(watch.marks.iter().map(Vec::as_slice), &left_out, maps, classes.len(), |mark| {
            place(mark & CLASS).filter(|_| mark & CLASS != 0)
        });
        if largest < LEAST || seen.len() < 2 {
            return even;
        }
        let apart: Vec<Vec<f32>> = seen
            .iter()
            .map(|s| due.iter().map(|d| s.iter().zip(d).map(|(a, b)| (a - b).abs()).sum::<f32>() / largest).collect())
            .collect();
        let ticks = footage.ticks();
        let natural = natural(maps, footage, &ticks);
        let (rate, offset) = search(&apart, &ticks, natural);
        Self { ticks, rate, offset, strain: strain(rate, natural), haste: rate / natural[0] }
    }
}

/// The changes of some pictures, each cell a pixel wide at least.
fn changes<'a>(
    pictures: impl Iterator<Item = &'a [u8]>,
    left_out: &[bool],
    maps: &Maps,
    classes: usize,
    class_of: impl Fn(u8) -> Option<usize>,
) -> Changes {
    let table: Vec<Option<usize>> = (0..=u8::MAX).map(class_of).collect();
    let column: Vec<usize> = (0..maps.width).map(|x| x * GRID[0] / maps.width).collect();
    let mut first: Option<Vec<f32>> = None;
    let mut of = |picture: &[u8]| {
        let mut cells = vec![0.0_f32; GRID[0] * GRID[1] * classes];
        for (y, (row, left_out)) in picture.chunks_exact(maps.width).zip(left_out.chunks_exact(maps.width)).enumerate() {
            let at = (y * GRID[1] / maps.height) * GRID[0];
            for ((&pixel, &x), _) in row.iter().zip(&column).zip(left_out).filter(|(_, left_out)| !**left_out) {
                if let Some(class) = table[usize::from(pixel)] {
                    cells[(at + x) * classes + class] += 1.0;
                }
            }
        }
        let first = first.get_or_insert_with(|| cells.clone());
        cells.iter_mut().zip(first.iter()).for_each(|(cell, first)| *cell -= first);
        cells
    };
    pictures.map(&mut of).collect()
}

/// Rate and offset of the line on which frames and moments are least apart.
fn search(apart: &[Vec<f32>], ticks: &[f32], natural: [f32; 2]) -> (f32, f32) {
    let last = (apart[0].len() - 1) as f32;
    let cost = |rate: f32, offset: f32| {
        let mut sum = 0.0;
        for (tick, of) in ticks.iter().zip(apart) {
            let moment = (rate * tick + offset).clamp(0.0, last);
            let low = moment as usize;
            let part = moment - low as f32;
            let next = of[(low + 1).min(of.len() - 1)];
            sum += (of[low] + part * (next - of[low])).min(1.0);
        }
        // Of lines that explain as much, the one nearest to what is natural.
        sum / apart.len() as f32 + 0.01 * strain(rate, natural) + 0.002 * offset.abs() / last.max(1.0)
    };
    let mut best = (f32::INFINITY, natural[0], 0.0);
    let mut try_one = |rate: f32, offset: f32| {
        let found = cost(rate, offset);
        if found < best.0 {
            best = (found, rate, offset);
        }
        best
    };
    try_one(natural[0], 0.0);
    try_one(natural[1], 0.0);
    let (low, high) = (natural[0].min(natural[1]) / WIDEST, natural[0].max(natural[1]) * WIDEST);
    let steps = (libm::logf(high / low) / 0.03) as i32;
    let reach = (SHIFT * last * 2.0) as i32;
    for step in 0..=steps {
        let rate = low * libm::expf(0.03 * step as f32);
        for half in -reach..=reach {
            try_one(rate, 0.5 * half as f32);
        }
    }
    let (_, rate, offset) = try_one(natural[0], 0.0);
    for fine in -8..=8 {
        for shift in -8..=8 {
            try_one(rate * (1.0 + 0.004 * fine as f32), offset + 0.08 * shift as f32);
        }
    }
    let (_, rate, offset) = best;
    (rate, offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Something goes to the right, stands, and comes back.
    fn place(moment: f32) -> f32 {
        let m = moment.clamp(0.0, 80.0);
        if m < 20.0 {
            0.0
        } else if m < 40.0 {
            (m - 20.0) / 20.0
        } else if m < 60.0 {
            1.0
        } else {
            1.0 - (m - 60.0) / 20.0
        }
    }

    #[test]
    fn a_clip_is_read_at_its_own_pace() {
        for (rate, offset, frames) in [(1.0, 0.0, 81), (1.0, -5.0, 86), (0.87, 0.0, 93), (2.0, 0.0, 41), (1.0, 0.0, 40)] {
            let apart: Vec<Vec<f32>> = (0..frames)
                .map(|f| (0..81).map(|m| (place(rate * f as f32 + offset) - place(m as f32)).abs()).collect())
                .collect();
            let natural = [if rate > 1.5 { rate } else { 1.0 }, 80.0 / (frames - 1) as f32];
            let ticks: Vec<f32> = (0..frames).map(|f| f as f32).collect();
            let (got, at) = search(&apart, &ticks, natural);
            // At the moments at which it moves.
            for moment in [25.0, 35.0] {
                let frame = (moment - offset) / rate;
                assert!((got * frame + at - moment).abs() < 0.6, "{rate} {offset}: {got} {at} at {moment}");
            }
        }
    }
}
