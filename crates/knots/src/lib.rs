//! Knots and links.

#![forbid(unsafe_code)]
#![deny(clippy::disallowed_methods)]

pub mod curve;
pub mod diagram;
mod error;
pub mod invariant;
mod polynomial;

pub use error::{Error, Result};
pub use polynomial::Laurent;
