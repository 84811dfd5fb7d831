//! A diagram while it is worked on.

use super::{Diagram, Sign, across};
use crate::Result;

/// Darts that may for a while be joined to nothing, and crossings that may be gone.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    joins: Vec<usize>,
    signs: Vec<Option<Sign>>,
    circles: usize,
}

/// A dart that is joined to nothing.
const LOOSE: usize = usize::MAX;

impl Draft {
    pub(crate) fn new(diagram: &Diagram) -> Self {
        Self { joins: diagram.joins.clone(), signs: diagram.signs.iter().copied().map(Some).collect(), circles: diagram.circles }
    }

    /// Adds all of another diagram; its crossings follow ours. Gives the number to add to its darts.
    pub(crate) fn add(&mut self, other: &Diagram) -> usize {
        let shift = self.joins.len();
        self.joins.extend(other.joins.iter().map(|d| d + shift));
        self.signs.extend(other.signs.iter().copied().map(Some));
        self.circles += other.circles;
        shift
    }

    pub(crate) fn join(&mut self, a: usize, b: usize) {
        (self.joins[a], self.joins[b]) = (b, a);
    }

    pub(crate) fn joined(&self, dart: usize) -> usize {
        self.joins[dart]
    }

    /// Adds a crossing of two strands whose ends are, counter-clockwise, `first, second, first, second`. Says who is above and, of each strand,
    /// whether it runs from its first end named to the second. Gives the darts of the four ends, joined to nothing.
    pub(crate) fn cross(&mut self, first_is_over: bool, first_runs_on: bool, second_runs_on: bool) -> [usize; 4] {
        let base = self.joins.len();
        self.joins.extend([LOOSE; 4]);
        let into = |strand: usize, runs_on: bool| if runs_on { strand } else { strand + 2 };
        let ins = [into(0, first_runs_on), into(1, second_runs_on)];
        let [below, above] = if first_is_over { [ins[1], ins[0]] } else { ins };
        let slot = |end: usize| (end + 4 - below) % 4;
        self.signs.push(Some(if slot(above) == 3 { Sign::Positive } else { Sign::Negative }));
        [0, 1, 2, 3].map(|end| base + slot(end))
    }

    /// Takes a crossing out: each of its strands goes on as if the other were not there.
    pub(crate) fn remove(&mut self, crossing: usize) {
        for dart in [4 * crossing, 4 * crossing + 1] {
            let (a, b) = (self.joins[dart], self.joins[across(dart)]);
            if a == across(dart) {
                self.circles += 1;
            } else {
                self.join(a, b);
            }
        }
        self.signs[crossing] = None;
    }

    /// The diagram of the crossings that are left.
    pub(crate) fn finish(self) -> Result<Diagram> {
        let mut place = vec![LOOSE; self.signs.len()];
        let mut signs = Vec::new();
        for (crossing, sign) in self.signs.iter().enumerate() {
            if let Some(sign) = sign {
                place[crossing] = signs.len();
                signs.push(*sign);
            }
        }
        let moved = |dart: usize| if dart == LOOSE || place[dart / 4] == LOOSE { LOOSE } else { 4 * place[dart / 4] + dart % 4 };
        let kept = self.joins.iter().enumerate().filter(|(dart, _)| place[dart / 4] != LOOSE);
        let joins = kept.map(|(_, other)| moved(*other)).collect();
        Diagram::checked(joins, signs, self.circles)
    }
}
