//! Which knot or link a diagram shows.

use std::fmt;
use std::sync::OnceLock;

use super::entry::{Entry, knots, links};
use super::fingerprint::{Fingerprint, fingerprint, one_way};
use super::reduce::{is_adequate, reduced};
use crate::diagram::Diagram;
use crate::operation::{connected_sum, mirror, simplified};
use crate::{Error, Result};

/// Crossings to which the table is complete.
const COMPLETE: usize = 8;
/// Components that an entry has at most.
const MOST_COMPONENTS: usize = 4;

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
    /// No knot or link of the table, no sum of knots of the table, and no unlink: its invariants or its crossing number differ from theirs, or it is a
    /// split link of which some part is knotted or linked.
    NotInTable,
    /// The invariants are those of the knots or links that are named, but the diagram could not be brought down to 8 crossings. It may be one of them or
    /// one that is not in the table: `10_129` has both polynomials and the signature of `8_8`. If none is named, it may be an unlink.
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
            Self::Undecided(names) if names.is_empty() => f.write_str("undecided: an unlink, or not in the table"),
            Self::Undecided(names) => write!(f, "undecided: {}, or not in the table", list(names, ", ")),
        }
    }
}

/// Names the knot or link that a diagram shows, and says which of two mirror images it is. The directions of components do not matter.
///
/// Never wrong: a name is given only where the diagram can be brought down to at most 8 crossings by moves that keep the link. All knots
/// and links with so few crossings are known (M. Thistlethwaite's and D. Rolfsen's tables), and those that are named differ from all others
/// of so few crossings in what is compared. "Not in the table" is said only where an invariant differs from that of every entry and of every unlink, or
/// where the diagram is proven to have as few crossings as can be, and they are more than 8. What is left is [`Identity::Undecided`].
///
/// # Errors
/// As [`fingerprint`].
pub fn identify(diagram: &Diagram) -> Result<Identity> {
    let diagram = simplified(diagram)?;
    let pieces = diagram.split()?;
    if diagram.circles() == 0
        && let [piece] = &pieces[..]
    {
        return of_piece(piece);
    }
    // A split link: of these only unlinks have a name.
    let (mut circles, mut is_sure) = (diagram.circles(), true);
    for piece in &pieces {
        match of_piece(piece)? {
            Identity::Unlink(more) => circles += more,
            Identity::Undecided(names) if names.is_empty() => is_sure = false,
            _ => return Ok(Identity::NotInTable),
        }
    }
    Ok(if is_sure { Identity::Unlink(circles) } else { Identity::Undecided(Vec::new()) })
}

/// As [`identify`], of a connected diagram with crossings.
fn of_piece(diagram: &Diagram) -> Result<Identity> {
    let components = diagram.component_count();
    let is_large = components > MOST_COMPONENTS;
    // Of many components one orientation must do.
    let found = if is_large { one_way(diagram)? } else { fingerprint(diagram)? };
    if found.is_of_unlink()? {
        let is_unlink = reduced(diagram, 0)?.crossing_count() == 0;
        return Ok(if is_unlink { Identity::Unlink(components) } else { Identity::Undecided(Vec::new()) });
    }
    if is_large {
        return Ok(Identity::NotInTable);
    }
    let index = index()?;
    let from = index.partition_point(|(f, _)| *f < found);
    let fitting: Vec<&Vec<Name>> = index[from..].iter().take_while(|(f, _)| *f == found).map(|(_, names)| names).collect();
    if fitting.is_empty() {
        return Ok(Identity::NotInTable);
    }
    let diagram = reduced(diagram, COMPLETE)?;
    if diagram.crossing_count() > COMPLETE && is_adequate(&diagram) {
        // Whatever is in the table has a diagram of fewer crossings.
        return Ok(Identity::NotInTable);
    }
    Ok(match fitting[..] {
        [names] if diagram.crossing_count() <= COMPLETE => match names[..] {
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
    let mut index = Vec::new();
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
