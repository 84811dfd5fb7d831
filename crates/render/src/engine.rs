use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::RenderError;
use crate::gpu::Gpu;
use crate::post::Post;

/// An open device with its pipelines: everything that is gone when the device is.
pub(crate) struct Engine {
    pub(crate) gpu: Gpu,
    pub(crate) passes: wgpu::ComputePipeline,
    pub(crate) resolve: wgpu::ComputePipeline,
    pub(crate) post: Post,
    /// Path tracing kernels by what they were composed with; a scene without a coat needs no code for coats.
    paths: Mutex<BTreeMap<Vec<&'static str>, Arc<wgpu::ComputePipeline>>>,
}

impl Engine {
    pub(crate) fn new(gpu: Gpu) -> Result<Self, RenderError> {
        let passes = gpu.pipeline("passes", &[])?;
        let resolve = gpu.pipeline("resolve", &[])?;
        let post = Post::new(&|kernel, defines| gpu.pipeline(kernel, defines))?;
        Ok(Self { gpu, passes, resolve, post, paths: Mutex::default() })
    }

    /// The path tracing kernel composed with `defines`, compiled on first use.
    pub(crate) fn path_pipeline(&self, mut defines: Vec<&'static str>) -> Result<Arc<wgpu::ComputePipeline>, RenderError> {
        defines.sort_unstable();
        let mut paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pipeline) = paths.get(&defines) {
            return Ok(Arc::clone(pipeline));
        }
        let pipeline = Arc::new(self.gpu.pipeline("path", &defines)?);
        paths.insert(defines, Arc::clone(&pipeline));
        Ok(pipeline)
    }
}
