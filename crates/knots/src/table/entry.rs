//! The table's entries.

use std::sync::OnceLock;

use crate::diagram::Diagram;
use crate::{Error, Result};

/// A prime knot or link of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name: `6_2`, `L5a1`.
    pub name: &'static str,
    /// What it is called, where it is called something.
    pub common: Option<&'static str>,
    /// A diagram of it with the fewest crossings.
    pub diagram: Diagram,
}

/// Common names (D. Rolfsen, *Knots and Links*; the Knot Atlas).
const COMMON: [(&str, &str); 11] = [
    ("3_1", "trefoil"),
    ("4_1", "figure-eight knot"),
    ("5_1", "cinquefoil"),
    ("5_2", "three-twist knot"),
    ("6_1", "stevedore knot"),
    ("7_1", "septafoil"),
    ("L2a1", "Hopf link"),
    ("L4a1", "Solomon's knot"),
    ("L5a1", "Whitehead link"),
    ("L6a3", "star of David"),
    ("L6a4", "Borromean rings"),
];

fn parse(text: &'static str) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let bad = || Error::BadCode(format!("table line `{line}`"));
        let (name, code) = line.split_once(' ').ok_or_else(bad)?;
        let labels: Vec<u32> = code.split([',', ';']).map(str::parse).collect::<Result<_, _>>().map_err(|_| bad())?;
        let crossings: Vec<[u32; 4]> = labels.chunks_exact(4).map(|c| [c[0], c[1], c[2], c[3]]).collect();
        let common = COMMON.iter().find(|(known, _)| *known == name).map(|(_, common)| *common);
        entries.push(Entry { name, common, diagram: Diagram::from_pd(&crossings)? });
    }
    Ok(entries)
}

/// The 35 prime knots of 3 to 8 crossings, by rising crossing number. The unknot is not among them.
///
/// # Panics
/// Never: a test reads the whole table.
#[must_use]
pub fn knots() -> &'static [Entry] {
    static KNOTS: OnceLock<Vec<Entry>> = OnceLock::new();
    KNOTS.get_or_init(|| parse(include_str!("knots.txt")).expect("the table of knots is well formed"))
}

/// The 47 prime links of 2 to 8 crossings, by rising crossing number, in one orientation each.
///
/// # Panics
/// Never: a test reads the whole table.
#[must_use]
pub fn links() -> &'static [Entry] {
    static LINKS: OnceLock<Vec<Entry>> = OnceLock::new();
    LINKS.get_or_init(|| parse(include_str!("links.txt")).expect("the table of links is well formed"))
}

/// The entry of this name, or of this common name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    knots().iter().chain(links()).find(|entry| entry.name == name || entry.common == Some(name))
}
