//! Who scores which domain.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{EvalError, Evaluator};

/// The evaluators by domain.
#[derive(Clone)]
pub struct Registry {
    evaluators: BTreeMap<&'static str, Arc<dyn Evaluator>>,
}

impl Default for Registry {
    /// The built-in evaluators.
    fn default() -> Self {
        crate::tasks::all().into_iter().fold(Self::empty(), Self::with)
    }
}

impl Registry {
    /// Empty registry.
    #[must_use]
    pub fn empty() -> Self {
        Self { evaluators: BTreeMap::new() }
    }

    /// Adds an evaluator; one for the same domain is replaced.
    #[must_use]
    pub fn with(mut self, evaluator: Arc<dyn Evaluator>) -> Self {
        self.evaluators.insert(evaluator.domain(), evaluator);
        self
    }

    /// The evaluator of a domain.
    ///
    /// # Errors
    /// [`EvalError::UnknownDomain`] names the domains that are known.
    pub fn get(&self, domain: &str) -> Result<&Arc<dyn Evaluator>, EvalError> {
        self.evaluators.get(domain).ok_or_else(|| EvalError::UnknownDomain {
            domain: domain.to_owned(),
            known: self.domains().collect::<Vec<_>>().join(", "),
        })
    }

    /// Every domain known, in alphabetical order.
    pub fn domains(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.evaluators.keys().copied()
    }
}
