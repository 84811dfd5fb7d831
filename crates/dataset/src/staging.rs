//! A sample is whole or absent: it grows in a folder of its own, is synced, and takes its place by renaming.
//!
//! It grows in `{output}/.raytruth/`, on the same file system as its place, and out of the sight of tools that list or rename what lies
//! in `*_task/`.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::lock::process_tag;
use crate::{Error, Result};

/// Where samples grow, below the data folder.
const WORKSHOP: &str = ".raytruth";

/// A folder in the making. Dropped without [`Staging::commit`], it goes away.
#[derive(Debug)]
pub(crate) struct Staging {
    dir: PathBuf,
    place: PathBuf,
    /// `{output}/.raytruth`.
    workshop: PathBuf,
    /// Locked while we live, so that nobody sweeps it away.
    _lock: Option<File>,
}

impl Staging {
    /// Opens `{output}/.raytruth/{task_id}.{host}.{pid}.tmp` for a sample whose place is `{output}/{group}/{task_id}`. Folders are made
    /// if they are missing.
    pub(crate) fn create(output: &Path, group: &str, task_id: &str) -> Result<Self> {
        let parent = output.join(group);
        fs::create_dir_all(&parent).map_err(|e| Error::io("create folder", &parent, e))?;
        let workshop = output.join(WORKSHOP);
        let dir = workshop.join(format!("{task_id}.{}.tmp", process_tag()));
        if dir.exists() {
            // Same host, same process number: a leftover of an earlier life.
            fs::remove_dir_all(&dir).map_err(|e| Error::io("remove", &dir, e))?;
        }
        // Another run may take the workshop away, empty as it is, between one call and the next: then it is made again.
        let made = (0..100).find_map(|_| match fs::create_dir_all(&workshop).and_then(|()| fs::create_dir(&dir)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            result => Some(result),
        });
        made.unwrap_or_else(|| Err(io::ErrorKind::NotFound.into())).map_err(|e| Error::io("create folder", &dir, e))?;
        let lock = lock_folder(&dir);
        Ok(Self { dir, place: parent.join(task_id), workshop, _lock: lock })
    }

    /// Where to write.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Writes one file; its folder is made where it is missing.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.dir.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|e| Error::io("create folder", parent, e))?;
        }
        let write = || File::create(&path)?.write_all(bytes);
        write().map_err(|e| Error::io("write", &path, e))
    }

    /// Empties the folder, for the next look.
    pub(crate) fn clear(&self) -> Result<()> {
        let clear = || {
            for entry in fs::read_dir(&self.dir)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    fs::remove_dir_all(entry.path())?;
                } else {
                    fs::remove_file(entry.path())?;
                }
            }
            Ok(())
        };
        clear().map_err(|e| Error::io("empty", &self.dir, e))
    }

    /// Every file inside, as sorted paths relative to it with `/` between the parts.
    pub(crate) fn files(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        list(&self.dir, "", &mut names).map_err(|e| Error::io("read", &self.dir, e))?;
        names.sort();
        Ok(names)
    }

    /// Copies what is there, with no promise about crashes.
    pub(crate) fn copy_to(&self, folder: &Path) -> Result<()> {
        for name in self.files()? {
            let to = folder.join(&name);
            let copy = || {
                fs::create_dir_all(to.parent().unwrap_or(folder))?;
                fs::copy(self.dir.join(&name), &to)
            };
            copy().map_err(|e| Error::io("write", &to, e))?;
        }
        Ok(())
    }

    /// Syncs everything and puts the folder in its place, instead of what is there.
    pub(crate) fn commit(self) -> Result<()> {
        sync_tree(&self.dir).map_err(|e| Error::io("sync", &self.dir, e))?;
        let parent = self.place.parent().unwrap_or(Path::new("."));
        let name = self.place.file_name().unwrap_or_default().to_string_lossy();
        let old = self.workshop.join(format!("{name}.{}.old", process_tag()));
        // A folder with content cannot be renamed over: the old one steps aside first, and is swept if we die in between.
        let replaces = fs::symlink_metadata(&self.place).is_ok();
        if replaces {
            fs::rename(&self.place, &old).map_err(|e| Error::io("replace", &self.place, e))?;
        }
        fs::rename(&self.dir, &self.place).map_err(|e| Error::io("write", &self.place, e))?;
        sync_folder(parent).map_err(|e| Error::io("sync", parent, e))?;
        if replaces {
            remove_any(&old).map_err(|e| Error::io("remove", &old, e))?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a commit there is nothing by this name.
        let _ = fs::remove_dir_all(&self.dir);
        // Goes with the last sample under way.
        let _ = fs::remove_dir(&self.workshop);
    }
}

