//! Which links a rule is shown on, by difficulty.

use raytruth_knots::Result;
use raytruth_knots::diagram::Diagram;
use raytruth_knots::operation;
use raytruth_knots::table::find;
use raytruth_task::Difficulty;

use crate::rule::Rule;

/// The unknot, which no table has.
pub(crate) const UNKNOT: &str = "0_1";
/// With a ring beside more strands each would have too little hue.
const RINGED: usize = 1;

/// Names by rising number of crossings: a rule is shown on those of them that leave it room.
const EASY: [&str; 7] = [UNKNOT, "L2a1", "3_1", "4_1", "L4a1", "5_1", "5_2"];
const MEDIUM: [&str; 7] = ["L2a1", "3_1", "4_1", "L4a1", "5_1", "5_2", "L5a1"];
const HARD: [&str; 10] = ["4_1", "5_1", "5_2", "L5a1", "6_1", "6_2", "6_3", "7_1", "8_19", "L6a4"];

/// All of them.
pub(crate) const ALL: [&str; 14] =
    [UNKNOT, "L2a1", "3_1", "4_1", "L4a1", "5_1", "5_2", "L5a1", "6_1", "6_2", "6_3", "7_1", "8_19", "L6a4"];

/// Names of the links of a difficulty.
pub(crate) fn names(difficulty: Difficulty) -> &'static [&'static str] {
    match difficulty {
        Difficulty::Easy => &EASY,
        Difficulty::Medium => &MEDIUM,
        Difficulty::Hard => &HARD,
    }
}

/// Crossings that a panel may show at most.
pub(crate) fn most_crossings(difficulty: Difficulty) -> usize {
    match difficulty {
        Difficulty::Easy => 6,
        Difficulty::Medium => 9,
        Difficulty::Hard => 12,
    }
}

/// A link of the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Sort {
    pub name: &'static str,
    /// Its mirror image.
    pub mirrored: bool,
    /// `None` of the unknot.
    pub diagram: Option<Diagram>,
}

impl Sort {
    /// # Errors
    /// As [`operation::mirror`].
    pub(crate) fn new(name: &'static str, mirrored: bool) -> Result<Self> {
        let known = find(name).map(|entry| &entry.diagram);
        let diagram = if mirrored { known.map(operation::mirror).transpose()? } else { known.cloned() };
        Ok(Self { name, mirrored, diagram })
    }

    pub(crate) fn crossings(&self) -> usize {
        self.diagram.as_ref().map_or(0, Diagram::crossing_count)
    }

    fn strands(&self) -> usize {
        self.diagram.as_ref().map_or(1, Diagram::component_count)
    }

    /// As it is written: the mirror image of what the table has begins with `m`.
    pub(crate) fn told(&self) -> String {
        format!("{}{}", if self.mirrored { "m" } else { "" }, self.name)
    }

    /// Whether a rule may be shown on it. `more`: crossings that a tangling adds. `ring`: whether a ring lies beside it.
    pub(crate) fn suits(&self, rule: Rule, most: usize, more: usize, ring: bool) -> bool {
        let n = self.crossings();
        if ring && self.strands() > RINGED {
            return false;
        }
        match rule {
            Rule::Relax => n >= 3 && n + more <= most && self.name != "8_19",
            // What is its own mirror image, or that of it with one strand run backwards, shows nothing.
            Rule::Mirror => n >= 3 && !["4_1", "6_3", "L6a4"].contains(&self.name),
            Rule::CrossingChange => n >= 2,
            Rule::FullTwist => n >= 2 && n + 2 <= most,
            Rule::ConnectTrefoil => n >= 2 && n + 3 <= most,
            Rule::LinkRing => n + 2 <= most,
        }
    }
}
