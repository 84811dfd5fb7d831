//! Why a file is not decoded.

use std::io;

/// Why a file is not decoded. The caller knows which file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The file system refused.
    #[error("cannot read it: {0}")]
    Io(#[from] io::Error),
    /// FFmpeg finds no video in it.
    #[error("not a video: {0}")]
    NotAVideo(String),
    /// This FFmpeg lacks the codec.
    #[error("this FFmpeg has no decoder for {0}")]
    NoDecoder(String),
    /// Beyond the limits.
    #[error("too large: {0}")]
    TooLarge(String),
    /// Broken or cut short.
    #[error("damaged or cut short: {reason} (after {frames} frames)")]
    Damaged {
        /// Frames that decoded before.
        frames: u32,
        /// What was found.
        reason: String,
    },
    /// There is no telling how fast it plays.
    #[error("it has neither a frame rate nor time stamps")]
    NoRate,
}
