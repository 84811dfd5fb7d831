//! Curves in space: closed polygons and links of them.
//!
//! A [`Polygon`] is what is stored; what is *drawn* through its vertices is a smooth [`Spline`]. Clearances are those of the spline, so
//! that a tube about the drawn curve can be trusted. Lengths are in whatever unit the vertices have.

mod clearance;
mod distance;
mod gauss;
mod link;
mod polygon;
mod resample;
mod spline;
mod turn;

pub use clearance::{Clearance, clearance};
pub use distance::{least_distance, segment_distance};
pub use gauss::{linking_integral, writhe};
pub use link::{Link, MAX_VERTICES};
pub use polygon::Polygon;
pub use spline::{Span, Spline};
pub(crate) use turn::turn_of;
