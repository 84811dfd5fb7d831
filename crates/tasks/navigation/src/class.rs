//! The answers' classes: by family, and the way of the first turn that is a choice.

use crate::layout::Family;
use crate::site::Turn;

/// A family, and a way to turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    pub family: Family,
    pub turn: Turn,
}

impl Class {
    /// Every class, in the order of the task's list. Balanced over a run.
    pub(crate) const ALL: [Self; 6] = [
        Self { family: Family::Maze, turn: Turn::Left },
        Self { family: Family::Maze, turn: Turn::Right },
        Self { family: Family::Rooms, turn: Turn::Left },
        Self { family: Family::Rooms, turn: Turn::Right },
        Self { family: Family::Plaza, turn: Turn::Left },
        Self { family: Family::Plaza, turn: Turn::Right },
    ];

    /// The names of [`Self::ALL`].
    pub(crate) const NAMES: [&'static str; 6] =
        ["maze_left", "maze_right", "rooms_left", "rooms_right", "plaza_left", "plaza_right"];
}
