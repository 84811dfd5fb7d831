use super::{PostBuffers, PostInputs, dispatch};
use crate::View;

/// From linear radiance to display colours.
pub(super) struct ViewPass {
    pipeline: wgpu::ComputePipeline,
    /// Whether the light comes from the denoiser, without the surfaces' colours.
    denoised: bool,
}

impl ViewPass {
    pub(super) const fn new(pipeline: wgpu::ComputePipeline, denoised: bool) -> Self {
        Self { pipeline, denoised }
    }

    pub(super) fn encode(
        &self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
        buffers: &PostBuffers,
        light: &wgpu::Buffer,
        inputs: &PostInputs<'_>,
        view: View,
    ) {
        let mut bindings = vec![(0, buffers.view(view)), (1, light), (3, buffers.radiance()), (4, buffers.rgb())];
        if self.denoised {
            bindings.push((2, inputs.albedo));
        }
        dispatch(device, encoder, &self.pipeline, buffers, &bindings);
    }
}
