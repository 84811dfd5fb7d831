//! The dress of a problem: colours, surfaces, backdrop and light. Drawn wide, but never so that the answer hides: what acts has a hue of
//! its own, and what surrounds it is pale or grey.

mod named;
pub mod paint;
mod settings;
mod shot;
pub mod stuff;
pub mod surface;

pub use named::Paint;
pub use paint::{hex, paints, shown_color};
pub use settings::{Ground, Place, Setting, SettingKind};
pub use shot::{Angles, Shot, direction};
