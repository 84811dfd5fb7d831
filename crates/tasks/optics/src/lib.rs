//! Mirror and refraction reasoning: where light that is mirrored and bent really comes from, and where it goes.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

pub mod exact;
