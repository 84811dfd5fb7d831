//! What a clip has on one device, and how its frames come about there.

mod passes;
mod still;
mod trace;
mod transfers;
mod unpack;
mod window;

use std::sync::Arc;

use self::still::StillPart;
use self::trace::Flight;
use self::unpack::Source;
use crate::ahead::Ahead;
use crate::engine::Engine;
use crate::frame_params::{Control, FrameParams};
use crate::kernel_times::{KernelTime, Recorder};
use crate::motion::Motion;
use crate::readback::Reading;
use crate::targets::{self, Targets};
use crate::texels::ROW;
use crate::watch::Watch;
use crate::window::{Tracing, Window};
use crate::world::{FrameWorld, World};
use crate::{Frame, Output, Pass, RenderError, RenderSettings};

/// Passes that the kernel `passes` makes.
const FIRST_HITS: [Pass; 4] = [Pass::Depth, Pass::Normal, Pass::Albedo, Pass::Id];

const SENDING: &str = "sending the scene to the device";

/// Groups and samples per dispatch.
pub(crate) type Cut = (u32, u32);

/// What is to be made of a frame.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    pub(crate) world: &'a Arc<World>,
    pub(crate) settings: &'a RenderSettings,
    pub(crate) frame: usize,
    pub(crate) outputs: &'a [Output],
    /// Objects that are left out.
    pub(crate) left_out: &'a [usize],
    pub(crate) fixed_slices: Option<Cut>,
}

impl Job<'_> {
    fn wants(&self, pass: Pass) -> bool {
        self.outputs.contains(&Output::Pass(pass))
    }

    /// The tracing of its own paths. After its end a clip shows its last frame.
    fn tracing(&self) -> Tracing {
        Tracing::of(self.frame.min(self.world.frames() - 1))
    }
}

/// Memory and pipelines of a clip: everything that is gone when the device is.
pub(crate) struct ClipOnDevice {
    pub(crate) engine: Arc<Engine>,
    /// The scene; rows that are the same in every frame are sent once.
    scene: Option<wgpu::Texture>,
    targets: Targets,
    params: wgpu::Buffer,
    control: wgpu::Buffer,
    /// In place of the path kernel, for tests.
    pub(crate) other_paths: Option<Arc<wgpu::ComputePipeline>>,
    /// Present once S and the list of D's paths are those of this clip.
    still_part: Option<StillPart>,
    /// Of the last frame.
    pub(crate) kernel_times: Vec<KernelTime>,
    /// What is built for the next frame.
    pub(crate) ahead: Ahead,
    /// The frame that was traced last.
    traced: Option<usize>,
    /// For copies to the host.
    staging: Vec<wgpu::Buffer>,
    /// Paths of the frame that waits, the last of which may still run.
    trailing: Option<Flight>,
    /// On its way to the host, while the device may work on the next frame.
    waiting: Option<Waiting>,
    /// A frame that has arrived.
    fetched: Option<Frame>,
}

/// A frame on its way to the host.
struct Waiting {
    outputs: Vec<Output>,
    sources: Vec<Source>,
    reading: Reading,
}

impl ClipOnDevice {
    pub(crate) fn new(engine: &Arc<Engine>, world: &World, settings: &RenderSettings) -> Result<Self, RenderError> {
        let gpu = &engine.gpu;
        engine.pace.a_clip_begins();
        let targets = Targets::new(gpu, &engine.post, settings, world).map_err(|e| e.advise(|| targets::advice(settings)))?;
        let buffer = |label, size: usize, kind| {
            gpu.device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(label),
                size: size as u64,
                usage: kind | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        };
        Ok(Self {
            engine: Arc::clone(engine),
            params: buffer("frame parameters", size_of::<FrameParams>(), wgpu::BufferUsages::UNIFORM),
            control: buffer("control", size_of::<Control>(), wgpu::BufferUsages::STORAGE),
            other_paths: None,
            scene: None,
            targets,
            still_part: None,
            kernel_times: Vec::new(),
            ahead: Ahead::default(),
            traced: None,
            staging: Vec::new(),
            trailing: None,
            waiting: None,
            fetched: None,
        })
    }

