//! Invariants of knots and links, read off a diagram.
//!
//! | function | invariant | sees the hand? |
//! |---|---|---|
//! | [`jones`] | Jones polynomial | yes |
//! | [`alexander`] | Alexander polynomial | no |
//! | [`determinant`] | determinant | no |
//! | [`signature`] | signature | yes |
//! | [`linking_matrix`] | linking numbers | yes |
//!
//! All are exact. Conventions, which differ between tables: the right-handed trefoil (positive crossings) has Jones polynomial
//! `t + t³ - t⁴` and signature -2; a positive crossing counts +1/2 towards a linking number. KnotInfo, LinkInfo and Regina agree
//! with this; some books have `1/t` for `t`.

mod alexander;
mod bracket;
mod linking;
mod minor;
mod scan;
mod signature;

pub use alexander::{alexander, determinant};
pub use bracket::{bracket, jones, jones_of_bracket};
pub use linking::{linking_matrix, linking_number};
pub use scan::MAX_WIDTH;
pub use signature::signature;

use crate::diagram::Diagram;
use crate::{Error, Result};

/// Crossings of a diagram whose invariants are computed, or which is simplified.
pub const MAX_CROSSINGS: usize = 4_000;

/// Refuses what would take minutes.
fn check_size(diagram: &Diagram) -> Result<()> {
    let count = diagram.crossing_count();
    let too_large = Error::TooLarge { what: "number of crossings", count, most: MAX_CROSSINGS };
    if count <= MAX_CROSSINGS { Ok(()) } else { Err(too_large) }
}
