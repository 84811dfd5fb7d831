//! Which evaluator spoke: its version, and the digest of its sources.

use std::fmt::Write as _;
use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};

const SOURCES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// Pins a score to the code that gave it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct EvaluatorVersion {
    /// The domain scored.
    pub domain: String,
    /// Version of this crate.
    pub version: &'static str,
    /// [`source_digest`].
    pub digest: &'static str,
}

/// SHA-256, in hex, over the name and the text of every source file of this crate, in the order of their names.
#[must_use]
pub fn source_digest() -> &'static str {
    static DIGEST: OnceLock<String> = OnceLock::new();
    DIGEST.get_or_init(|| {
        let mut hash = Sha256::new();
        for (name, text) in SOURCES {
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name.as_bytes());
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_covers_this_very_file() {
        assert!(SOURCES.iter().any(|(name, text)| *name == "src/digest.rs" && text == include_bytes!("digest.rs")));
        assert_eq!(source_digest().len(), 64);
    }
}