    /// Whether this is the device it is on.
    pub(crate) fn is_on(&self, engine: &Arc<Engine>) -> bool {
        Arc::ptr_eq(&self.engine, engine)
    }

    /// Makes what is asked for of a frame.
    pub(crate) fn frame(&mut self, job: &Job<'_>, watch: &mut Watch<'_>) -> Result<Frame, RenderError> {
        self.forget_waiting();
        self.begin(job, watch)?;
        self.await_frame(job.settings, watch)
    }

    /// Begins with what is asked for of a frame: all its work is handed over, and it waits to be fetched. The frame before, if it waits,
    /// is fetched meanwhile.
    pub(crate) fn begin(&mut self, job: &Job<'_>, watch: &mut Watch<'_>) -> Result<(), RenderError> {
        let Job { world, settings, frame, .. } = *job;
        if let Some(times) = &self.engine.gpu.times {
            times.forget();
        }
        let traces = job.outputs.iter().any(|o| o.is_picture());
        if !job.left_out.is_empty() && traces {
            self.forget_others();
        }
        if traces {
            self.fill_window(job, watch)?;
        }
        let flight = if traces { Some(self.trace(job, watch)?) } else { None };
        let advise = |e: RenderError| e.advise(|| targets::advice(settings));
        let moves = [Pass::Flow, Pass::Coord].iter().any(|p| job.wants(*p));
        let windows = traces && self.targets.window.is_some();
        let (scene, motion, window) = if moves || windows || !traces {
            // Passes show the frame's own time.
            let mut built = world.frame(frame, settings.seed, job.left_out);
            let size = (settings.width, settings.height);
            let motion = moves.then(|| world.motion(frame, size, &mut built.texels));
            let window = windows.then(|| world.window(job.tracing(), size, &mut built.texels));
            (self.send(world, &built)?, motion, window)
        } else {
            (self.shown(job)?, None, None)
        };
        // Where nothing was traced it still waits.
        self.fetch(settings, watch)?;
        self.waiting = Some(self.finish(job, traces, &scene, (motion.as_ref(), window.as_ref())).map_err(advise)?);
        self.trailing = flight;
        if traces && self.wants_still_part(job) {
            // The device goes on to finish the picture meanwhile.
            self.land(watch, true).map_err(advise)?;
            let still = self.still_part(world.span(frame), settings, watch).map_err(advise)?;
            self.still_part = Some(still);
        }
        if let Some(times) = &self.engine.gpu.times {
            self.kernel_times = times.collect(&self.engine.gpu, watch)?;
        }
        if !job.left_out.is_empty() && traces {
            self.forget_others();
        }
        Ok(())
    }

    /// What was kept of a scene without something is of no use to frames with it, and the other way round.
    fn forget_others(&mut self) {
        self.still_part = None;
        if let Some(kept) = &mut self.targets.window {
            kept.forget();
        }
    }

    /// The scene whose paths were traced last, as it is at the frame's own time.
    fn shown(&mut self, job: &Job<'_>) -> Result<wgpu::TextureView, RenderError> {
        match &self.scene {
            Some(scene) if job.world.exposure.is_still(job.frame) => {
                Ok(scene.create_view(&wgpu::TextureViewDescriptor::default()))
            }
            _ => self.send(job.world, &job.world.frame(job.frame, job.settings.seed, job.left_out)),
        }
    }

