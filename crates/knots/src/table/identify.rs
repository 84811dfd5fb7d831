//! Which knot or link a diagram shows.

use std::fmt;
use std::sync::OnceLock;

use super::entry::{Entry, knots, links};
use super::fingerprint::{Fingerprint, fingerprint};
use super::reduce::{is_adequate, reduced};
use crate::diagram::Diagram;
use crate::operation::{connected_sum, mirror, simplified};
use crate::{Error, Result};

/// Crossings to which the table is complete.
const COMPLETE: usize = 8;

/// Which of two mirror images.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Hand {
    /// The one that the table's diagram shows.
    Table,
    /// Its mirror image, which is another.
    Mirror,
    /// It equals its mirror image (as an unoriented link).
    Both,
}

/// The name of a prime knot or link.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Name {
    /// As in [`Entry::name`].
    pub name: &'static str,
    /// Which hand.
    pub hand: Hand,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.hand == Hand::Mirror { "m" } else { "" }, self.name)
    }
}

/// What a diagram shows.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Identity {
    /// So many circles that link nothing and are not knotted; one is the unknot.
    Unlink(usize),
    /// A prime knot or link of the table.
    Prime(Name),
    /// A connected sum of knots of the table, 8 crossings in all at most.
    Composite(Vec<Name>),
    /// No knot or link of the table, nor a sum of them: some invariant is another than theirs, or the crossing number is, or the diagram is split.
    NotInTable,
    /// The invariants are those of the knots or links that are named, but the diagram could not be brought down to 8 crossings. It may be one of them or
    /// one that is not in the table: `10_129` has both polynomials and the signature of `8_8`.
    Undecided(Vec<Name>),
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: &[Name], between: &str| names.iter().map(Name::to_string).collect::<Vec<_>>().join(between);
        match self {
            Self::Unlink(1) => f.write_str("unknot"),
            Self::Unlink(n) => write!(f, "unlink of {n} components"),
            Self::Prime(name) => name.fmt(f),
            Self::Composite(names) => f.write_str(&list(names, " # ")),
            Self::NotInTable => f.write_str("not in the table"),
            Self::Undecided(names) => write!(f, "undecided: {}, or not in the table", list(names, ", ")),
        }
    }
}

/// Names the knot or link that a diagram shows, and says which of two mirror images it is. The directions of components do not matter.
///
/// Never wrong: a name is given only where the diagram can be brought down to at most 8 crossings by moves that keep the link. All knots
/// and links with so few crossings are known (M. Thistlethwaite's and D. Rolfsen's tables), and those that are named differ from all others
/// of so few crossings in what is compared. "Not in the table" is said only where an invariant differs from that of every entry, or where the
/// diagram is proven to have as few crossings as can be, and they are more than 8.
///
/// # Errors
/// As [`fingerprint`].
pub fn identify(diagram: &Diagram) -> Result<Identity> {
    let diagram = simplified(diagram)?;
    if diagram.crossing_count() == 0 {
        return Ok(Identity::Unlink(diagram.circles()));
    }
    if diagram.circles() > 0 || diagram.pieces().len() > 1 || diagram.component_count() > 4 {
        // Split; or more components than any entry.
        return Ok(Identity::NotInTable);
    }
    let found = fingerprint(&diagram)?;
    let index = index()?;
    let from = index.partition_point(|(f, _)| *f < found);
    let fitting: Vec<&Vec<Name>> = index[from..].iter().take_while(|(f, _)| *f == found).map(|(_, names)| names).collect();
    if fitting.is_empty() {
        return Ok(Identity::NotInTable);
    }
    let diagram = reduced(&diagram, COMPLETE)?;
    if diagram.crossing_count() > COMPLETE && is_adequate(&diagram) {
        // Whatever is in the table has a diagram of fewer crossings.
        return Ok(Identity::NotInTable);
    }
    Ok(match fitting[..] {
        [names] if diagram.crossing_count() <= COMPLETE => match names[..] {
            [] => Identity::Unlink(1),
            [name] => Identity::Prime(name),
            _ => Identity::Composite(names.clone()),
        },
        _ => Identity::Undecided(fitting.into_iter().flatten().copied().collect()),
    })
}

type Index = Vec<(Fingerprint, Vec<Name>)>;

/// All that can be named, sorted by fingerprint.
fn index() -> Result<&'static Index> {
    static INDEX: OnceLock<Result<Index, Error>> = OnceLock::new();
    INDEX.get_or_init(build).as_ref().map_err(Clone::clone)
}

fn build() -> Result<Index> {
    let mut index = vec![(fingerprint(&Diagram::unlink(1))?, Vec::new())];
    // Each hand of each knot, for sums.
    let mut parts: Vec<(Name, Diagram)> = Vec::new();
    for Entry { name, diagram, .. } in knots().iter().chain(links()) {
        let print = fingerprint(diagram)?;
        let other = print.mirrored();
        let hands = if print == other { vec![(Hand::Both, print)] } else { vec![(Hand::Table, print), (Hand::Mirror, other)] };
        for (hand, print) in hands {
            let name = Name { name, hand };
            if print.components() == 1 {
                parts.push((name, if hand == Hand::Mirror { mirror(diagram)? } else { diagram.clone() }));
            }
            index.push((print, vec![name]));
        }
    }
    for (k, (a, left)) in parts.iter().enumerate() {
        for (b, right) in parts[k..].iter().filter(|(_, right)| left.crossing_count() + right.crossing_count() <= COMPLETE) {
            let sum = connected_sum(left, 2, right, 2)?;
            index.push((fingerprint(&sum)?, vec![*a, *b]));
        }
    }
    index.sort();
    Ok(index)
}
