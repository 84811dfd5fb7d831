//! The tasks that come with raytruth.

use std::sync::Arc;

pub use raytruth_causality as causality;
pub use raytruth_navigation as navigation;
pub use raytruth_optics as optics;
pub use raytruth_permanence as permanence;
use raytruth_task::{Registry, RegistryError};
pub use raytruth_topology as topology;

/// All of them. A task of one's own joins by [`Registry::register`].
///
/// # Errors
/// When two tasks claim one domain.
pub fn registry() -> Result<Registry, RegistryError> {
    let mut registry = Registry::new();
    registry.register(Arc::new(causality::Causality))?;
    registry.register(Arc::new(navigation::Navigation))?;
    registry.register(Arc::new(topology::Topology))?;
    registry.register(Arc::new(optics::Optics))?;
    registry.register(Arc::new(permanence::Permanence))?;
    Ok(registry)
}

#[cfg(test)]
mod tests {
    /// The evaluator stands alone and has a list of its own.
    #[test]
    fn every_task_is_scored_and_every_evaluator_has_a_task() {
        let tasks = super::registry().expect("one task a domain");
        let tasks: Vec<&str> = tasks.iter().map(|task| task.info().domain).collect();
        let evaluators: Vec<&str> = raytruth_eval::Registry::default().domains().collect();
        assert_eq!(tasks, evaluators);
    }
}
