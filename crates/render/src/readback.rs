//! From the device to the host.

use crate::RenderError;
use crate::gpu::Gpu;
use crate::watch::Watch;

const ACTIVITY: &str = "reading the picture back";

impl Gpu {
    /// Copies buffers to the host, all in one go.
    pub(crate) fn read<const N: usize>(
        &self,
        buffers: [&wgpu::Buffer; N],
        watch: &mut Watch<'_>,
    ) -> Result<[Vec<u8>; N], RenderError> {
        let mut out = [const { Vec::new() }; N];
        let read = Reading::begin(self, &mut Vec::new(), &buffers)?.end(self, watch, |i, bytes| out[i] = bytes.to_vec());
        read.map(|_| out)
    }
}

/// Buffers on their way to the host. Meanwhile the device may be given other work.
pub(crate) struct Reading {
    staging: Vec<wgpu::Buffer>,
    submission: wgpu::SubmissionIndex,
}

impl Reading {
    /// Begins to copy. `spare`: staging buffers of earlier copies, which are used again where they fit.
    pub(crate) fn begin(gpu: &Gpu, spare: &mut Vec<wgpu::Buffer>, buffers: &[&wgpu::Buffer]) -> Result<Self, RenderError> {
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("read back") });
        let staging: Vec<wgpu::Buffer> = buffers
            .iter()
            .map(|source| {
                let copy = match spare.iter().position(|s| s.size() == source.size()) {
                    Some(i) => spare.swap_remove(i),
                    None => gpu.device.create_buffer(&wgpu::BufferDescriptor {
                        label: Some("staging"),
                        size: source.size(),
                        usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
                        mapped_at_creation: false,
                    }),
                };
                encoder.copy_buffer_to_buffer(source, 0, &copy, 0, source.size());
                copy
            })
            .collect();
        let submission = gpu.submit(encoder.finish(), ACTIVITY);
        for copy in &staging {
            // The outcome shows when the range is asked for.
            copy.map_async(wgpu::MapMode::Read, .., |_| ());
        }
        // Before other work is blamed.
        gpu.check(ACTIVITY)?;
        Ok(Self { staging, submission })
    }

    /// Waits for them; `take` sees the bytes of each in turn. Gives back the staging buffers.
    pub(crate) fn end(
        self,
        gpu: &Gpu,
        watch: &mut Watch<'_>,
        mut take: impl FnMut(usize, &[u8]),
    ) -> Result<Vec<wgpu::Buffer>, RenderError> {
        gpu.wait(&self.submission, ACTIVITY, watch)?;
        for (i, copy) in self.staging.iter().enumerate() {
            let view = copy.get_mapped_range(..).map_err(|e| RenderError::Gpu { activity: ACTIVITY, detail: e.to_string() })?;
            take(i, &view);
            drop(view);
            copy.unmap();
        }
        Ok(self.staging)
    }
}
