//! Which evaluator spoke: its version, and the digest of its sources.
//!
//! The digest of an evaluator covers the layers that every task shares and its own folder, so that work on one task does not unpin the
//! scores of another.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::Evaluator;

const SOURCES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// Sources that no verdict depends on: the registry, what makes videos to try an evaluator, programs and tests.
const BESIDE: [&str; 9] = [
    "src/batch/",
    "src/controls/",
    "src/decode/tests.rs",
    "src/lib.rs",
    "src/lint.rs",
    "src/main.rs",
    "src/registry.rs",
    "src/tasks/mod.rs",
    "src/toy/",
];

/// Pins a score to the code that gave it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct EvaluatorVersion {
    /// The domain scored.
    pub domain: String,
    /// Version of this crate.
    pub version: &'static str,
    /// [`source_digest`] of its folder.
    pub digest: String,
}

impl EvaluatorVersion {
    /// Version and digest of an evaluator. One from elsewhere is pinned by the shared layers alone.
    #[must_use]
    pub fn of(evaluator: &dyn Evaluator) -> Self {
        Self {
            domain: evaluator.domain().to_owned(),
            version: env!("CARGO_PKG_VERSION"),
            digest: source_digest(evaluator.folder()),
        }
    }
}

/// SHA-256, in hex, over the name and the text of every source file of the shared layers and of `src/tasks/{folder}`, in the order of
/// their names.
#[must_use]
pub fn source_digest(folder: &str) -> String {
    static KNOWN: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(folder.to_owned()).or_insert_with(|| hash_of(folder)).clone()
}

fn hash_of(folder: &str) -> String {
    let mut hash = Sha256::new();
    for (name, text) in SOURCES.iter().filter(|(name, _)| counts(name, folder)) {
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name.as_bytes());
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn counts(name: &str, folder: &str) -> bool {
    match name.strip_prefix("src/tasks/").and_then(|rest| rest.split_once('/')) {
        Some((of, _)) => of == folder,
        None => !BESIDE.iter().any(|beside| name.starts_with(beside)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_covers_the_shared_layers_and_its_own_folder() {
        assert!(SOURCES.iter().any(|(name, text)| *name == "src/digest.rs" && text == include_bytes!("digest.rs")));
        for name in
            ["src/digest.rs", "src/gates/sharp.rs", "src/decode/rgb.rs", "src/score/intake.rs", "src/tasks/causality/mod.rs"]
        {
            assert!(counts(name, "causality"), "{name}");
        }
        for name in ["src/main.rs", "src/controls/pixels.rs", "src/tasks/mod.rs", "src/tasks/optics/mod.rs", "src/registry.rs"] {
            assert!(!counts(name, "causality"), "{name}");
        }
        assert!(BESIDE.iter().all(|beside| SOURCES.iter().any(|(name, _)| name.starts_with(beside))), "one of them is gone");
        assert_eq!(source_digest("causality").len(), 64);
        assert_ne!(source_digest("causality"), source_digest(""));
    }
}
