use std::path::PathBuf;

/// Why a glTF file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GltfError {
    /// The file, or one that it refers to, could not be read or written.
    #[error("cannot {action} {path}: {source}")]
    Io {
        /// `read` or `write`.
        action: &'static str,
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Neither GLB nor glTF JSON, or cut off.
    #[error("not a glTF 2.0 file: {message}")]
    Format {
        /// What is wrong with it.
        message: String,
    },
    /// The JSON breaks a rule of glTF: an index out of range, an unknown enumerant, something missing.
    #[error("{at}: {message}")]
    Document {
        /// Where, as a path into the JSON such as `meshes[0].primitives[0].indices`.
        at: String,
        /// Which rule.
        message: String,
    },
    /// The file cannot be shown without an extension that we do not know.
    #[error("the file requires the glTF extension {name:?}, which is not supported; export it without (known: {known})")]
    Extension {
        /// Its name.
        name: String,
        /// Those that are supported.
        known: String,
    },
    /// More than a scene can need; refused before the memory is asked for.
    #[error("{what}: {found} is more than the limit of {limit}")]
    Limit {
        /// What there is too much of.
        what: String,
        /// How much.
        found: u64,
        /// How much is allowed.
        limit: u64,
    },
    /// The scene, read or to be written, breaks the rules of [`raytruth_scene::Scene::validate`].
    #[error("the scene breaks {} rule(s):\n{source}", source.violations.len())]
    Invalid {
        /// All that is wrong.
        source: raytruth_scene::Invalid,
    },
}

impl GltfError {
    /// A rule broken at a place in the JSON.
    pub(crate) fn at(at: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Document { at: at.into(), message: message.into() }
    }
}
