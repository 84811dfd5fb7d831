use std::fmt::{self, Display};

use glam::{Vec2, Vec3};

use super::{Path, Quoted};

/// Everything that is wrong with a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// At least one, in the order of the fields.
    pub violations: Vec<Violation>,
}

/// One value that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where it stands: `objects[3].shape.radius`.
    pub path: String,
    /// What stands there.
    pub value: String,
    /// What should.
    pub rule: String,
}

impl Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}: {}", self.path, self.value, self.rule)
    }
}

/// One line for each violation, at most 20 of them.
impl Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 20;
        for (i, violation) in self.violations.iter().take(SHOWN).enumerate() {
            write!(f, "{}{violation}", if i == 0 { "" } else { "\n" })?;
        }
        if self.violations.len() > SHOWN {
            write!(f, "\n... and {} more", self.violations.len() - SHOWN)?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// Collects violations.
#[derive(Default)]
pub(super) struct Report(Vec<Violation>);

impl Report {
    pub(super) fn add(&mut self, at: &Path<'_>, value: impl Display, rule: impl Display) {
        self.0.push(Violation { path: at.to_string(), value: value.to_string(), rule: rule.to_string() });
    }

    pub(super) fn check(&mut self, holds: bool, at: &Path<'_>, value: impl Display, rule: impl Display) {
        if !holds {
            self.add(at, value, rule);
        }
    }

    /// A number in `lo..=hi`. NaN never is.
    pub(super) fn within(&mut self, at: &Path<'_>, value: f32, lo: f32, hi: f32, unit: &str) {
        self.check((lo..=hi).contains(&value), at, value, format_args!("must be {lo} to {hi}{unit}"));
    }

    pub(super) fn within3(&mut self, at: &Path<'_>, value: Vec3, lo: f32, hi: f32, unit: &str) {
        let holds = value.to_array().iter().all(|v| (lo..=hi).contains(v));
        self.check(holds, at, value, format_args!("each must be {lo} to {hi}{unit}"));
    }

    pub(super) fn within2(&mut self, at: &Path<'_>, value: Vec2, lo: f32, hi: f32, unit: &str) {
        let holds = value.to_array().iter().all(|v| (lo..=hi).contains(v));
        self.check(holds, at, value, format_args!("each must be {lo} to {hi}{unit}"));
    }

    /// A reference that leads nowhere, with a few that would.
    pub(super) fn missing<'n>(&mut self, at: &Path<'_>, name: &str, kind: &str, known: impl Iterator<Item = &'n String>) {
        let mut list: Vec<&String> = known.collect();
        let count = list.len();
        // The likeliest slip first: another case, then a near length.
        list.sort_by_key(|k| (!k.eq_ignore_ascii_case(name), k.len().abs_diff(name.len())));
        let some: Vec<String> = list.iter().take(5).map(|k| Quoted(k).to_string()).collect();
        let rest = if count > some.len() { ", ..." } else { "" };
        let there = if count == 0 { "there is none".into() } else { format!("there is {}{rest}", some.join(", ")) };
        self.add(at, Quoted(name), format_args!("must name one of the {kind}; {there}"));
    }

    pub(super) fn finish(self) -> Result<(), Invalid> {
        if self.0.is_empty() { Ok(()) } else { Err(Invalid { violations: self.0 }) }
    }
}
