//! What a reasoning task is: what a task author reads.
//!
//! A task turns a seed into a [`Problem`] (drawn and certified on the CPU alone, the same on every machine) and a problem into
//! an [`Episode`] for a given picture size (its *look*, which may be redrawn without changing the problem). It knows neither GPU
//! nor FFmpeg.

#![forbid(unsafe_code)]

mod dial;
mod draw;
mod episode;
mod seed;
mod task;

pub use dial::{Dial, DialError, DialValue, Dials};
pub use draw::Draw;
pub use episode::{Card, Clip, Episode, Evidence, EvidenceSource, Rejection};
pub use seed::{Rng, SampleSeed, class_of};
pub use task::{Difficulty, Problem, Task, TaskInfo, Twin};
