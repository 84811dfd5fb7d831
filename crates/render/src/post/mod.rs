//! What happens to a finished frame: the denoiser and the view transform.

mod buffers;
mod denoise;
mod view;

pub(crate) use buffers::layered;
pub use buffers::{PostBuffers, PostInputs};

use crate::kernel_times::Recorder;
use crate::{RenderError, View};
use denoise::Denoiser;
use view::ViewPass;

/// Side of a workgroup in these kernels, pixels.
const GROUP: u32 = 8;

/// Makes a pipeline of a kernel composed with some defines.
pub(crate) type Compile<'a> = dyn Fn(&str, &[&str]) -> Result<wgpu::ComputePipeline, RenderError> + 'a;

/// How a frame is freed of noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Not at all.
    None,
    /// What is noise in one frame.
    Still,
    /// What would twinkle from frame to frame as well.
    Settled,
}

/// Pipelines for finished frames.
pub struct Post {
    denoiser: Denoiser,
    raw: ViewPass,
    denoised: ViewPass,
}

impl Post {
    /// Compiles the pipelines with `compile(kernel, defines)`, which leaves the layouts to the shader.
    ///
    /// # Errors
    /// What `compile` says.
    pub fn new(compile: &Compile<'_>) -> Result<Self, RenderError> {
        Ok(Self {
            denoiser: Denoiser::new(compile)?,
            raw: ViewPass::new(compile("view", &[])?, false),
            denoised: ViewPass::new(compile("view", &["DENOISED"])?, true),
        })
    }

    /// Memory for pictures of one size, to be used again for every frame. `floor`: display value of black, of 255.
    #[must_use]
    pub fn buffers(&self, device: &wgpu::Device, queue: &wgpu::Queue, width: u32, height: u32, floor: u8) -> PostBuffers {
        PostBuffers::new(device, queue, (width, height), floor)
    }

    /// Records the work on one frame. The results are [`PostBuffers::radiance`] and [`PostBuffers::rgb`].
    pub fn encode(
        &self,
        device: &wgpu::Device,
        recorder: &mut Recorder<'_>,
        buffers: &PostBuffers,
        inputs: &PostInputs<'_>,
        view: View,
        filter: Filter,
    ) {
        if filter != Filter::None {
            let light = self.denoiser.encode(device, recorder, buffers, inputs, filter == Filter::Settled);
            self.denoised.encode(device, recorder, buffers, wgpu::BindingResource::TextureView(light), inputs, view);
        } else {
            self.raw.encode(device, recorder, buffers, inputs.radiance.as_entire_binding(), inputs, view);
        }
    }
}

/// Records one pass over all pixels of `buffers`; `resources` come with their bindings.
fn dispatch(
    device: &wgpu::Device,
    recorder: &mut Recorder<'_>,
    (kernel, pipeline): (&'static str, &wgpu::ComputePipeline),
    buffers: &PostBuffers,
    resources: &[(u32, wgpu::BindingResource<'_>)],
) {
    let entries: Vec<wgpu::BindGroupEntry<'_>> = resources
        .iter()
        .map(|(binding, resource)| wgpu::BindGroupEntry { binding: *binding, resource: resource.clone() })
        .collect();
    let layout = pipeline.get_bind_group_layout(0);
    let group = device.create_bind_group(&wgpu::BindGroupDescriptor { label: Some("post"), layout: &layout, entries: &entries });
    recorder.dispatch(kernel, pipeline, &group, [buffers.width.div_ceil(GROUP), buffers.height.div_ceil(GROUP)]);
}
