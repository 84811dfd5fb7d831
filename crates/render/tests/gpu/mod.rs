//! Runs small test kernels over the project's shared WGSL on the software adapter, with all of wgpu's run-time checks.
#![allow(dead_code, reason = "every test file uses a part of this")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};

pub(crate) struct Gpu {
    pub(crate) device: wgpu::Device,
    pub(crate) queue: wgpu::Queue,
    /// By their WGSL: compiling takes longer than most of what is asked.
    kernels: Mutex<BTreeMap<String, Kernel>>,
}

#[derive(Clone)]
struct Kernel {
    pipeline: wgpu::ComputePipeline,
    scene: wgpu::BindGroupLayout,
    data: wgpu::BindGroupLayout,
}

/// What a kernel reads besides its input: `frame`, `control` and `scene_data` of the path tracer.
#[derive(Default)]
pub(crate) struct Scene {
    pub(crate) frame: Vec<u8>,
    pub(crate) control: Vec<u8>,
    pub(crate) texels: Vec<[u32; 4]>,
}

thread_local! {
    static FAULT: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// Does something with one expression of the WGSL replaced by another: whatever holds for the shaders must fail then.
pub(crate) fn with_fault<T>(from: &str, to: &str, work: impl FnOnce() -> T) -> T {
    FAULT.set(Some((from.to_owned(), to.to_owned())));
    let result = work();
    FAULT.set(None);
    result
}

pub(crate) fn gpu() -> &'static Gpu {
    static GPU: OnceLock<Gpu> = OnceLock::new();
    GPU.get_or_init(|| {
        let adapter = raytruth_render::internals::software_adapter().expect("a software adapter is installed");
        let limits = wgpu::DeviceDescriptor { required_limits: adapter.limits(), ..Default::default() };
        let (device, queue) = pollster::block_on(adapter.request_device(&limits)).expect("it opens");
        Gpu { device, queue, kernels: Mutex::default() }
    })
}

impl Gpu {
    /// Runs `groups` workgroups of a kernel that reads `@group(1) @binding(0)` and writes `@group(1) @binding(1)`.
    pub(crate) fn run(
        &self,
        kernel: &str,
        defines: &[&str],
        scene: &Scene,
        input: &[f32],
        output_len: usize,
        groups: u32,
    ) -> Vec<f32> {
        let words = self.run_words(kernel, defines, scene, bytemuck::cast_slice(input), output_len, groups);
        bytemuck::cast_slice(&words).to_vec()
    }

    /// As [`Self::run`], in words.
    pub(crate) fn run_words(
        &self,
        kernel: &str,
        defines: &[&str],
        scene: &Scene,
        input: &[u32],
        output_len: usize,
        groups: u32,
    ) -> Vec<u32> {
        let mut composed = raytruth_shaders::compose_source("test", kernel, defines).unwrap_or_else(|e| panic!("{e}"));
        if let Some((from, to)) = FAULT.with_borrow(Clone::clone) {
            assert_eq!(composed.source.matches(&from).count(), 1, "the shader says `{from}` once");
            composed.source = composed.source.replace(&from, &to);
        }
        let Kernel { pipeline, scene: scene_layout, data: data_layout } = self.kernel(composed.source);

        let make = |size: usize, usage| {
            self.device.create_buffer(&wgpu::BufferDescriptor {
                label: None,
                size: size.max(16) as u64,
                usage,
                mapped_at_creation: false,
            })
        };
        let frame = make(scene.frame.len().max(1024), wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST);
        self.queue.write_buffer(&frame, 0, &scene.frame);
        let control = make(scene.control.len().max(256), wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_DST);
        self.queue.write_buffer(&control, 0, &scene.control);
        let inputs = make(input.len() * 4, wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_DST);
        self.queue.write_buffer(&inputs, 0, bytemuck::cast_slice(input));
        let outputs = make(output_len * 4, wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC);
        let back = make(output_len * 4, wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST);
        let view = self.upload(&scene.texels);

        let bind = |layout: &wgpu::BindGroupLayout, resources: &[wgpu::BindingResource<'_>]| {
            let entries: Vec<_> = resources
                .iter()
                .zip(0..)
                .map(|(resource, binding)| wgpu::BindGroupEntry { binding, resource: resource.clone() })
                .collect();
            self.device.create_bind_group(&wgpu::BindGroupDescriptor { label: None, layout, entries: &entries })
        };
        let texels = wgpu::BindingResource::TextureView(&view);
        let scene_group = bind(&scene_layout, &[frame.as_entire_binding(), texels, control.as_entire_binding()]);
        let data_group = bind(&data_layout, &[inputs.as_entire_binding(), outputs.as_entire_binding()]);
        let mut encoder = self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        {
            let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
            pass.set_pipeline(&pipeline);
            pass.set_bind_group(0, &scene_group, &[]);
            pass.set_bind_group(1, &data_group, &[]);
            pass.dispatch_workgroups(groups, 1, 1);
        }
        encoder.copy_buffer_to_buffer(&outputs, 0, &back, 0, Some(output_len as u64 * 4));
        self.queue.submit([encoder.finish()]);
        back.slice(..).map_async(wgpu::MapMode::Read, |result| result.expect("the buffer maps"));
        self.device.poll(wgpu::PollType::wait_indefinitely()).expect("the device answers");
        let mapped = back.slice(..).get_mapped_range().expect("it is mapped");
        bytemuck::cast_slice::<u8, u32>(&mapped)[..output_len].to_vec()
    }

