//! Controls that the renderer made: `extras/controls/*.mp4` and `extras/twins/*/ground_truth.mp4`.

use std::path::{Path, PathBuf};

use super::Kind;

/// What `raytruth controls` can render, and how each must score. Other files there count as wrong versions.
const KNOWN: [(&str, Kind); 8] = [
    ("other_seed", Kind::Fair),
    ("half_spp", Kind::Fair),
    ("twin_counterfactual", Kind::Wrong),
    ("teleport", Kind::Wrong),
    ("vanish", Kind::Wrong),
    ("duplicate", Kind::Wrong),
    ("glide", Kind::Wrong),
    ("wrong_cause", Kind::Wrong),
];

/// The rendered controls of a sample; the names of those that are not there go to `missing`.
pub(super) fn find(dir: &Path, sample: &str, missing: &mut Vec<String>) -> Vec<(String, Kind, PathBuf)> {
    let mut found: Vec<(String, Kind, PathBuf)> = Vec::new();
    for file in sorted(&dir.join("extras/controls")) {
        if file.extension().is_some_and(|e| e == "mp4") {
            let name = stem(&file);
            found.push((name.clone(), kind(&name), file));
        }
    }
    for twin in sorted(&dir.join("extras/twins")) {
        let file = twin.join("ground_truth.mp4");
        let name = format!("twin_{}", stem(&twin));
        if file.is_file() && !found.iter().any(|(n, ..)| *n == name) {
            found.push((name, Kind::Wrong, file));
        }
    }
    for (name, _) in KNOWN {
        let plain = |n: &str| n.trim_start_matches("twin_").to_owned();
        if !found.iter().any(|(n, ..)| plain(n) == plain(name)) {
            missing.push(format!("{sample}/{name}"));
        }
    }
    found
}

fn kind(name: &str) -> Kind {
    KNOWN.iter().find(|(n, _)| *n == name).map_or(Kind::Wrong, |(_, kind)| *kind)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

fn sorted(dir: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(dir).into_iter().flatten().filter_map(|e| e.ok().map(|e| e.path())).collect();
    entries.sort();
    entries
}
