//! Crossings that are none: noise leads ways to and fro, and strands that touch are drawn on either side of each other.

use super::curve::distance;
use super::{Crossing, Seen};

/// A loop of a strand's way is so short at most, parts of its length, if there is none.
const LOOP: f32 = 0.075;
/// A weaker vote does not tell who is above.
const UNTOLD: f32 = 0.25;
/// Two crossings of the same two pieces that lie nearer than this, widths, are a grazing touch: strands that cross lie farther apart.
const GRAZING: f32 = 0.9;
/// Pieces so near to each other are the same one, parts of the strand.
const SAME_PIECE: f32 = 0.08;

/// Leaves out short loops of ways where it is not told who is above: there they run to and fro. Whether there are any.
pub(super) fn cut_short(ways: &mut [Vec<[f32; 2]>], crossings: &[Seen]) -> bool {
    let mut any = false;
    for seen in crossings.iter().filter(|seen| seen.vote.abs() < UNTOLD) {
        let [a, b] = seen.crossing.passes;
        if a.off(b) > LOOP {
            continue;
        }
        let (from, to) = if (b.at - a.at).rem_euclid(1.0) < 0.5 { (a, b) } else { (b, a) };
        let way = &mut ways[a.strand];
        let n = way.len();
        let (first, last) =
            ((from.at * n as f32) as usize + 1, (to.at * n as f32) as usize + if to.at < from.at { n } else { 0 });
        for at in first..=last {
            way[at % n] = seen.crossing.place;
            any = true;
        }
    }
    any
}

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

#[cfg(test)]
mod tests {
    use super::super::meet;
    use super::*;

    #[test]
    fn short_loops_that_nobody_can_tell_are_left_out() {
        // A circle of 100 points whose first ones, and those at its end too, run back and forth.
        let circle = |k: usize| {
            let angle = k as f32 / 100.0 * std::f32::consts::TAU;
            [50.0 + 40.0 * libm::cosf(angle), 50.0 + 40.0 * libm::sinf(angle)]
        };
        for first in [20, 98] {
            let mut way: Vec<[f32; 2]> = (0..100).map(circle).collect();
            let back = [circle(first + 3), circle(first + 1), circle(first + 2)];
            for (k, place) in back.into_iter().enumerate() {
                way[(first + 1 + k) % 100] = [place[0] + if k == 1 { 2.0 } else { 0.0 }, place[1] - 1.0];
            }
            let seen =
                |vote: f32| -> Vec<Seen> { meet(&[way.clone()]).into_iter().map(|crossing| Seen { crossing, vote }).collect() };
            assert!(!seen(0.0).is_empty());
            let mut plain = vec![way.clone()];
            assert!(!cut_short(&mut plain, &seen(0.9)) && plain[0] == way);
            assert!(cut_short(&mut plain, &seen(0.1)));
            assert!(meet(&plain).is_empty(), "{first}");
        }
        let eight = vec![[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.1]];
        let crossings: Vec<Seen> =
            meet(std::slice::from_ref(&eight)).into_iter().map(|crossing| Seen { crossing, vote: 0.0 }).collect();
        assert!(!cut_short(&mut [eight], &crossings), "half of a strand is no short loop");
    }
}
