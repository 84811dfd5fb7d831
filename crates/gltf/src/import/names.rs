//! Names of a file may be absent or repeat; those of a scene may not.

use std::collections::{HashMap, HashSet};

/// Names that are taken.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// The next number to try behind a name: a million nodes of one name must not take a million tries each.
    next: HashMap<String, u64>,
}

impl Names {
    /// `wanted`, or `fallback` where that is empty or absent, with a number behind it where it is taken.
    pub(super) fn unique(&mut self, wanted: Option<&str>, fallback: &str) -> String {
        let base = wanted.filter(|name| !name.is_empty()).unwrap_or(fallback);
        if self.taken.insert(base.into()) {
            return base.into();
        }
        let next = self.next.entry(base.into()).or_insert(2);
        loop {
            let name = format!("{base}.{next}");
            *next += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// What could not be represented, each told once.
#[derive(Default)]
pub(super) struct Warnings {
    list: Vec<String>,
    seen: HashSet<String>,
    untold: usize,
}

/// A hostile file could make any number.
const MAX_WARNINGS: usize = 200;

impl Warnings {
    pub(super) fn add(&mut self, text: impl Into<String>) {
        let text: String = text.into();
        if self.seen.contains(&text) {
            return;
        }
        if self.list.len() == MAX_WARNINGS {
            self.untold += 1;
            return;
        }
        self.seen.insert(text.clone());
        self.list.push(text);
    }

    pub(super) fn finish(mut self) -> Vec<String> {
        if self.untold > 0 {
            self.list.push(format!("... and {} more", self.untold));
        }
        self.list
    }
}
