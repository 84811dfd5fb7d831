use super::{PostBuffers, PostInputs, dispatch};
use crate::View;
use crate::kernel_times::Recorder;

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
        recorder: &mut Recorder<'_>,
        buffers: &PostBuffers,
        light: wgpu::BindingResource<'_>,
        inputs: &PostInputs<'_>,
        view: View,
    ) {
        let mut resources = vec![
            (0, buffers.view(view).as_entire_binding()),
            (1, light),
            (3, buffers.radiance().as_entire_binding()),
            (4, buffers.rgb().as_entire_binding()),
        ];
        if self.denoised {
            resources.push((2, inputs.albedo.as_entire_binding()));
        }
        dispatch(device, recorder, ("view", &self.pipeline), buffers, &resources);
    }
}
