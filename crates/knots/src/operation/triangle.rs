//! The third move: a strand slides over or under a crossing.

use super::check_dart;
use crate::diagram::{Diagram, Draft, across, is_over, turned};
use crate::{Error, Result};

/// The three darts that run along a triangle through which a strand can slide: between three crossings, one strand above at both of its,
/// another below at both. `None` if the face of this dart is no such triangle, or there is no such dart.
#[must_use]
pub fn slidable(diagram: &Diagram, dart: usize) -> Option<[usize; 3]> {
    check_dart(diagram, dart).ok()?;
    let next = |dart: usize| turned(diagram.join(dart), 3);
    let darts = [dart, next(dart), next(next(dart))];
    let [a, b, c] = darts.map(|d| d / 4);
    if next(darts[2]) != dart || a == b || b == c || a == c {
        return None;
    }
    let levels = darts.map(|d| (is_over(d), is_over(diagram.join(d))));
    (levels.contains(&(true, true)) && levels.contains(&(false, false))).then_some(darts)
}

/// Slides a strand through the triangle along which this dart runs.
///
/// # Errors
/// [`Error::NoSuch`], [`Error::DoesNotApply`].
pub fn slide_triangle(diagram: &Diagram, dart: usize) -> Result<Diagram> {
    check_dart(diagram, dart)?;
    let reason = "the face is no triangle with one strand above and one below";
    let darts = slidable(diagram, dart).ok_or(Error::DoesNotApply { operation: "sliding a strand", reason })?;
    // Each side joins p and q; beyond them lie the outer ends. Afterwards the strand meets q first: inner ends become outer, and the reverse.
    let mut draft = Draft::new(diagram);
    let name = |dart: usize| {
        let side = darts.iter().map(|p| (*p, diagram.join(*p))).find(|(p, q)| dart == across(*p) || dart == across(*q));
        match side {
            Some((p, q)) if dart == across(p) => q,
            Some((p, _)) => p,
            None => dart,
        }
    };
    for p in darts {
        for outer in [across(p), across(diagram.join(p))] {
            draft.join(name(outer), name(diagram.join(outer)));
        }
    }
    for p in darts {
        draft.join(across(p), across(diagram.join(p)));
    }
    draft.finish()
}
