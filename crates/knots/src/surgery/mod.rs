//! Operations on curves that match those on diagrams.
//!
//! | on a curve | on its diagram |
//! |---|---|
//! | [`mirror`] | [`crate::operation::mirror`] |
//! | [`crossing_change`] | [`crate::operation::crossing_change`] |
//! | [`full_twist`] | [`crate::operation::full_twist`] |
//! | [`connected_sum`] | [`crate::operation::connected_sum`] |
//! | [`ring`] | [`crate::operation::ring`] |
//!
//! Each changes the curve only where it must, by new vertices; for tubes of even thickness resample afterwards, or let a
//! [`crate::motion::flow`] make room.

mod local;
mod ring;
mod sum;

pub use local::{crossing_change, full_twist, mirror};
pub use ring::ring;
pub use sum::connected_sum;
