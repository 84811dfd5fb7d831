//! Two diagrams made one.

use super::check_edge;
use crate::Result;
use crate::diagram::{Diagram, Draft};

/// Both beside each other, linked by nothing.
///
/// # Errors
/// None of diagrams.
pub fn split_union(a: &Diagram, b: &Diagram) -> Result<Diagram> {
    let mut draft = Draft::new(a);
    draft.add(b);
    draft.finish()
}

/// The connected sum along an edge of each: both edges are cut, and their ends joined as the directions ask. Which edges are taken matters
/// only by their components. A diagram without crossings is a circle, and changes nothing but the count of circles.
///
/// # Errors
/// [`crate::Error::NoSuch`], [`crate::Error::DoesNotApply`].
pub fn connected_sum(a: &Diagram, edge_a: usize, b: &Diagram, edge_b: usize) -> Result<Diagram> {
    check_edge(a, edge_a)?;
    check_edge(b, edge_b)?;
    let mut draft = Draft::new(a);
    let shift = draft.add(b);
    draft.join(edge_a, shift + b.join(edge_b));
    draft.join(shift + edge_b, a.join(edge_a));
    draft.finish()
}
