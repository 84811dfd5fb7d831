//! Passes alone, without tracing paths.

use super::{ClipOnDevice, colors, floats, object_ids};
use crate::kernel_times::Recorder;
use crate::motion::Motion;
use crate::watch::Watch;
use crate::world::World;
use crate::{Pass, Passes, RenderError, RenderSettings};

const ACTIVITY: &str = "making passes";

impl ClipOnDevice {
    /// The passes asked for of a frame; the rest is left empty.
    pub(crate) fn passes(
        &mut self,
        world: &World,
        settings: &RenderSettings,
        frame: usize,
        wanted: &[Pass],
        watch: &mut Watch<'_>,
    ) -> Result<Passes, RenderError> {
        let asked = |pass| wanted.contains(&pass);
        let mut passes = Passes::default();
        if wanted.is_empty() {
            return Ok(passes);
        }
        let mut built = world.frame(frame, settings.seed);
        let motion = world.motion(frame, (settings.width, settings.height), &mut built.texels);
        let scene = self.send(world, &built)?;
        if [Pass::Depth, Pass::Normal, Pass::Albedo, Pass::Id].into_iter().any(asked) {
            let first = self.first_hits(world, settings, &scene, watch)?;
            passes = Passes {
                depth: if asked(Pass::Depth) { first.depth } else { Vec::new() },
                normal: if asked(Pass::Normal) { first.normal } else { Vec::new() },
                albedo: if asked(Pass::Albedo) { first.albedo } else { Vec::new() },
                object_id: if asked(Pass::Id) { first.object_id } else { Vec::new() },
                ..passes
            };
        }
        if asked(Pass::Flow) || asked(Pass::Coord) {
            let [coord, forward, backward] = self.motion(world, settings, &scene, &motion, watch)?;
            if asked(Pass::Flow) {
                passes.flow_forward = flows(&forward);
                passes.flow_backward = flows(&backward);
            }
            if asked(Pass::Coord) {
                passes.coord = floats(&coord).map(|[x, y, z, hit]| (hit > 0.0).then_some([x, y, z])).collect();
            }
        }
        if asked(Pass::SpecularId) {
            let [id, throughput] = self.specular_id(world, settings, &scene, watch)?;
            passes.specular_id = object_ids(&id);
            passes.specular_throughput = colors(&throughput);
        }
        Ok(passes)
    }

    fn first_hits(
        &self,
        world: &World,
        settings: &RenderSettings,
        scene: &wgpu::TextureView,
        watch: &mut Watch<'_>,
    ) -> Result<Passes, RenderError> {
        let targets = &self.targets;
        let outputs = [(2, &targets.pass_normal_depth), (3, &targets.pass_albedo), (4, &targets.pass_object_id)];
        let pipeline = self.engine.kernel("passes", world.surface_defines())?;
        self.run(settings, ("passes", &pipeline), scene, &outputs);
        let [normal_depth, albedo, object_id] = self.engine.gpu.read(outputs.map(|(_, buffer)| buffer), watch)?;
        Ok(super::first_hits(&normal_depth, &albedo, &object_id))
    }

    /// Object coordinates, forward and backward flow.
    fn motion(
        &self,
        world: &World,
        settings: &RenderSettings,
        scene: &wgpu::TextureView,
        motion: &Motion,
        watch: &mut Watch<'_>,
    ) -> Result<[Vec<u8>; 3], RenderError> {
        let uniform = self.buffer("motion", size_of::<Motion>() as u64, wgpu::BufferUsages::UNIFORM);
        self.engine.gpu.queue.write_buffer(&uniform, 0, bytemuck::bytes_of(motion));
        let [coord, forward, backward] = ["coord", "forward flow", "backward flow"].map(|label| self.output(label, 16));
        let pipeline = self.engine.kernel("motion", world.surface_defines())?;
        self.run(settings, ("motion", &pipeline), scene, &[(2, &uniform), (3, &coord), (4, &forward), (5, &backward)]);
        self.engine.gpu.read([&coord, &forward, &backward], watch)
    }

    /// Ids and throughputs.
    fn specular_id(
        &self,
        world: &World,
        settings: &RenderSettings,
        scene: &wgpu::TextureView,
        watch: &mut Watch<'_>,
    ) -> Result<[Vec<u8>; 2], RenderError> {
        let (id, throughput) = (self.output("specular id", 4), self.output("throughput", 16));
        let pipeline = self.engine.kernel("specular_id", world.surface_defines())?;
        self.run(settings, ("specular_id", &pipeline), scene, &[(2, &id), (3, &throughput)]);
        self.engine.gpu.read([&id, &throughput], watch)
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

    /// One thread per pixel, with the frame's parameters.
    fn run(
        &self,
        settings: &RenderSettings,
        (kernel, pipeline): (&'static str, &wgpu::ComputePipeline),
        scene: &wgpu::TextureView,
        buffers: &[(u32, &wgpu::Buffer)],
    ) {
        let gpu = &self.engine.gpu;
        let buffers: Vec<_> = [(0, &self.params)].into_iter().chain(buffers.iter().copied()).collect();
        let groups = [settings.width.div_ceil(8), settings.height.div_ceil(8)];
        let mut recorder = Recorder::new(gpu);
        recorder.dispatch(kernel, pipeline, &self.bind(pipeline, scene, &buffers), groups);
        gpu.submit(recorder.finish(), ACTIVITY);
    }
}

/// Where the third component says that there is one.
fn flows(bytes: &[u8]) -> Vec<Option<[f32; 2]>> {
    floats(bytes).map(|[x, y, valid, _]| (valid > 0.0 && x.is_finite() && y.is_finite()).then_some([x, y])).collect()
}
