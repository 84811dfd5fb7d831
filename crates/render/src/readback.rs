//! From the device to the host.

use crate::RenderError;
use crate::gpu::Gpu;
use crate::watch::Watch;

impl Gpu {
    /// Copies buffers to the host, all in one go.
    pub(crate) fn read<const N: usize>(
        &self,
        buffers: [&wgpu::Buffer; N],
        watch: &mut Watch<'_>,
    ) -> Result<[Vec<u8>; N], RenderError> {
        const ACTIVITY: &str = "reading the picture back";
        let mut encoder = self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("read back") });
        let staging = buffers.map(|source| {
            let copy = self.device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("staging"),
                size: source.size(),
                usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            });
            encoder.copy_buffer_to_buffer(source, 0, &copy, 0, source.size());
            copy
        });
        let submission = self.submit(encoder.finish(), ACTIVITY);
        for copy in &staging {
            // The outcome shows when the range is asked for below.
            copy.map_async(wgpu::MapMode::Read, .., |_| ());
        }
        self.wait(&submission, ACTIVITY, watch)?;
        let mut out = [const { Vec::new() }; N];
        for (bytes, copy) in out.iter_mut().zip(&staging) {
            let view = copy.get_mapped_range(..).map_err(|e| RenderError::Gpu { activity: ACTIVITY, detail: e.to_string() })?;
            *bytes = view.to_vec();
        }
        Ok(out)
    }
}
