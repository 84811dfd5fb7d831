//! What a reasoning task is: what a task author reads.
//!
//! A task turns a seed into a [`Problem`] (drawn and certified on the CPU alone, the same on every machine) and a problem into
//! an [`Episode`] for a given picture size (its *look*, which may be redrawn without changing the problem). It knows neither GPU
//! nor FFmpeg.
//!
//! Helpers for authors: [`Draw`] draws hyper-parameters, [`frame_points`] places a camera that sees all the evidence,
//! [`silhouettes`] projects objects into the truth, [`round6`] keeps recorded numbers equal to those used.

#![forbid(unsafe_code)]

mod author;
mod dial;
mod draw;
mod episode;
mod framing;
mod raster;
mod registry;
mod resolve;
mod round;
mod seed;
mod silhouette;
mod task;
mod visibility;

pub use author::frame_scene;
pub use dial::{Dial, DialError, DialValue, Dials};
pub use draw::Draw;
pub use episode::{Card, Clip, Episode, Evidence, EvidenceSource, Rejection};
pub use framing::{View, frame_points};
pub use registry::{Registry, RegistryError};
pub use round::round6;
pub use seed::{Rng, SampleSeed, class_of};
pub use silhouette::{convex_hull, outline, polygon_area};
pub use task::{Difficulty, Problem, Task, TaskInfo, Twin};
pub use visibility::silhouettes;
