//! The tasks: a folder each, with its part of the truth, its links, and what gates and controls only it has.

pub mod causality;
pub mod navigation;
pub mod optics;
pub mod permanence;
pub mod topology;

use std::sync::Arc;

use crate::Evaluator;

/// The evaluator of every task.
#[must_use]
pub fn all() -> Vec<Arc<dyn Evaluator>> {
    vec![
        Arc::new(causality::Causality),
        Arc::new(navigation::Navigation),
        Arc::new(optics::Optics),
        Arc::new(permanence::Permanence),
        Arc::new(topology::Topology),
    ]
}
