use raytruth_shaders::Composed;

use crate::RenderError;
use crate::gpu::Gpu;
use crate::pipeline_cache::PipelineCache;

impl Gpu {
    /// Composes and compiles `shaders/kernels/{kernel}.wgsl`. Its bind group layouts follow from the shader.
    pub(crate) fn pipeline(&self, kernel: &str, defines: &[&str]) -> Result<wgpu::ComputePipeline, RenderError> {
        let fail = |detail: String| RenderError::Shader { kernel: kernel.to_owned(), detail };
        let composed = raytruth_shaders::compose(kernel, defines).map_err(|e| fail(e.to_string()))?;
        let start = std::time::Instant::now();
        let pipeline = self.compile(kernel, &composed)?;
        log::debug!("compiled {kernel} {defines:?} in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
        Ok(pipeline)
    }

    /// Compiles WGSL that was put together.
    pub(crate) fn compile(&self, kernel: &str, composed: &Composed) -> Result<wgpu::ComputePipeline, RenderError> {
        let fail = |detail: String| RenderError::Shader { kernel: kernel.to_owned(), detail };
        let scope = self.device.push_error_scope(wgpu::ErrorFilter::Validation);
        let descriptor = wgpu::ShaderModuleDescriptor {
            label: Some(kernel),
            source: wgpu::ShaderSource::Wgsl(composed.source.as_str().into()),
        };
        let module = self.module(descriptor);
        let messages = pollster::block_on(module.get_compilation_info()).messages;
        let refused = pollster::block_on(scope.pop());
        self.check_lost()?;
        if let Some(error) = refused {
            let place = messages.first().and_then(|m| Some((composed.map.locate(m.location?.line_number)?, &m.message)));
            return Err(fail(place.map_or_else(|| error.to_string(), |(place, message)| format!("{place}: {message}"))));
        }
        let scope = self.device.push_error_scope(wgpu::ErrorFilter::Internal);
        let pipeline = self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(kernel),
            layout: None,
            module: &module,
            entry_point: Some("main"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            cache: self.cache.as_ref().map(PipelineCache::for_compiling),
        });
        let refused = pollster::block_on(scope.pop());
        self.check_lost()?;
        if let Some(error) = refused {
            return Err(fail(error.to_string()));
        }
        self.check("to compile shaders")?;
        Ok(pipeline)
    }

    #[allow(unsafe_code, reason = "wgpu's loop bounding costs far more than the loops it bounds; see SAFETY")]
    fn module(&self, descriptor: wgpu::ShaderModuleDescriptor<'_>) -> wgpu::ShaderModule {
        if self.checked_shaders {
            return self.device.create_shader_module(descriptor);
        }
        let mut checks = wgpu::ShaderRuntimeChecks::checked();
        checks.force_loop_bounding = false;
        checks.bounds_checks = false;
        checks.int_div_checks = false;
        // SAFETY: the shaders are this project's own, never a user's. Their loops end: those over samples, lights, boxes and
        // triangles count up to a bound; the walk through the hierarchy moves to a larger index at every step; paths end at
        // `max_bounces`. They index textures and buffers below sizes that the host computes with them, and divide integers only
        // by sizes and counts that the host has checked not to be zero. The tests run the same kernels with all checks on.
        unsafe { self.device.create_shader_module_trusted(descriptor, checks) }
    }
}
