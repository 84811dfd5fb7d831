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
//! Each changes the curve only where it must, by new vertices, and tells with a [`Changed`] where they are. For tubes of even thickness resample afterwards, or let a
//! [`crate::motion::flow`] make room.

mod changed;
mod local;
mod ring;
mod site;
mod sum;

pub use changed::{Changed, Stretch};
pub use local::{crossing_change, full_twist, mirror};
pub use ring::{ring, ring_around_two};
pub use sum::connected_sum;
