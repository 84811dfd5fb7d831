//! Which link it is that is shown, as far as invariants tell it.

use glam::DVec3;
use raytruth_eval::topology::LinkTruth;
use raytruth_knots::curve::Link;
use raytruth_knots::diagram::{Diagram, View, project};
use raytruth_knots::invariant::{jones, linking_number};
use raytruth_knots::{Error, Result};

/// Of a curve, as it is seen from a direction.
///
/// # Errors
/// As [`project`] and [`jones`].
pub(crate) fn of_link(link: &Link, view: View) -> Result<LinkTruth> {
    let shown = project(link, view)?;
    let mut linking = Vec::new();
    for b in 1..shown.components.len() {
        for a in 0..b {
            linking.push(match (shown.components[a], shown.components[b]) {
                (Some(a), Some(b)) => i64::from(linking_number(&shown.diagram, a, b)?),
                _ => 0,
            });
        }
    }
    Ok(LinkTruth { jones: terms(&shown.diagram)?, linking, crossings: shown.diagram.crossing_count() as u32 })
}

/// The Jones polynomial in the variable A: t^(1/2) is A^-2.
///
/// # Errors
/// As [`jones`].
pub(crate) fn terms(diagram: &Diagram) -> Result<Vec<(i32, i64)>> {
    let polynomial = jones(diagram)?;
    let coefficients = polynomial.coefficients().iter().enumerate().filter(|(_, c)| **c != 0);
    let term = |(k, c): (usize, &i128)| {
        let exponent = i32::try_from(-2 * (polynomial.low() + k as i64)).map_err(|_| Error::Overflow("a Jones polynomial"))?;
        Ok((exponent, i64::try_from(*c).map_err(|_| Error::Overflow("a Jones polynomial"))?))
    };
    let mut terms = coefficients.map(term).collect::<Result<Vec<(i32, i64)>>>()?;
    terms.sort_unstable();
    Ok(terms)
}

/// Views that have nothing to do with each other, nor with the camera.
///
/// # Errors
/// None of these directions.
pub(crate) fn generic_views() -> Result<[View; 3]> {
    let view = |x: f64, y: f64, z: f64| View::from_direction(DVec3::new(x, y, z));
    Ok([view(0.31, -0.12, 0.94)?, view(-0.27, 0.44, 0.83)?, view(0.13, 0.57, 0.71)?])
}
