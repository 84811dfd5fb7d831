//! The run log: one JSON object a line, with the milliseconds of every stage of every sample.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::lock::process_tag;
use crate::settings::Settings;
use crate::{Error, Result};

/// Where a run writes what it did. Not among the samples: equal runs have equal samples, and never equal times.
pub(crate) struct RunLog {
    path: Option<PathBuf>,
    file: Mutex<Option<File>>,
}

/// Milliseconds of each stage of a sample, summed over its looks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stages {
    pub(crate) draw: Duration,
    pub(crate) look: Duration,
    pub(crate) render: Duration,
    pub(crate) encode: Duration,
    pub(crate) score: Duration,
    pub(crate) write: Duration,
}

impl Stages {
    pub(crate) fn to_json(self) -> Value {
        let ms = |d: Duration| (d.as_secs_f64() * 1e4).round() / 10.0;
        json!({
            "draw": ms(self.draw),
            "look": ms(self.look),
            "render": ms(self.render),
            "encode": ms(self.encode),
            "score": ms(self.score),
            "write": ms(self.write),
        })
    }
}

impl RunLog {
    /// Opens the log. The default place may be unwritable (the data folder is a mount point): then one goes without, and says so.
    pub(crate) fn open(settings: &Settings, domain: &str) -> Result<Self> {
        if let Some(path) = &settings.log {
            let file = File::options().create(true).append(true).open(path).map_err(|e| Error::io("write", path, e))?;
            return Ok(Self { path: Some(path.clone()), file: Mutex::new(Some(file)) });
        }
        let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string().replace([':', '-'], "");
        let range = settings.range();
        let path =
            log_folder(&settings.output).join(format!("{domain}-{}-{}-{now}-{}.jsonl", range.start, range.end, process_tag()));
        let open = || {
            fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
            File::options().create(true).append(true).open(&path)
        };
        match open() {
            Ok(file) => Ok(Self { path: Some(path), file: Mutex::new(Some(file)) }),
            Err(e) => {
                log::warn!("no run log: cannot write {}: {e}", path.display());
                Ok(Self { path: None, file: Mutex::new(None) })
            }
        }
    }

    /// Adds a line. A log that can no longer be written does not stop the run.
    pub(crate) fn line(&self, mut value: Value) {
        value["time"] = json!(humantime::format_rfc3339_millis(SystemTime::now()).to_string());
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = file.as_mut()
            && let Err(e) = open.write_all(format!("{value}\n").as_bytes())
        {
            log::warn!("the run log ends here: {e}");
            *file = None;
        }
    }

    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

/// `{output}-logs`, beside the data folder.
fn log_folder(output: &Path) -> PathBuf {
    // `.`, `..` and `a/..` have no name of their own to build on.
    let whole = fs::canonicalize(output).unwrap_or_else(|_| output.to_path_buf());
    match whole.file_name() {
        Some(name) => {
            let mut name = name.to_os_string();
            name.push("-logs");
            whole.with_file_name(name)
        }
        None => whole.join("logs"),
    }
}
