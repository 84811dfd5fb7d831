//! Motion: links that move without passing through themselves.
//!
//! A [`Motion`] is a link at each of some frames; between two frames every vertex moves straight and evenly. [`certify`] proves that nothing
//! passes through anything in between, that tubes about the drawn splines do not overlap, or refuses and says where. Nothing is taken for safe
//! because it looked so at sampled times: each bound holds over a whole interval of time.

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
