//! What a clip has on one device, and how its frames come about there.

mod passes;
mod still;
mod trace;

use std::sync::Arc;

use self::still::StillPart;
use crate::engine::Engine;
use crate::frame_params::{Control, FrameParams};
use crate::kernel_times::{KernelTime, Recorder};
use crate::post::PostInputs;
use crate::targets::{self, Targets};
use crate::texels::ROW;
use crate::watch::Watch;
use crate::world::{FrameWorld, World};
use crate::{Frame, Passes, RenderError, RenderSettings};

/// Groups and samples per dispatch.
pub(crate) type Cut = (u32, u32);

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
    /// Paths of a submission, as the last frame left it.
    budget: Option<u64>,
}

impl ClipOnDevice {
    pub(crate) fn new(engine: &Arc<Engine>, settings: &RenderSettings) -> Result<Self, RenderError> {
        let gpu = &engine.gpu;
        let targets = Targets::new(gpu, &engine.post, settings).map_err(|e| e.advise(|| targets::advice(settings)))?;
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
            budget: None,
        })
    }

    /// Whether this is the device it is on.
    pub(crate) fn is_on(&self, engine: &Arc<Engine>) -> bool {
        Arc::ptr_eq(&self.engine, engine)
    }

    /// Renders a frame, from sums to the finished picture.
    pub(crate) fn frame(
        &mut self,
        world: &World,
        settings: &RenderSettings,
        frame: usize,
        fixed_slices: Option<Cut>,
        watch: &mut Watch<'_>,
    ) -> Result<Frame, RenderError> {
        if let Some(times) = &self.engine.gpu.times {
            times.forget();
        }
        self.trace(world, settings, frame, fixed_slices, watch)?;
        let scene = match &self.scene {
            Some(scene) if world.exposure.is_still(frame) => scene.create_view(&wgpu::TextureViewDescriptor::default()),
            // Passes show the frame's own time.
            _ => self.send(world, &world.frame(frame, settings.seed))?,
        };
        let picture = self.finish(world, settings, &scene, watch).map_err(|e| e.advise(|| targets::advice(settings)))?;
        if let Some(times) = &self.engine.gpu.times {
            self.kernel_times = times.collect(&self.engine.gpu, watch)?;
        }
        Ok(picture)
    }

    /// How many paths are traced for every frame, once one was.
    pub(crate) fn dynamic_paths(&self) -> Option<u64> {
        self.still_part.as_ref().map(|still| still.paths)
    }

    /// Sends geometry and parameters to the device.
    fn send(&mut self, world: &World, built: &FrameWorld) -> Result<wgpu::TextureView, RenderError> {
        const ACTIVITY: &str = "sending the scene to the device";
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
        gpu.announce(ACTIVITY);
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
        gpu.check(ACTIVITY).map_err(|e| e.advise(|| "the number of triangles or the size of the scene's images".to_owned()))?;
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        self.scene = Some(texture);
        Ok(view)
    }

    /// From sums to the finished picture and its passes.
    fn finish(
        &self,
        world: &World,
        settings: &RenderSettings,
        scene: &wgpu::TextureView,
        watch: &mut Watch<'_>,
    ) -> Result<Frame, RenderError> {
        let gpu = &self.engine.gpu;
        let targets = &self.targets;
        let mut recorder = Recorder::new(gpu);
        let groups = [settings.width.div_ceil(8), settings.height.div_ceil(8)];

        let passes = &*self.engine.kernel("passes", world.surface_defines())?;
        let outputs =
            [(0, &self.params), (2, &targets.pass_normal_depth), (3, &targets.pass_albedo), (4, &targets.pass_object_id)];
        recorder.dispatch("passes", passes, &self.bind(passes, scene, &outputs), groups);

        let resolve = &self.engine.resolve;
        let bindings = self.bind_buffers(
            resolve,
            &[
                (0, &self.params),
                (2, &targets.static_sums),
                (3, &targets.dynamic_sums),
                (4, &targets.radiance),
                (5, &targets.albedo),
                (6, &targets.normal_depth),
            ],
        );
        recorder.dispatch("resolve", resolve, &bindings, groups);
        let inputs = PostInputs {
            radiance: &targets.radiance,
            albedo: &targets.albedo,
            normal_depth: &targets.normal_depth,
            object_id: &targets.pass_object_id,
        };
        let post = &targets.post;
        self.engine.post.encode(&gpu.device, &mut recorder, post, &inputs, settings.view, settings.denoise);
        gpu.submit(recorder.finish(), "finishing the picture");

        let [rgb, radiance, normal_depth, albedo, object_id] = gpu.read(
            [post.rgb(), post.radiance(), &targets.pass_normal_depth, &targets.pass_albedo, &targets.pass_object_id],
            watch,
        )?;
        Ok(Frame {
            width: settings.width,
            height: settings.height,
            rgb: rgb.chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect(),
            radiance: colors(&radiance),
            passes: first_hits(&normal_depth, &albedo, &object_id),
        })
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

/// Vectors of four floats, wherever the bytes lie.
fn floats(bytes: &[u8]) -> impl Iterator<Item = [f32; 4]> + '_ {
    bytes.chunks_exact(16).map(bytemuck::pod_read_unaligned)
}

fn colors(bytes: &[u8]) -> Vec<[f32; 3]> {
    floats(bytes).map(|[r, g, b, _]| [r, g, b]).collect()
}

fn object_ids(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks_exact(4).map(|id| u16::from_le_bytes([id[0], id[1]])).collect()
}

/// What the kernel `passes` wrote.
fn first_hits(normal_depth: &[u8], albedo: &[u8], object_id: &[u8]) -> Passes {
    Passes {
        object_id: object_ids(object_id),
        depth: floats(normal_depth).map(|[.., depth]| if depth > 1e38 { f32::INFINITY } else { depth }).collect(),
        normal: colors(normal_depth),
        albedo: colors(albedo),
        ..Passes::default()
    }
}
