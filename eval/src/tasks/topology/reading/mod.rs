//! What link a picture shows: strands by their hues, where they cross and who is above.

mod above;
mod crossing;
mod curve;
mod detour;
mod gaps;
mod open;
mod pixels;
mod place;
mod to_and_fro;

pub use crossing::{Crossing, meet};
pub use curve::Curve;
pub use gaps::Gap;
pub use open::Open;

use super::diagram::{MOST_CROSSINGS, Meeting, link_of};
use super::truth::{LinkTruth, StrandTruth};
use crate::Frame;
use crate::analysis::palette::linear_table;
use pixels::{Arcs, Pixels};
use to_and_fro::{cut_short, is_twice, settle};

/// Share of a strand's hues that must be seen for its way to be known.
const SHOWN: f32 = 0.6;
/// Crossings of a strand with itself within so much of its length are kinks.
const KINK: f32 = 0.06;
/// At a crossing where nobody is above by so much it is not plain who is.
const TOLD: f32 = 0.5;
/// A weaker vote may come from a place that is not quite the crossing's.
const PLAIN: f32 = 0.75;

/// A crossing, and how it looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Where.
    pub crossing: Crossing,
    /// From -1, the second of its ways is surely above, to 1, the first is.
    pub vote: f32,
}

impl Seen {
    /// With the likelier way above.
    #[must_use]
    pub fn meeting(&self) -> Meeting {
        self.crossing.with_above(self.vote > 0.0)
    }

    /// Whether a strand crosses itself so soon again that it may be a kink in what is seen of it. Whoever is above there, it is the same link
    /// (Reidemeister's first move).
    #[must_use]
    pub fn is_kink(&self) -> bool {
        let [a, b] = self.crossing.passes;
        a.off(b) <= KINK
    }
}

/// What a picture shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Each strand's way.
    pub curves: Vec<Curve>,
    /// Where they cross, and who is above.
    pub crossings: Vec<Seen>,
    /// Where they may be cut open.
    pub gaps: Vec<Gap>,
    /// How wide strands are, pixels.
    pub width: f32,
    /// Share of what has hue that lies beside all ways.
    pub beside: f32,
}

/// Knows the hues of strands, and reads pictures.
pub struct Reader {
    linear: [f32; 256],
    arcs: Arcs,
}

impl Reader {
    /// For strands of these hues.
    #[must_use]
    pub fn new(strands: &[StrandTruth]) -> Self {
        Self { linear: linear_table(), arcs: Arcs(strands.iter().map(|s| s.hue).collect()) }
    }

    /// What a picture shows in which strands are drawn about so wide, pixels.
    #[must_use]
    pub fn read(&self, frame: &Frame, width: f32) -> Reading {
        self.read_pixels(&Pixels::new(frame, &self.linear), width)
    }

    fn read_pixels(&self, pixels: &Pixels, width: f32) -> Reading {
        let width = width.max(1.0);
        let curves = curve::curves(pixels, &self.arcs, width);
        let width = drawn(&curves, width);
        let mut ways: Vec<Vec<[f32; 2]>> = curves.iter().map(|c| c.points.clone()).collect();
        let lengths: Vec<f32> = curves.iter().map(Curve::length).collect();
        let look = |crossing: Crossing| {
            let spans = crossing.passes.map(|pass| lengths[pass.strand]);
            let vote = above::vote(pixels, &self.arcs, &crossing, spans, width);
            if vote.abs() >= PLAIN {
                return Seen { crossing, vote };
            }
            let crossing = place::put_right(pixels, &self.arcs, &crossing, spans, width);
            Seen { crossing, vote: above::vote(pixels, &self.arcs, &crossing, spans, width) }
        };
        let crossings_of = |ways: &[Vec<[f32; 2]>]| -> Vec<Seen> {
            let mut crossings = meet(ways);
            crossings.truncate(4 * MOST_CROSSINGS);
            crossings.into_iter().map(look).collect()
        };
        let mut crossings = crossings_of(&ways);
        if cut_short(&mut ways, &crossings) {
            crossings = crossings_of(&ways);
        }
        settle(&mut crossings, width);
        let gaps = gaps::gaps(pixels, &self.arcs, &curves, width);
        let beside = beside(pixels, &curves, width);
        Reading { curves, crossings, gaps, width, beside }
    }

    /// For each pixel of a picture the number of the strand that has its hue, if it lies by that strand's way.
    #[must_use]
    pub fn owners(&self, frame: &Frame, width: f32) -> Vec<Option<usize>> {
        let pixels = Pixels::new(frame, &self.linear);
        let reading = self.read_pixels(&pixels, width);
        let near: Vec<Vec<bool>> = reading.curves.iter().map(|c| near(&pixels, std::slice::from_ref(c), reading.width)).collect();
        let owner = |at: usize| self.arcs.of(pixels.hue[at]).map(|(strand, _)| strand).filter(|strand| near[*strand][at]);
        (0..pixels.hue.len()).map(|at| if pixels.is_hued(at) { owner(at) } else { None }).collect()
    }
}

