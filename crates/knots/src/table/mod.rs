//! Knots and links by name: all prime knots and prime links to 8 crossings, either hand; and which of them a diagram shows.
//!
//! Names are Rolfsen's for knots (`6_2`) and Thistlethwaite's for links (`L5a1`), as KnotInfo and LinkInfo draw them. **Tables differ in the
//! hands**: Rolfsen drew the left-handed trefoil, KnotInfo the right-handed one. So a [`Name`] says with its [`Hand`] whether it is the one of this
//! table or its mirror image, and the signature settles any doubt: `3_1` of this table has signature -2.

mod entry;
mod fingerprint;
mod identify;
mod reduce;

pub use entry::{Entry, find, knots, links};
pub use fingerprint::{Fingerprint, fingerprint};
pub use identify::{Hand, Identity, Name, identify};
