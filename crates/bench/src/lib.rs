//! What a device and its machine do with raytruth: whether they make the right pictures, how fast, and what limits them. `raytruth bench` shows
//! it, `cargo bench` measures parts of it more closely.

pub mod clips;
pub mod correct;
mod figure;
pub mod flip;
mod idle;
mod plan;
pub mod rates;
pub mod references;
mod replay;
mod report;
pub mod samples;
pub mod scenes;
mod watched;

pub use figure::Figure;
pub use plan::{Part, Plan, measure};
pub use report::{Correct, Price, Report};

/// What keeps a measurement from being made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BenchError {
    /// The device, or a scene that it cannot take.
    #[error(transparent)]
    Render(#[from] raytruth_render::RenderError),
    /// A run of samples.
    #[error(transparent)]
    Run(#[from] raytruth_dataset::Error),
    /// What is compared with cannot be read or written.
    #[error("{0}")]
    Reference(String),
}
