//! What a reasoning task is: what a task author reads.
//!
//! A task turns a seed into a [`Problem`] (drawn and certified on the CPU alone, the same on every machine) and a problem into
//! an [`Episode`] for a given picture size (its *look*, which may be redrawn without changing the problem). It knows neither GPU
//! nor FFmpeg.
//!
//! Helpers for authors: [`Draw`] draws hyper-parameters, [`frame_points`] places a camera that sees all the evidence,
//! [`TruthWriter`] writes what should be seen where, [`SceneBuilder`] puts scenes together, [`dress`] has colours,
//! surfaces and settings, [`props`] furnishes, [`interior`] builds places to walk through, [`round6`] keeps recorded numbers equal to those used.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

pub mod altered;
mod author;
mod cast;
#[cfg(any(test, feature = "testing"))]
pub mod contract;
mod dial;
mod difficulty;
mod draw;
pub mod dress;
pub mod ensemble;
mod episode;
mod events;
mod followed;
mod framing;
mod impossible;
pub mod interior;
mod lot;
mod overlays;
mod painter;
mod picture;
pub mod props;
pub mod prose;
mod raster;
mod registry;
mod resolve;
mod round;
mod seed;
mod set;
mod silhouette;
#[cfg(any(test, feature = "testing"))]
mod solid;
mod task;
mod tried;
mod way;
mod writer;

pub use author::frame_scene;
pub use cast::{Actor, Cast, Film};
pub use dial::{Dial, DialError, DialValue, Dials};
pub use difficulty::{ByDifficulty, Difficulties, Difficulty};
pub use draw::{Draw, Recorded, draw_until_taken, first_taken_look};
pub use episode::{Caption, Card, Clip, Episode, Evidence, EvidenceSource, PictureCheck, Rejection};
pub use events::{first_move, settles};
pub use followed::{Followed, display};
pub use framing::{View, frame_points};
pub use impossible::{IMPOSSIBLE, Subject, impossible, subject};
pub use lot::Lot;
pub use picture::{Sight, project, spread_px};
pub use registry::{Registry, RegistryError};
pub use round::round6;
pub use seed::{Rng, RunSeed, SampleSeed, Split};
pub use set::SceneBuilder;
pub use silhouette::outline;
pub use task::{LintPolicy, Problem, Task, TaskInfo, Twin};
pub use tried::tried;
pub use way::Way;
pub use writer::TruthWriter;
