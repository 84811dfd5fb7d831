//! Scenes to and from their JSON form, which the crate's README describes.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{FORMAT_VERSION, Invalid, Scene};

/// The largest scene file that is read: enough for some five million vertices.
const MAX_BYTES: u64 = 1 << 30;

/// Why a scene could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SceneError {
    /// The file could not be read or written.
    #[error("cannot {action} the scene file {path}: {source}")]
    Io {
        /// `read` or `write`.
        action: &'static str,
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Larger than a scene file can be.
    #[error("the scene file {path} has more than {limit} bytes; split its meshes or check that it is a scene at all")]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// How many bytes are read at most.
        limit: u64,
    },
    /// Not JSON, or JSON that is no scene.
    #[error("{}line {line}, column {column}: {message}; {hint}", origin(.path))]
    Json {
        /// Which file, where it came from one.
        path: Option<PathBuf>,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// Written by another version of the format.
    #[error("{}format_version is {found}, but this program reads 1 to {FORMAT_VERSION}; use the release that wrote the file", origin(.path))]
    Version {
        /// Which file, where it came from one.
        path: Option<PathBuf>,
        /// The version there.
        found: String,
    },
    /// An image that it names could not be read.
    #[error("{}image {name:?}: {message}", origin(.path))]
    Image {
        /// Which scene file.
        path: Option<PathBuf>,
        /// The image's name.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// It breaks the rules of the format.
    #[error("{}the scene breaks {} rule(s):\n{source}", origin(.path), source.violations.len())]
    Invalid {
        /// Which file, where it came from one.
        path: Option<PathBuf>,
        /// All that is wrong.
        source: Invalid,
    },
}

/// `path: `, or nothing.
fn origin(path: &Option<PathBuf>) -> String {
    path.as_ref().map_or_else(String::new, |p| format!("{}: ", p.display()))
}

impl SceneError {
    fn in_file(mut self, file: &Path) -> Self {
        if let Self::Json { path, .. } | Self::Version { path, .. } | Self::Image { path, .. } | Self::Invalid { path, .. } =
            &mut self
        {
            *path = Some(file.to_owned());
        }
        self
    }
}

impl From<serde_json::Error> for SceneError {
    fn from(error: serde_json::Error) -> Self {
        use serde_json::error::Category;
        let (line, column) = (error.line(), error.column());
        // serde_json ends its text with the position, which has a place of its own here.
        let mut message = error.to_string();
        if let Some(end) = message.rfind(" at line ") {
            message.truncate(end);
        }
        let hint = match error.classify() {
            Category::Eof => "the text ends too early: was it cut off?",
            Category::Syntax | Category::Io => "scenes are plain JSON, without comments or trailing commas",
            Category::Data => "fields and units are in the README of raytruth-scene",
        };
        Self::Json { path: None, line, column, message, hint }
    }
}

impl Scene {
    /// A scene from its JSON form. What comes back is valid. Images that name a file are refused: there is no folder to look in.
    ///
    /// # Errors
    /// [`SceneError`], without a path.
    pub fn from_json(json: &str) -> Result<Self, SceneError> {
        Self::parse(json, None)
    }

    /// `folder`: where the files of its images are.
    fn parse(json: &str, folder: Option<&Path>) -> Result<Self, SceneError> {
        /// Looks at the version alone, so that a newer file is told from a broken one.
        #[derive(Deserialize)]
        struct Probe {
            #[serde(default)]
            format_version: serde_json::Value,
        }
        // Some editors put a byte-order mark first.
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let probe: Probe = serde_json::from_str(json)?;
        let known = |v: &serde_json::Value| v.as_u64().is_some_and(|v| (1..=u64::from(FORMAT_VERSION)).contains(&v));
        if !probe.format_version.is_null() && !known(&probe.format_version) {
            return Err(SceneError::Version { path: None, found: probe.format_version.to_string().chars().take(40).collect() });
        }
        let mut scene: Self = serde_json::from_str(json)?;
        scene.format_version = FORMAT_VERSION;
        if let Some(folder) = folder {
            for (name, image) in &mut scene.images {
                image.load(folder).map_err(|message| SceneError::Image { path: None, name: name.clone(), message })?;
            }
        }
        scene.validate().map_err(|source| SceneError::Invalid { path: None, source })?;
        Ok(scene)
    }

    /// The JSON form, indented. Reading it gives the same scene to the bit, if it is valid: JSON has no NaN or infinity.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Every map of a scene has strings for keys, which is all that could fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads a scene file, and the files that its images name.
    ///
    /// # Errors
    /// [`SceneError`], with the path.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, SceneError> {
        let path = path.as_ref();
        let io = |source| SceneError::Io { action: "read", path: path.to_owned(), source };
        let mut text = String::new();
        let read = File::open(path).and_then(|f| f.take(MAX_BYTES + 1).read_to_string(&mut text)).map_err(io)?;
        if read as u64 > MAX_BYTES {
            return Err(SceneError::TooLarge { path: path.to_owned(), limit: MAX_BYTES });
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, Some(folder)).map_err(|e| e.in_file(path))
    }

    /// Writes a scene file.
    ///
    /// # Errors
    /// [`SceneError::Invalid`] for a scene that could not be read back, else [`SceneError::Io`].
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), SceneError> {
        let path = path.as_ref();
        self.validate().map_err(|source| SceneError::Invalid { path: Some(path.to_owned()), source })?;
        std::fs::write(path, self.to_json() + "\n").map_err(|source| SceneError::Io {
            action: "write",
            path: path.to_owned(),
            source,
        })
    }
}
