//! The second move: a finger of one strand over or under another.

use super::{check_dart, check_face};
use crate::diagram::{Diagram, Draft, is_out, is_over, turned};
use crate::{Error, Result};

/// Pushes the edge of dart `a` across a face, over the edge of dart `b` or under it. The face is to the left of both darts.
///
/// # Errors
/// [`Error::NoSuch`]; [`Error::DoesNotApply`] for darts of one edge, or that do not run along one face.
pub fn add_bigon(diagram: &Diagram, a: usize, b: usize, over: bool) -> Result<Diagram> {
    check_face(diagram, a, b, "pushing a finger")?;
    let (runs_a, runs_b) = (is_out(a, diagram.signs()), is_out(b, diagram.signs()));
    let (end_a, end_b) = (diagram.join(a), diagram.join(b));
    let mut draft = Draft::new(diagram);
    // a runs up at the right, b down at the left. The finger crosses b at a lower point to the left and at an upper one to the right.
    // Ends: east, north, west, south.
    let lower = draft.cross(over, runs_a, runs_b);
    let upper = draft.cross(over, !runs_a, runs_b);
    draft.join(a, lower[0]);
    draft.join(lower[2], upper[2]);
    draft.join(upper[0], end_a);
    draft.join(b, upper[1]);
    draft.join(upper[3], lower[1]);
    draft.join(lower[3], end_b);
    draft.finish()
}

/// Takes a finger back: the face along which this dart runs has two edges, one of them above at both crossings.
///
/// # Errors
/// [`Error::NoSuch`], [`Error::DoesNotApply`].
pub fn remove_bigon(diagram: &Diagram, dart: usize) -> Result<Diagram> {
    check_dart(diagram, dart)?;
    let refused = |reason| Err(Error::DoesNotApply { operation: "taking a finger back", reason });
    let other = turned(diagram.join(dart), 3);
    if other == dart || turned(diagram.join(other), 3) != dart || other / 4 == dart / 4 {
        return refused("the face has not two edges between two crossings");
    }
    if is_over(dart) != is_over(diagram.join(dart)) {
        return refused("the strands are hooked: neither is above at both crossings");
    }
    let mut draft = Draft::new(diagram);
    draft.remove(dart / 4);
    draft.remove(other / 4);
    draft.finish()
}
