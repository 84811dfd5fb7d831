//! Hyper-parameters: named ranges and choices that a task draws from, and that a user overrides without code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a hyper-parameter is drawn from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum DialValue {
    /// Uniform integers `lo..=hi`.
    Int {
        /// Smallest.
        lo: i64,
        /// Largest.
        hi: i64,
    },
    /// Uniform reals `[lo, hi]`.
    Real {
        /// Smallest.
        lo: f64,
        /// Largest.
        hi: f64,
    },
    /// One of some names.
    Choice(Vec<String>),
}

/// A hyper-parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dial {
    /// `snake_case`, with its unit at the end where it has one (`slope_deg`, `ball_radius_mm`).
    pub name: &'static str,
    /// One sentence.
    pub doc: &'static str,
    /// What it is drawn from unless the user says otherwise.
    pub value: DialValue,
    /// What a user may set at most; for a choice, all names.
    pub bounds: DialValue,
}

/// The resolved hyper-parameters of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dials(pub BTreeMap<String, DialValue>);

/// Why an override was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DialError {
    /// No such hyper-parameter.
    #[error("unknown hyper-parameter `{name}`; there are: {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// Not a number, range or name.
    #[error("hyper-parameter `{name}`: `{text}` is not {wanted}")]
    Malformed {
        /// Which.
        name: String,
        /// What was given.
        text: String,
        /// What it should be.
        wanted: String,
    },
    /// Outside what the task can do.
    #[error("hyper-parameter `{name}`: `{text}` lies outside {bounds}")]
    OutOfBounds {
        /// Which.
        name: String,
        /// What was given.
        text: String,
        /// The bounds.
        bounds: String,
    },
}
