//! Knots and links: curves, diagrams, invariants, and motion that is proven not to pass through itself.
//!
//! A *knot* is a closed curve in space that does not meet itself; a *link* is several such curves. Two are *the same* where one can be moved into
//! the other without passing through itself. This crate answers, exactly where that is possible and with a proof where it is not: which knot is
//! this? do these two differ? does this motion pass? Single-threaded, without unsafe code, the same bits on every machine.
//!
#![doc = concat!("<p>", include_str!("../doc/3_1.svg"), include_str!("../doc/4_1.svg"), include_str!("../doc/8_18.svg"), include_str!("../doc/L6a4.svg"), "</p>")]
//!
//! *The trefoil, the figure-eight knot, `8_18` and the Borromean rings, drawn by [`drawing::svg`].*
//!
//! # A first walk
//!
//! A curve in space is a [`curve::Polygon`], several make a [`curve::Link`]. What is seen of it from a direction is a [`diagram::Diagram`]; what it
//! *is*, [`table::identify`] says.
//!
//! ```
//! use glam::DVec3;
//! use raytruth_knots::curve::{Link, Polygon};
//! use raytruth_knots::diagram::{View, project};
//! use raytruth_knots::invariant::jones;
//! use raytruth_knots::table::identify;
//!
//! # fn main() -> raytruth_knots::Result<()> {
//! // A curve on a torus, three times around one way and twice the other.
//! let at = |k: u32| {
//!     let a = f64::from(k) * std::f64::consts::TAU / 60.0;
//!     let r = 2.0 + libm::cos(3.0 * a);
//!     DVec3::new(r * libm::cos(2.0 * a), r * libm::sin(2.0 * a), libm::sin(3.0 * a))
//! };
//! let link = Link::from(Polygon::new((0..60).map(at).collect::<Vec<_>>())?);
//! let shown = project(&link, View::from_direction(DVec3::new(0.1, 0.2, 1.0))?)?;
//! assert_eq!(identify(&shown.diagram)?.to_string(), "m3_1"); // a left-handed trefoil
//! assert_eq!(jones(&shown.diagram)?.text("t", true), "-t^-4 + t^-3 + t^-1");
//! # Ok(())
//! # }
//! ```
//!
//! # From curve to diagram and back
//!
//! [`diagram::project`] gives the diagram seen from a direction. A view in which a vertex lies on an edge, or three strands cross in one point, or
//! nearly, is refused with its reason ([`diagram::Degenerate`]): turn it a little. Diagrams are read and written as planar diagram codes
//! ([`diagram::Diagram::from_pd`]) and Gauss codes, the common tongues of knot software. [`drawing::lift`] goes back: to any diagram a smooth curve
//! that shows it; [`drawing::svg`] draws it.
//!
//! # Telling links apart
//!
//! K. Reidemeister proved in 1927 that two diagrams show the same link just where three small moves, in [`operation`], lead from one to the other.
//! What the moves leave alone is an *invariant*. Those in [`invariant`] are computed by methods that take a millisecond at 40 crossings:
//!
//! * the Jones polynomial, by scanning the diagram ([`invariant::bracket`]);
//! * the Alexander polynomial and the determinant, by elimination without fractions;
//! * the signature, from a checkerboard surface; linking numbers.
//!
//! Different invariants prove links different. Equal ones prove nothing: `10_129` has both polynomials and the signature of `8_8`. So [`table::identify`] also brings
//! the diagram down to few crossings before it names a knot, and says "undecided" rather than guess.
//!
//! Mirror images are different links as a rule. The Alexander polynomial and the determinant do not see the hand; the Jones polynomial and the
//! signature do. Tables differ in which hand they draw: see [`table`].
//!
//! # Changing links
//!
//! Crossing changes, mirror images, connected sums, full twists and rings around one strand or two exist twice, on diagrams ([`operation`]) and on
//! curves ([`surgery`]), and tests hold one against the other. On a curve each says with a [`surgery::Changed`] which vertices are new.
//!
//! # Motion without passing
//!
//! [`motion::certify`] takes a link at each of some frames and proves that nothing passes through anything in between, or refuses. With
//! [`motion::Strand::Tube`] it proves the same of tubes about the smooth curves that are drawn through the vertices. [`motion::tangle`] makes a
//! link look harder, step by certified step; played backwards it is a disentangling. [`motion::flow`] follows a repulsive energy down: it makes
//! room, and curves round.
//!
//! ```
//! use raytruth_knots::curve::clearance;
//! use raytruth_knots::diagram::{View, project};
//! use raytruth_knots::drawing::lift;
//! use raytruth_knots::motion::{Strand, Tangling, certify, tangle};
//! use raytruth_knots::table::find;
//!
//! # fn main() -> raytruth_knots::Result<()> {
//! let trefoil = find("trefoil").expect("in the table");
//! let curve = lift(&trefoil.diagram, 0.15, 90)?;
//! let strand = Strand::Tube { radius: 0.15 * clearance(&curve).reach() };
//! let how = Tangling { view: View::top(), crossings: 2, strand, seed: 1, tries: 10_000 };
//! let relaxing = tangle(&curve, how)?.backwards();
//! assert!(certify(&relaxing, strand)?.gap > 0.0);
//! assert_eq!(project(&relaxing.frames()[0], View::top())?.diagram.crossing_count(), 5);
//! # Ok(())
//! # }
//! ```
//!
//! # Drawing a rope
//!
//! What a picture of a rope needs: a round curve in which the rope touches itself nowhere, the same with something changed, and what is seen of
//! it. A rope of radius 0.1 here has room for half as much again; vertices of what was changed are spread evenly by [`curve::Link::resampled`], and
//! [`motion::flow`] makes room about them.
//!
//! ```
//! use raytruth_knots::diagram::{View, project};
//! use raytruth_knots::drawing::lift;
//! use raytruth_knots::motion::{Flow, Strand, certify_step, flow};
//! use raytruth_knots::surgery;
//! use raytruth_knots::table::{find, identify};
//!
//! # fn main() -> raytruth_knots::Result<()> {
//! let eight = find("4_1").expect("in the table");
//! let rope = lift(&eight.diagram, 0.25, 80)?.with_reach(0.15)?;
//! certify_step(&rope, &rope, Strand::Tube { radius: 0.1 })?; // it touches itself nowhere
//!
//! // The same with one crossing changed, and with even vertices: no knot any more.
//! let changed = surgery::crossing_change(&rope, View::top(), 0)?;
//! let even = changed.link.resampled(|_| 80)?;
//! let round = flow(&even, Strand::Thin, Flow { steps: 50, ..Flow::default() })?.last().with_reach(0.15)?;
//!
//! // What a view shows: where both strands pass each crossing, at what angle, and how far it is to the next.
//! let seen = project(&rope, View::top())?;
//! for crossing in seen.crossings(&rope) {
//!     assert!(crossing.over.height - crossing.under.height > 0.2, "room for two radii");
//!     assert!(crossing.angle > 0.5 && crossing.over.until > 0.2 && crossing.nearest > 0.2);
//! }
//! assert_eq!(identify(&project(&round, View::top())?.diagram)?.to_string(), "unknot");
//! # Ok(())
//! # }
//! ```
//!
//! # What is refused
//!
//! Every function that can be handed nonsense returns a [`Result`]. Coordinates that are NaN, polygons of one point, repeated vertices, a million
//! vertices, codes of no plane diagram, numbers that outgrow 128 bits: each is an [`Error`] that says what was wrong and where. What would take
//! minutes is refused as well: more vertices than [`curve::MAX_VERTICES`], crossings than [`invariant::MAX_CROSSINGS`], strands to cut than
//! [`invariant::MAX_WIDTH`], or a motion whose proof looks at more than some million pairs of edges.
//!
//! # Further reading
//!
//! C. Adams, *The Knot Book*; W. B. R. Lickorish, *An Introduction to Knot Theory*; P. Cromwell, *Knots and Links*. Tables: KnotInfo and LinkInfo
//! (C. Livingston, A. H. Moore), from which the data of [`table`] are. Other software: Regina, SnapPy, KnotTheory, yui; tests and scripts of this
//! crate compare with the first, the second and the last.

#![forbid(unsafe_code)]
#![deny(clippy::disallowed_methods)]

pub mod curve;
pub mod diagram;
pub mod drawing;
mod error;
pub mod invariant;
pub mod motion;
pub mod operation;
mod polynomial;
mod random;
pub mod surgery;
pub mod table;

pub use error::{Error, Result};
pub use polynomial::Laurent;

/// Compiles the README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
