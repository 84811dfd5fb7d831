//! A triangle mesh of the sphere less one face, with the diagram among its edges.

use crate::diagram::{Diagram, turned};

/// The nodes of one piece of a diagram and who is beside whom. Besides the crossings there are, of each dart, a point on its edge, two points
/// in the face to its left and one in the corner before it; and a middle for each face but the outer one. Points in faces make rings, so
/// that the mesh has no double edges and no chords, whatever the diagram: then Tutte's drawing has no crossings.
pub(super) struct Mesh {
    /// Of each node its neighbours.
    pub(super) beside: Vec<Vec<usize>>,
    /// The outer ring, in order, the mesh to its right.
    pub(super) rim: Vec<usize>,
    /// All triangles, turning the same way.
    pub(super) triangles: Vec<[usize; 3]>,
    crossings: Vec<usize>,
}

impl Mesh {
    /// Of the piece made of these crossings.
    pub(super) fn new(diagram: &Diagram, piece: &[usize]) -> Self {
        let n = piece.len();
        let mut mesh =
            Self { beside: vec![Vec::new(); 17 * n], rim: Vec::new(), triangles: Vec::new(), crossings: piece.to_vec() };
        let mut done = vec![false; 4 * diagram.crossing_count()];
        let mut faces = Vec::new();
        for &start in piece.iter().flat_map(|c| [4 * c, 4 * c + 1, 4 * c + 2, 4 * c + 3]).collect::<Vec<_>>().iter() {
            let (mut face, mut dart) = (Vec::new(), start);
            while !done[dart] {
                done[dart] = true;
                face.push(dart);
                dart = turned(diagram.join(dart), 3);
            }
            if !face.is_empty() {
                faces.push(face);
            }
        }
        let longest = faces.iter().map(Vec::len).max();
        let outer = faces.iter().position(|face| Some(face.len()) == longest);
        for (index, face) in faces.iter().enumerate() {
            let mut ring = Vec::new();
            for &dart in face {
                let (end, next) = (diagram.join(dart), turned(diagram.join(dart), 3));
                let [from, near, left, corner] = [mesh.crossing(dart), mesh.point(dart), mesh.left(dart), mesh.corner(dart)];
                let [to, far, ahead, turn] = [mesh.crossing(end), mesh.point(end), mesh.left(dart) + 1, mesh.corner(next)];
                let links = [
                    (from, near),
                    (near, far),
                    (from, corner),
                    (near, left),
                    (far, ahead),
                    (corner, left),
                    (left, ahead),
                    (ahead, turn),
                    (from, left),
                    (near, ahead),
                    (to, ahead),
                ];
                for (a, b) in links {
                    mesh.link(a, b);
                }
                mesh.triangles.extend([
                    [from, left, corner],
                    [from, near, left],
                    [near, ahead, left],
                    [near, far, ahead],
                    [far, to, ahead],
                    [to, turn, ahead],
                ]);
                ring.extend([corner, left, ahead]);
            }
            if Some(index) == outer {
                mesh.rim = ring;
            } else {
                let middle = mesh.beside.len();
                mesh.beside.push(Vec::new());
                for (k, &node) in ring.iter().enumerate() {
                    mesh.link(middle, node);
                    mesh.triangles.push([node, ring[(k + 1) % ring.len()], middle]);
                }
            }
        }
        mesh
    }

    fn link(&mut self, a: usize, b: usize) {
        if !self.beside[a].contains(&b) {
            self.beside[a].push(b);
            self.beside[b].push(a);
        }
    }

    fn local(&self, dart: usize) -> usize {
        // The piece's crossings rise.
        self.crossings.binary_search(&(dart / 4)).unwrap_or(0)
    }

    fn crossing(&self, dart: usize) -> usize {
        17 * self.local(dart)
    }

    /// The node of a crossing.
    pub(super) fn crossing_node(&self, crossing: usize) -> usize {
        self.crossing(4 * crossing)
    }

    /// The node on the edge of a dart, near to its crossing.
    pub(super) fn point(&self, dart: usize) -> usize {
        self.crossing(dart) + 1 + dart % 4
    }

    fn corner(&self, dart: usize) -> usize {
        self.crossing(dart) + 5 + dart % 4
    }

    fn left(&self, dart: usize) -> usize {
        self.crossing(dart) + 9 + 2 * (dart % 4)
    }
}
