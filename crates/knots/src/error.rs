//! Errors, in words.

use thiserror::Error;

use crate::diagram::Degenerate;
use crate::motion::Refused;

/// Why something is refused. No function that returns it panics, whatever it is given, and none returns a wrong result in silence.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A coordinate is NaN, infinite, or so large that products of some of them would be.
    #[error("component {component}: vertex {vertex} is not finite, or beyond 1e60")]
    NotFinite {
        /// Which closed polygon.
        component: usize,
        /// Which of its vertices.
        vertex: usize,
    },
    /// A closed polygon needs three vertices.
    #[error("component {component} has {count} vertices; a closed polygon needs at least 3")]
    TooFewVertices {
        /// Which closed polygon.
        component: usize,
        /// How many it has.
        count: usize,
    },
    /// More vertices than an algorithm can serve that looks at every pair of edges.
    #[error("{count} vertices are more than {most}; resample the curve first")]
    TooManyVertices {
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// A vertex equals the one after it, or so nearly that the edge between them has no safe direction.
    #[error("component {component}: vertex {vertex} and the next are one point, or nearer than 1e-60")]
    RepeatedVertex {
        /// Which closed polygon.
        component: usize,
        /// The first of the two.
        vertex: usize,
    },
    /// A link without components.
    #[error("a link needs at least one component")]
    NoComponent,
    /// An index out of range.
    #[error("there is no {what} {index}; there are {count}")]
    NoSuch {
        /// What was asked for.
        what: &'static str,
        /// Its index.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// A number is outside of what makes sense.
    #[error("{what} is {value}; it must be {must}")]
    OutOfRange {
        /// What the number is.
        what: &'static str,
        /// Its value.
        value: f64,
        /// What is asked of it.
        must: &'static str,
    },
    /// A view shows a diagram that a small turn, or rounding, would change.
    #[error("this view shows no safe diagram: {0}")]
    View(#[from] Degenerate),
    /// A code is not that of a diagram.
    #[error("not the code of a diagram: {0}")]
    BadCode(String),
    /// The code is that of a diagram on another surface than the sphere (a virtual knot).
    #[error("the diagram does not lie in the plane: {faces} faces where Euler's formula asks for {expected}")]
    NotPlanar {
        /// Faces that it has.
        faces: usize,
        /// Faces that a plane diagram would have.
        expected: usize,
    },
    /// Integers grew beyond 128 bits.
    #[error("{0} outgrows 128-bit integers")]
    Overflow(&'static str),
    /// More of something than can be worked through in good time.
    #[error("the {what} is {count}; more than {most} take too long")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much.
        count: usize,
        /// How much there may be.
        most: usize,
    },
    /// The scan of a diagram would need too many states.
    #[error("the diagram is {width} strands wide where it is thinnest to cut; more than {most} take too long")]
    TooWide {
        /// Strands that are cut.
        width: usize,
        /// How many may be.
        most: usize,
    },
    /// A motion is not proven free of passing.
    #[error("the motion is not proven safe: {0}")]
    Motion(#[from] Refused),
    /// Links of a motion differ in how many vertices their components have.
    #[error("frame {0} has other components, or other numbers of vertices, than the first")]
    FramesDiffer(usize),
    /// An operation does not apply where it was asked for.
    #[error("{operation} does not apply here: {reason}")]
    DoesNotApply {
        /// The operation.
        operation: &'static str,
        /// Why.
        reason: &'static str,
    },
    /// A search gave up.
    #[error("{what}: nothing was found in {tries} tries")]
    NotFound {
        /// What was searched for.
        what: &'static str,
        /// How often.
        tries: usize,
    },
}

/// The result of functions of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;
