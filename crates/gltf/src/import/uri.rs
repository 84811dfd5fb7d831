//! What a `uri` refers to: data in the text itself, or a file beside the glTF file. Nothing is ever fetched.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::GltfError;

/// Padding is often left out.
const BASE64: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// Why there are no bytes.
pub(super) enum UriError {
    Io { path: std::path::PathBuf, source: std::io::Error },
    Bad(String),
}

impl UriError {
    /// As an error of the place that holds the uri.
    pub(super) fn at(self, at: String) -> GltfError {
        match self {
            Self::Io { path, source } => GltfError::Io { action: "read", path, source },
            Self::Bad(message) => GltfError::at(at + ".uri", message),
        }
    }
}

impl std::fmt::Display for UriError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Self::Bad(message) => f.write_str(message),
        }
    }
}

/// At most `limit` bytes of what it refers to.
pub(super) fn read(uri: &str, base: Option<&Path>, limit: u64) -> Result<Vec<u8>, UriError> {
    let bad = |message: &str| Err(UriError::Bad(message.into()));
    if let Some(rest) = uri.strip_prefix("data:") {
        let Some((head, body)) = rest.split_once(',') else { return bad("a data URI without a comma") };
        return if head.ends_with(";base64") {
            BASE64.decode(body.trim_end()).map_err(|e| UriError::Bad(format!("bad base64: {e}")))
        } else {
            Ok(percent_encoding::percent_decode_str(body).collect())
        };
    }
    let Ok(name) = percent_encoding::percent_decode_str(uri).decode_utf8() else { return bad("not UTF-8") };
    let relative = Path::new(&*name);
    // A scheme, or a drive letter.
    if name.split('/').next().is_some_and(|first| first.contains(':')) || relative.has_root() {
        return bad("only data URIs and paths relative to the file are read");
    }
    let Some(base) = base else { return bad("refers to another file, but there is no folder to look in; use `load`") };
    let path = base.join(relative);
    let io = |source| UriError::Io { path: path.clone(), source };
    // A pipe or device would never end.
    if !std::fs::metadata(&path).map_err(io)?.is_file() {
        return Err(UriError::Bad(format!("{} is not a file", path.display())));
    }
    let mut bytes = Vec::new();
    File::open(&path).and_then(|f| f.take(limit).read_to_end(&mut bytes)).map_err(io)?;
    Ok(bytes)
}
