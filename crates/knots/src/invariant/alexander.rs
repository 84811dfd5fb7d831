//! The Alexander polynomial, and the determinant.

use super::minor::{Row, determinant_up_to_unit};
use crate::diagram::{Diagram, Sign, across};
use crate::{Laurent, Result};

/// The Alexander polynomial of one variable, in the root of `t` (exponent 2 is `t`), with exponents symmetric about 0 and the highest coefficient
/// positive: `t - 1 + 1/t` for both trefoils. It does not tell a link from its mirror image. It is 1 for the unknot and 0 for split links.
///
/// A minor of the matrix of Fox derivatives of Wirtinger's presentation (R. H. Crowell, R. H. Fox, *Introduction to Knot Theory*,
/// VII-VIII): at each crossing `1 - t` at the arc above, `t` and `-1` at those below.
///
/// # Errors
/// [`crate::Error::Overflow`]; [`crate::Error::TooLarge`] beyond [`super::MAX_CROSSINGS`].
pub fn alexander(diagram: &Diagram) -> Result<Laurent> {
    super::check_size(diagram)?;
    if diagram.crossing_count() == 0 {
        return Ok(if diagram.circles() == 1 { Laurent::one() } else { Laurent::zero() });
    }
    if diagram.circles() > 0 || diagram.pieces().len() > 1 {
        return Ok(Laurent::zero());
    }
    let arcs = arcs(diagram);
    let count = arcs.iter().max().map_or(0, |a| a + 1);
    let mut rows = Vec::with_capacity(diagram.crossing_count());
    for (crossing, sign) in diagram.signs().iter().enumerate() {
        let [below_in, over, below_out] = [0, 1, 2].map(|slot| arcs[4 * crossing + slot]);
        let (t_side, one_side) = if *sign == Sign::Positive { (below_in, below_out) } else { (below_out, below_in) };
        let mut row = Row::new();
        for (arc, entry) in
            [(over, Laurent::new(0, [1, -1])), (t_side, Laurent::monomial(1, 1)), (one_side, Laurent::monomial(-1, 0))]
        {
            row.entry(arc).or_default().accumulate(&entry, 1, 0)?;
        }
        row.retain(|_, entry| !entry.is_zero());
        rows.push(row);
    }
    // Components that are above everywhere have an arc without a begin: then there are fewer crossings than arcs, and the link is split.
    if count > rows.len() {
        return Ok(Laurent::zero());
    }
    // One relation follows from the others; one generator is the common factor.
    rows.pop();
    for row in &mut rows {
        row.remove(&(count - 1));
    }
    let value = determinant_up_to_unit(rows)?;
    Ok(centred(&value))
}

/// Of each dart the arc, from one passing below to the next, that it lies on.
fn arcs(diagram: &Diagram) -> Vec<usize> {
    let mut arc = vec![usize::MAX; diagram.joins().len()];
    let mut count = 0;
    let begins = (0..arc.len()).filter(|dart| dart % 4 == 2);
    for start in begins.chain(diagram.edges()) {
        if arc[start] != usize::MAX {
            continue;
        }
        let mut dart = start;
        while arc[dart] == usize::MAX {
            let end = diagram.join(dart);
            (arc[dart], arc[end]) = (count, count);
            if end % 2 == 1 {
                dart = across(end);
            }
        }
        count += 1;
    }
    arc
}

fn centred(value: &Laurent) -> Laurent {
    let sign = if value.coefficients().last().is_some_and(|c| *c < 0) { -1 } else { 1 };
    let mut spread = Vec::new();
    for c in value.coefficients() {
        spread.extend([c * sign, 0]);
    }
    let span = value.coefficients().len() as i32 - 1;
    Laurent::new(-span, spread)
}

/// The determinant: the size of the Alexander polynomial at -1, hence odd for knots. 1 for the unknot.
///
/// # Errors
/// As [`alexander`].
pub fn determinant(diagram: &Diagram) -> Result<u128> {
    let polynomial = alexander(diagram)?;
    let whole = polynomial.coefficients().iter().step_by(2).copied().collect::<Vec<_>>();
    Ok(Laurent::new(0, whole).at_minus_one()?.unsigned_abs())
}
