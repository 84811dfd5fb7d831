//! From a diagram to a picture, and back to a curve in space.
//!
//! [`Layout`] draws any diagram in the plane with straight pieces that cross nowhere but at its crossings; [`svg`] makes a picture of it, and
//! [`lift`] a curve in space that shows the diagram from above, checked by projecting it again.

mod layout;
mod lift;
mod mesh;
mod picture;
mod relief;

pub use layout::Layout;
pub use lift::lift;
pub use picture::svg;
