//! Knots and links.

#![forbid(unsafe_code)]
#![deny(clippy::disallowed_methods)]

pub mod curve;
pub mod diagram;
pub mod drawing;
mod error;
pub mod invariant;
pub mod motion;
pub mod operation;
mod polynomial;
pub mod surgery;
pub mod table;

pub use error::{Error, Result};
pub use polynomial::Laurent;
