//! Faces: the regions into which the plane is cut.

use super::{Diagram, turned};

impl Diagram {
    /// The faces, each as the darts along which its boundary runs with the face to the left. If the diagram has several pieces, the face that they
    /// share is listed once for each piece. A diagram without crossings lists none.
    #[must_use]
    pub fn faces(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.joins.len()];
        let mut all = Vec::new();
        for start in 0..self.joins.len() {
            let (mut face, mut dart) = (Vec::new(), start);
            while !seen[dart] {
                seen[dart] = true;
                face.push(dart);
                // At the far end, the next edge clockwise keeps the face to the left.
                dart = turned(self.joins[dart], 3);
            }
            if !face.is_empty() {
                all.push(face);
            }
        }
        all
    }

    /// The face to the left of each dart, as seen when leaving the crossing along it; an index into [`Diagram::faces`].
    #[must_use]
    pub fn face_of_darts(&self) -> Vec<usize> {
        let mut of = vec![0; self.joins.len()];
        for (index, face) in self.faces().iter().enumerate() {
            for &dart in face {
                of[dart] = index;
            }
        }
        of
    }
}
