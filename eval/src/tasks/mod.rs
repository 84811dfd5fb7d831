//! The tasks: a folder each, with its part of the truth, its links, and what gates and controls only it has.

pub mod causality;
