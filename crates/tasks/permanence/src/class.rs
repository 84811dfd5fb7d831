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
    pub(crate) const ALL: [Self; 10] = [
        Self::of(Family::Cups, false),
        Self::of(Family::Cups, true),
        Self::of(Family::Screens, false),
        Self::of(Family::Screens, true),
        Self::of(Family::Carriers, false),
        Self::of(Family::Carriers, true),
        Self::of(Family::Sweep, false),
        Self::of(Family::Sweep, true),
        Self::of(Family::LightsOut, false),
        Self::of(Family::LightsOut, true),
    ];

    /// The names of [`Self::ALL`].
    pub(crate) const NAMES: [&'static str; 10] = [
        "cups_unchanged",
        "cups_changed",
        "screens_unchanged",
        "screens_changed",
        "carriers_unchanged",
        "carriers_changed",
        "sweep_unchanged",
        "sweep_changed",
        "lights_out_unchanged",
        "lights_out_changed",
    ];

    const fn of(family: Family, changed: bool) -> Self {
        Self { family, changed }
    }
}
