//! What a reasoning task is: what a task author reads.
//!
//! A task turns a seed into a [`Problem`] (drawn and certified on the CPU alone, the same on every machine) and a problem into
//! an [`Episode`] for a given picture size (its *look*, which may be redrawn without changing the problem). It knows neither GPU
//! nor FFmpeg.
//!
//! Helpers for authors: [`Draw`] draws hyper-parameters, [`frame_points`] places a camera that sees all the evidence,
//! [`TruthWriter`] writes what should be seen where, [`SceneBuilder`] puts scenes together, [`dress`] has colours,
//! surfaces and settings, [`props`] furnishes, [`round6`] keeps recorded numbers equal to those used.

#![forbid(unsafe_code)]

mod author;
mod dial;
mod draw;
pub mod dress;
mod episode;
mod events;
mod followed;
mod framing;
mod overlays;
mod painter;
pub mod props;
mod raster;
mod registry;
mod resolve;
mod round;
mod seed;
mod set;
mod silhouette;
mod task;
mod writer;

pub use author::frame_scene;
pub use dial::{Dial, DialError, DialValue, Dials};
pub use draw::Draw;
pub use episode::{Card, Clip, Episode, Evidence, EvidenceSource, PictureCheck, Rejection};
pub use events::{first_move, settles};
pub use followed::{Followed, display};
pub use framing::{View, frame_points};
pub use registry::{Registry, RegistryError};
pub use round::round6;
pub use seed::{Rng, SampleSeed, class_of};
pub use set::SceneBuilder;
pub use silhouette::outline;
pub use task::{Difficulty, LintPolicy, Problem, Task, TaskInfo, Twin};
pub use writer::TruthWriter;
