//! Making diagrams, and what every diagram keeps.

use super::{Diagram, Sign, is_out};
use crate::{Error, Result};

/// Crossings that a diagram may have. Beyond it even linear work on darts is no use: invariants are refused far earlier.
const MAX_CROSSINGS: usize = 1 << 24;

impl Diagram {
    /// An unlink: circles without crossings.
    #[must_use]
    pub fn unlink(circles: usize) -> Self {
        Self { joins: Vec::new(), signs: Vec::new(), circles }
    }

    /// From edges and signs; checks everything.
    pub(crate) fn checked(joins: Vec<usize>, signs: Vec<Sign>, circles: usize) -> Result<Self> {
        let bad = |what: String| Err(Error::BadCode(what));
        if signs.len() > MAX_CROSSINGS {
            return bad(format!("{} crossings are more than {MAX_CROSSINGS}", signs.len()));
        }
        if joins.len() != 4 * signs.len() {
            return bad(format!("{} darts for {} crossings", joins.len(), signs.len()));
        }
        for (dart, &other) in joins.iter().enumerate() {
            if other >= joins.len() || joins[other] != dart || other == dart {
                return bad(format!("the edge at crossing {} slot {} does not join two ends", dart / 4, dart % 4));
            }
            if is_out(dart, &signs) == is_out(other, &signs) {
                return bad(format!("the edge at crossing {} slot {} runs both ways", dart / 4, dart % 4));
            }
        }
        let new = Self { joins, signs, circles };
        let (faces, pieces) = (new.faces().len(), new.pieces().len());
        let expected = new.crossing_count() + 2 * pieces;
        if faces != expected {
            return Err(Error::NotPlanar { faces, expected });
        }
        Ok(new)
    }

    /// How many crossings it has.
    #[must_use]
    pub fn crossing_count(&self) -> usize {
        self.signs.len()
    }

    /// The sign of each crossing.
    #[must_use]
    pub fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// How many components meet no crossing.
    #[must_use]
    pub fn circles(&self) -> usize {
        self.circles
    }

    /// The dart at the other end of the edge.
    ///
    /// # Panics
    /// Where there is no such dart.
    #[must_use]
    pub fn join(&self, dart: usize) -> usize {
        self.joins[dart]
    }

    /// All edges, by the dart at which each leaves a crossing, in rising order.
    pub fn edges(&self) -> impl Iterator<Item = usize> {
        (0..self.joins.len()).filter(|dart| is_out(*dart, &self.signs))
    }

    /// The sum of its signs: the writhe of the diagram (Tait number), not that of a curve.
    #[must_use]
    pub fn writhe(&self) -> i32 {
        self.signs.iter().map(|s| s.value()).sum()
    }

    pub(crate) fn joins(&self) -> &[usize] {
        &self.joins
    }
}
