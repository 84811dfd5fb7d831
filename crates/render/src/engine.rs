use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

use crate::RenderError;
use crate::gpu::Gpu;
use crate::post::Post;
use crate::schedule::{AtOnce, Pace};

/// A kernel's name, and what it is composed with.
type KernelKey = (&'static str, Vec<&'static str>);

/// An open device with its pipelines: everything that is gone when the device is.
pub(crate) struct Engine {
    pub(crate) gpu: Gpu,
    pub(crate) post: Post,
    pub(crate) pace: Pace,
    /// Paths that were traced so far.
    pub(crate) traced: AtomicU64,
    /// Kernels that not every scene needs, compiled on first use; one without a coat needs no code for coats.
    kernels: Mutex<BTreeMap<KernelKey, Arc<wgpu::ComputePipeline>>>,
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Some(cache) = &self.gpu.cache {
            cache.save();
        }
    }
}

impl Engine {
    pub(crate) fn new(gpu: Gpu, at_once: AtOnce) -> Result<Self, RenderError> {
        let post = Post::new(&|kernel, defines| gpu.pipeline(kernel, defines))?;
        if let Some(cache) = &gpu.cache {
            cache.save();
        }
        Ok(Self { gpu, post, pace: Pace::new(at_once), traced: AtomicU64::new(0), kernels: Mutex::default() })
    }

    /// A kernel composed with `defines`, compiled on first use.
    pub(crate) fn kernel(
        &self,
        name: &'static str,
        mut defines: Vec<&'static str>,
    ) -> Result<Arc<wgpu::ComputePipeline>, RenderError> {
        defines.sort_unstable();
        let mut kernels = self.kernels.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (name, defines);
        if let Some(pipeline) = kernels.get(&key) {
            return Ok(Arc::clone(pipeline));
        }
        let pipeline = Arc::new(self.gpu.pipeline(name, &key.1)?);
        kernels.insert(key, Arc::clone(&pipeline));
        Ok(pipeline)
    }
}
