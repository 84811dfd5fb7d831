//! From crossings to invariants: which link a picture shows.

mod bracket;
mod polynomial;

use super::truth::LinkTruth;
use bracket::{Code, bracket};

/// Most crossings of which invariants are computed.
pub const MOST_CROSSINGS: usize = 24;

/// Where a strand goes through a crossing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pass {
    /// Number of the strand.
    pub strand: usize,
    /// How far along the strand, from 0 to 1.
    pub at: f32,
}

impl Pass {
    /// How far it is from another one along the strand, which is closed: parts of its length, 0.5 at most. Far on different strands.
    #[must_use]
    pub fn off(self, other: Self) -> f32 {
        if self.strand != other.strand {
            return f32::INFINITY;
        }
        ((self.at - other.at + 0.5).rem_euclid(1.0) - 0.5).abs()
    }
}

/// A crossing of a diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meeting {
    /// The strand that is above.
    pub over: Pass,
    /// The one below.
    pub under: Pass,
    /// Whether the strand above, turned counter-clockwise by less than half a turn, comes to lie on the one below.
    pub positive: bool,
}

/// The link that some closed strands with these crossings make: the Jones polynomial (V. F. R. Jones, "A polynomial invariant for knots via von
/// Neumann algebras", *Bulletin of the American Mathematical Society* 12, 1985) by Kauffman's bracket times `(-A³)` to the minus writhe, and linking
/// numbers, half the sums of signs. `None` beyond [`MOST_CROSSINGS`], and for what is no diagram of closed strands.
#[must_use]
pub fn link_of(strands: usize, meetings: &[Meeting]) -> Option<LinkTruth> {
    if meetings.len() > MOST_CROSSINGS || strands == 0 {
        return None;
    }
    let mut passes: Vec<Vec<(f32, usize, bool)>> = vec![Vec::new(); strands];
    for (number, meeting) in meetings.iter().enumerate() {
        for (pass, over) in [(meeting.over, true), (meeting.under, false)] {
            passes.get_mut(pass.strand).filter(|_| pass.at.is_finite())?.push((pass.at, number, over));
        }
    }
    // Edges are numbered by the pass that they leave.
    let mut code: Code = vec![[0; 4]; meetings.len()];
    let (mut first, mut circles) = (0, 0);
    for along in &mut passes {
        along.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        circles += usize::from(along.is_empty());
        for (i, &(_, number, over)) in along.iter().enumerate() {
            let (into, out) = ((first + (i + along.len() - 1) % along.len()) as u16, (first + i) as u16);
            let [comes, goes] = match (over, meetings[number].positive) {
                (false, _) => [0, 2],
                (true, true) => [3, 1],
                (true, false) => [1, 3],
            };
            code[number][comes] = into;
            code[number][goes] = out;
        }
        first += along.len();
    }
    let sign = |meeting: &Meeting| if meeting.positive { 1 } else { -1 };
    let writhe: i32 = meetings.iter().map(sign).sum();
    let framed = bracket(&code, circles).shifted(if writhe % 2 == 0 { 1 } else { -1 }, -3 * writhe);
    let mut linking = Vec::new();
    for b in 1..strands {
        for a in 0..b {
            let between = |m: &&Meeting| [(m.over.strand, m.under.strand), (m.under.strand, m.over.strand)].contains(&(a, b));
            let twice: i32 = meetings.iter().filter(between).map(sign).sum();
            // Closed curves in a plane meet an even number of times.
            if twice % 2 != 0 {
                return None;
            }
            linking.push(i64::from(twice / 2));
        }
    }
    Some(LinkTruth { jones: framed.terms(), linking, crossings: meetings.len() as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A closed braid on its strands: `2` is the second of the positive generators, `-2` its inverse. Crossings in the order in which each
    /// closed strand meets them.
    fn closed_braid(width: usize, word: &[i32]) -> Option<LinkTruth> {
        let (mut strand_of, mut at) = (vec![usize::MAX; width], vec![vec![]; word.len()]);
        let mut strands = 0;
        for start in 0..width {
            if strand_of[start] != usize::MAX {
                continue;
            }
            let (mut column, mut turn) = (start, 0);
            loop {
                strand_of[column] = strands;
                for (k, generator) in word.iter().enumerate() {
                    let left = generator.unsigned_abs() as usize - 1;
                    if column == left || column == left + 1 {
                        // Of strands that run down the one from the right is above in a positive crossing.
                        let is_over = (column == left) != (*generator > 0);
                        at[k].push((is_over, Pass { strand: strands, at: (turn * word.len() + k) as f32 }));
                        column = 2 * left + 1 - column;
                    }
                }
                turn += 1;
                if column == start {
                    break;
                }
            }
            strands += 1;
        }
        let find = |k: usize, over: bool| at[k].iter().find(|(is_over, _)| *is_over == over).map(|(_, pass)| *pass);
        let meetings: Option<Vec<Meeting>> = (0..word.len())
            .map(|k| Some(Meeting { over: find(k, true)?, under: find(k, false)?, positive: word[k] > 0 }))
            .collect();
        link_of(strands, &meetings?)
    }

    /// By powers of t.
    fn knot(width: usize, word: &[i32]) -> Vec<(i32, i64)> {
        let link = closed_braid(width, word).expect("a link");
        let mut terms: Vec<(i32, i64)> = link.jones.iter().map(|(a, c)| (-a / 4, *c)).collect();
        terms.reverse();
        terms
    }

    /// As the tables have them (J. C. Cha and C. Livingston, `KnotInfo`), of the hands that these braids have.
    #[test]
    fn jones_polynomials_of_knots_are_those_of_the_tables() {
        assert_eq!(knot(1, &[]), [(0, 1)]);
        assert_eq!(knot(2, &[1]), [(0, 1)], "a kink is nothing");
        assert_eq!(knot(3, &[1, -2]), [(0, 1)]);
        assert_eq!(knot(2, &[1, 1, 1]), [(1, 1), (3, 1), (4, -1)], "the right-handed trefoil");
        assert_eq!(knot(2, &[-1, -1, -1]), [(-4, -1), (-3, 1), (-1, 1)]);
        assert_eq!(knot(3, &[1, -2, 1, -2]), [(-2, 1), (-1, -1), (0, 1), (1, -1), (2, 1)], "the figure eight");
        assert_eq!(knot(2, &[1; 5]), [(2, 1), (4, 1), (5, -1), (6, 1), (7, -1)]);
        assert_eq!(knot(3, &[1, 1, 1, 2, -1, 2]), [(1, 1), (2, -1), (3, 2), (4, -1), (5, 1), (6, -1)], "5_2");
        assert_eq!(knot(3, &[1, 1, 1, -2]), knot(2, &[1, 1, 1]), "a kink more");
        assert_eq!(knot(3, &[1, 2, 1, 2, 1, 2, 1, 2]), [(3, 1), (5, 1), (8, -1)], "8_19");
    }

    #[test]
    fn links_have_linking_numbers_too() {
        let hopf = closed_braid(2, &[1, 1]).expect("a link");
        // -√t - √t⁵.
        assert_eq!((hopf.jones, hopf.linking), (vec![(-10, -1), (-2, -1)], vec![1]));
        let whitehead = closed_braid(3, &[1, -2, 1, -2, -2]).expect("a link");
        assert_eq!((whitehead.linking, whitehead.jones.len()), (vec![0], 6));
        let rings = closed_braid(3, &[1, -2, 1, -2, 1, -2]).expect("a link");
        let borromean = [(-12, -1), (-8, 3), (-4, -2), (0, 4), (4, -2), (8, 3), (12, -1)];
        assert_eq!((rings.linking, rings.jones), (vec![0, 0, 0], borromean.to_vec()));
        // Two circles apart.
        let apart = closed_braid(2, &[]).expect("a link");
        assert_eq!((apart.jones, apart.linking), (vec![(-2, -1), (2, -1)], vec![0]));
    }

    #[test]
    fn what_is_no_link_is_refused() {
        let pass = |strand: usize, at: f32| Pass { strand, at };
        let one = |over, under| link_of(2, &[Meeting { over, under, positive: true }]);
        assert_eq!(one(pass(0, 0.1), pass(1, 0.2)), None, "two closed curves that meet once");
        assert_eq!(one(pass(0, 0.1), pass(7, 0.2)), None);
        assert_eq!(one(pass(0, f32::NAN), pass(0, 0.2)), None);
        assert_eq!(link_of(0, &[]), None);
        let many = vec![Meeting { over: pass(0, 0.1), under: pass(0, 0.2), positive: true }; MOST_CROSSINGS + 1];
        assert_eq!(link_of(1, &many), None);
    }
}
