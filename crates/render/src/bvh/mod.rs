//! The bounding volume hierarchy: built on the CPU, once per frame, and laid out so that the shader walks it without a stack.

mod build;
#[cfg(test)]
mod tests;
mod threaded;

pub(crate) use build::{Bvh, Kind, build};
pub(crate) use threaded::{Grid, Link, thread};
