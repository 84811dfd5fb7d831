//! The signature.

use crate::diagram::{Diagram, Sign};
use crate::{Error, Result};

/// The signature: -2 for the right-handed trefoil, odd for links of an even number of components whose determinant is not 0. For a split diagram it is
/// the sum over its pieces.
///
/// The Goeritz form of a checkerboard surface, corrected by the crossings at which the surface does not follow the orientation (C. Gordon,
/// R. A. Litherland, "On the signature of a link", *Invent. Math.* 47, 1978).
///
/// # Errors
/// [`Error::Overflow`]; [`Error::TooLarge`] beyond [`super::MAX_CROSSINGS`].
pub fn signature(diagram: &Diagram) -> Result<i64> {
    super::check_size(diagram)?;
    diagram.pieces().iter().map(|piece| of_piece(diagram, piece)).sum()
}

fn of_piece(diagram: &Diagram, piece: &[usize]) -> Result<i64> {
    let faces = diagram.face_of_darts();
    let white = whites(diagram, piece, &faces);
    let mut names: Vec<usize> = piece.iter().flat_map(|c| (4 * c..4 * c + 4).map(|d| faces[d])).filter(|f| white[*f]).collect();
    names.sort_unstable();
    names.dedup();
    let index = |face: usize| names.binary_search(&face).unwrap_or(0);
    let mut form = vec![vec![0_i128; names.len()]; names.len()];
    let mut correction = 0;
    for &crossing in piece {
        // The region between slot k and the next, counter-clockwise, is to the left of dart k.
        let corner = |slot: usize| faces[4 * crossing + slot];
        let first = usize::from(!white[corner(0)]);
        let (a, b) = (index(corner(first)), index(corner(first + 2)));
        // +1 where the strand above, turned counter-clockwise, sweeps the black regions: those are between slots 1 and 2, and 3 and 0.
        let kind = if first == 0 { 1 } else { -1 };
        if a != b {
            form[a][a] += kind;
            form[b][b] += kind;
            form[a][b] -= kind;
            form[b][a] -= kind;
        }
        // Where both strands run along the same side of the black surface, it twists against the orientation.
        let positive = diagram.signs()[crossing] == Sign::Positive;
        if positive == (first == 0) {
            correction += kind as i64;
        }
    }
    // One region is the base.
    form.pop();
    for row in &mut form {
        row.pop();
    }
    Ok(of_form(form)? - correction)
}

/// Which faces are white: the checkerboard of one piece, its least face white.
fn whites(diagram: &Diagram, piece: &[usize], faces: &[usize]) -> Vec<bool> {
    let count = faces.iter().max().map_or(0, |f| f + 1);
    let mut colour: Vec<Option<bool>> = vec![None; count];
    let mut open = vec![4 * piece[0]];
    colour[faces[4 * piece[0]]] = Some(true);
    let mut seen = vec![false; faces.len()];
    while let Some(dart) = open.pop() {
        let own = colour[faces[dart]];
        for next in [diagram.join(dart), dart / 4 * 4 + (dart + 1) % 4] {
            // Across the edge, and around the corner, the colour changes.
            colour[faces[next]] = colour[faces[next]].or(own.map(|c| !c));
            if !seen[next] {
                seen[next] = true;
                open.push(next);
            }
        }
    }
    colour.into_iter().map(|c| c == Some(true)).collect()
}

/// The number of positive less that of negative squares of a symmetric form: symmetric elimination without fractions, by Jacobi's rule the
/// sign of each square is that of two minors in a row.
fn of_form(mut m: Vec<Vec<i128>>) -> Result<i64> {
    let overflow = || Error::Overflow("a minor of the Goeritz form");
    let (mut last, mut signature) = (1_i128, 0);
    while !m.is_empty() {
        let n = m.len();
        let diagonal = (0..n).filter(|k| m[*k][*k] != 0).min_by_key(|k| m[*k][*k].unsigned_abs());
        let Some(pivot) = diagonal else {
            let Some((i, j)) = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).find(|(i, j)| m[*i][*j] != 0) else { break };
            // Adding one vector of the base to another makes a square of what they have in common.
            let added = m[j].clone();
            for (value, more) in m[i].iter_mut().zip(added) {
                *value = value.checked_add(more).ok_or_else(overflow)?;
            }
            for row in &mut m {
                row[i] = row[i].checked_add(row[j]).ok_or_else(overflow)?;
            }
            continue;
        };
        for row in &mut m {
            row.swap(pivot, n - 1);
        }
        m.swap(pivot, n - 1);
        let top = m.pop().unwrap_or_default();
        let square = top[n - 1];
        signature += i64::from(square.signum() == last.signum()) * 2 - 1;
        for row in &mut m {
            let side = row.pop().unwrap_or(0);
            for (value, above) in row.iter_mut().zip(&top) {
                // Most regions share no crossing: most entries are and stay 0.
                if *value == 0 && (side == 0 || *above == 0) {
                    continue;
                }
                let product = value.checked_mul(square).zip(side.checked_mul(*above)).ok_or_else(overflow)?;
                *value = product.0.checked_sub(product.1).ok_or_else(overflow)? / last;
            }
        }
        last = square;
    }
    Ok(signature)
}
