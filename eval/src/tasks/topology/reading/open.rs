//! How long a strand stays cut open: a cut that was plain is still open while what lies in it hides the ground.

use super::curve::Curve;
use super::{Gap, Reading, Seen};

/// A cut that is not plain any longer is still open if it is so long, parts of what it was, and so much of it lies beneath nothing, widths.
const STILL: f32 = 0.85;
const MISSING: f32 = 0.35;
/// Sine of the angle below which strands run along each other rather than across.
const FLATTEST: f32 = 0.3;

/// A cut in a strand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Open {
    /// The piece that is not seen.
    pub gap: Gap,
    /// Its length when it was plain last, widths.
    pub length: f32,
}

impl Reading {
    /// The cuts of this moment, if those of the one before are these.
    #[must_use]
    pub fn open_after(&self, before: &[Open]) -> Vec<Open> {
        let open = |gap: &Gap| {
            let length = gap.length / self.width;
            if gap.is_sure() {
                return Some(Open { gap: *gap, length });
            }
            let before = before.iter().find(|open| gap.is_at(&open.gap))?;
            (length >= STILL * before.length && self.missing(gap) >= MISSING).then_some(Open { gap: *gap, ..*before })
        };
        self.gaps.iter().filter_map(open).collect()
    }

    /// How much more of a strand is not seen than lies beneath others there, widths.
    #[must_use]
    pub fn missing(&self, gap: &Gap) -> f32 {
        let length = self.curves.get(gap.strand).map_or(0.0, Curve::length);
        let covered = |seen: &Seen| {
            let below = seen.crossing.passes[usize::from(seen.vote > 0.0)];
            if below.off(gap.pass()) * length > gap.length / 2.0 {
                return 0.0;
            }
            let [[ax, ay], [bx, by]] = seen.crossing.ways;
            1.0 / (ax * by - ay * bx).abs().max(FLATTEST)
        };
        gap.length / self.width - self.crossings.iter().map(covered).sum::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Crossing;
    use super::*;
    use crate::tasks::topology::diagram::Pass;

    /// A square of 100 pixels a side, its lower side not seen for `length` widths, and a strand across that.
    fn reading(length: f32, bare: f32) -> Reading {
        let points = vec![[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]];
        let curve = Curve { points, seen: vec![true; 4], area: 4000.0 };
        let place = [50.0, 100.0];
        let passes = [Pass { strand: 0, at: 0.62 }, Pass { strand: 1, at: 0.3 }];
        let crossing = Crossing { passes, place, ways: [[-1.0, 0.0], [0.0, 1.0]] };
        let gap = Gap { strand: 0, at: 0.62, place, length: 10.0 * length, bare, perhaps: bare };
        let crossings = vec![Seen { crossing, vote: -1.0 }];
        Reading { curves: vec![curve.clone(), curve], crossings, gaps: vec![gap], width: 10.0, beside: 0.0 }
    }

    #[test]
    fn a_cut_stays_open_until_its_ends_meet() {
        let plain = reading(1.7, 0.7).open_after(&[]);
        assert_eq!(plain.len(), 1);
        let hidden = reading(1.6, 0.0);
        assert!(hidden.open_after(&[]).is_empty(), "only what was plainly open stays so");
        let still = hidden.open_after(&plain);
        assert!(still.len() == 1 && hidden.open_after(&still).len() == 1);
        assert!(reading(1.2, 0.0).open_after(&still).is_empty(), "its ends have met");
        // As long as ever, and all of it beneath a strand that runs along it.
        let mut along = reading(1.7, 0.0);
        along.crossings[0].crossing.ways[1] = [-0.8, 0.6];
        assert!(along.open_after(&plain).is_empty());
    }
}
