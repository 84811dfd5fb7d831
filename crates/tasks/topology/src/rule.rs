//! The six rules, which are the answers' classes.

/// What takes the first link to the second, and the third to the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Strands are drawn out of each other until no crossing is left that need not be.
    Relax,
    /// Every crossing is changed.
    Mirror,
    /// The crossing at the mark is changed.
    CrossingChange,
    /// The two strands at the mark are turned once around each other.
    FullTwist,
    /// A trefoil is tied into the strand at the mark.
    ConnectTrefoil,
    /// A ring closes around the strand at the mark.
    LinkRing,
}

impl Rule {
    /// Every rule, in the order of the task's classes.
    pub(crate) const ALL: [Self; 6] =
        [Self::Relax, Self::Mirror, Self::CrossingChange, Self::FullTwist, Self::ConnectTrefoil, Self::LinkRing];

    /// The names of [`Self::ALL`].
    pub(crate) const NAMES: [&'static str; 6] =
        ["relax", "mirror", "crossing_change", "full_twist", "connect_trefoil", "link_ring"];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}
