//! Who works on which samples.
//!
//! A run holds a lock file for its range of indices, `.raytruth-{domain}-{start}-{end}-{host}-{pid}.lock` in the data folder, with
//! an advisory lock of the operating system on it, which ends with the process however that ends. A run whose range overlaps a
//! held one does not start. Looking and taking happen under a second lock, `.raytruth.lock`, held for milliseconds. Both files go
//! away with the last run.

use std::fs::{self, File, TryLockError};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

const GATE: &str = ".raytruth.lock";

/// The right to work on a range of indices.
#[derive(Debug)]
pub(crate) struct RangeLock {
    output: PathBuf,
    path: PathBuf,
    file: Option<File>,
}

impl RangeLock {
    /// Takes the range, or says who has it.
    pub(crate) fn acquire(output: &Path, domain: &str, range: &Range<u64>) -> Result<Self> {
        let name = format!(".raytruth-{domain}-{}-{}-{}.lock", range.start, range.end, process_tag());
        let path = output.join(name);
        let gate = Gate::enter(output)?;
        for (held, other) in range_locks(output, domain)? {
            if held.start < range.end && range.start < held.end {
                clear_if_dead(&other, domain, &held)?;
            }
        }
        let file = File::create(&path).map_err(|e| Error::io("write", &path, e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy(domain, range, &path)),
            Err(TryLockError::Error(e)) => warn_unlockable(&path, &e),
        }
        drop(gate);
        Ok(Self { output: output.to_path_buf(), path, file: Some(file) })
    }
}

impl Drop for RangeLock {
    fn drop(&mut self) {
        // Best effort: a file left behind holds nobody up, since nobody holds a lock on it.
        let gate = Gate::enter(&self.output);
        let _ = fs::remove_file(&self.path);
        self.file = None;
        if gate.is_ok() {
            let others = fs::read_dir(&self.output).into_iter().flatten().flatten();
            let another_run = |name: &str| name.starts_with(".raytruth-") && name.ends_with(".lock");
            if !others.into_iter().any(|e| e.file_name().to_str().is_some_and(another_run)) {
                let _ = fs::remove_file(self.output.join(GATE));
            }
        }
    }
}

/// Held while looking at and changing the set of range locks.
struct Gate {
    _file: File,
}

impl Gate {
    fn enter(output: &Path) -> Result<Self> {
        let path = output.join(GATE);
        loop {
            let file =
                File::options().create(true).truncate(false).write(true).open(&path).map_err(|e| Error::io("write", &path, e))?;
            if let Err(e) = file.lock() {
                warn_unlockable(&path, &e);
                return Ok(Self { _file: file });
            }
            // Whoever held it may have taken the file away while we waited: then ours locks nothing.
            if is_still_at(&file, &path) {
                return Ok(Self { _file: file });
            }
        }
    }
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

/// Every range lock of a domain with the range in its name.
fn range_locks(output: &Path, domain: &str) -> Result<Vec<(Range<u64>, PathBuf)>> {
    let prefix = format!(".raytruth-{domain}-");
    let mut found = Vec::new();
    for entry in fs::read_dir(output).map_err(|e| Error::io("read", output, e))? {
        let entry = entry.map_err(|e| Error::io("read", output, e))?;
        let name = entry.file_name();
        let Some(rest) = name.to_str().and_then(|n| n.strip_prefix(&prefix)).filter(|n| n.ends_with(".lock")) else {
            continue;
        };
        let mut numbers = rest.split('-').map_while(|part| part.parse::<u64>().ok());
        if let (Some(start), Some(end)) = (numbers.next(), numbers.next()) {
            found.push((start..end, entry.path()));
        }
    }
    Ok(found)
}

/// Removes a lock file whose process is gone; an error where it lives.
fn clear_if_dead(path: &Path, domain: &str, range: &Range<u64>) -> Result<()> {
    let file = match File::options().write(true).open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Error::io("open", path, e)),
    };
    match patient_lock(&file) {
        Ok(()) => fs::remove_file(path).map_err(|e| Error::io("remove", path, e)),
        Err(TryLockError::WouldBlock) => Err(busy(domain, range, path)),
        Err(TryLockError::Error(e)) => {
            warn_unlockable(path, &e);
            Ok(())
        }
    }
}

/// A run that was killed holds its locks until the system has taken it down, which takes a software renderer's threads a moment.
fn patient_lock(file: &File) -> Result<(), TryLockError> {
    for _ in 0..20 {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(std::time::Duration::from_millis(100)),
            answer => return answer,
        }
    }
    file.try_lock()
}

fn busy(domain: &str, range: &Range<u64>, path: &Path) -> Error {
    let what = format!("another run works on {domain} {} to {} and holds", range.start, range.end.saturating_sub(1));
    Error::Busy { what, path: path.to_path_buf() }
}

fn warn_unlockable(path: &Path, e: &io::Error) {
    log::warn!("{}: this file system knows no locks ({e}); do not start a second run on the same range", path.display());
}

/// Host and process, fit for a file name.
pub(crate) fn process_tag() -> String {
    let host = hostname::get().ok().and_then(|h| h.into_string().ok()).unwrap_or_default();
    let mut host: String = host.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect();
    if host.is_empty() {
        host.push_str("host");
    }
    format!("{host}.{}", std::process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_ranges_exclude_each_other() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let first = RangeLock::acquire(dir.path(), "t", &(0..10)).expect("free");
        let beside = RangeLock::acquire(dir.path(), "t", &(10..20)).expect("disjoint");
        let other_task = RangeLock::acquire(dir.path(), "u", &(0..10)).expect("another domain");
        let overlap = RangeLock::acquire(dir.path(), "t", &(9..11)).expect_err("held");
        assert_eq!(overlap.exit_code(), 75);
        drop(first);
        drop(beside);
        RangeLock::acquire(dir.path(), "t", &(9..11)).expect("free again");
        drop(other_task);
        assert_eq!(fs::read_dir(dir.path()).expect("read").count(), 0, "nothing stays");
    }

    #[test]
    fn a_dead_process_holds_nothing() {
        let dir = tempfile::tempdir().expect("temporary folder");
        fs::write(dir.path().join(".raytruth-t-0-10-elsewhere.1.lock"), "").expect("write");
        RangeLock::acquire(dir.path(), "t", &(5..6)).expect("nobody locks that file");
        assert_eq!(fs::read_dir(dir.path()).expect("read").count(), 0, "the stale lock is swept");
    }
}
