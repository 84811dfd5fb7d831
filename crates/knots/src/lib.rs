//! Knots and links.

#![forbid(unsafe_code)]
#![deny(clippy::disallowed_methods)]

pub mod curve;
pub mod diagram;
mod error;
pub mod invariant;
pub mod motion;
pub mod operation;
mod polynomial;
pub mod table;

pub use error::{Error, Result};
pub use polynomial::Laurent;