    fn kernel(&self, source: String) -> Kernel {
        let mut kernels = self.kernels.lock().expect("nobody panics while compiling");
        if let Some(kernel) = kernels.get(&source) {
            return kernel.clone();
        }
        let wgsl = wgpu::ShaderSource::Wgsl(source.as_str().into());
        let module = self.device.create_shader_module(wgpu::ShaderModuleDescriptor { label: None, source: wgsl });
        let layout = |entries: &[wgpu::BindGroupLayoutEntry]| {
            self.device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: None, entries })
        };
        let entry =
            |binding, ty| wgpu::BindGroupLayoutEntry { binding, visibility: wgpu::ShaderStages::COMPUTE, ty, count: None };
        let buffer = |ty| wgpu::BindingType::Buffer { ty, has_dynamic_offset: false, min_binding_size: None };
        let texture = wgpu::BindingType::Texture {
            sample_type: wgpu::TextureSampleType::Uint,
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        };
        let storage = |read_only| buffer(wgpu::BufferBindingType::Storage { read_only });
        let scene_layout =
            layout(&[entry(0, buffer(wgpu::BufferBindingType::Uniform)), entry(1, texture), entry(2, storage(true))]);
        let data_layout = layout(&[entry(0, storage(true)), entry(1, storage(false))]);
        let pipeline_layout = self.device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: None,
            bind_group_layouts: &[Some(&scene_layout), Some(&data_layout)],
            ..Default::default()
        });
        let pipeline = self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: None,
            layout: Some(&pipeline_layout),
            module: &module,
            entry_point: Some("main"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            cache: None,
        });
        let kernel = Kernel { pipeline, scene: scene_layout, data: data_layout };
        kernels.insert(source, kernel.clone());
        kernel
    }

    fn upload(&self, texels: &[[u32; 4]]) -> wgpu::TextureView {
        const WIDTH: usize = 4096;
        let rows = texels.len().div_ceil(WIDTH).max(1);
        let mut padded = texels.to_vec();
        padded.resize(rows * WIDTH, [0; 4]);
        let size = wgpu::Extent3d { width: WIDTH as u32, height: rows as u32, depth_or_array_layers: 1 };
        let texture = self.device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba32Uint,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(WIDTH as u32 * 16), rows_per_image: None };
        self.queue.write_texture(texture.as_image_copy(), bytemuck::cast_slice(&padded), layout, size);
        texture.create_view(&wgpu::TextureViewDescriptor::default())
    }
}

/// The bytes of `FrameParams` with the named members set, placed where naga's reflection of the WGSL says they are.
pub(crate) fn frame_params(members: &[(&str, &[u32])]) -> Vec<u8> {
    let composed = raytruth_shaders::compose_source("reflect", "#import frame\n", &[]).unwrap_or_else(|e| panic!("{e}"));
    let module = naga::front::wgsl::parse_str(&composed.source).unwrap_or_else(|e| panic!("{e}"));
    let (fields, span) = module
        .types
        .iter()
        .find_map(|(_, ty)| match &ty.inner {
            naga::TypeInner::Struct { members, span } if ty.name.as_deref() == Some("FrameParams") => {
                Some((members.clone(), *span))
            }
            _ => None,
        })
        .expect("frame.wgsl has FrameParams");
    let mut bytes = vec![0; span as usize];
    for (name, words) in members {
        let field =
            fields.iter().find(|f| f.name.as_deref() == Some(name)).unwrap_or_else(|| panic!("FrameParams has no {name}"));
        let at = field.offset as usize;
        bytes[at..at + words.len() * 4].copy_from_slice(bytemuck::cast_slice(words));
    }
    bytes
}

/// Floats as words, for [`frame_params`].
pub(crate) fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|v| v.to_bits()).collect()
}
