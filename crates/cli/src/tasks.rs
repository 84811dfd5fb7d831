//! The tasks that come with the program.

use std::sync::Arc;

use anyhow::Result;
use raytruth_task::{Registry, Task};

use crate::outcome::Usage;

/// Every built-in task: the library's list.
pub(crate) fn registry() -> Result<Registry> {
    Ok(raytruth::tasks::registry()?)
}

/// The task of that name; an unknown one is wrong usage.
pub(crate) fn task(name: &str) -> Result<Arc<dyn Task>> {
    Ok(Arc::clone(registry()?.get(name).map_err(|e| Usage(e.to_string()))?))
}

/// Everyone who scores.
pub(crate) fn evaluators() -> Result<raytruth_eval::Registry> {
    Ok(registry()?.iter().fold(raytruth_eval::Registry::default(), |all, task| all.with(task.evaluator())))
}
