use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use raytruth_scene::Scene;

use crate::device::Gpu;
use crate::post::Post;
use crate::{AdapterReport, ClipRenderer, DeviceOptions, RenderError, RenderSettings};

/// A kernel's name, and what it is composed with.
type KernelKey = (&'static str, Vec<&'static str>);

/// A device with its pipelines. Make one per process and thread of work; making it costs the shaders' compilation.
pub struct Renderer {
    pub(crate) gpu: Gpu,
    pub(crate) passes: wgpu::ComputePipeline,
    pub(crate) resolve: wgpu::ComputePipeline,
    pub(crate) post: Post,
    /// Kernels that not every scene needs, compiled on first use; one without a coat needs no code for coats.
    kernels: Mutex<BTreeMap<KernelKey, Arc<wgpu::ComputePipeline>>>,
}

impl Renderer {
    /// Opens a device: a hardware adapter where there is one, else the software adapter, unless `options` say otherwise.
    ///
    /// # Errors
    /// When there is no adapter, or none that was asked for, or its driver does not compile the shaders.
    pub fn new(options: &DeviceOptions) -> Result<Self, RenderError> {
        let gpu = Gpu::open(options)?;
        let passes = gpu.pipeline("passes", &[])?;
        let resolve = gpu.pipeline("resolve", &[])?;
        let post = Post::new(&|kernel, defines| gpu.pipeline(kernel, defines))?;
        Ok(Self { gpu, passes, resolve, post, kernels: Mutex::default() })
    }

    /// What it renders on.
    #[must_use]
    pub fn adapter(&self) -> &AdapterReport {
        &self.gpu.report
    }

    /// Validates a scene and makes it ready to render.
    ///
    /// # Errors
    /// When the settings or the scene are invalid, or too large for the adapter.
    pub fn clip<'r>(&'r self, scene: &Scene, settings: &RenderSettings) -> Result<ClipRenderer<'r>, RenderError> {
        ClipRenderer::new(self, scene, settings)
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
