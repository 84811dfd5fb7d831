//! Diagrams of knots and links: plane curves with who is above at each crossing.
//!
//! # Darts
//!
//! A crossing has four *slots*, counted counter-clockwise from the strand below as it comes in. The end of an edge at a slot is a *dart*, the
//! number `4 · crossing + slot`; an edge joins two darts, one where it leaves a crossing and one where it enters the next.
//!
//! ```text
//!            2 (below, out)                       2
//!            │                                    │
//!   3 ───────│──────▶ 1     positive     3 ◀──────│─────── 1    negative
//!            │                                    │
//!            0 (below, in)                        0
//! ```
//!
//! So the strand below always comes in at slot 0 and goes out at slot 2. The strand above comes in at slot 3 of a positive crossing, at slot 1 of a
//! negative one. These are the slots of a planar diagram code (J. Przytycki's form; `X[i, j, k, l]` of KnotTheory), in which signs are missing
//! only where a component is above everywhere.

mod build;
mod code;
mod crossings;
mod draft;
mod faces;
mod gauss;
mod project;
mod view;
mod walk;

pub use crossings::{Crossing, Passing};
pub use project::{Projection, Seen, project};
pub use view::{Degenerate, View};

pub(crate) use draft::Draft;

/// The hand of a crossing: positive where the strand above, turned counter-clockwise by less than a half turn, comes to lie on the one below.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Sign {
    /// Right-handed.
    Positive,
    /// Left-handed.
    Negative,
}

impl Sign {
    /// 1 or -1.
    #[must_use]
    pub fn value(self) -> i32 {
        match self {
            Self::Positive => 1,
            Self::Negative => -1,
        }
    }

    /// The other one.
    #[must_use]
    pub fn flipped(self) -> Self {
        match self {
            Self::Positive => Self::Negative,
            Self::Negative => Self::Positive,
        }
    }

    /// The slot at which the strand above comes in.
    pub(crate) fn over_in(self) -> usize {
        match self {
            Self::Positive => 3,
            Self::Negative => 1,
        }
    }
}

/// A diagram on the sphere, oriented, with any number of components. Those which meet no crossing are only counted.
///
/// Equal values are equal codes; the same diagram with its crossings in another order is another value.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Diagram {
    /// The dart at the other end of each dart's edge.
    joins: Vec<usize>,
    signs: Vec<Sign>,
    circles: usize,
}

/// Whether a dart is where its edge leaves the crossing.
pub(crate) fn is_out(dart: usize, signs: &[Sign]) -> bool {
    match dart % 4 {
        0 => false,
        2 => true,
        slot => signs[dart / 4].over_in() != slot,
    }
}

/// The dart across the crossing, on the same strand.
pub(crate) fn across(dart: usize) -> usize {
    dart ^ 2
}

/// The dart so many slots on, counter-clockwise.
pub(crate) fn turned(dart: usize, slots: usize) -> usize {
    dart / 4 * 4 + (dart + slots) % 4
}

/// Whether the dart's strand is above at its crossing.
pub(crate) fn is_over(dart: usize) -> bool {
    dart % 2 == 1
}