/// How wide strands are drawn, by their area and length, within reason.
fn drawn(curves: &[Curve], about: f32) -> f32 {
    let (area, length) = curves.iter().fold((0.0, 0.0), |(a, l), c| (a + c.area, l + c.length()));
    if length < 8.0 * about { about } else { (area / length).clamp(0.6 * about, 1.5 * about) }
}

/// Which pixels lie no farther beside any of these ways than strands are wide.
fn near(pixels: &Pixels, curves: &[Curve], width: f32) -> Vec<bool> {
    let mut near = vec![false; pixels.hue.len()];
    for curve in curves {
        let n = curve.points.len();
        for (i, a) in curve.points.iter().enumerate() {
            let b = curve.points[(i + 1) % n];
            let steps = (curve::distance(*a, b) / width + 1.0) as usize;
            for k in 0..steps {
                let [x, y] = [0, 1].map(|c| a[c] + k as f32 / steps as f32 * (b[c] - a[c]));
                let side = |v: f32, most: usize| (v - width).max(0.0) as usize..((v + width + 1.0).max(0.0) as usize).min(most);
                let columns = side(x, pixels.width);
                if !columns.is_empty() {
                    side(y, pixels.height)
                        .for_each(|y| near[y * pixels.width + columns.start..y * pixels.width + columns.end].fill(true));
                }
            }
        }
    }
    near
}

/// Share of what has hue that lies beside all ways.
fn beside(pixels: &Pixels, curves: &[Curve], width: f32) -> f32 {
    let near = near(pixels, curves, width);
    let (mut all, mut far) = (1e-3_f32, 0.0);
    for at in (0..near.len()).filter(|at| pixels.is_hued(*at)) {
        all += pixels.sure[at];
        far += if near[at] { 0.0 } else { pixels.sure[at] };
    }
    far / all
}

impl Reading {
    /// Whether each strand is seen well enough for its way to be known.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        !self.curves.is_empty() && self.curves.iter().all(|c| !c.points.is_empty() && c.shown() >= SHOWN)
    }

    /// Whether it is plain who is above wherever hues that are apart cross.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.crossings.iter().all(|seen| seen.is_kink() || seen.vote.abs() >= TOLD)
    }

    /// Crossings of which the hues are plainly apart, and where it is plain who is above: others are kinks in what is seen. Of those that lie
    /// in one place two are none: there a way runs to and fro.
    #[must_use]
    pub fn plain_crossings(&self) -> usize {
        let mut plain: Vec<&Crossing> = Vec::new();
        for seen in self.crossings.iter().filter(|seen| !seen.is_kink() && seen.vote.abs() >= TOLD) {
            match plain.iter().position(|other| is_twice(other, &seen.crossing, self.width).is_some()) {
                Some(at) => drop(plain.swap_remove(at)),
                None => plain.push(&seen.crossing),
            }
        }
        plain.len()
    }

    /// Whether a strand is cut open, beyond doubt.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.gaps.iter().any(Gap::is_sure)
    }

    /// Which link it is; none where a strand is not seen, or cut open, or there are too many crossings.
    #[must_use]
    pub fn link(&self) -> Option<LinkTruth> {
        if !self.is_clear() || self.is_open() {
            return None;
        }
        let meetings: Vec<Meeting> = self.crossings.iter().map(Seen::meeting).collect();
        link_of(self.curves.len(), &meetings)
    }
}

#[cfg(test)]
mod tests {
    use super::super::diagram::Pass;
    use super::*;

    #[test]
    fn to_and_fro_is_once_or_never_and_kinks_are_none() {
        let seen = |at: [f32; 2], x: f32, vote: f32| Seen {
            crossing: Crossing { passes: at.map(|at| Pass { strand: 0, at }), place: [x, 50.0], ways: [[1.0, 0.0], [0.0, 1.0]] },
            vote,
        };
        let (once, again, turned) = (seen([0.1, 0.5], 50.0, 1.0), seen([0.11, 0.52], 53.0, 1.0), seen([0.51, 0.1], 51.0, -1.0));
        let (kink, far) = (seen([0.3, 0.34], 80.0, 1.0), seen([0.12, 0.5], 75.0, 0.9));
        let plain = |crossings: &[Seen]| {
            let reading = Reading { crossings: crossings.to_vec(), width: 10.0, ..Reading::default() };
            (reading.plain_crossings(), reading.is_plain())
        };
        assert_eq!(plain(&[once, again, turned]), (1, true));
        assert_eq!(plain(&[once, turned, far]), (1, true));
        assert_eq!(plain(&[once, kink, far]), (2, true));
        assert_eq!(plain(&[once, Seen { vote: 0.2, ..far }]), (1, false));
        assert_eq!(plain(&[once, Seen { vote: 0.2, ..kink }]), (1, true));
    }
}
