//! The answers' classes: by family, and whether the thing ends in what held it first.

use crate::family::Family;

/// A family, and whether something happens to the target besides being hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    pub family: Family,
    pub changed: bool,
}

impl Class {
    /// Every class, in the order of the task's list. Balanced over a run.
    pub(crate) const ALL: [Self; 2] = [Self::of(Family::Cups, false), Self::of(Family::Cups, true)];

    /// The names of [`Self::ALL`].
    pub(crate) const NAMES: [&'static str; 2] = ["cups_unchanged", "cups_changed"];

    const fn of(family: Family, changed: bool) -> Self {
        Self { family, changed }
    }
}
