//! Where one can go in a place, and which ways are the shortest.

mod space;

pub(crate) use space::{Space, Way, crosses, footprints};
