//! What must hold for surfaces, as questions: tests ask them of the shaders as they are, and of shaders with a fault.

use glam::Vec3;

use super::{DELTA, Eval, Surface, direction};
use crate::statistics::chi_square_p;

const ROWS: usize = 24;
const COLUMNS: usize = 24;
/// Quadrature points along each edge of a cell.
const FINE: usize = 12;
/// The centre of fine cell `(row, column)` of the sphere, in equal steps of cosine and azimuth.
fn cell_direction(row: usize, column: usize) -> Vec3 {
    let cos = -1.0 + 2.0 * (row as f32 + 0.5) / (ROWS * FINE) as f32;
    direction(cos, std::f32::consts::TAU * (column as f32 + 0.5) / (COLUMNS * FINE) as f32)
}

/// Whether samples follow the pdf, by Pearson's chi-square test.
pub(crate) fn follows_pdf(surface: Surface, wo: Vec3, count: usize, significance: f64) -> Result<(), String> {
    let all = count as f64;
    let mut observed = vec![0_f64; ROWS * COLUMNS];
    let (mut lost, mut delta) = (0_f64, 0_f64);
    for sample in surface.sample(wo, count, 1) {
        if sample.pdf <= 0.0 {
            lost += 1.0;
        } else if sample.kind & DELTA != 0 {
            delta += 1.0;
        } else {
            let wi = sample.wi;
            if (wi.length() - 1.0).abs() > 1e-3 {
                return Err(format!("{wi} is no direction"));
            }
            let row = ((wi.z * 0.5 + 0.5) * ROWS as f32) as usize;
            let turn = (wi.y.atan2(wi.x) / std::f32::consts::TAU).rem_euclid(1.0);
            let column = (turn * COLUMNS as f32) as usize;
            observed[row.min(ROWS - 1) * COLUMNS + column.min(COLUMNS - 1)] += 1.0;
        }
    }
    assert_eq!(delta, 0.0, "deltas have no density to test");

    // Expected counts: the pdf, integrated over each cell by the midpoint rule.
    let directions: Vec<Vec3> =
        (0..ROWS * FINE).flat_map(|row| (0..COLUMNS * FINE).map(move |column| cell_direction(row, column))).collect();
    let mut expected = vec![0_f64; ROWS * COLUMNS];
    let solid_angle = 4.0 * std::f64::consts::PI / directions.len() as f64;
    for (i, eval) in surface.eval(wo, &directions).iter().enumerate() {
        let (row, column) = (i / (COLUMNS * FINE) / FINE, i % (COLUMNS * FINE) / FINE);
        expected[row * COLUMNS + column] += f64::from(eval.pdf) * solid_angle * all;
    }
    let total: f64 = expected.iter().sum();
    if total > 1.002 * all {
        return Err(format!("the pdf integrates to {}", total / all));
    }
    // What misses the pdf's total is the part lost below the horizon.
    expected.push((all - total).max(0.0));
    observed.push(lost);
    let p = chi_square_p(&observed, &expected);
    if p > significance { Ok(()) } else { Err(format!("chi-square test, p = {p:.2e}")) }
}

/// Whether what is reflected and what goes through lies between two shares of what comes in, seen under some cosines.
pub(crate) fn sends_on(surface: Surface, cosines: &[f32], [least, most]: [f32; 2], count: usize) -> Result<(), String> {
    for &cos in cosines {
        let albedo = surface.albedo(direction(cos, 0.3), count, 11);
        if albedo.min_element() < least || albedo.max_element() > most {
            return Err(format!("cosine {cos}: {albedo} is sent on, not between {least} and {most}"));
        }
    }
    Ok(())
}

/// Whether `f` is the same there and back.
pub(crate) fn is_reciprocal(surface: Surface, directions: &[Vec3]) -> Result<(), String> {
    let table: Vec<Vec<Eval>> = directions.iter().map(|&wo| surface.eval(wo, directions)).collect();
    for (a, wa) in directions.iter().enumerate() {
        for (b, wb) in directions.iter().enumerate() {
            let (there, back) = (table[a][b].f_cos / wb.z, table[b][a].f_cos / wa.z);
            if (there - back).abs().max_element() > 1e-3 * there.max_element().max(1e-3) {
                return Err(format!("{wa} and {wb}: {there} and {back}"));
            }
        }
    }
    Ok(())
}
