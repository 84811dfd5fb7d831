//! Planar diagram codes.

use std::collections::BTreeMap;

use super::{Diagram, Sign, across};
use crate::{Error, Result};

impl Diagram {
    /// From a planar diagram code: for each crossing the labels of its four edges, counter-clockwise from the strand below as it comes in
    /// (KnotTheory's `X[i, j, k, l]`). Every label stands for one edge, so it occurs twice. The strands below determine which way the strands above
    /// run. Where a component is above everywhere, labels rise by one along it; if it has only two edges, which leaves both ways open, it leaves its
    /// first crossing by the edge with the greater label.
    ///
    /// # Errors
    /// [`Error::BadCode`], [`Error::NotPlanar`].
    pub fn from_pd(code: &[[u32; 4]]) -> Result<Self> {
        let mut ends: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (dart, label) in code.iter().flatten().enumerate() {
            ends.entry(*label).or_default().push(dart);
        }
        let mut joins = vec![0; 4 * code.len()];
        for (label, darts) in &ends {
            let &[a, b] = &darts[..] else {
                return Err(Error::BadCode(format!("edge {label} has {} ends, not 2", darts.len())));
            };
            (joins[a], joins[b]) = (b, a);
        }
        let signs = signs(code, &joins)?;
        Self::checked(joins, signs, 0)
    }

    /// Its planar diagram code, edges labelled from 1 along the components, in the order of [`Diagram::components`].
    #[must_use]
    pub fn pd(&self) -> Vec<[u32; 4]> {
        let mut labels = vec![[0; 4]; self.crossing_count()];
        for (edge, out) in self.components().into_iter().flatten().enumerate() {
            for dart in [out, self.join(out)] {
                labels[dart / 4][dart % 4] = edge as u32 + 1;
            }
        }
        labels
    }
}

/// The sign of each crossing, from the strands below and the labels.
fn signs(code: &[[u32; 4]], joins: &[usize]) -> Result<Vec<Sign>> {
    // Whether the edge leaves at this dart, where known.
    let mut leaves: Vec<Option<bool>> = vec![None; joins.len()];
    for start in (0..joins.len()).filter(|dart| dart % 4 == 2).chain((0..joins.len()).filter(|dart| dart % 4 == 1)) {
        let mut dart = match (start % 4, leaves[start]) {
            (2, _) => start,
            (_, Some(_)) => continue,
            _ => first_above(code, joins, start),
        };
        while leaves[dart].is_none() {
            (leaves[dart], leaves[joins[dart]]) = (Some(true), Some(false));
            dart = across(joins[dart]);
        }
    }
    for (dart, leaves) in leaves.iter().enumerate().filter(|(dart, _)| dart % 2 == 0) {
        if *leaves != Some(dart % 4 == 2) {
            return Err(Error::BadCode(format!("the strand below at crossing {} is met the wrong way", dart / 4)));
        }
    }
    Ok((0..code.len()).map(|c| if leaves[4 * c + 1] == Some(true) { Sign::Positive } else { Sign::Negative }).collect())
}

/// The dart at which a component that is above everywhere leaves its crossing, given one of the two.
fn first_above(code: &[[u32; 4]], joins: &[usize], dart: usize) -> usize {
    let label = |dart: usize| code[dart / 4][dart % 4];
    let (mut at, mut steps) = (dart, 0_i64);
    loop {
        let next = across(joins[at]);
        // Labels that rise by one as often as not say nothing: they do so along a component of two edges.
        match i64::from(label(next)) - i64::from(label(at)) {
            1 => steps += 1,
            -1 => steps -= 1,
            _ => {}
        }
        at = next;
        if at == dart {
            break;
        }
    }
    let rises = if steps == 0 { label(dart) > label(across(dart)) } else { steps > 0 };
    if rises { dart } else { across(dart) }
}
