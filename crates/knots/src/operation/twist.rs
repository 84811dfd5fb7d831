//! Twists of two strands, and rings around them.

use super::{check_edge, check_face};
use crate::Result;
use crate::diagram::{Diagram, Draft, Sign, is_out};

/// A full twist of two strands that run along one face, to the left of both darts: they go once around each other, with two crossings. A
/// right-handed twist of strands that run alike has positive crossings.
///
/// # Errors
/// [`crate::Error::NoSuch`], [`crate::Error::DoesNotApply`].
pub fn full_twist(diagram: &Diagram, a: usize, b: usize, right_handed: bool) -> Result<Diagram> {
    check_face(diagram, a, b, "twisting")?;
    let (runs_a, runs_b) = (is_out(a, diagram.signs()), is_out(b, diagram.signs()));
    let (end_a, end_b) = (diagram.join(a), diagram.join(b));
    let mut draft = Draft::new(diagram);
    // a runs up at the right, b down at the left. Ends of a crossing: south-east, north-east, north-west, south-west; the strand that rises to
    // the left is named first. Of a right-handed twist the strand that rises to the right is above.
    let lower = draft.cross(!right_handed, runs_a, runs_b);
    let upper = draft.cross(!right_handed, !runs_b, !runs_a);
    // Below, a comes from the right; above, the strand that rises to the left is b's, run against its dart.
    draft.join(a, lower[0]);
    draft.join(lower[3], end_b);
    draft.join(lower[2], upper[3]);
    draft.join(lower[1], upper[0]);
    draft.join(upper[1], end_a);
    draft.join(b, upper[2]);
    draft.finish()
}

/// A new component: a ring around one edge, which links it once. The sign is that of both crossings.
///
/// # Errors
/// [`crate::Error::NoSuch`], [`crate::Error::DoesNotApply`].
pub fn ring(diagram: &Diagram, edge: usize, sign: Sign) -> Result<Diagram> {
    check_edge(diagram, edge)?;
    let end = diagram.join(edge);
    let mut draft = Draft::new(diagram);
    // The edge runs north. The ring goes over it eastwards or westwards, and back below. Ends: east, north, west, south.
    let east = sign == Sign::Positive;
    // Over and to the east, across a strand that runs north, is positive.
    let front = draft.cross(true, !east, false);
    let back = draft.cross(false, east, false);
    draft.join(edge, front[3]);
    draft.join(front[1], back[3]);
    draft.join(back[1], end);
    draft.join(front[0], back[0]);
    draft.join(front[2], back[2]);
    draft.finish()
}

/// A new component: a ring around two strands that run along one face, to the left of both darts. It links the strand of `a` once, with this
/// sign, and that of `b` with the same sign where both strands run alike, along their darts one forward and one back.
///
/// # Errors
/// [`crate::Error::NoSuch`], [`crate::Error::DoesNotApply`].
pub fn ring_around_two(diagram: &Diagram, a: usize, b: usize, sign: Sign) -> Result<Diagram> {
    check_face(diagram, a, b, "a ring around two strands")?;
    let (runs_a, runs_b) = (is_out(a, diagram.signs()), is_out(b, diagram.signs()));
    let (end_a, end_b) = (diagram.join(a), diagram.join(b));
    let mut draft = Draft::new(diagram);
    // a runs up at the right, b down at the left. The ring goes over both, eastwards or westwards, and back below them farther up.
    // Ends: east, north, west, south.
    let east = (sign == Sign::Positive) == runs_a;
    let [front_a, front_b] = [!runs_a, runs_b].map(|southwards| draft.cross(true, !east, southwards));
    let [back_a, back_b] = [!runs_a, runs_b].map(|southwards| draft.cross(false, east, southwards));
    draft.join(a, front_a[3]);
    draft.join(front_a[1], back_a[3]);
    draft.join(back_a[1], end_a);
    draft.join(b, back_b[1]);
    draft.join(back_b[3], front_b[1]);
    draft.join(front_b[3], end_b);
    draft.join(front_b[0], front_a[2]);
    draft.join(front_a[0], back_a[0]);
    draft.join(back_a[2], back_b[0]);
    draft.join(back_b[2], front_b[2]);
    draft.finish()
}
