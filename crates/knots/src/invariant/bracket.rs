//! Kauffman's bracket, and the Jones polynomial from it.

use std::collections::BTreeMap;

use super::scan::{Plan, plan};
use crate::diagram::Diagram;
use crate::{Error, Laurent, Result};

/// Terms of all states, over all crossings: some seconds.
const MOST_TERMS: usize = 100_000_000;

/// How the strands that are cut are joined behind the cut: of each, by its place, the place of its partner.
type Pairing = Vec<u8>;

/// The Kauffman bracket in `A`: 1 for a circle, `A⟨≍⟩ + A⁻¹⟨)(⟩` for a crossing, `-A² - A⁻²` for each further circle (L. H. Kauffman, "State models
/// and the Jones polynomial", *Topology* 26, 1987). The diagram is scanned crossing by crossing, and states that join the cut strands alike
/// are added up, so time grows with the width of the diagram and not with 2ⁿ (as D. Bar-Natan, "Fast Khovanov homology computations", *JKTR*
/// 16, 2007, does for a finer invariant).
///
/// The empty link has bracket 1 over the bracket of a circle, which is no polynomial; it is given 1 here.
///
/// # Errors
/// [`Error::TooWide`] beyond [`super::MAX_WIDTH`] cut strands, [`Error::TooLarge`] of very long diagrams, [`Error::Overflow`].
pub fn bracket(diagram: &Diagram) -> Result<Laurent> {
    super::check_size(diagram)?;
    let Plan { order, .. } = plan(diagram)?;
    let (mut open, mut terms): (Vec<usize>, usize) = (Vec::new(), 0);
    let mut states: BTreeMap<Pairing, Laurent> = BTreeMap::from([(Vec::new(), Laurent::one())]);
    for crossing in order {
        terms += states.values().map(|value| value.coefficients().len()).sum::<usize>();
        if terms > MOST_TERMS {
            return Err(Error::TooLarge { what: "number of terms in the scan", count: terms, most: MOST_TERMS });
        }
        let step = Step::new(diagram, &open, crossing);
        let mut after = BTreeMap::new();
        for (pairing, value) in &states {
            // A joins slot 0 with 1 and 2 with 3: the regions that the strand above sweeps turning counter-clockwise become one.
            for (smoothing, shift) in [([1, 0, 3, 2], 1), ([3, 2, 1, 0], -1)] {
                let (pairing, circles) = step.smooth(pairing, smoothing);
                let mut grown = value.shifted(1, shift)?;
                for _ in 0..circles {
                    grown = with_circle(&grown)?;
                }
                after.entry(pairing).or_insert_with(Laurent::zero).accumulate(&grown, 1, 0)?;
            }
        }
        after.retain(|_, value| !value.is_zero());
        (states, open) = (after, step.open);
    }
    let mut value = states.into_values().next().unwrap_or_default();
    for _ in 0..diagram.circles() {
        value = with_circle(&value)?;
    }
    // The first circle counts 1.
    Ok(value.divided_by(&Laurent::new(-2, [-1, 0, 0, 0, -1]))?.unwrap_or(value))
}

fn with_circle(value: &Laurent) -> Result<Laurent> {
    let mut out = value.shifted(-1, 2)?;
    out.accumulate(value, -1, -2)?;
    Ok(out)
}

/// What one crossing does to the cut.
struct Step {
    /// Of each dart that was cut, then of each slot of the crossing: the other end of its edge among them, or none where it stays cut.
    glued: Vec<Option<usize>>,
    /// Of each of them its place in the new cut.
    place: Vec<u8>,
    before: usize,
    open: Vec<usize>,
}

impl Step {
    /// `open` names each cut edge by the dart behind the cut.
    fn new(diagram: &Diagram, open: &[usize], crossing: usize) -> Self {
        let nodes: Vec<usize> = open.iter().copied().chain(4 * crossing..4 * crossing + 4).collect();
        let glued: Vec<Option<usize>> =
            nodes.iter().map(|dart| nodes.iter().position(|other| *other == diagram.join(*dart))).collect();
        let mut place = vec![u8::MAX; nodes.len()];
        let mut after = Vec::new();
        for (k, dart) in nodes.iter().enumerate().filter(|(k, _)| glued[*k].is_none()) {
            place[k] = after.len() as u8;
            after.push(*dart);
        }
        Self { glued, place, before: open.len(), open: after }
    }

    /// The new pairing, and how many circles closed.
    fn smooth(&self, pairing: &[u8], smoothing: [usize; 4]) -> (Pairing, usize) {
        let n = self.before;
        let partner = |node: usize| if node < n { usize::from(pairing[node]) } else { n + smoothing[node - n] };
        let mut seen = [false; 2 * super::MAX_WIDTH + 8];
        let mut out = vec![0; self.open.len()];
        for start in (0..n + 4).filter(|k| self.glued[*k].is_none()) {
            let mut node = start;
            loop {
                seen[node] = true;
                node = partner(node);
                seen[node] = true;
                match self.glued[node] {
                    Some(next) => node = next,
                    None => break,
                }
            }
            out[usize::from(self.place[start])] = self.place[node];
        }
        let mut circles = 0;
        for start in 0..n + 4 {
            let mut node = start;
            if seen[start] {
                continue;
            }
            circles += 1;
            while !seen[node] {
                seen[node] = true;
                node = partner(node);
                seen[node] = true;
                node = self.glued[node].unwrap_or(node);
            }
        }
        (out, circles)
    }
}

/// The Jones polynomial in the root of `t` (exponent 2 is `t`): for knots all exponents are even. 1 for the unknot, `t + t³ - t⁴` for the
/// right-handed trefoil (V. F. R. Jones, "A polynomial invariant for knots via von Neumann algebras", *Bull. AMS* 12, 1985; by Kauffman's
/// bracket at `A = t^(-1/4)`).
///
/// # Errors
/// As [`bracket`].
pub fn jones(diagram: &Diagram) -> Result<Laurent> {
    jones_of_bracket(&bracket(diagram)?, diagram.writhe())
}

/// The Jones polynomial from a diagram's bracket and its writhe. Turning components of a link changes only the writhe, so one bracket
/// serves all orientations.
///
/// # Errors
/// [`crate::Error::Overflow`], [`crate::Error::TooLarge`]: never of a bracket and its diagram's writhe.
pub fn jones_of_bracket(bracket: &Laurent, writhe: i32) -> Result<Laurent> {
    // (-A³)^(-w), then A^(-2) is the root of t.
    let framed = bracket.shifted(if writhe % 2 == 0 { 1 } else { -1 }, -3 * i64::from(writhe))?.reciprocal();
    let halves = framed.coefficients().iter().step_by(2).copied().collect::<Vec<_>>();
    Laurent::new(0, halves).shifted(1, framed.low() / 2)
}
