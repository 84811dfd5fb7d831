//! Linking numbers.

use crate::diagram::Diagram;
use crate::{Error, Result};

/// The linking number of each two components, in the order of [`Diagram::components`]: half the sum of the signs of the crossings between
/// them (C. F. Gauss, 1833). The diagonal is 0. Circles link nothing and are left out.
#[must_use]
pub fn linking_matrix(diagram: &Diagram) -> Vec<Vec<i32>> {
    let (of, count) = (diagram.component_of_darts(), diagram.components().len());
    let mut twice = vec![vec![0; count]; count];
    for (crossing, sign) in diagram.signs().iter().enumerate() {
        let (a, b) = (of[4 * crossing], of[4 * crossing + 1]);
        if a != b {
            twice[a][b] += sign.value();
            twice[b][a] += sign.value();
        }
    }
    // Curves in a plane meet an even number of times.
    twice.into_iter().map(|row| row.into_iter().map(|v| v / 2).collect()).collect()
}

/// The linking number of two components.
///
/// # Errors
/// [`Error::NoSuch`].
pub fn linking_number(diagram: &Diagram, a: usize, b: usize) -> Result<i32> {
    let matrix = linking_matrix(diagram);
    let index = a.max(b);
    matrix.get(a).and_then(|row| row.get(b)).copied().ok_or(Error::NoSuch { what: "component", index, count: matrix.len() })
}
