//! The life of a sample: draw, render, encode, score, write, resume.
//!
//! ```text
//! draw and bake ahead ──▶ render ──▶ encode as frames come ──▶ decode and score ──▶ write
//!   (threads)             (GPU)        (threads)                 │ not 1000: the next look
//!                           ▲────────────────────────────────────┘
//! ```
//!
//! [`generate`] runs the loop over a range of indices. A sample is whole or absent, the same whatever is made beside it, and made
//! once: a second run finds it. [`draw()`] gives the problems alone, as `--dry-run` prints them. METADATA.md describes what is
//! written.

#![forbid(unsafe_code)]

mod actions;
mod audit;
mod checks;
mod clip_file;
pub mod controls;
mod draw;
mod error;
mod estimate;
pub mod extras;
mod finish;
mod json;
mod judge;
mod lock;
mod metadata;
mod param_hash;
pub mod pass_files;
pub mod picture;
mod preset;
mod progress;
mod queue;
mod redraw;
mod resume;
mod run;
mod runlog;
mod sample;
mod settings;
mod source;
mod staging;
mod waits;

pub use audit::{Audit, Rule};
pub use clip_file::{ClipJob, render_frames, render_mp4};
pub use draw::{Drawn, DryRun, Exhausted, Reasons, draw, task_id};
pub use error::{Error, Result};
pub use finish::encode_clip;
pub use judge::{EvalJudge, IdPass, Judge, Judgement};
pub use metadata::{Attempts, GENERATOR, Generation, METADATA, Metadata, ProblemCard, SCHEMA_VERSION, VERSION};
pub use param_hash::{canonical, param_hash};
pub use preset::{PRESETS, Preset};
pub use progress::{Event, Observer};
pub use redraw::{Redrawn, redraw};
pub use run::{Summary, generate};
pub use sample::SideClip;
pub use settings::{
    Extra, MAX_DRAWS, MAX_FPS, MAX_FRAMES, MAX_INDEX, MAX_LOOKS, MAX_PIXELS, MAX_SAMPLES, MAX_SEED, MAX_SIDE, Provenance, Recipe,
    Settings, timestamp_from_env,
};
pub use source::{FrameSource, FrameStream, GpuSource};
pub use waits::Waits;
