//! The families: each makes plots of its own.

mod carriers;
mod cups;
mod free;
mod lane;
mod marks;
mod row;
mod screens;
mod sweep;

pub(crate) use carriers::most_cart_swaps;
pub(crate) use cups::most_swaps;
pub(crate) use row::ARM;
pub(crate) use screens::spare;

use raytruth_task::{Difficulty, Draw, Rejection};

use crate::plot::{Plot, SECONDS};

/// A kind of story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// A cup goes down over a ball; cups change places; all rise.
    Cups,
    /// A ball rolls down a track and in behind screens; walls stand across it; the screens rise.
    Screens,
    /// A box goes down over a ball in a cart; carts change places; they are tipped out.
    Carriers,
    /// A board slides past boxes, which change places behind it.
    Sweep,
    /// As with screens, but the light goes out.
    LightsOut,
}

/// Names of the families.
pub(crate) const NAMES: [&str; 5] = ["cups", "screens", "carriers", "sweep", "lights_out"];

impl Family {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Cups => NAMES[0],
            Self::Screens => NAMES[1],
            Self::Carriers => NAMES[2],
            Self::Sweep => NAMES[3],
            Self::LightsOut => NAMES[4],
        }
    }

    /// Draws a plot. `changed`: whether the target is to end elsewhere than in what held it first.
    pub(crate) fn plot(self, draw: &mut Draw<'_>, changed: bool) -> Result<Plot, Rejection> {
        match self {
            Self::Cups => cups::plot(draw, changed),
            Self::Screens => screens::plot(draw, changed, false),
            Self::Carriers => carriers::plot(draw, changed),
            Self::Sweep => sweep::plot(draw, changed),
            Self::LightsOut => screens::plot(draw, changed, true),
        }
    }
}

/// How long a problem of a difficulty takes, seconds.
pub(crate) fn seconds(difficulty: Difficulty) -> f64 {
    if difficulty == Difficulty::Hard { SECONDS.1 } else { SECONDS.0 }
}
