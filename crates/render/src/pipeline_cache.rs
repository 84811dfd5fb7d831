//! Compiled pipelines on disk: on some drivers compiling all takes longer than a picture.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The file's last folder says by which version it was written: a driver's own data is checked by wgpu and by the driver.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a driver keeps of the pipelines that it compiled.
pub(crate) struct PipelineCache {
    cache: wgpu::PipelineCache,
    file: PathBuf,
    /// Whether something was compiled since it was written.
    grown: AtomicBool,
}

impl PipelineCache {
    /// Reads what was kept below a folder for an adapter. `None` where the driver keeps nothing.
    pub(crate) fn open(folder: &Path, device: &wgpu::Device, info: &wgpu::AdapterInfo) -> Option<Self> {
        if !device.features().contains(wgpu::Features::PIPELINE_CACHE) {
            return None;
        }
        let file = folder.join(VERSION).join(wgpu::util::pipeline_cache_key(info)?);
        let data = fs::read(&file).ok();
        log::debug!("{}: {} bytes of compiled pipelines", file.display(), data.as_ref().map_or(0, Vec::len));
        let descriptor = wgpu::PipelineCacheDescriptor { label: Some("pipelines"), data: data.as_deref(), fallback: true };
        #[allow(unsafe_code, reason = "wgpu cannot know where the data comes from; see SAFETY")]
        // SAFETY: wgpu asks that the data came from `get_data` of such an adapter. This file is written by `save` alone, whole or not at all;
        // wgpu looks at its head for adapter, driver and length, and the driver at its own. Whoever writes into a user's cache folder could
        // as well replace the program.
        let cache = unsafe { device.create_pipeline_cache(&descriptor) };
        Some(Self { cache, file, grown: AtomicBool::new(false) })
    }

    /// For a pipeline that is about to be compiled.
    pub(crate) fn for_compiling(&self) -> &wgpu::PipelineCache {
        self.grown.store(true, Ordering::Relaxed);
        &self.cache
    }

    /// Writes it, if something is new. A folder that cannot be written costs no more than the time to compile.
    pub(crate) fn save(&self) {
        if !self.grown.swap(false, Ordering::Relaxed) {
            return;
        }
        let Some(data) = self.cache.get_data() else { return };
        if fs::metadata(&self.file).is_ok_and(|there| there.len() == data.len() as u64) {
            return;
        }
        if let Err(e) = write(&self.file, &data) {
            log::debug!("{}: compiled pipelines are not kept: {e}", self.file.display());
        }
    }
}

/// Whole or not at all, whoever writes at the same time.
fn write(file: &Path, data: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let temporary = file.with_extension(std::process::id().to_string());
    fs::write(&temporary, data).and_then(|()| fs::rename(&temporary, file)).inspect_err(|_| _ = fs::remove_file(&temporary))
}