    /// Fetches the frame that waits, if one does.
    fn fetch(&mut self, settings: &RenderSettings, watch: &mut Watch<'_>) -> Result<(), RenderError> {
        self.land(watch, false).map_err(|e| e.advise(|| targets::advice(settings)))?;
        if let Some(waiting) = self.waiting.take() {
            let Waiting { outputs, sources, reading } = waiting;
            let mut made = Frame { width: settings.width, height: settings.height, ..Frame::default() };
            let gpu = &self.engine.gpu;
            self.staging.extend(reading.end(gpu, watch, |i, bytes| sources[i].unpack(bytes, &outputs, &mut made))?);
            self.fetched = Some(made);
        }
        Ok(())
    }

    /// The frame that was begun last.
    pub(crate) fn await_frame(&mut self, settings: &RenderSettings, watch: &mut Watch<'_>) -> Result<Frame, RenderError> {
        self.land(watch, true).map_err(|e| e.advise(|| targets::advice(settings)))?;
        self.fetch(settings, watch)?;
        Ok(self.fetched.take().unwrap_or_default())
    }

    /// Whether a frame waits to be fetched.
    pub(crate) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// The frame before the one that was begun last, which was fetched meanwhile.
    pub(crate) fn take_fetched(&mut self) -> Option<Frame> {
        self.fetched.take()
    }

    /// Drops what waits: the work was broken off.
    pub(crate) fn forget_waiting(&mut self) {
        (self.waiting, self.fetched, self.trailing) = (None, None, None);
    }

    /// Has the next picture trace all paths.
    #[cfg(test)]
    pub(crate) fn forget_still_part(&mut self) {
        self.still_part = None;
    }

    /// How many paths are traced for every frame, once one was.
    pub(crate) fn dynamic_paths(&self) -> Option<u64> {
        self.still_part.as_ref().map(|still| still.paths)
    }

