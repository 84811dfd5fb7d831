//! Several closed polygons.

use glam::DVec3;

use super::{Polygon, clearance};
use crate::{Error, Result};

/// Vertices that a link may have: algorithms here look at every pair of edges.
pub const MAX_VERTICES: usize = 20_000;

/// A link: one closed polygon or more. A knot is a link of one component.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    components: Vec<Polygon>,
}

impl Link {
    /// A link of these components, in their order.
    ///
    /// # Errors
    /// [`Error::NoComponent`], [`Error::TooManyVertices`].
    pub fn new(components: impl Into<Vec<Polygon>>) -> Result<Self> {
        let components = components.into();
        let count = components.iter().map(Polygon::len).sum();
        match count {
            0 => Err(Error::NoComponent),
            1..=MAX_VERTICES => Ok(Self { components }),
            _ => Err(Error::TooManyVertices { count, most: MAX_VERTICES }),
        }
    }

    /// A link from the vertices of each component.
    ///
    /// # Errors
    /// As [`Polygon::new`] and [`Link::new`].
    pub fn from_vertices<V: Into<Vec<DVec3>>>(components: impl IntoIterator<Item = V>) -> Result<Self> {
        let checked = components.into_iter().enumerate().map(|(k, vertices)| Polygon::checked(vertices.into(), k));
        Self::new(checked.collect::<Result<Vec<_>>>()?)
    }

    /// Its components.
    #[must_use]
    pub fn components(&self) -> &[Polygon] {
        &self.components
    }

    /// The number of edges of all components.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.components.iter().map(Polygon::len).sum()
    }

    /// All vertices, component by component.
    pub fn vertices(&self) -> impl Iterator<Item = DVec3> {
        self.components.iter().flat_map(|c| c.vertices().iter().copied())
    }

    /// Each vertex moved by `map`.
    ///
    /// # Errors
    /// As [`Polygon::map`].
    pub fn map(&self, mut map: impl FnMut(DVec3) -> DVec3) -> Result<Self> {
        Self::from_vertices(self.components.iter().map(|c| c.vertices().iter().map(|v| map(*v)).collect::<Vec<_>>()))
    }

    /// Each component resampled to so many vertices, equally spaced along the drawn spline.
    ///
    /// # Errors
    /// As [`Polygon::resampled`].
    pub fn resampled(&self, counts: impl Fn(&Polygon) -> usize) -> Result<Self> {
        let counts: Vec<usize> = self.components.iter().map(counts).collect();
        let count = counts.iter().fold(0_usize, |sum, count| sum.saturating_add(*count));
        if count > MAX_VERTICES {
            return Err(Error::TooManyVertices { count, most: MAX_VERTICES });
        }
        Self::new(self.components.iter().zip(counts).map(|(c, count)| c.resampled(count)).collect::<Result<Vec<_>>>()?)
    }

    /// Scaled about its middle so that tubes of this radius just have room: its [`clearance`] has this reach. [`crate::motion::certify`] takes
    /// coarser bounds, and motion takes room: ask for a quarter more than the tube's radius, or for some times as much.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a radius that is no length, and of a curve that meets itself, which has no reach; as [`Link::map`].
    pub fn with_reach(&self, radius: f64) -> Result<Self> {
        let reach = clearance(self).reach();
        for (what, value) in [("the radius", radius), ("the reach of the curve", reach)] {
            if !(value.is_finite() && value > 0.0) {
                return Err(Error::OutOfRange { what, value, must: "finite and above 0" });
            }
        }
        let [low, high] = self.bounds();
        let middle = 0.5 * (low + high);
        self.map(|p| middle + (p - middle) * (radius / reach))
    }

    /// The smallest box that holds it: least and greatest coordinates.
    #[must_use]
    pub fn bounds(&self) -> [DVec3; 2] {
        let start = [DVec3::INFINITY, DVec3::NEG_INFINITY];
        self.vertices().fold(start, |[low, high], v| [low.min(v), high.max(v)])
    }
}

impl From<Polygon> for Link {
    fn from(polygon: Polygon) -> Self {
        Self { components: vec![polygon] }
    }
}
