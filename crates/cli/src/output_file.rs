//! Single files that a person asked for.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use raytruth_dataset::Error;

/// A mistyped folder should not cost a render.
pub(crate) fn check_folder(output: &Path) -> Result<()> {
    let folder = output.parent().filter(|p| !p.as_os_str().is_empty());
    if folder.is_some_and(|f| !f.is_dir()) {
        bail!("cannot write {}: its folder does not exist", output.display());
    }
    Ok(())
}

/// The last run of # in the file's name becomes the frame's number, with at least as many digits.
pub(crate) fn of_frame(path: &Path, frame: u32) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(last) = name.rfind('#') else { return path.to_owned() };
    let (head, tail) = name.split_at(last + 1);
    let stem = head.trim_end_matches('#');
    path.with_file_name(format!("{stem}{frame:0digits$}{tail}", digits = head.len() - stem.len()))
}

/// Whether there is a picture of each frame.
pub(crate) fn is_numbered(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().contains('#'))
}

/// Written under another name and renamed, so that a full disk leaves no half of it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let hidden = path.with_file_name(format!(".{}.part", path.file_name().unwrap_or_default().to_string_lossy()));
    let written = std::fs::write(&hidden, bytes).and_then(|()| std::fs::rename(&hidden, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&hidden);
    }
    written.map_err(|source| Error::Io { action: "write", path: path.to_owned(), source, hint: "" })
}
