//! The first move: a kink in one strand.

use super::{check_dart, check_edge};
use crate::diagram::{Diagram, Draft, Sign, turned};
use crate::{Error, Result};

/// Puts a kink into an edge: a crossing of this sign, whose strand passes above first or below first. The two say to which side the loop
/// lies.
///
/// # Errors
/// [`Error::NoSuch`], [`Error::DoesNotApply`].
pub fn add_kink(diagram: &Diagram, edge: usize, sign: Sign, over_first: bool) -> Result<Diagram> {
    check_edge(diagram, edge)?;
    let mut draft = Draft::new(diagram);
    let end = diagram.join(edge);
    // Two strands through one point, at right angles: the first runs on from its first end, the second so that the sign comes out.
    let second_runs_on = (sign == Sign::Positive) == over_first;
    let [in_first, second, out_first, second_far] = draft.cross(over_first, true, second_runs_on);
    let (in_second, out_second) = if second_runs_on { (second, second_far) } else { (second_far, second) };
    draft.join(edge, in_first);
    draft.join(out_first, in_second);
    draft.join(out_second, end);
    draft.finish()
}

/// Takes out a kink: the face that this dart runs along has no other.
///
/// # Errors
/// [`Error::NoSuch`], [`Error::DoesNotApply`].
pub fn remove_kink(diagram: &Diagram, dart: usize) -> Result<Diagram> {
    check_dart(diagram, dart)?;
    if turned(diagram.join(dart), 3) != dart {
        return Err(Error::DoesNotApply { operation: "taking out a kink", reason: "the face has more than one edge" });
    }
    let mut draft = Draft::new(diagram);
    draft.remove(dart / 4);
    draft.finish()
}
