//! What can go wrong.

use std::io;
use std::path::{Path, PathBuf};

/// What went wrong with a video.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VideoError {
    /// A setting is out of range.
    #[error("cannot encode: {0}")]
    Settings(String),
    /// The frames pushed are not those announced.
    #[error("cannot encode: {0}")]
    Frames(String),
    /// FFmpeg was built without x264.
    #[error(
        "this FFmpeg has no H.264 encoder (libx264): install a build with it (Debian and Ubuntu: libavcodec-extra or the stock \
         libavcodec; macOS: brew install ffmpeg)"
    )]
    NoX264,
    /// The file system refused.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The file is not a video this crate can use.
    #[error("{}: {reason}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What about it.
        reason: String,
    },
    /// FFmpeg failed at something that should work.
    #[error("FFmpeg cannot {action}: {source}")]
    Ffmpeg {
        /// What was tried.
        action: &'static str,
        /// FFmpeg's answer.
        source: ffmpeg_next::Error,
    },
}

impl VideoError {
    pub(crate) fn ffmpeg(action: &'static str) -> impl FnOnce(ffmpeg_next::Error) -> Self {
        move |source| Self::Ffmpeg { action, source }
    }

    pub(crate) fn file(path: &Path, reason: impl Into<String>) -> Self {
        Self::File { path: path.into(), reason: reason.into() }
    }

    /// FFmpeg's answer about a file: the system's where there is one, so that "No space left on device" reads as such.
    pub(crate) fn on(path: &Path, action: &'static str) -> impl FnOnce(ffmpeg_next::Error) -> Self {
        let path = path.to_path_buf();
        move |error| match error {
            ffmpeg_next::Error::Other { errno } => Self::Io { action, path, source: io::Error::from_raw_os_error(errno) },
            other => Self::File { path, reason: format!("cannot {action} it: {other}") },
        }
    }
}

/// A path as FFmpeg takes it: UTF-8, and marked as a file so that `a:b.mp4` is no protocol.
pub(crate) fn ffmpeg_path(path: &Path) -> Result<String, VideoError> {
    match path.to_str() {
        Some(text) if !text.contains('\0') => Ok(format!("file:{text}")),
        _ => Err(VideoError::file(path, "FFmpeg needs a path in UTF-8 without NUL")),
    }
}
