//! Gauss codes.

use super::{Diagram, Sign, is_over};
use crate::{Error, Result};

impl Diagram {
    /// Its Gauss code: the crossings that each component meets, counted from 1, negative where the strand is below. Together with
    /// [`Diagram::signs`] it determines the diagram except for circles.
    #[must_use]
    pub fn gauss_code(&self) -> Vec<Vec<i64>> {
        let met = |out: &usize| {
            let crossing = (out / 4 + 1) as i64;
            if is_over(*out) { crossing } else { -crossing }
        };
        self.components().iter().map(|edges| edges.iter().map(met).collect()).collect()
    }

    /// From a Gauss code and the signs of its crossings. A component that meets no crossing is a circle.
    ///
    /// # Errors
    /// [`Error::BadCode`], [`Error::NotPlanar`].
    pub fn from_gauss_code(code: &[Vec<i64>], signs: &[Sign]) -> Result<Self> {
        let mut joins = vec![usize::MAX; 4 * signs.len()];
        let slots = |met: i64| -> Result<[usize; 2]> {
            let crossing = usize::try_from(met.unsigned_abs()).ok().filter(|c| (1..=signs.len()).contains(c));
            let crossing = crossing.ok_or_else(|| Error::BadCode(format!("there is no crossing {met}")))? - 1;
            let slot = if met < 0 { 0 } else { signs[crossing].over_in() };
            Ok([4 * crossing + slot, 4 * crossing + (slot ^ 2)])
        };
        for component in code {
            for (k, &met) in component.iter().enumerate() {
                let [_, out] = slots(met)?;
                let [into, _] = slots(component[(k + 1) % component.len()])?;
                if joins[out] != usize::MAX || joins[into] != usize::MAX {
                    return Err(Error::BadCode(format!("crossing {} is met twice on one level", met.abs())));
                }
                (joins[out], joins[into]) = (into, out);
            }
        }
        if let Some(dart) = joins.iter().position(|d| *d == usize::MAX) {
            return Err(Error::BadCode(format!("crossing {} is not met twice", dart / 4 + 1)));
        }
        Self::checked(joins, signs.to_vec(), code.iter().filter(|c| c.is_empty()).count())
    }
}
