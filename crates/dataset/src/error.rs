use std::io;
use std::path::{Path, PathBuf};

/// Why a run stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// What was asked for cannot be done, whatever the machine.
    #[error("{0}")]
    Usage(String),
    /// Another process works on these samples.
    #[error("{what} {path}; wait for it to end, or choose another --start-index or --output", path = path.display())]
    Busy {
        /// Who holds what.
        what: String,
        /// The lock.
        path: PathBuf,
    },
    /// Someone asked to stop.
    #[error("as asked; finished samples are whole, and the same command goes on from here")]
    Interrupted,
    /// The disk, or what stands on it.
    #[error("cannot {action} {path}: {source}{hint}", path = path.display())]
    Io {
        /// A verb: "write", "create folder".
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// What to do, where that is known.
        hint: &'static str,
    },
    /// Nothing to render on.
    #[error("{0}")]
    Device(String),
    /// The renderer gave up.
    #[error("cannot render {task_id}: {source}")]
    Render {
        /// Which sample.
        task_id: String,
        /// What it said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The video could not be written or cut.
    #[error("cannot encode {path}: {source}{hint}", path = path.display())]
    Video {
        /// Which file.
        path: PathBuf,
        /// What FFmpeg said.
        source: Box<dyn std::error::Error + Send + Sync>,
        /// What to do, where that is known.
        hint: &'static str,
    },
    /// The task rejects whatever is drawn.
    #[error("one sample after the other could not be drawn: {0}")]
    Impossible(String),
    /// A finished sample that cannot be used.
    #[error("{path}: {what}", path = path.display())]
    Sample {
        /// Its folder or metadata.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A part of the program broke.
    #[error("{0}")]
    Internal(String),
}

/// What everything here returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

const FULL: &str = " (the disk is full: free some space or choose another --output, then repeat the command; \
                    what is finished is whole)";

impl Error {
    /// An [`Error::Io`] with the hint that fits.
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        let hint = match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FULL,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::NotADirectory => {
                " (choose a folder with --output that you can write to)"
            }
            _ => "",
        };
        Self::Io { action, path: path.to_path_buf(), source, hint }
    }

    /// An [`Error::Video`]; a full disk shows only in FFmpeg's words.
    pub(crate) fn video(path: &Path, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        let mut text = source.to_string();
        let mut cause = source.source();
        while let Some(c) = cause {
            text += &c.to_string();
            cause = c.source();
        }
        let hint = if text.contains("No space left") { FULL } else { "" };
        Self::Video { path: path.to_path_buf(), source: Box::new(source), hint }
    }

    /// The process exit code that stands for it: 2 wrong usage, 75 try again later, 1 anything else.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Busy { .. } | Self::Interrupted => 75,
            _ => 1,
        }
    }
}
