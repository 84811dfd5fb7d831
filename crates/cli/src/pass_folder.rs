//! Where passes go.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use raytruth_dataset::Error;
use raytruth_dataset::pass_files::{PassFormat, pass_files};
use raytruth_render::{Pass, Passes};

use crate::args::Render;
use crate::output_file::write_whole;

/// A folder of passes, one file for each and each frame.
pub(crate) struct PassFolder {
    dir: PathBuf,
    format: PassFormat,
    pub(crate) wanted: Vec<Pass>,
}

impl PassFolder {
    /// Makes the folder: a mistyped one should not cost a render. Without passes wanted there is none.
    pub(crate) fn create(args: &Render) -> Result<Self> {
        let output = args.output();
        let beside = || {
            let stem = output.file_stem().unwrap_or_default().to_string_lossy().replace('#', "");
            output.with_file_name(format!("{}_passes", stem.trim_end_matches('_')))
        };
        let dir = args.passes_dir.clone().unwrap_or_else(beside);
        if !args.passes.is_empty() {
            std::fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
        }
        Ok(Self { dir, format: args.pass_format.into(), wanted: args.passes.clone() })
    }

    /// Writes the passes of a frame.
    pub(crate) fn save(&self, frame: u32, size: (u32, u32), passes: &Passes) -> Result<(), Error> {
        for file in pass_files(size, passes, self.format)? {
            write_whole(&self.dir.join(file.file_name(frame)), &file.bytes)?;
        }
        Ok(())
    }

    pub(crate) fn name(&self) -> String {
        self.dir.display().to_string()
    }
}
