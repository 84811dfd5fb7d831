//! What the other rules would make of a link: none of them may explain what is shown.

use raytruth_knots::diagram::{Diagram, Sign};
use raytruth_knots::operation::{connected_sum, crossing_change, full_twist, mirror, ring};
use raytruth_knots::table::find;
use raytruth_knots::{Error, Result};

use crate::invariants::terms;
use crate::rule::Rule;

/// How many strands a link has, and its Jones polynomial.
pub(crate) type Outcome = (usize, Vec<(i32, i64)>);

/// The Jones polynomials of all that a rule can make of a diagram, wherever it is applied. A link with more strands has another factor, so
/// the number of strands goes before.
///
/// # Errors
/// As the operations.
pub(crate) fn outcomes(diagram: &Diagram, rule: Rule) -> Result<Vec<Outcome>> {
    let trefoil = &find("3_1").ok_or(Error::NoComponent)?.diagram;
    let mut made: Vec<Diagram> = Vec::new();
    match rule {
        Rule::Relax => made.push(diagram.clone()),
        Rule::Mirror => made.push(mirror(diagram)?),
        Rule::CrossingChange => {
            for crossing in 0..diagram.crossing_count() {
                made.push(crossing_change(diagram, crossing)?);
            }
        }
        Rule::FullTwist => {
            for face in diagram.faces() {
                for (k, a) in face.iter().enumerate() {
                    for b in face[..k].iter().filter(|b| diagram.join(*a) != **b) {
                        for right in [false, true] {
                            made.push(full_twist(diagram, *a, *b, right)?);
                        }
                    }
                }
            }
        }
        Rule::ConnectTrefoil => {
            let other = mirror(trefoil)?;
            for edge in one_of_each_strand(diagram) {
                for with in [trefoil, &other] {
                    made.push(connected_sum(diagram, edge, with, with.edges().next().ok_or(Error::NoComponent)?)?);
                }
            }
        }
        Rule::LinkRing => {
            for edge in one_of_each_strand(diagram) {
                for sign in [Sign::Positive, Sign::Negative] {
                    made.push(ring(diagram, edge, sign)?);
                }
            }
        }
    }
    made.iter().map(|diagram| Ok((diagram.component_count(), terms(diagram)?))).collect()
}

fn one_of_each_strand(diagram: &Diagram) -> Vec<usize> {
    diagram.components().iter().filter_map(|edges| edges.first().copied()).collect()
}
