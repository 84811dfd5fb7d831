//! Knots and links: curves, diagrams, invariants, and motion that is proven not to pass through itself.
//!
//! A *knot* is a closed curve in space that does not meet itself; a *link* is several such curves. Two are *the same* where one can be moved into
//! the other without passing through itself. This crate answers three questions. Which knot is this? Are these two different? Does this motion pass
//! through itself? Invariants are exact, motions are proven safe or refused, and where a knot cannot be named for sure the answer says so. The crate
//! runs on one thread, has no unsafe code, and gives the same bits on every machine.
//!
#![doc = concat!("<p>", include_str!("../doc/3_1.svg"), include_str!("../doc/4_1.svg"), include_str!("../doc/8_18.svg"), include_str!("../doc/L6a4.svg"), "</p>")]
//!
//! *The trefoil, the figure-eight knot, `8_18` and the Borromean rings, drawn by [`drawing::svg`].*
//!
//! # Contents
//!
//! 1. [`curve`]: closed polygons in space, and the smooth curves that are drawn through their vertices.
//! 2. [`diagram`]: what a direction shows of a curve; planar diagram codes and Gauss codes.
//! 3. [`drawing`]: the way back, from a diagram to a picture and to a curve.
//! 4. [`invariant`]: polynomials and numbers that tell links apart.
//! 5. [`table`]: the knots and links of up to 8 crossings, and which of them a diagram shows.
//! 6. [`operation`] and [`surgery`]: changes of diagrams, and the same changes of curves.
//! 7. [`motion`]: proofs that a moving link does not pass through itself; tanglings, and a flow that makes room.
//!
//! # A first walk
//!
//! A curve in space is a [`curve::Polygon`], and several of them make a [`curve::Link`]. [`diagram::project`] looks at it from a direction and gives a
//! [`diagram::Diagram`]; [`table::identify`] names the knot that the diagram shows.
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
//! [`diagram::project`] refuses a view in which a vertex lies on an edge, or three strands cross in one point, or nearly so, and says why
//! ([`diagram::Degenerate`]): turn the view a little. Diagrams are read and written as planar diagram codes ([`diagram::Diagram::from_pd`]) and as
//! Gauss codes, which other knot software reads and writes too. [`drawing::lift`] goes the other way: it makes a smooth curve that shows a given
//! diagram. [`drawing::svg`] draws a diagram.
//!
//! # Telling links apart
//!
//! K. Reidemeister proved in 1927 that two diagrams show the same link exactly if three small moves, which are in [`operation`], lead from one to the
//! other. A quantity that the moves do not change is an *invariant*. Those in [`invariant`] take some milliseconds at 40 crossings:
//!
//! * the Jones polynomial, by a scan of the diagram ([`invariant::bracket`]);
//! * the Alexander polynomial and the determinant, by elimination without fractions;
//! * the signature, from a checkerboard surface;
//! * linking numbers, by counting crossings.
//!
//! Two links whose invariants differ are different. Equal invariants prove nothing: `10_129` has both polynomials and the signature of `8_8`. So
//! [`table::identify`] also brings the diagram down to few crossings before it names a knot, and says "undecided" rather than guess.
//!
//! A link and its mirror image are usually different. The Alexander polynomial and the determinant do not see the difference; the Jones polynomial and
//! the signature do. Published tables differ in which of the two they draw: see [`table`].
//!
//! # Changing links
//!
//! Crossing changes, mirror images, connected sums, full twists, and rings around one strand or two exist for diagrams ([`operation`]) and for curves
//! ([`surgery`]); tests compare the two. An operation on a curve returns a [`surgery::Changed`], which says which vertices are new.
//!
//! # Motion without passing
//!
//! [`motion::certify`] takes a link at each of several frames. It proves that nothing passes through anything between the frames, or refuses. With
//! [`motion::Strand::Tube`] it proves that tubes about the smooth curves through the vertices never overlap. [`motion::certify_drawn`] does the same
//! for strands that are cut open. [`motion::tangle`] makes a link look harder, in certified steps; played backwards it is a disentangling.
//! [`motion::flow`] lowers a repulsive energy: it makes room between strands and makes curves round.
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
//! A picture of a rope needs a round curve along which the rope does not touch itself, perhaps a change, and the places where strands cross in the
//! picture. Here a rope of radius 0.1 gets a curve with room for a radius of 0.15. After the change [`curve::Link::resampled`] spaces the vertices
//! evenly, and [`motion::flow`] makes room about them.
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
//! Functions that can be given nonsense return a [`Result`]. Coordinates that are NaN, polygons of one point, repeated vertices, a million vertices,
//! codes that belong to no plane diagram, numbers that outgrow 128 bits: the [`Error`] says what is wrong and where. What would take minutes is refused
//! too: more vertices than [`curve::MAX_VERTICES`], more crossings than [`invariant::MAX_CROSSINGS`], diagrams wider than [`invariant::MAX_WIDTH`], and
//! motions whose proof would look at more than 60 million pairs of edges in one step.
//!
//! # Further reading
//!
//! C. Adams, *The Knot Book*; W. B. R. Lickorish, *An Introduction to Knot Theory*; P. Cromwell, *Knots and Links*. Tables: KnotInfo and LinkInfo
//! (C. Livingston, A. H. Moore), which are the source of [`table`]. Other software: Regina, SnapPy, yui, KnotTheory, Knoodle; tests and scripts of this
//! crate compare it with the first three.

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