    /// Sends geometry and parameters to the device.
    fn send(&mut self, world: &World, built: &FrameWorld) -> Result<wgpu::TextureView, RenderError> {
        let gpu = &self.engine.gpu;
        let fixed = &world.fixed_texels;
        let [fixed_rows, rows] = [fixed.len(), fixed.len() + built.texels.len()].map(|n| n as u32 / ROW);
        let most = gpu.report.limits.max_texture_dimension_2d;
        if rows > most {
            return Err(RenderError::Scene(
                "it has more triangles or larger images than the adapter's textures can hold".to_owned(),
            ));
        }
        let write = |texture: &wgpu::Texture, first: u32, texels: &[[u32; 4]]| {
            let origin = wgpu::Origin3d { x: 0, y: first, z: 0 };
            let size = wgpu::Extent3d { width: ROW, height: texels.len() as u32 / ROW, depth_or_array_layers: 1 };
            let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(ROW * 16), rows_per_image: None };
            let place = wgpu::TexelCopyTextureInfo { origin, ..texture.as_image_copy() };
            gpu.queue.write_texture(place, bytemuck::cast_slice(texels), layout, size);
        };
        gpu.announce(SENDING);
        let texture = match self.scene.take() {
            Some(texture) if texture.height() >= rows => texture,
            _ => {
                // Some frames' hierarchies are a little larger than others'.
                let height = (rows + rows / 8 + 1).min(most);
                let texture = gpu.device.create_texture(&wgpu::TextureDescriptor {
                    label: Some("scene"),
                    size: wgpu::Extent3d { width: ROW, height, depth_or_array_layers: 1 },
                    mip_level_count: 1,
                    sample_count: 1,
                    dimension: wgpu::TextureDimension::D2,
                    format: wgpu::TextureFormat::Rgba32Uint,
                    usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
                    view_formats: &[],
                });
                write(&texture, 0, fixed);
                texture
            }
        };
        write(&texture, fixed_rows, &built.texels);
        gpu.queue.write_buffer(&self.params, 0, bytemuck::bytes_of(&built.params));
        gpu.check(SENDING).map_err(|e| e.advise(|| "the number of triangles or the size of the scene's images".to_owned()))?;
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        self.scene = Some(texture);
        Ok(view)
    }

    /// Hands over the work from sums to what is asked for.
    fn finish(
        &mut self,
        job: &Job<'_>,
        traces: bool,
        scene: &wgpu::TextureView,
        (motion, window): (Option<&Motion>, Option<&Window>),
    ) -> Result<Waiting, RenderError> {
        let engine = Arc::clone(&self.engine);
        let mut recorder = Recorder::new(&engine.gpu);
        if (traces && job.settings.denoise) || FIRST_HITS.iter().any(|p| job.wants(*p)) {
            self.first_hits(job, &mut recorder, scene)?;
        }
        if traces {
            self.resolve(job, &mut recorder)?;
            if let Some(window) = window {
                self.keep(job, job.tracing(), &mut recorder)?;
                self.gather(job, &mut recorder, scene, window)?;
            }
            self.develop(job, &mut recorder);
        }
        let motion = motion.map(|motion| self.motion(job, &mut recorder, scene, motion)).transpose()?;
        let specular = if job.wants(Pass::SpecularId) { Some(self.specular_id(job, &mut recorder, scene)?) } else { None };
        engine.gpu.submit(recorder.finish(), "finishing the picture");

        let (targets, post) = (&self.targets, &self.targets.post);
        let mut sources: Vec<(Source, &wgpu::Buffer)> = Vec::new();
        for output in job.outputs {
            match output {
                Output::Rgb => sources.push((Source::Rgb, post.rgb())),
                Output::Radiance => sources.push((Source::Radiance, post.radiance())),
                Output::Pass(Pass::Id) => sources.push((Source::Id, &targets.pass_object_id)),
                Output::Pass(Pass::Albedo) => sources.push((Source::Albedo, &targets.pass_albedo)),
                Output::Pass(Pass::Depth | Pass::Normal) => sources.push((Source::NormalDepth, &targets.pass_normal_depth)),
                Output::Pass(Pass::Coord) => sources.extend(motion.iter().map(|m| (Source::Coord, &m.coord))),
                Output::Pass(Pass::Flow) => sources
                    .extend(motion.iter().flat_map(|m| [(Source::ForwardFlow, &m.forward), (Source::BackwardFlow, &m.backward)])),
                Output::Pass(Pass::SpecularId) => sources
                    .extend(specular.iter().flat_map(|s| [(Source::SpecularId, &s.id), (Source::Throughput, &s.throughput)])),
            }
        }
        sources.sort_by_key(|(source, _)| *source);
        sources.dedup_by_key(|(source, _)| *source);
        let buffers: Vec<&wgpu::Buffer> = sources.iter().map(|(_, buffer)| *buffer).collect();
        let reading = Reading::begin(&engine.gpu, &mut self.staging, &buffers)?;
        let sources = sources.into_iter().map(|(source, _)| source).collect();
        Ok(Waiting { outputs: job.outputs.to_vec(), sources, reading })
    }

    fn bind(
        &self,
        pipeline: &wgpu::ComputePipeline,
        scene: &wgpu::TextureView,
        buffers: &[(u32, &wgpu::Buffer)],
    ) -> wgpu::BindGroup {
        let mut entries: Vec<_> = buffers.iter().map(|&(binding, b)| entry(binding, b)).collect();
        entries.push(wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(scene) });
        self.bind_group(pipeline, &entries)
    }

    fn bind_buffers(&self, pipeline: &wgpu::ComputePipeline, buffers: &[(u32, &wgpu::Buffer)]) -> wgpu::BindGroup {
        let entries: Vec<_> = buffers.iter().map(|&(binding, b)| entry(binding, b)).collect();
        self.bind_group(pipeline, &entries)
    }

    fn bind_group(&self, pipeline: &wgpu::ComputePipeline, entries: &[wgpu::BindGroupEntry<'_>]) -> wgpu::BindGroup {
        self.engine.gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &pipeline.get_bind_group_layout(0),
            entries,
        })
    }
}

fn entry(binding: u32, buffer: &wgpu::Buffer) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry { binding, resource: buffer.as_entire_binding() }
}
