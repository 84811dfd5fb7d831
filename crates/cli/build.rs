//! Where the program comes from, for `generation.git` in metadata: commit, branch, repository, and whether it was changed.
//!
//! "unknown" outside a checkout (a published package, a source archive). Built again only when the checked-out commit changes.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let manifest = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let set = |name: &str, value: &str| println!("cargo::rustc-env=RAYTRUTH_GIT_{name}={value}");
    // A package unpacked somewhere inside another repository is not of that repository.
    let tracked = git(&manifest, &["ls-files", "--error-unmatch", "Cargo.toml"]).is_some();
    let answer = |args: &[&str]| git(&manifest, args).filter(|_| tracked).unwrap_or_else(|| "unknown".into());
    set("COMMIT", &answer(&["rev-parse", "HEAD"]));
    set("BRANCH", &answer(&["rev-parse", "--abbrev-ref", "HEAD"]));
    let remote = git(&manifest, &["remote", "get-url", "origin"]).filter(|_| tracked);
    set("REPO", &remote.map_or_else(|| std::env::var("CARGO_PKG_REPOSITORY").unwrap_or_default(), |url| without_user(&url)));
    let changes = git(&manifest, &["status", "--porcelain", "--untracked-files=no"]).filter(|_| tracked);
    set("DIRTY", if changes.is_some_and(|c| !c.is_empty()) { "true" } else { "false" });
    if tracked {
        watch_head(&manifest);
    }
}

/// Cargo looks at these files' times: HEAD changes with the branch, the branch's file with each commit.
fn watch_head(manifest: &Path) {
    let Some(dir) = git(manifest, &["rev-parse", "--absolute-git-dir"]) else { return };
    let dir = PathBuf::from(dir);
    let branch = git(manifest, &["symbolic-ref", "-q", "HEAD"]);
    for file in [Some("HEAD".to_owned()), branch].into_iter().flatten() {
        let path = dir.join(file);
        // A file that does not exist would mean a rebuild every time.
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
}

/// A remote's address without the name and password that may stand in it.
fn without_user(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) => {
            let end = rest.find('/').unwrap_or(rest.len());
            let host = rest[..end].rfind('@').map_or(rest, |at| &rest[at + 1..]);
            format!("{scheme}://{host}")
        }
        None => url.to_owned(),
    }
}

fn git(dir: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new("git").current_dir(dir).args(args).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
