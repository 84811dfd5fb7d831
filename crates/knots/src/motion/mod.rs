//! Motion: links that move without passing through themselves.
//!
//! A [`Motion`] is a link at each of several frames; between two frames every vertex moves in a straight line at a constant speed. [`certify`] proves
//! that nothing passes through anything at any time, and that tubes about the drawn splines do not overlap, or it refuses and says where. Times are not
//! sampled: each bound holds over a whole interval of time.

mod bend;
mod certificate;
mod energy;
mod interval;
mod path;
mod relax;
mod smooth;
mod spread;
mod tangle;

pub use certificate::{Certificate, Drawn, Refused, Strand, certify, certify_drawn, certify_step};
pub use path::Motion;
pub(crate) use relax::descent;
pub use relax::{Flow, flow};
pub(crate) use spread::spread;
pub use tangle::{Tangling, tangle};
