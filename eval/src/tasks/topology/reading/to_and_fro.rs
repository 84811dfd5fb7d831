//! Crossings that are none: noise leads ways to and fro, and strands that touch are drawn on either side of each other.

use super::curve::distance;
use super::{Crossing, Seen};

/// A loop that noise makes is at most so long, parts of its strand.
const LOOP: f32 = 0.075;
/// A weaker vote does not tell who is above.
const UNTOLD: f32 = 0.25;
/// Two crossings of the same two pieces that lie nearer than this, widths, are a grazing touch: strands that cross lie farther apart.
const GRAZING: f32 = 0.9;
/// Pieces so near to each other are the same one, parts of the strand.
const SAME_PIECE: f32 = 0.08;

/// A short loop of a strand's way: from which part of its length, and how long.
struct Loop {
    strand: usize,
    from: f32,
    span: f32,
    place: [f32; 2],
}

impl Loop {
    /// The loop that a crossing closes, if it is short and nobody can tell who is above.
    fn of(seen: &Seen) -> Option<Self> {
        let [a, b] = seen.crossing.passes;
        if seen.vote.abs() >= UNTOLD || a.off(b) > LOOP {
            return None;
        }
        let from = if (b.at - a.at).rem_euclid(1.0) < 0.5 { a } else { b };
        Some(Self { strand: a.strand, from: from.at, span: a.off(b), place: seen.crossing.place })
    }

    fn meets(&self, other: &Self) -> bool {
        let starts_in = |a: &Self, b: &Self| (b.from - a.from).rem_euclid(1.0) <= a.span;
        self.strand == other.strand && (starts_in(self, other) || starts_in(other, self))
    }
}

/// Leaves out short loops of ways where it is not told who is above: there they run to and fro. Of loops within loops the longest counts. Whether there
/// are any.
pub(super) fn cut_short(ways: &mut [Vec<[f32; 2]>], crossings: &[Seen]) -> bool {
    let mut loops: Vec<Loop> = crossings.iter().filter_map(Loop::of).collect();
    loops.sort_by(|a, b| b.span.total_cmp(&a.span).then(a.strand.cmp(&b.strand)).then(a.from.total_cmp(&b.from)));
    let mut taken: Vec<Loop> = Vec::new();
    for one in loops {
        if taken.iter().any(|other| other.meets(&one)) {
            continue;
        }
        let way = &mut ways[one.strand];
        let n = way.len();
        let ends = [one.from, one.from + one.span].map(|at| (at * n as f32) as usize);
        (ends[0] + 1..=ends[1]).for_each(|at| way[at % n] = one.place);
        taken.push(one);
    }
    !taken.is_empty()
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

    /// A circle of 100 points.
    fn circle(k: usize) -> [f32; 2] {
        let angle = k as f32 / 100.0 * std::f32::consts::TAU;
        [50.0 + 40.0 * libm::cosf(angle), 50.0 + 40.0 * libm::sinf(angle)]
    }

    fn seen(way: &[[f32; 2]], vote: impl Fn(&Crossing) -> f32) -> Vec<Seen> {
        meet(&[way.to_vec()]).into_iter().map(|crossing| Seen { vote: vote(&crossing), crossing }).collect()
    }

    /// A circle that runs back and forth after one of its points.
    fn to_and_fro(first: usize) -> Vec<[f32; 2]> {
        let mut way: Vec<[f32; 2]> = (0..100).map(circle).collect();
        let back = [circle(first + 3), circle(first + 1), circle(first + 2)];
        for (k, [x, y]) in back.into_iter().enumerate() {
            way[(first + 1 + k) % 100] = [x + if k == 1 { 2.0 } else { 0.0 }, y - 1.0];
        }
        way
    }

    #[test]
    fn short_loops_that_nobody_can_tell_are_left_out() {
        for first in [20, 98] {
            let way = to_and_fro(first);
            let mut ways = vec![way.clone()];
            assert!(!cut_short(&mut ways, &seen(&way, |_| 0.9)) && ways[0] == way);
            assert!(cut_short(&mut ways, &seen(&way, |_| 0.1)));
            assert!(meet(&ways).is_empty(), "{first}");
        }
        let eight = vec![[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.1]];
        assert!(!cut_short(&mut [eight.clone()], &seen(&eight, |_| 0.0)), "half of a strand is no short loop");
    }

    #[test]
    fn of_loops_within_loops_the_longest_is_left_out() {
        let mut way: Vec<[f32; 2]> = (0..100).map(circle).collect();
        let knotted = [[56.0, 96.0], [60.0, 100.0], [60.0, 96.0], [57.0, 100.0], [64.0, 96.0], [57.0, 90.0]];
        way[21..27].copy_from_slice(&knotted);
        let crossings = seen(&way, |_| 0.0);
        assert!(crossings.len() > 2, "a loop, and others within it");
        let mut ways = vec![way];
        assert!(cut_short(&mut ways, &crossings));
        assert!(meet(&ways).is_empty(), "{:?}", meet(&ways));
    }
}
