//! One closed polygon.

use glam::DVec3;

use super::MAX_VERTICES;
use crate::{Error, Result};

/// Coordinates beyond this are refused: products of five of them must stay finite.
const FARTHEST: f64 = 1e60;
/// Points nearer than this count as one: products of five lengths must not vanish.
const NEAREST: f64 = 1e-60;

/// A closed polygon in space: at least three vertices, each of them finite and apart from the next. It is directed, from each vertex to
/// the next and from the last to the first. It may meet itself: functions to which that matters check it.
#[derive(Clone, Debug, PartialEq)]
pub struct Polygon {
    vertices: Vec<DVec3>,
}

impl Polygon {
    /// Through these vertices, in their order.
    ///
    /// # Errors
    /// [`Error::TooFewVertices`], [`Error::TooManyVertices`], [`Error::NotFinite`], [`Error::RepeatedVertex`].
    pub fn new(vertices: impl Into<Vec<DVec3>>) -> Result<Self> {
        Self::checked(vertices.into(), 0)
    }

    /// As [`Polygon::new`]; errors name it as this component of a link.
    pub(super) fn checked(vertices: Vec<DVec3>, component: usize) -> Result<Self> {
        let count = vertices.len();
        if count < 3 {
            return Err(Error::TooFewVertices { component, count });
        }
        if count > MAX_VERTICES {
            return Err(Error::TooManyVertices { count, most: MAX_VERTICES });
        }
        if let Some(vertex) = vertices.iter().position(|v| !(v.abs().max_element() <= FARTHEST && v.is_finite())) {
            return Err(Error::NotFinite { component, vertex });
        }
        let near = |k: &usize| (vertices[*k] - vertices[(k + 1) % count]).abs().max_element() < NEAREST;
        if let Some(vertex) = (0..count).find(near) {
            return Err(Error::RepeatedVertex { component, vertex });
        }
        Ok(Self { vertices })
    }

    /// Its vertices.
    #[must_use]
    pub fn vertices(&self) -> &[DVec3] {
        &self.vertices
    }

    /// The number of its vertices, which is that of its edges.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it has at least three")]
    pub fn len(&self) -> usize {
        self.vertices.len()
    }

    /// The vertex of this index, counted around: `-1` is the last one.
    #[must_use]
    pub fn vertex(&self, index: isize) -> DVec3 {
        self.vertices[index.rem_euclid(self.vertices.len() as isize) as usize]
    }

    /// The ends of the edge that leaves vertex `index`, counted around.
    #[must_use]
    pub fn edge(&self, index: usize) -> [DVec3; 2] {
        let n = self.vertices.len();
        [self.vertices[index % n], self.vertices[(index % n + 1) % n]]
    }

    /// All edges, from that which leaves the first vertex.
    pub fn edges(&self) -> impl Iterator<Item = [DVec3; 2]> {
        (0..self.len()).map(|k| self.edge(k))
    }

    /// The sum of the lengths of its edges.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.edges().map(|[a, b]| a.distance(b)).sum()
    }

    /// The mean of its edges' middles, weighed by their lengths.
    #[must_use]
    pub fn centre(&self) -> DVec3 {
        let sum: DVec3 = self.edges().map(|[a, b]| 0.5 * (a + b) * a.distance(b)).sum();
        sum / self.length()
    }

    /// Run through the other way.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { vertices: self.vertices.iter().rev().copied().collect() }
    }

    /// Each vertex moved by `map`.
    ///
    /// # Errors
    /// As [`Polygon::new`], where the map is not finite or not one to one on its vertices.
    pub fn map(&self, map: impl FnMut(DVec3) -> DVec3) -> Result<Self> {
        Self::new(self.vertices.iter().copied().map(map).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_polygons_are_refused_in_words() {
        let p = |x: f64| DVec3::new(x, x * x, 0.0);
        let said = |vertices: &[DVec3]| Polygon::new(vertices).expect_err("bad").to_string();
        assert_eq!(said(&[p(1.0)]), "component 0 has 1 vertices; a closed polygon needs at least 3");
        assert_eq!(said(&[p(0.0), p(f64::NAN), p(2.0)]), "component 0: vertex 1 is not finite, or beyond 1e60");
        assert_eq!(said(&[p(0.0), p(1.0), p(1e200)]), "component 0: vertex 2 is not finite, or beyond 1e60");
        assert_eq!(said(&[p(0.0), p(1.0), p(0.0)]), "component 0: vertex 2 and the next are one point, or nearer than 1e-60");
        let many = (0..1_000_000).map(|k| p(f64::from(k))).collect::<Vec<_>>();
        assert!(said(&many).starts_with("1000000 vertices are more than"));
    }

    #[test]
    fn length_and_centre_of_a_square() {
        let square = Polygon::new([DVec3::ZERO, DVec3::X, DVec3::X + DVec3::Y, DVec3::Y]).expect("good");
        assert_eq!((square.length(), square.centre()), (4.0, DVec3::new(0.5, 0.5, 0.0)));
        assert_eq!(square.reversed().vertex(-1), DVec3::ZERO);
    }
}
