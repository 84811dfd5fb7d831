//! Hyper-parameters: named ranges and choices that a task draws from, and that a user overrides without code.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

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

impl Dial {
    /// A whole number, drawn from `value` unless the user says otherwise, who may set anything within `bounds`.
    #[must_use]
    pub fn int(name: &'static str, doc: &'static str, value: RangeInclusive<i64>, bounds: RangeInclusive<i64>) -> Self {
        let range = |r: RangeInclusive<i64>| DialValue::Int { lo: *r.start(), hi: *r.end() };
        Self { name, doc, value: range(value), bounds: range(bounds) }
    }

    /// A real number, likewise.
    #[must_use]
    pub fn real(name: &'static str, doc: &'static str, value: RangeInclusive<f64>, bounds: RangeInclusive<f64>) -> Self {
        let range = |r: RangeInclusive<f64>| DialValue::Real { lo: *r.start(), hi: *r.end() };
        Self { name, doc, value: range(value), bounds: range(bounds) }
    }

    /// One of some names, likewise.
    #[must_use]
    pub fn choice(name: &'static str, doc: &'static str, value: &[&str], bounds: &[&str]) -> Self {
        let names = |n: &[&str]| DialValue::Choice(n.iter().map(ToString::to_string).collect());
        Self { name, doc, value: names(value), bounds: names(bounds) }
    }
}

impl fmt::Display for DialValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int { lo, hi } if lo == hi => write!(f, "{lo}"),
            Self::Int { lo, hi } => write!(f, "{lo}..{hi}"),
            Self::Real { lo, hi } if lo == hi => write!(f, "{lo}"),
            Self::Real { lo, hi } => write!(f, "{lo}..{hi}"),
            Self::Choice(names) => f.write_str(&names.join("|")),
        }
    }
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
    /// `--set` without an equals sign.
    #[error("`{text}` is not of the form name=value, name=lo..hi or name=a|b")]
    NoEquals {
        /// What was given.
        text: String,
    },
}
