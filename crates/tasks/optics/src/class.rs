//! The answers' classes: by family, and on which side the answer lies.

use crate::beam;
use crate::reveal::{basin, mirror, window};

/// A family, and which of two kinds its answer is of: on the left, or near to the camera, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    pub family: &'static str,
    pub first: bool,
}

impl Class {
    /// Every class, in the order of the task's list. Balanced over a run.
    pub(crate) const ALL: [Self; 8] = [
        Self { family: beam::FAMILY, first: true },
        Self { family: beam::FAMILY, first: false },
        Self { family: mirror::FAMILY, first: true },
        Self { family: mirror::FAMILY, first: false },
        Self { family: basin::FAMILY, first: true },
        Self { family: basin::FAMILY, first: false },
        Self { family: window::FAMILY, first: true },
        Self { family: window::FAMILY, first: false },
    ];

    /// The names of [`Self::ALL`].
    pub(crate) const NAMES: [&'static str; 8] =
        ["beam_left", "beam_right", "mirror_left", "mirror_right", "water_near", "water_far", "glass_left", "glass_right"];
}
