//! Kauffman's bracket, scanned crossing by crossing.

use std::collections::BTreeMap;

use super::polynomial::Laurent;

/// Edges at a crossing, counter-clockwise from where the strand below comes in: a planar diagram code.
pub(super) type Code = Vec<[u16; 4]>;

/// Which ends of cut edges are joined behind the cut, in order.
type Pairing = Vec<[u16; 2]>;

/// The bracket in `A`: 1 for a circle, `-A² - A⁻²` for each further one, and for a crossing `A` times what is left if the regions are joined that
/// the strand above sweeps as it turns counter-clockwise, plus `A⁻¹` times what is left if the other two are (L. H. Kauffman, "State models and the
/// Jones polynomial", *Topology* 26, 1987). States that join the open ends alike are added up, so that time grows with how many strands a scan cuts
/// and not with 2ⁿ (D. Bar-Natan, "Fast Khovanov homology computations", *Journal of Knot Theory and Its Ramifications* 16, 2007).
pub(super) fn bracket(code: &Code, circles: usize) -> Laurent {
    let mut states: BTreeMap<Pairing, Laurent> = BTreeMap::from([(Vec::new(), Laurent::one())]);
    for crossing in order(code) {
        let [a, b, c, d] = code[crossing];
        let mut after: BTreeMap<Pairing, Laurent> = BTreeMap::new();
        for (pairing, value) in &states {
            for (arcs, shift) in [([[a, b], [c, d]], 1), ([[a, d], [b, c]], -1)] {
                let mut pairing = pairing.clone();
                let closed = arcs.into_iter().filter(|arc| join(&mut pairing, *arc)).count();
                pairing.sort_unstable();
                let grown = (0..closed).fold(value.clone(), |grown, _| grown.with_circle());
                after.entry(pairing).or_default().add(&grown, 1, shift);
            }
        }
        states = after;
    }
    let value = states.into_values().next().unwrap_or_default();
    let value = (0..circles).fold(value, |value, _| value.with_circle());
    // The first circle counts 1.
    value.without_circle()
}

/// Joins an end of one edge to an end of another. Whether that closes a circle.
fn join(pairing: &mut Pairing, [mut a, mut b]: [u16; 2]) -> bool {
    if a == b {
        return true;
    }
    for end in [&mut a, &mut b] {
        if let Some(found) = pairing.iter().position(|pair| pair.contains(end)) {
            let [p, q] = pairing.swap_remove(found);
            *end = if p == *end { q } else { p };
        }
        // The other end of the edge was the one to be joined.
    }
    if a == b {
        return true;
    }
    pairing.push([a.min(b), a.max(b)]);
    false
}

/// An order in which few edges are cut at a time: next comes the crossing with the most edges among those cut.
fn order(code: &Code) -> Vec<usize> {
    let mut left: Vec<usize> = (0..code.len()).collect();
    let mut cut: Vec<u16> = Vec::new();
    let mut order = Vec::with_capacity(code.len());
    while !left.is_empty() {
        let known = |c: usize| code[c].iter().filter(|edge| cut.contains(edge)).count();
        let next = (0..left.len()).max_by_key(|i| (known(left[*i]), usize::MAX - i)).unwrap_or(0);
        let crossing = left.remove(next);
        for edge in code[crossing] {
            match cut.iter().position(|other| *other == edge) {
                Some(at) => {
                    cut.swap_remove(at);
                }
                None => cut.push(edge),
            }
        }
        order.push(crossing);
    }
    order
}
