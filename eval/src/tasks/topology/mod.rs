//! Topological analogy: is the link that a change leaves the right one?

mod truth;

pub use truth::{CHANGE, LinkTruth, Stage, StrandTruth, TopologyTruth};
