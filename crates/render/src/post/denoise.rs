use super::{Compile, PostBuffers, PostInputs, dispatch};
use crate::RenderError;
use crate::kernel_times::Recorder;

/// An edge-avoiding wavelet filter on the light without the surfaces' colours.
pub(super) struct Denoiser {
    prepare: wgpu::ComputePipeline,
    pilot: wgpu::ComputePipeline,
    taken: wgpu::ComputePipeline,
    taken_next: wgpu::ComputePipeline,
    still: Smoothing,
    settled: Smoothing,
    specks: wgpu::ComputePipeline,
    edges: wgpu::ComputePipeline,
}

/// What differs between still cameras and walking ones.
struct Smoothing {
    first: wgpu::ComputePipeline,
    next: wgpu::ComputePipeline,
    give_back: wgpu::ComputePipeline,
}

impl Smoothing {
    fn new(compile: &Compile<'_>, define: &[&'static str]) -> Result<Self, RenderError> {
        Ok(Self {
            first: compile("denoise", &[&["FIRST"], define].concat())?,
            next: compile("denoise", define)?,
            give_back: compile("denoise_return", define)?,
        })
    }
}

impl Denoiser {
    pub(super) fn new(compile: &Compile<'_>) -> Result<Self, RenderError> {
        Ok(Self {
            prepare: compile("denoise_prepare", &[])?,
            pilot: compile("denoise_pilot", &[])?,
            taken: compile("denoise_taken", &["FIRST"])?,
            taken_next: compile("denoise_taken", &[])?,
            still: Smoothing::new(compile, &[])?,
            settled: Smoothing::new(compile, &["SETTLED"])?,
            specks: compile("settle_specks", &[])?,
            edges: compile("settle_edges", &[])?,
        })
    }

    /// Records all passes and returns the texture with the filtered light. `settle`: whether specks and edges are settled as well.
    pub(super) fn encode<'a>(
        &self,
        device: &wgpu::Device,
        recorder: &mut Recorder<'_>,
        buffers: &'a PostBuffers,
        inputs: &PostInputs<'_>,
        settle: bool,
    ) -> &'a wgpu::TextureView {
        let texture = wgpu::BindingResource::TextureView;
        let PostBuffers { noisy, light, guides, pilot, taken, steps, wide_steps, .. } = buffers;
        let any_step = steps[0].as_entire_binding();
        let prepare = [
            (0, any_step.clone()),
            (1, inputs.radiance.as_entire_binding()),
            (2, inputs.albedo.as_entire_binding()),
            (3, inputs.normal_depth.as_entire_binding()),
            (4, inputs.object_id.as_entire_binding()),
            (5, texture(noisy)),
            (6, texture(guides)),
        ];
        dispatch(device, recorder, ("denoise_prepare", &self.prepare), buffers, &prepare);
        dispatch(
            device,
            recorder,
            ("denoise_pilot", &self.pilot),
            buffers,
            &[(0, any_step.clone()), (1, texture(noisy)), (2, texture(guides)), (3, texture(pilot))],
        );
        let (mut from, mut to) = (noisy, &light[0]);
        let smoothing = if settle { &self.settled } else { &self.still };
        // From the far to the near, so that the taps leave less of a pattern. The pilot is of pixels side by side: the first pass is near.
        let far_first = || (0..1).chain((1..steps.len()).rev()).chain(0..1);
        let order: Vec<usize> = if settle { far_first().collect() } else { (0..steps.len()).collect() };
        for (pass, step) in order.into_iter().map(|step| &steps[step]).enumerate() {
            let mut resources = vec![(0, step.as_entire_binding()), (1, texture(from)), (2, texture(guides)), (4, texture(to))];
            if pass == 0 {
                resources.push((3, texture(pilot)));
            }
            let pipeline = if pass == 0 { &smoothing.first } else { &smoothing.next };
            dispatch(device, recorder, ("denoise", pipeline), buffers, &resources);
            (from, to) = (to, &light[1 - pass % 2]);
        }
        let [mut mean, mut next] = taken.each_ref();
        for (pass, step) in wide_steps.iter().enumerate() {
            let mut resources = vec![(0, step.as_entire_binding()), (3, texture(guides)), (4, texture(next))];
            if pass == 0 {
                resources.extend([
                    (1, inputs.radiance.as_entire_binding()),
                    (5, inputs.albedo.as_entire_binding()),
                    (2, texture(from)),
                ]);
            } else {
                resources.push((1, texture(mean)));
            }
            let pipeline = if pass == 0 { &self.taken } else { &self.taken_next };
            dispatch(device, recorder, ("denoise_taken", pipeline), buffers, &resources);
            (mean, next) = (next, mean);
        }
        let resources = [(0, any_step), (1, texture(noisy)), (2, texture(from)), (3, texture(to)), (4, texture(mean))];
        dispatch(device, recorder, ("denoise_return", &smoothing.give_back), buffers, &resources);
        if settle {
            let any_step = steps[0].as_entire_binding();
            let resources =
                [(0, any_step.clone()), (1, texture(to)), (2, texture(guides)), (3, texture(noisy)), (4, texture(from))];
            dispatch(device, recorder, ("settle_specks", &self.specks), buffers, &resources);
            let resources = [(0, any_step), (1, texture(from)), (2, texture(guides)), (3, texture(noisy)), (4, texture(to))];
            dispatch(device, recorder, ("settle_edges", &self.edges), buffers, &resources);
        }
        to
    }
}
