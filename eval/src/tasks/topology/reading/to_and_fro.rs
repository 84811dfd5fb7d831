//! Crossings that are none: noise leads ways to and fro, and strands that touch are drawn on either side of each other.

use super::curve::distance;
use super::{Crossing, Seen};

/// Two crossings of the same two pieces that lie nearer than this, widths, are a grazing touch: strands that cross lie farther apart.
const GRAZING: f32 = 0.9;
/// Pieces so near to each other are the same one, parts of the strand.
const SAME_PIECE: f32 = 0.08;

/// Whether two crossings are of the same two pieces of strands in one place, and if so, whether the first of one is the second of the other.
pub(super) fn is_twice(a: &Crossing, b: &Crossing, width: f32) -> Option<bool> {
    if distance(a.place, b.place) > GRAZING * width {
        return None;
    }
    let near = |k: usize, l: usize| a.passes[k].off(b.passes[l]) < SAME_PIECE;
    match () {
        () if near(0, 0) && near(1, 1) => Some(false),
        () if near(0, 1) && near(1, 0) => Some(true),
        () => None,
    }
}

/// Strands that only touch are drawn now on one side and now on the other: then the same one is above at both crossings, whatever they look like.
pub(super) fn settle(crossings: &mut [Seen], width: f32) {
    for i in 0..crossings.len() {
        for j in i + 1..crossings.len() {
            let (a, b) = (&crossings[i].crossing, &crossings[j].crossing);
            let Some(turned) = is_twice(a, b, width) else { continue };
            let flipped = if turned { -1.0 } else { 1.0 };
            let sum = crossings[i].vote + flipped * crossings[j].vote;
            crossings[i].vote = sum / 2.0;
            crossings[j].vote = flipped * sum / 2.0;
        }
    }
}
