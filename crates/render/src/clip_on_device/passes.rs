//! The work after tracing: passes, and from sums to the finished picture.

use super::{ClipOnDevice, Job};
use crate::RenderError;
use crate::kernel_times::Recorder;
use crate::motion::Motion;
use crate::post::{Filter, PostInputs};

/// Where the kernel `motion` writes.
pub(super) struct MotionOutputs {
    pub(super) coord: wgpu::Buffer,
    pub(super) forward: wgpu::Buffer,
    pub(super) backward: wgpu::Buffer,
}

/// Where the kernel `specular_id` writes.
pub(super) struct SpecularOutputs {
    pub(super) id: wgpu::Buffer,
    pub(super) throughput: wgpu::Buffer,
}

impl ClipOnDevice {
    pub(super) fn first_hits(
        &self,
        job: &Job<'_>,
        recorder: &mut Recorder<'_>,
        scene: &wgpu::TextureView,
    ) -> Result<(), RenderError> {
        let targets = &self.targets;
        let outputs = [(2, &targets.pass_normal_depth), (3, &targets.pass_albedo), (4, &targets.pass_object_id)];
        self.record(job, recorder, "passes", scene, &outputs)
    }

    /// Object coordinates, forward and backward flow.
    pub(super) fn motion(
        &self,
        job: &Job<'_>,
        recorder: &mut Recorder<'_>,
        scene: &wgpu::TextureView,
        motion: &Motion,
    ) -> Result<MotionOutputs, RenderError> {
        let uniform = self.buffer("motion", size_of::<Motion>() as u64, wgpu::BufferUsages::UNIFORM);
        self.engine.gpu.queue.write_buffer(&uniform, 0, bytemuck::bytes_of(motion));
        let [coord, forward, backward] = ["coord", "forward flow", "backward flow"].map(|label| self.output(label, 16));
        self.record(job, recorder, "motion", scene, &[(2, &uniform), (3, &coord), (4, &forward), (5, &backward)])?;
        Ok(MotionOutputs { coord, forward, backward })
    }

    pub(super) fn specular_id(
        &self,
        job: &Job<'_>,
        recorder: &mut Recorder<'_>,
        scene: &wgpu::TextureView,
    ) -> Result<SpecularOutputs, RenderError> {
        let (id, throughput) = (self.output("specular id", 4), self.output("throughput", 16));
        self.record(job, recorder, "specular_id", scene, &[(2, &id), (3, &throughput)])?;
        Ok(SpecularOutputs { id, throughput })
    }

    /// From sums to means.
    pub(super) fn resolve(&self, job: &Job<'_>, recorder: &mut Recorder<'_>) -> Result<(), RenderError> {
        let targets = &self.targets;
        let resolve = self.engine.kernel("resolve", job.world.sum_defines())?;
        let mut buffers = vec![
            (0, &self.params),
            (2, &targets.static_sums),
            (3, &targets.dynamic_sums),
            (4, &targets.radiance),
            (5, &targets.albedo),
            (6, &targets.normal_depth),
        ];
        buffers.extend(targets.static_groups.iter().map(|groups| (7, groups)));
        recorder.dispatch("resolve", &resolve, &self.bind_buffers(&resolve, &buffers), groups(job));
        Ok(())
    }

    /// From means to the finished picture.
    pub(super) fn develop(&self, job: &Job<'_>, recorder: &mut Recorder<'_>) {
        let (targets, settings) = (&self.targets, job.settings);
        let inputs = PostInputs {
            radiance: &targets.radiance,
            albedo: &targets.albedo,
            normal_depth: &targets.normal_depth,
            object_id: &targets.pass_object_id,
        };
        let engine = &self.engine;
        let filter = match (settings.denoise, job.world.has_windows(settings)) {
            (false, _) => Filter::None,
            (true, false) => Filter::Still,
            (true, true) => Filter::Settled,
        };
        engine.post.encode(&engine.gpu.device, recorder, &targets.post, &inputs, settings.view, filter);
    }

    /// One thread per pixel, with the frame's parameters.
    fn record(
        &self,
        job: &Job<'_>,
        recorder: &mut Recorder<'_>,
        kernel: &'static str,
        scene: &wgpu::TextureView,
        buffers: &[(u32, &wgpu::Buffer)],
    ) -> Result<(), RenderError> {
        let pipeline = self.engine.kernel(kernel, job.world.surface_defines())?;
        let buffers: Vec<_> = [(0, &self.params)].into_iter().chain(buffers.iter().copied()).collect();
        recorder.dispatch(kernel, &pipeline, &self.bind(&pipeline, scene, &buffers), groups(job));
        Ok(())
    }

    pub(super) fn output(&self, label: &str, bytes_per_pixel: u64) -> wgpu::Buffer {
        self.buffer(label, self.targets.pixels * bytes_per_pixel, wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC)
    }

    pub(super) fn buffer(&self, label: &str, size: u64, usage: wgpu::BufferUsages) -> wgpu::Buffer {
        self.engine.gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some(label),
            size,
            usage: usage | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        })
    }
}

/// Workgroups over all pixels.
pub(super) fn groups(job: &Job<'_>) -> [u32; 2] {
    [job.settings.width.div_ceil(8), job.settings.height.div_ceil(8)]
}
