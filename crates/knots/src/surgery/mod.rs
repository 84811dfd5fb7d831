//! Operations on curves that match those on diagrams.
//!
//! | on a curve | on its diagram |
//! |---|---|
//! | [`mirror`] | [`crate::operation::mirror`] |
//! | [`crossing_change`] | [`crate::operation::crossing_change`] |
//! | [`full_twist`] | [`crate::operation::full_twist`] |
//! | [`connected_sum`] | [`crate::operation::connected_sum`] |
//! | [`ring`] | [`crate::operation::ring`] |
//! | [`ring_around_two`] | [`crate::operation::ring_around_two`] |
//!
//! Each changes the curve only near one place and returns a [`Changed`], which says which vertices are new. New vertices are not evenly spaced: resample
//! the link before a tube is drawn about it, or let [`crate::motion::flow`] make room.

mod changed;
mod local;
mod ring;
mod site;
mod sum;

pub use changed::{Changed, Stretch};
pub use local::{crossing_change, full_twist, mirror};
pub use ring::{ring, ring_around_two};
pub use sum::connected_sum;
