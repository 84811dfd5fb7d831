//! Components, pieces, and the order of crossings along strands.

use super::{Diagram, Sign, across, is_out};
use crate::Result;

impl Diagram {
    /// The components that meet a crossing. Each is a list of its edges in order, named by the darts at which they leave. Components are in the order
    /// of their least darts, and begin there.
    #[must_use]
    pub fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.joins.len()];
        let mut all = Vec::new();
        for start in 0..self.joins.len() {
            if seen[start] || !is_out(start, &self.signs) {
                continue;
            }
            let (mut edges, mut dart) = (Vec::new(), start);
            while !seen[dart] {
                seen[dart] = true;
                edges.push(dart);
                dart = across(self.joins[dart]);
            }
            all.push(edges);
        }
        all
    }

    /// How many components it has, circles included.
    #[must_use]
    pub fn component_count(&self) -> usize {
        self.components().len() + self.circles
    }

    /// The component to which each dart belongs, as an index into [`Diagram::components`].
    #[must_use]
    pub fn component_of_darts(&self) -> Vec<usize> {
        let mut of = vec![0; self.joins.len()];
        for (index, edges) in self.components().iter().enumerate() {
            for &out in edges {
                (of[out], of[self.joins[out]]) = (index, index);
            }
        }
        of
    }

    /// The connected pieces of the plane curve. Each is a list of its crossings, in rising order. Circles are not among them.
    #[must_use]
    pub fn pieces(&self) -> Vec<Vec<usize>> {
        let mut piece = vec![usize::MAX; self.crossing_count()];
        let mut count = 0;
        for start in 0..piece.len() {
            if piece[start] != usize::MAX {
                continue;
            }
            let mut open = vec![start];
            piece[start] = count;
            while let Some(c) = open.pop() {
                for next in (4 * c..4 * c + 4).map(|dart| self.joins[dart] / 4) {
                    if piece[next] == usize::MAX {
                        piece[next] = count;
                        open.push(next);
                    }
                }
            }
            count += 1;
        }
        let mut all = vec![Vec::new(); count];
        for (c, p) in piece.into_iter().enumerate() {
            all[p].push(c);
        }
        all
    }

    /// Each connected piece as a diagram of its own. Circles are left out.
    pub(crate) fn split(&self) -> Result<Vec<Self>> {
        let (codes, mut place) = (self.gauss_code(), vec![0; self.crossing_count()]);
        let mut pieces = Vec::new();
        for piece in self.pieces() {
            // A component lies in the piece that has one of its crossings.
            piece.iter().zip(1_i64..).for_each(|(crossing, number)| place[*crossing] = number);
            let is_of = |code: &&Vec<i64>| piece.binary_search(&(code[0].unsigned_abs() as usize - 1)).is_ok();
            let renamed = |met: &i64| met.signum() * place[met.unsigned_abs() as usize - 1];
            let code: Vec<Vec<i64>> = codes.iter().filter(is_of).map(|code| code.iter().map(renamed).collect()).collect();
            let signs: Vec<Sign> = piece.iter().map(|crossing| self.signs[*crossing]).collect();
            pieces.push(Self::from_gauss_code(&code, &signs)?);
        }
        Ok(pieces)
    }

    /// Whether, along every strand, crossings are passed above and below in turn.
    #[must_use]
    pub fn is_alternating(&self) -> bool {
        self.joins.iter().enumerate().all(|(dart, other)| dart % 2 != other % 2)
    }
}
