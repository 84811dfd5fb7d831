use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Difficulty, Task};

/// The tasks a program knows, by domain. An out-of-tree task joins by registering itself.
#[derive(Clone, Default)]
pub struct Registry(BTreeMap<&'static str, Arc<dyn Task>>);

/// Why a task was not registered or found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// Two tasks of one domain.
    #[error("a task `{0}` is registered already")]
    Duplicate(String),
    /// No task of that domain.
    #[error("unknown task `{name}`; there are: {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A task that says something impossible of itself.
    #[error("task `{domain}`: {fault}")]
    Malformed {
        /// Which.
        domain: String,
        /// What is wrong.
        fault: &'static str,
    },
}

impl Registry {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a task under its domain.
    ///
    /// # Errors
    /// Where there is one already, or the task's [`crate::TaskInfo`] makes no sense.
    pub fn register(&mut self, task: Arc<dyn Task>) -> Result<(), RegistryError> {
        let info = task.info();
        let domain = info.domain;
        let identifier = domain.starts_with(|c: char| c.is_ascii_lowercase())
            && domain.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let fault = match () {
            () if !identifier => Some("the domain must be a lower-case identifier: it names folders"),
            () if info.classes.is_empty() => Some("there must be at least one class"),
            () if !Difficulty::ALL.iter().all(|&d| *info.seconds.at(d) > 0.0 && info.seconds.at(d).is_finite()) => {
                Some("`seconds` must be positive")
            }
            () if task.evaluator().domain() != domain => Some("its evaluator scores another domain"),
            () => None,
        };
        if let Some(fault) = fault {
            return Err(RegistryError::Malformed { domain: domain.to_owned(), fault });
        }
        if self.0.contains_key(domain) {
            return Err(RegistryError::Duplicate(domain.to_owned()));
        }
        self.0.insert(domain, task);
        Ok(())
    }

    /// The task of a domain.
    ///
    /// # Errors
    /// Where there is none; the message lists those there are.
    pub fn get(&self, domain: &str) -> Result<&Arc<dyn Task>, RegistryError> {
        self.0.get(domain).ok_or_else(|| RegistryError::Unknown {
            name: domain.to_owned(),
            known: self.0.keys().copied().collect::<Vec<_>>().join(", "),
        })
    }

    /// All tasks, by domain in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Task>> {
        self.0.values()
    }
}
