//! Where everything is drawn.

use std::f64::consts::TAU;

use glam::DVec2;

use super::mesh::Mesh;
use super::relief::relieved;
use crate::diagram::Diagram;
use crate::invariant::MAX_CROSSINGS;
use crate::{Error, Result};

/// How often weights are evened out.
const ROUNDS: usize = 6;
/// Sweeps of the relaxation, in each round.
const SWEEPS: usize = 60;
/// Sweeps of the last one, which must end in the exact place.
const LAST_SWEEPS: usize = 4_000;

/// A drawing of a diagram in the plane: every edge is a line of three straight pieces, and they meet only at crossings. Each piece of a split
/// diagram lies in a disc of radius 1; discs and circles stand in a row to the right.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Where each crossing is.
    pub crossings: Vec<DVec2>,
    /// For each dart the point of its edge at which the edge last bends before the crossing.
    pub points: Vec<DVec2>,
    /// Middles of the circles without crossings, of radius 0.5.
    pub circles: Vec<DVec2>,
}

impl Layout {
    /// Tutte's drawing (W. T. Tutte, "How to draw a graph", *Proc. London Math. Soc.* 13, 1963): each node is in a weighted mean of its
    /// neighbours. Any positive weights give a drawing without crossings (M. Floater, "One-to-one piecewise linear mappings over triangulations",
    /// *Math. Comp.* 72, 2003), so they are chosen to make long edges shorter and short ones longer. Then nodes are moved to give the triangles
    /// between strands a good shape, none of which may turn over.
    ///
    /// # Errors
    /// [`Error::TooLarge`] where crossings and circles are more than [`MAX_CROSSINGS`], which take some seconds.
    pub fn new(diagram: &Diagram) -> Result<Self> {
        let n = diagram.crossing_count();
        let count = n.saturating_add(diagram.circles());
        if count > MAX_CROSSINGS {
            return Err(Error::TooLarge { what: "number of crossings and circles", count, most: MAX_CROSSINGS });
        }
        let mut new = Self { crossings: vec![DVec2::ZERO; n], points: vec![DVec2::ZERO; 4 * n], circles: Vec::new() };
        let mut shift = DVec2::ZERO;
        for piece in diagram.pieces() {
            let mesh = Mesh::new(diagram, &piece);
            let places = relieved(&mesh, relaxed(&mesh));
            for &crossing in &piece {
                new.crossings[crossing] = places[mesh.crossing_node(crossing)] + shift;
                for dart in 4 * crossing..4 * crossing + 4 {
                    new.points[dart] = places[mesh.point(dart)] + shift;
                }
            }
            shift.x += 2.25;
        }
        for k in 0..diagram.circles() {
            new.circles.push(shift + DVec2::X * (1.25 * k as f64 - 0.5));
        }
        Ok(new)
    }

    /// The distance from a crossing to the nearest of the points beside it: strands can be bent freely within this distance.
    ///
    /// # Panics
    /// Where there is no such crossing.
    #[must_use]
    pub fn room(&self, crossing: usize) -> f64 {
        (4 * crossing..4 * crossing + 4)
            .map(|dart| self.points[dart].distance(self.crossings[crossing]))
            .fold(f64::INFINITY, f64::min)
    }
}

fn relaxed(mesh: &Mesh) -> Vec<DVec2> {
    let mut places = vec![DVec2::ZERO; mesh.beside.len()];
    let mut fixed = vec![false; places.len()];
    for (k, &node) in mesh.rim.iter().enumerate() {
        // The outer face lies to the left of its ring, so the ring runs clockwise.
        let angle = -TAU * k as f64 / mesh.rim.len() as f64;
        places[node] = DVec2::new(libm::cos(angle), libm::sin(angle));
        fixed[node] = true;
    }
    let mut weights: Vec<Vec<f64>> = mesh.beside.iter().map(|list| vec![1.0; list.len()]).collect();
    for round in 0..=ROUNDS {
        let sweeps = if round == ROUNDS { LAST_SWEEPS } else { SWEEPS };
        for _ in 0..sweeps {
            let mut moved = 0.0_f64;
            for node in (0..places.len()).filter(|node| !fixed[*node]) {
                let around = mesh.beside[node].iter().zip(&weights[node]);
                let (sum, total) = around.fold((DVec2::ZERO, 0.0), |(sum, total), (k, w)| (sum + places[*k] * *w, total + w));
                // Over-relaxed: a third of the sweeps is enough.
                let step = 1.7 * (sum / total - places[node]);
                moved = moved.max(step.length());
                places[node] += step;
            }
            if moved < 1e-14 {
                break;
            }
        }
        if round == ROUNDS {
            break;
        }
        let length = |a: usize, b: usize| places[a].distance(places[b]).max(1e-9);
        let (sum, count) = (0..places.len())
            .flat_map(|a| mesh.beside[a].iter().map(move |b| (a, *b)))
            .fold((0.0, 0.0), |(s, c), (a, b)| (s + length(a, b), c + 1.0));
        let mean = sum / count;
        for (node, row) in weights.iter_mut().enumerate() {
            for (w, other) in row.iter_mut().zip(&mesh.beside[node]) {
                *w = (*w * (length(node, *other) / mean).sqrt()).clamp(0.02, 50.0);
            }
        }
    }
    places
}
