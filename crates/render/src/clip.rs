use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use raytruth_scene::Scene;

use crate::frame_params::{Control, FrameParams};
use crate::post::PostInputs;
use crate::schedule::Schedule;
use crate::targets::Targets;
use crate::texels::ROW;
use crate::world::World;
use crate::{Frame, Passes, Progress, RenderError, RenderSettings, Renderer};

/// A scene on the device, ready to render any of its frames.
///
/// Where the camera stands still, what is the same in all frames is traced once: the sum over those paths that come near nothing
/// that moves is kept from the first frame rendered, and so is the last frame for when nothing has moved at all. Both give the
/// very bits that rendering afresh would.
pub struct ClipRenderer<'r> {
    renderer: &'r Renderer,
    settings: RenderSettings,
    world: World,
    /// The scene on the device; rows that are the same in every frame are sent once.
    scene: Option<wgpu::Texture>,
    targets: Targets,
    params: wgpu::Buffer,
    control: wgpu::Buffer,
    all_paths: Arc<wgpu::ComputePipeline>,
    /// Whether S and the list of D's paths are those of this clip.
    still_part_known: bool,
    last: Option<(usize, Frame)>,
    /// Paths of a submission, as the last frame left it.
    budget: Option<u64>,
    /// Groups and samples per dispatch, for tests.
    pub(crate) fixed_slices: Option<(u32, u32)>,
}

impl<'r> ClipRenderer<'r> {
    pub(crate) fn new(renderer: &'r Renderer, scene: &Scene, settings: &RenderSettings) -> Result<Self, RenderError> {
        settings.validate()?;
        let world = World::new(scene, settings)?;
        let gpu = &renderer.gpu;
        let targets = Targets::new(gpu, &renderer.post, settings)?;
        let buffer = |label, size: usize, kind| {
            gpu.device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(label),
                size: size as u64,
                usage: kind | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        };
        Ok(Self {
            renderer,
            settings: settings.clone(),
            params: buffer("frame parameters", size_of::<FrameParams>(), wgpu::BufferUsages::UNIFORM),
            control: buffer("control", size_of::<Control>(), wgpu::BufferUsages::STORAGE),
            all_paths: renderer.path_pipeline(world.defines.clone())?,
            world,
            scene: None,
            targets,
            still_part_known: false,
            last: None,
            budget: None,
            fixed_slices: None,
        })
    }

    /// The settings it renders with.
    #[must_use]
    pub const fn settings(&self) -> &RenderSettings {
        &self.settings
    }

    /// Renders frame `frame` (counted from 0; poses of the last frame hold after the end). Calls `progress` between
    /// submissions to the device, several times a second; `Break` stops.
    ///
    /// # Errors
    /// [`RenderError::Cancelled`] where `progress` broke off; else the device's troubles.
    pub fn frame(&mut self, frame: usize, progress: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<Frame, RenderError> {
        if let Some((last, picture)) = &self.last
            && self.world.same(*last, frame)
        {
            return Ok(picture.clone());
        }
        let scene = self.upload(frame)?;
        self.trace(&scene, progress)?;
        let picture = self.finish(&scene)?;
        self.last = Some((frame, picture.clone()));
        Ok(picture)
    }

    /// Sends a frame's geometry and parameters to the device.
    fn upload(&mut self, frame: usize) -> Result<wgpu::TextureView, RenderError> {
        let gpu = &self.renderer.gpu;
        let start = Instant::now();
        let built = self.world.frame(frame, self.settings.seed);
        log::debug!("frame {frame}: {} texels in {:.1} ms", built.texels.len(), start.elapsed().as_secs_f64() * 1e3);
        let fixed = &self.world.fixed_texels;
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
        gpu.check("sending the scene to the device")?;
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        self.scene = Some(texture);
        Ok(view)
    }

    /// Sums up the frame's paths, in submissions short enough to be interrupted between.
    fn trace(
        &mut self,
        scene: &wgpu::TextureView,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), RenderError> {
        const ACTIVITY: &str = "tracing paths";
        let gpu = &self.renderer.gpu;
        let targets = &self.targets;
        let dynamic_only = self.still_part_known;
        let mut buffers = vec![(0, &self.params), (2, &self.control), (4, &targets.dynamic_sums), (5, &targets.dynamic_paths)];
        let pipeline = if dynamic_only {
            let mut defines = self.world.defines.clone();
            defines.push("DYNAMIC_ONLY");
            &self.renderer.path_pipeline(defines)?
        } else {
            buffers.push((3, &targets.static_sums));
            &self.all_paths
        };
        let bindings = self.bind(pipeline, scene, &buffers);

        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("clear") });
        encoder.clear_buffer(&targets.dynamic_sums, 0, None);
        if !dynamic_only {
            encoder.clear_buffer(&targets.static_sums, 0, None);
            encoder.clear_buffer(&targets.dynamic_paths, 0, None);
        }
        gpu.queue.submit([encoder.finish()]);

