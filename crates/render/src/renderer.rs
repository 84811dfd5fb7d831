use raytruth_scene::Scene;

use crate::device::Gpu;
use crate::{AdapterReport, ClipRenderer, DeviceOptions, RenderError, RenderSettings};

/// A device with its pipelines. Make one per process and thread of work; making it costs the shaders' compilation.
pub struct Renderer {
    pub(crate) gpu: Gpu,
}

impl Renderer {
    /// Opens a device: a hardware adapter where there is one, else the software adapter, unless `options` say otherwise.
    ///
    /// # Errors
    /// When there is no adapter, or none that was asked for, or its driver does not compile the shaders.
    pub fn new(options: &DeviceOptions) -> Result<Self, RenderError> {
        let gpu = Gpu::open(options)?;
        Ok(Self { gpu })
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
}
