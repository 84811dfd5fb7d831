//! What can go wrong before a video can be judged.

use std::path::PathBuf;

/// Why there is no score. A wrong video is no error: it scores low.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvalError {
    /// A file of the sample or the candidate cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A picture is not one, or not of the size the truth tells.
    #[error("{path} is not a usable picture: {reason}")]
    Picture {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// metadata.json has no truth that can be used.
    #[error("{path} does not hold a usable truth: {reason}")]
    Truth {
        /// Which file.
        path: PathBuf,
        /// The field and the rule broken.
        reason: String,
    },
    /// No evaluator for the domain.
    #[error("no evaluator for domain `{domain}`; known: {known}")]
    UnknownDomain {
        /// The domain of the sample.
        domain: String,
        /// What is registered.
        known: String,
    },
    /// The candidate cannot be decoded.
    #[error("cannot decode {path}: {reason}")]
    Video {
        /// Which file.
        path: PathBuf,
        /// What the decoder said.
        reason: String,
    },
    /// The evaluator refused the truth or the pictures.
    #[error("{0}")]
    Refused(String),
}
