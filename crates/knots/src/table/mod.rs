//! All prime knots and prime links of up to 8 crossings by name, and which of them a diagram shows.
//!
//! Knots have Rolfsen's names (`6_2`), links Thistlethwaite's (`L5a1`); the diagrams are those of KnotInfo and LinkInfo. **Tables differ in which of two
//! mirror images they draw**: Rolfsen drew the left-handed trefoil, KnotInfo draws the right-handed one. So the [`Hand`] of a [`Name`] says whether it
//! means the knot of this table or its mirror image. The signature settles any doubt: `3_1` of this table has signature -2.

mod entry;
mod fingerprint;
mod identify;
mod reduce;

pub use entry::{Entry, find, knots, links};
pub use fingerprint::{Fingerprint, fingerprint};
pub use identify::{Hand, Identity, Name, identify};