        let groups = self.settings.width.div_ceil(8) * self.settings.height.div_ceil(8);
        let samples = self.settings.samples_per_pixel;
        let total = targets.pixels * u64::from(samples);
        let work = u64::from(groups) * u64::from(samples);
        let mut schedule = Schedule::new(groups, samples, self.budget, self.fixed_slices);
        let mut done = 0;
        // One submission runs while the next is prepared.
        let mut in_flight: Option<(wgpu::SubmissionIndex, u64)> = None;
        let mut mark = Instant::now();
        loop {
            let next = schedule.next().map(|slice| {
                let control = Control {
                    first_group: slice.first_group,
                    first_sample: slice.first_sample,
                    sample_count: slice.samples,
                    ..self.world.control
                };
                gpu.queue.write_buffer(&self.control, 0, bytemuck::bytes_of(&control));
                let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("paths") });
                dispatch(&mut encoder, pipeline, &bindings, [slice.groups, 1]);
                (gpu.queue.submit([encoder.finish()]), u64::from(slice.groups) * u64::from(slice.samples))
            });
            let ended = next.is_none();
            if let Some((submission, share)) = std::mem::replace(&mut in_flight, next) {
                gpu.wait(submission, ACTIVITY)?;
                schedule.measured(mark.elapsed());
                mark = Instant::now();
                done += share;
                let progress_now = Progress { done: (u128::from(total) * u128::from(done) / u128::from(work)) as u64, total };
                if progress(progress_now).is_break() {
                    if let Some((submission, _)) = in_flight {
                        gpu.wait(submission, ACTIVITY)?;
                    }
                    return Err(RenderError::Cancelled);
                }
            }
            if ended && in_flight.is_none() {
                break;
            }
        }
        self.budget = Some(schedule.budget());
        self.still_part_known = self.world.has_still_part();
        Ok(())
    }

    /// From sums to the finished picture and its passes.
    fn finish(&self, scene: &wgpu::TextureView) -> Result<Frame, RenderError> {
        let gpu = &self.renderer.gpu;
        let targets = &self.targets;
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("finish") });
        let groups = [self.settings.width.div_ceil(8), self.settings.height.div_ceil(8)];

        let passes = &self.renderer.passes;
        let outputs =
            [(0, &self.params), (2, &targets.pass_normal_depth), (3, &targets.pass_albedo), (4, &targets.pass_object_id)];
        dispatch(&mut encoder, passes, &self.bind(passes, scene, &outputs), groups);

        let resolve = &self.renderer.resolve;
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
        dispatch(&mut encoder, resolve, &bindings, groups);
        let inputs = PostInputs {
            radiance: &targets.radiance,
            albedo: &targets.albedo,
            normal_depth: &targets.normal_depth,
            object_id: &targets.pass_object_id,
        };
        let post = &targets.post;
        self.renderer.post.encode(&gpu.device, &mut encoder, post, &inputs, self.settings.view, self.settings.denoise);
        gpu.queue.submit([encoder.finish()]);

        let [rgb, radiance, normal_depth, albedo, object_id] =
            gpu.read([post.rgb(), post.radiance(), &targets.pass_normal_depth, &targets.pass_albedo, &targets.pass_object_id])?;
        Ok(Frame {
            width: self.settings.width,
            height: self.settings.height,
            rgb: rgb.chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect(),
            radiance: colors(&radiance),
            passes: Passes {
                object_id: object_id.chunks_exact(4).map(|id| u16::from_le_bytes([id[0], id[1]])).collect(),
                depth: floats(&normal_depth).map(|[.., depth]| if depth > 1e38 { f32::INFINITY } else { depth }).collect(),
                normal: colors(&normal_depth),
                albedo: colors(&albedo),
            },
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
        self.renderer.gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &pipeline.get_bind_group_layout(0),
            entries,
        })
    }
}

fn entry(binding: u32, buffer: &wgpu::Buffer) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry { binding, resource: buffer.as_entire_binding() }
}

fn dispatch(encoder: &mut wgpu::CommandEncoder, pipeline: &wgpu::ComputePipeline, bindings: &wgpu::BindGroup, groups: [u32; 2]) {
    let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
    pass.set_pipeline(pipeline);
    pass.set_bind_group(0, bindings, &[]);
    pass.dispatch_workgroups(groups[0], groups[1], 1);
}

/// Vectors of four floats, wherever the bytes lie.
fn floats(bytes: &[u8]) -> impl Iterator<Item = [f32; 4]> + '_ {
    bytes.chunks_exact(16).map(bytemuck::pod_read_unaligned)
}

fn colors(bytes: &[u8]) -> Vec<[f32; 3]> {
    floats(bytes).map(|[r, g, b, _]| [r, g, b]).collect()
}
