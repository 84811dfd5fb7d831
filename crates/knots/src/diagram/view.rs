//! Where a curve is looked at from, and why a view is refused.

use glam::{DVec2, DVec3};
use thiserror::Error;

use crate::{Error, Result};

/// A parallel view: what is farther along `direction` is nearer to the eye, hence above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    right: DVec3,
    up: DVec3,
    direction: DVec3,
}

impl View {
    /// From far away in this direction, which is of any length but 0.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a direction that is not finite or has no length.
    pub fn from_direction(direction: DVec3) -> Result<Self> {
        let length = direction.length();
        if !(length.is_finite() && length > 1e-100) {
            return Err(Error::OutOfRange { what: "length of the view's direction", value: length, must: "finite and above 0" });
        }
        let direction = direction / length;
        let (right, up) = direction.any_orthonormal_pair();
        // glam gives a right-handed triple, with the direction last.
        let up = if right.cross(up).dot(direction) > 0.0 { up } else { -up };
        Ok(Self { right, up, direction })
    }

    /// From above: x to the right, y up, the eye at great z.
    #[must_use]
    pub fn top() -> Self {
        Self { right: DVec3::X, up: DVec3::Y, direction: DVec3::Z }
    }

    /// Unit vector to the eye.
    #[must_use]
    pub fn direction(&self) -> DVec3 {
        self.direction
    }

    /// A point in the picture.
    #[must_use]
    pub fn picture(&self, p: DVec3) -> DVec2 {
        DVec2::new(p.dot(self.right), p.dot(self.up))
    }

    /// How near a point is to the eye; greater is nearer.
    #[must_use]
    pub fn height(&self, p: DVec3) -> f64 {
        p.dot(self.direction)
    }

    /// The point in space of a place in the picture and a height.
    #[must_use]
    pub fn place(&self, picture: DVec2, height: f64) -> DVec3 {
        self.right * picture.x + self.up * picture.y + self.direction * height
    }
}

/// Why a view does not show a diagram that is safe from rounding and small turns. Edges are counted through all components.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum Degenerate {
    /// An edge is seen from its end.
    #[error("edge {0} points at the eye")]
    EdgeOn(usize),
    /// Two edges that follow each other lie on each other.
    #[error("edges {0} and {1} fold back onto each other")]
    Fold(usize, usize),
    /// A vertex lies on an edge, or nearly.
    #[error("a vertex of edges {0} and {1} lies on the other edge")]
    VertexOnEdge(usize, usize),
    /// Edges meet in space, or nearly, where they cross in the picture.
    #[error("edges {0} and {1} touch: nobody is above")]
    Touch(usize, usize),
    /// Two crossings fall together.
    #[error("edge {0} crosses edges {1} and {2} in one point")]
    TriplePoint(usize, usize, usize),
    /// More crossings than a diagram may have.
    #[error("more than {0} crossings are seen")]
    TooMany(usize),
}
