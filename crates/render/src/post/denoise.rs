use super::{PostBuffers, PostInputs, dispatch};
use crate::RenderError;

/// An edge-avoiding wavelet filter on the light without the surfaces' colours.
pub(super) struct Denoiser {
    prepare: wgpu::ComputePipeline,
    pilot: wgpu::ComputePipeline,
    first: wgpu::ComputePipeline,
    next: wgpu::ComputePipeline,
}

impl Denoiser {
    pub(super) fn new(compile: &dyn Fn(&str, &[&str]) -> Result<wgpu::ComputePipeline, RenderError>) -> Result<Self, RenderError> {
        Ok(Self {
            prepare: compile("denoise_prepare", &[])?,
            pilot: compile("denoise_pilot", &[])?,
            first: compile("denoise", &["FIRST"])?,
            next: compile("denoise", &[])?,
        })
    }

    /// Records all passes and returns the buffer with the filtered light.
    pub(super) fn encode<'a>(
        &self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
        buffers: &'a PostBuffers,
        inputs: &PostInputs<'_>,
    ) -> &'a wgpu::Buffer {
        let PostBuffers { light, guides, pilot, steps, .. } = buffers;
        let prepare =
            [(0, &steps[0]), (1, inputs.radiance), (2, inputs.albedo), (3, inputs.normal_depth), (4, inputs.object_id), (5, &light[0]), (6, guides)];
        dispatch(device, encoder, &self.prepare, buffers, &prepare);
        dispatch(device, encoder, &self.pilot, buffers, &[(0, &steps[0]), (1, &light[0]), (2, guides), (3, pilot)]);
        let (mut from, mut to) = (&light[0], &light[1]);
        for (pass, step) in steps.iter().enumerate() {
            if pass == 0 {
                dispatch(device, encoder, &self.first, buffers, &[(0, step), (1, from), (2, guides), (3, pilot), (4, to)]);
            } else {
                dispatch(device, encoder, &self.next, buffers, &[(0, step), (1, from), (2, guides), (4, to)]);
            }
            (from, to) = (to, from);
        }
        from
    }
}
