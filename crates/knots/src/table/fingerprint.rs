//! What a link's invariants say about it, whichever way its components run.

use crate::diagram::Diagram;
use crate::invariant::{alexander, bracket, jones, jones_of_bracket, signature};
use crate::operation::reversed_components;
use crate::{Error, Laurent, Result};

/// Components whose directions are all tried; with `n` there are `2^(n-1)` ways.
const MOST_COMPONENTS: usize = 8;

/// Jones polynomial, Alexander polynomial and signature in every orientation, sorted: equal for equal links, however they are drawn and
/// directed. Different links can have equal ones.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Fingerprint {
    components: usize,
    orientations: Vec<(Laurent, Laurent, i64)>,
}

impl Fingerprint {
    /// That of the mirror image.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let turned = |(v, delta, sigma): &(Laurent, Laurent, i64)| (v.reciprocal(), delta.clone(), -sigma);
        let mut orientations: Vec<_> = self.orientations.iter().map(turned).collect();
        orientations.sort();
        Self { components: self.components, orientations }
    }

    /// Whether it is that of an unlink.
    pub(super) fn is_of_unlink(&self) -> Result<bool> {
        let unlink = one_way(&Diagram::unlink(self.components))?;
        Ok(self.orientations.iter().all(|way| *way == unlink.orientations[0]))
    }

    /// How many components the link has.
    #[must_use]
    pub fn components(&self) -> usize {
        self.components
    }
}

/// Of a diagram's link in the one orientation that the diagram has.
pub(super) fn one_way(diagram: &Diagram) -> Result<Fingerprint> {
    let orientations = vec![(jones(diagram)?, alexander(diagram)?, signature(diagram)?)];
    Ok(Fingerprint { components: diagram.component_count(), orientations })
}

/// The fingerprint of a diagram's link.
///
/// # Errors
/// As [`bracket`] and [`alexander`]; [`Error::OutOfRange`] for more than 8 components with crossings.
pub fn fingerprint(diagram: &Diagram) -> Result<Fingerprint> {
    let count = diagram.components().len();
    if count > MOST_COMPONENTS {
        return Err(Error::OutOfRange { what: "number of components", value: count as f64, must: "at most 8" });
    }
    let bracket = bracket(diagram)?;
    let mut orientations = Vec::new();
    for way in 0..1_usize << count.saturating_sub(1) {
        let turned: Vec<bool> = (0..count).map(|k| k > 0 && way >> (k - 1) & 1 == 1).collect();
        let oriented = reversed_components(diagram, &turned)?;
        orientations.push((jones_of_bracket(&bracket, oriented.writhe())?, alexander(&oriented)?, signature(&oriented)?));
    }
    orientations.sort();
    Ok(Fingerprint { components: diagram.component_count(), orientations })
}
