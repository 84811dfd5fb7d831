//! Finding samples and candidates on disk, and scoring them all.

use std::path::{Path, PathBuf};

use serde::Serialize;

pub use pair::{Plan, plan};

#[cfg(feature = "decode")]
use crate::{Begin, Registry, score_sample_as};
use crate::{EvalError, Score};

mod pair;

/// A candidate and the sample it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The candidate, or why there is none.
    pub video: Result<PathBuf, String>,
    /// The sample folder.
    pub gt_dir: PathBuf,
}

/// One line of results.json. `video_path`, `gt_dir`, `score` and `dimensions` are always there.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The candidate as it was named, empty if none was found.
    pub video_path: String,
    /// The sample folder.
    pub gt_dir: String,
    /// The score with all its parts; 0 and the error where there is none.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of a job.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// It was scored.
    Scored(Box<Score>),
    /// It could not be.
    Failed {
        /// 0: what cannot be judged is not right.
        score: f64,
        /// 0.
        points: u32,
        /// None.
        dimensions: serde_json::Map<String, serde_json::Value>,
        /// Why.
        error: String,
    },
}

impl Outcome {
    /// Wraps an error.
    #[must_use]
    pub fn failed(error: String) -> Self {
        Self::Failed { score: 0.0, points: 0, dimensions: serde_json::Map::new(), error }
    }

    /// The points, 0 where it failed.
    #[must_use]
    pub fn points(&self) -> u32 {
        match self {
            Self::Scored(score) => score.points,
            Self::Failed { .. } => 0,
        }
    }

    /// The error, where it failed.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        match self {
            Self::Scored(_) => None,
            Self::Failed { error, .. } => Some(error),
        }
    }
}

/// results.json of a batch.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// One entry a sample, in the order of their folders.
    pub results: Vec<Entry>,
    /// Mean of `score`, failures counting 0.
    pub mean_score: f64,
    /// Entries with an error.
    pub failed: usize,
}

impl Report {
    /// Sums up.
    #[must_use]
    pub fn new(results: Vec<Entry>) -> Self {
        let total: u64 = results.iter().map(|e| u64::from(e.outcome.points())).sum();
        let failed = results.iter().filter(|e| e.outcome.error().is_some()).count();
        Self { mean_score: total as f64 / 1000.0 / results.len().max(1) as f64, failed, results }
    }
}

/// Sample folders at or below a folder, in alphabetical order: those that hold a metadata.json.
///
/// # Errors
/// Where the folder cannot be read.
pub fn find_samples(dir: &Path) -> Result<Vec<PathBuf>, EvalError> {
    fn walk(dir: &Path, depth: u32, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
        if dir.join("metadata.json").is_file() {
            found.push(dir.to_owned());
            return Ok(());
        }
        let mut entries: Vec<PathBuf> = std::fs::read_dir(dir)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
        entries.sort();
        for entry in entries {
            // Names with a dot in front are work in progress.
            let hidden = entry.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
            if depth > 0 && !hidden && entry.is_dir() {
                walk(&entry, depth - 1, found)?;
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    walk(dir, 4, &mut found).map_err(|source| EvalError::Read { path: dir.to_owned(), source })?;
    Ok(found)
}

/// Scores one job, whose candidate begins so; errors become part of the entry.
#[cfg(feature = "decode")]
#[must_use]
pub fn score_job(registry: &Registry, job: &Job, begin: Begin) -> Entry {
    let outcome = match &job.video {
        Err(why) => Outcome::failed(why.clone()),
        Ok(video) => match score_sample_as(registry, &job.gt_dir, video, begin) {
            Ok(score) => Outcome::Scored(Box::new(score)),
            Err(error) => Outcome::failed(error.to_string()),
        },
    };
    Entry {
        video_path: job.video.as_ref().map(|v| v.display().to_string()).unwrap_or_default(),
        gt_dir: job.gt_dir.display().to_string(),
        outcome,
    }
}
