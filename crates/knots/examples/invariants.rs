//! Prints the invariants of links that are given as polygons: a link a line, parts split by `|`, of each the coordinates of its vertices.
//! `scripts/against_regina.py` holds them against other software.

use std::error::Error;
use std::io::{BufRead, stdin};

use glam::DVec3;
use raytruth_knots::Laurent;
use raytruth_knots::curve::Link;
use raytruth_knots::diagram::{View, project};
use raytruth_knots::invariant::{alexander, jones, linking_matrix};
use raytruth_knots::operation::simplified;

fn text(polynomial: &Laurent, step: usize) -> String {
    let low = if step == 1 { polynomial.low() } else { 0 };
    let coefficients: Vec<String> = polynomial.coefficients().iter().step_by(step).map(i128::to_string).collect();
    format!("{low}:{}", coefficients.join(","))
}

fn main() -> Result<(), Box<dyn Error>> {
    let view = View::from_direction(DVec3::new(0.31, -0.57, 0.83))?;
    for line in stdin().lock().lines() {
        let mut parts = Vec::new();
        for part in line?.split('|') {
            let numbers = part.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>()?;
            parts.push(numbers.chunks_exact(3).map(DVec3::from_slice).collect::<Vec<_>>());
        }
        let shown = project(&Link::from_vertices(parts)?, view)?.diagram;
        let linking: i32 = linking_matrix(&shown).iter().flatten().sum::<i32>() / 2;
        // Random polygons show many crossings more than they need.
        let shorter = simplified(&shown)?;
        println!("jones={} alexander={} linking={linking}", text(&jones(&shorter)?, 1), text(&alexander(&shorter)?, 2));
    }
    Ok(())
}
