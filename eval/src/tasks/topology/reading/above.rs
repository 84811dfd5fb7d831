//! Who is above at a crossing: the one whose hue fills it, and whose flanks run through it.

use super::crossing::Crossing;
use super::pixels::{Arcs, Pixels};

/// A pixel counts so far beside both ways, and from the crossing, widths.
const BESIDE: f32 = 0.42;
const AROUND: f32 = 1.1;
/// Hues that are so much nearer to one way's than to the other's are its own, degrees.
const CLEAR: f32 = 25.0;
/// A vote of hue that is weaker is helped by what flanks tell.
const WEAK: f32 = 0.5;

/// From -1, the second way is above, to 1, the first is.
pub(super) fn vote(pixels: &Pixels, arcs: &Arcs, crossing: &Crossing, spans: [f32; 2], width: f32) -> f32 {
    let by_hue = of_hue(pixels, arcs, crossing, spans, width);
    if by_hue.abs() >= WEAK {
        return by_hue;
    }
    (by_hue + of_flanks(pixels, crossing, width) * (1.0 - by_hue.abs())).clamp(-1.0, 1.0)
}

/// `spans` are the lengths of the two strands, pixels.
fn of_hue(pixels: &Pixels, arcs: &Arcs, crossing: &Crossing, spans: [f32; 2], width: f32) -> f32 {
    let reach = AROUND * width;
    let (mut sum, mut weight) = (0.0_f32, 1e-3_f32);
    for (at, [dx, dy]) in pixels.about(crossing.place, reach).filter(|(at, _)| pixels.is_hued(*at)) {
        let aside = crossing.ways.map(|[wx, wy]| (dx * wy - dy * wx).abs());
        if aside[0].max(aside[1]) > BESIDE * width || dx * dx + dy * dy > reach * reach {
            continue;
        }
        let off = [0, 1].map(|k| {
            let (pass, [wx, wy]) = (crossing.passes[k], crossing.ways[k]);
            let along = pass.at + (dx * wx + dy * wy) / spans[k].max(1.0);
            arcs.off(pixels.hue[at], pass.strand, along)
        });
        sum += pixels.sure[at] * ((off[1] - off[0]) / CLEAR).clamp(-1.0, 1.0);
        weight += pixels.sure[at];
    }
    // A few pixels say little.
    sum / weight.max(0.15 * width * width)
}

/// The sides of the strand above are dark lines, or steps, that run on through the crossing; those of the one below end before it.
fn of_flanks(pixels: &Pixels, crossing: &Crossing, width: f32) -> f32 {
    let luma = |place: [f32; 2]| pixels.under(place).map_or(0.0, |at| pixels.luma[at]);
    let strength = |k: usize| {
        let [wx, wy] = crossing.ways[k];
        let mut sum = 0.0;
        for side in [-1.0, 1.0] {
            for step in [-0.3, -0.15, 0.0, 0.15, 0.3] {
                let at = |aside: f32| {
                    let (a, s) = (side * aside * width, step * width);
                    luma([crossing.place[0] + s * wx - a * wy, crossing.place[1] + s * wy + a * wx])
                };
                // The darkest about the side, against the middle and what lies beyond.
                let dark = [0.36, 0.44, 0.52, 0.6].map(at).into_iter().fold(f32::INFINITY, f32::min);
                sum += (at(0.1).min(at(0.95)) - dark).max(0.0);
            }
        }
        sum
    };
    let (first, second) = (strength(0), strength(1));
    (first - second) / (first + second + 60.0)
}
