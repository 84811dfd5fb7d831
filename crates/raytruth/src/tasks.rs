//! The tasks that come with raytruth.

use std::sync::Arc;

pub use raytruth_causality as causality;
use raytruth_task::{Registry, RegistryError};

/// All of them. A task of one's own joins by [`Registry::register`].
///
/// # Errors
/// When two tasks claim one domain.
pub fn registry() -> Result<Registry, RegistryError> {
    let mut registry = Registry::new();
    registry.register(Arc::new(causality::Causality))?;
    Ok(registry)
}
