//! The answers' classes.

use raytruth_eval::causality::Family;

/// What becomes of the targets, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    TowerStays,
    TowerFalls,
    DominoesNone,
    DominoesToGap,
    DominoesAll,
    PairNeither,
    PairLeft,
    PairRight,
}

impl Class {
    /// Every class, in the order of the task's list. Balanced over a run.
    pub(crate) const ALL: [Self; 8] = [
        Self::TowerStays,
        Self::TowerFalls,
        Self::DominoesNone,
        Self::DominoesToGap,
        Self::DominoesAll,
        Self::PairNeither,
        Self::PairLeft,
        Self::PairRight,
    ];

    /// The names of [`Self::ALL`].
    pub(crate) const NAMES: [&'static str; 8] = {
        let mut names = [""; 8];
        let mut i = 0;
        while i < names.len() {
            names[i] = Self::ALL[i].name();
            i += 1;
        }
        names
    };

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::TowerStays => "tower_stays",
            Self::TowerFalls => "tower_falls",
            Self::DominoesNone => "dominoes_none",
            Self::DominoesToGap => "dominoes_to_gap",
            Self::DominoesAll => "dominoes_all",
            Self::PairNeither => "pair_neither",
            Self::PairLeft => "pair_left",
            Self::PairRight => "pair_right",
        }
    }

    pub(crate) const fn family(self) -> Family {
        match self {
            Self::TowerStays | Self::TowerFalls => Family::Tower,
            Self::DominoesNone | Self::DominoesToGap | Self::DominoesAll => Family::Dominoes,
            Self::PairNeither | Self::PairLeft | Self::PairRight => Family::Pair,
        }
    }
}
