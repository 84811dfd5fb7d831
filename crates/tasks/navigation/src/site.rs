//! A place, and the way through it that is the answer.

use glam::Vec2;

use crate::layout::Layout;

/// What one does at a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Left,
    Right,
    Straight,
}

impl Turn {
    /// From one direction to another, both along x or y and not opposite.
    pub(crate) fn between(from: Vec2, to: Vec2) -> Self {
        match from.perp_dot(to) {
            side if side > 0.5 => Self::Left,
            side if side < -0.5 => Self::Right,
            _ => Self::Straight,
        }
    }
}

/// Where there is a choice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decision {
    /// Where one is when one decides.
    pub at: Vec2,
    pub turn: Turn,
    /// What stands there, in the layout's landmarks.
    pub landmark: usize,
}

/// Something that the way passes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stop {
    /// Crossed with the first end to the right.
    Gate([Vec2; 2]),
    /// A landmark to which one comes as near as a radius.
    Visit(usize, f32),
}

/// A place and a way.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub layout: Layout,
    /// The way one looks at the start.
    pub heading: Vec2,
    /// Corners of the walk, from the start to the stand before the goal.
    pub through: Vec<Vec2>,
    pub stops: Vec<Stop>,
    pub decisions: Vec<Decision>,
    /// The point of the goal that is faced.
    pub face: Vec2,
    /// Where there is a choice, on the way or not: from where one sees it before one, and the way one looks then.
    pub choices: Vec<Vec<(Vec2, Vec2)>>,
}

impl Site {
    pub(crate) fn start(&self) -> Vec2 {
        self.through[0]
    }

    pub(crate) fn stand(&self) -> Vec2 {
        self.through[self.through.len() - 1]
    }
}
