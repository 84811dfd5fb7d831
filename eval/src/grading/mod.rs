//! From what is measured to points: one rule for a single measurement, one for a chain of causes.

mod author;
mod chain;
mod followed;

pub(crate) use chain::{Step, caps, chain};
pub(crate) use followed::followed;

/// One link's verdict before it becomes points.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// What it is worth by itself, `0..=1`.
    pub(crate) fraction: f32,
    pub(crate) measured: Option<f32>,
    pub(crate) tolerance: f32,
    pub(crate) unit: &'static str,
    pub(crate) reason: String,
}

/// 1 up to `full`, 0 from `none` on, linear between. NaN earns nothing.
pub(crate) fn ramp(value: f32, full: f32, none: f32) -> f32 {
    if value <= full {
        1.0
    } else if value < none {
        (none - value) / (none - full)
    } else {
        0.0
    }
}

/// For people to read: four decimals are plenty.
pub(crate) fn tidy(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}