/// Removes what crashed runs left for these indices, where nobody holds it. The caller holds the range.
pub(crate) fn sweep(output: &Path, domain: &str, range: &Range<u64>) -> Result<usize> {
    let parent = &output.join(WORKSHOP);
    let entries = match fs::read_dir(parent) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(e) => return Err(Error::io("read", parent, e)),
    };
    let mut swept = 0;
    for entry in entries {
        let entry = entry.map_err(|e| Error::io("read", parent, e))?;
        if entry.file_name().to_str().and_then(|name| leftover_index(name, domain)).is_none_or(|i| !range.contains(&i)) {
            continue;
        }
        let path = entry.path();
        let held = File::open(&path).is_ok_and(|f| matches!(f.try_lock(), Err(TryLockError::WouldBlock)));
        if !held {
            remove_any(&path).map_err(|e| Error::io("remove", &path, e))?;
            swept += 1;
        }
    }
    let _ = fs::remove_dir(parent);
    Ok(swept)
}

/// The index in `{domain}_{index:08}.{host}.{pid}.tmp` or `.old`.
fn leftover_index(name: &str, domain: &str) -> Option<u64> {
    let rest = name.strip_prefix(domain)?.strip_prefix('_')?;
    let (index, tail) = rest.split_once('.')?;
    let ours = index.len() == 8 && (tail.ends_with(".tmp") || tail.ends_with(".old"));
    index.parse().ok().filter(|_| ours)
}

fn remove_any(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}

/// Folders can be locked on Unix; elsewhere the lock on the range has to do.
fn lock_folder(dir: &Path) -> Option<File> {
    let file = File::open(dir).ok()?;
    file.try_lock().ok()?;
    Some(file)
}

fn list(dir: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

fn sync_tree(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_tree(&entry.path())?;
        } else {
            File::open(entry.path())?.sync_all()?;
        }
    }
    sync_folder(dir)
}

#[cfg(unix)]
fn sync_folder(dir: &Path) -> io::Result<()> {
    match File::open(dir)?.sync_all() {
        // Some network file systems cannot sync folders.
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_or_absent() {
        let root = tempfile::tempdir().expect("temporary folder");
        let parent = root.path().join("t_task");
        let create = || Staging::create(root.path(), "t_task", "t_00000003").expect("create");
        let staging = create();
        assert_eq!(fs::read_dir(&parent).expect("read").count(), 0, "nothing unfinished lies among the samples");
        staging.write("extras/a.txt", b"one").expect("write");
        assert_eq!(staging.files().expect("list"), ["extras/a.txt"]);
        drop(staging);
        assert_eq!(fs::read_dir(&parent).expect("read").count(), 0, "a dropped sample leaves nothing");

        for text in ["one", "two"] {
            let staging = create();
            staging.write("a.txt", text.as_bytes()).expect("write");
            staging.commit().expect("commit");
            assert!(!root.path().join(WORKSHOP).exists(), "the workshop goes with the last sample");
            assert_eq!(fs::read_to_string(parent.join("t_00000003/a.txt")).expect("read"), text);
            assert_eq!(fs::read_dir(&parent).expect("read").count(), 1);
        }
    }

    #[test]
    fn sweeps_only_its_own_range_and_nothing_that_is_held() {
        let root = tempfile::tempdir().expect("temporary folder");
        let workshop = root.path().join(WORKSHOP);
        for name in
            ["t_00000001.h.1.tmp", "t_00000002.h.1.old", "t_00000009.h.1.tmp", "t_00000001", "t_x.tmp", "tt_00000001.h.1.tmp"]
        {
            fs::create_dir_all(workshop.join(name)).expect("create");
        }
        let held = Staging::create(root.path(), "t_task", "t_00000000").expect("create");
        assert_eq!(sweep(root.path(), "t", &(0..5)).expect("sweep"), 2);
        let mut left: Vec<_> = fs::read_dir(&workshop).expect("read").map(|e| e.expect("entry").file_name()).collect();
        left.sort();
        assert!(held.dir().exists() || cfg!(not(unix)));
        assert_eq!(left.len(), 5, "{left:?}");
    }
}
