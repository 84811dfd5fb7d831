//! Determinants of matrices of Laurent polynomials, exactly.

use std::collections::BTreeMap;

use crate::{Laurent, Result};

/// A sparse row: column to entry, none of them zero.
pub(super) type Row = BTreeMap<usize, Laurent>;

/// The determinant up to a factor `±xᵏ`. Entries that divide everything (`±xᵏ`) are eliminated first, sparsest first: no entry grows by a
/// common factor then. What is left is small, and done without fractions (E. H. Bareiss, "Sylvester's identity and multistep
/// integer-preserving Gaussian elimination", *Math. Comp.* 22, 1968).
pub(super) fn determinant_up_to_unit(mut rows: Vec<Row>) -> Result<Laurent> {
    while let Some((pivot, column)) = sparsest_unit(&rows) {
        let row = rows.swap_remove(pivot);
        let unit = &row[&column];
        let (sign, shift) = (unit.coefficients()[0], unit.low());
        for other in &mut rows {
            let Some(entry) = other.remove(&column) else { continue };
            let factor = entry.shifted(-sign, -shift)?;
            for (k, value) in row.iter().filter(|(k, _)| **k != column) {
                let sum = other.entry(*k).or_default();
                sum.accumulate(&factor.times(value)?, 1, 0)?;
                if sum.is_zero() {
                    other.remove(k);
                }
            }
        }
    }
    bareiss(rows)
}

/// A unit entry whose elimination fills in the least (H. M. Markowitz, 1957).
fn sparsest_unit(rows: &[Row]) -> Option<(usize, usize)> {
    let mut used: BTreeMap<usize, usize> = BTreeMap::new();
    for column in rows.iter().flat_map(Row::keys) {
        *used.entry(*column).or_default() += 1;
    }
    let units = rows.iter().enumerate().flat_map(|(k, row)| row.iter().filter(|(_, v)| v.is_unit()).map(move |(c, _)| (k, *c)));
    units.min_by_key(|(k, c)| ((rows[*k].len() - 1) * (used[c] - 1), *k, *c))
}

fn bareiss(rows: Vec<Row>) -> Result<Laurent> {
    let n = rows.len();
    let columns: Vec<usize> =
        rows.iter().flat_map(Row::keys).copied().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    if columns.len() < n {
        return Ok(Laurent::zero());
    }
    let dense = |row: &Row| columns.iter().map(|c| row.get(c).cloned().unwrap_or_default()).collect::<Vec<_>>();
    let mut m: Vec<Vec<Laurent>> = rows.iter().map(dense).collect();
    let mut last = Laurent::one();
    for k in 0..n {
        // The shortest pivot: degrees stay low.
        let candidates = (k..n).filter(|r| !m[*r][k].is_zero());
        let Some(pivot) = candidates.min_by_key(|r| (m[*r][k].coefficients().len(), *r)) else { return Ok(Laurent::zero()) };
        m.swap(k, pivot);
        let (top, rest) = m.split_at_mut(k + 1);
        let top = &top[k];
        for row in rest {
            for j in k + 1..n {
                let cross = row[j].times(&top[k])?.minus(&row[k].times(&top[j])?)?;
                // By Sylvester's identity this always divides.
                row[j] = cross.divided_by(&last)?.unwrap_or_default();
            }
        }
        last = top[k].clone();
    }
    Ok(last)
}
