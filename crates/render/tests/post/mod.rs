//! Runs the post passes on pictures made by hand.
#![allow(dead_code, reason = "every test file uses a part of this")]

use raytruth_render::internals::{Filter, Post, PostInputs, Recorder};
use raytruth_render::{RenderError, View};
use wgpu::util::DeviceExt as _;

use crate::gpu::{Gpu, gpu};

/// What the path tracer would hand over.
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Mean radiance; variance of its luminance.
    pub(crate) radiance: Vec<[f32; 4]>,
    pub(crate) albedo: Vec<[f32; 4]>,
    pub(crate) normal_depth: Vec<[f32; 4]>,
    pub(crate) object_id: Vec<u32>,
}

pub(crate) struct Finished {
    pub(crate) radiance: Vec<[f32; 4]>,
    pub(crate) rgb: Vec<[u8; 4]>,
}

impl Picture {
    /// A grey wall, one metre away, of one object, lit evenly.
    pub(crate) fn wall(width: usize, height: usize) -> Self {
        let n = width * height;
        Self {
            width,
            height,
            radiance: vec![[0.5, 0.5, 0.5, 0.0]; n],
            albedo: vec![[0.5, 0.5, 0.5, 1.0]; n],
            normal_depth: vec![[0.0, 0.0, 1.0, 1.0]; n],
            object_id: vec![1; n],
        }
    }

    pub(crate) fn finish(&self, view: View, filter: Filter) -> Finished {
        self.finish_changed(view, filter, &|_| ())
    }

    /// As [`Self::finish`], by kernels in whose WGSL something is changed.
    pub(crate) fn finish_changed(&self, view: View, filter: Filter, change: &dyn Fn(&mut String)) -> Finished {
        let Gpu { device, queue, .. } = gpu();
        let post =
            Post::new(&|kernel, defines| Ok::<_, RenderError>(pipeline(device, kernel, defines, change))).expect("compiles");
        let buffer = |contents: &[u8]| {
            device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
                label: None,
                contents,
                usage: wgpu::BufferUsages::STORAGE,
            })
        };
        let radiance = buffer(bytemuck::cast_slice(&self.radiance));
        let albedo = buffer(bytemuck::cast_slice(&self.albedo));
        let normal_depth = buffer(bytemuck::cast_slice(&self.normal_depth));
        let object_id = buffer(bytemuck::cast_slice(&self.object_id));
        let inputs = PostInputs { radiance: &radiance, albedo: &albedo, normal_depth: &normal_depth, object_id: &object_id };
        let buffers = post.buffers(device, queue, self.width as u32, self.height as u32, 0);
        let mut recorder = Recorder::untimed(device);
        post.encode(device, &mut recorder, &buffers, &inputs, view, filter);
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let copy = |encoder: &mut wgpu::CommandEncoder, source: &wgpu::Buffer| {
            let back = device.create_buffer(&wgpu::BufferDescriptor {
                label: None,
                size: source.size(),
                usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            });
            encoder.copy_buffer_to_buffer(source, 0, &back, 0, source.size());
            back
        };
        let radiance = copy(&mut encoder, buffers.radiance());
        let rgb = copy(&mut encoder, buffers.rgb());
        queue.submit([recorder.finish(), encoder.finish()]);
        Finished {
            radiance: bytemuck::cast_slice(&read(device, &radiance)).to_vec(),
            rgb: bytemuck::cast_slice(&read(device, &rgb)).to_vec(),
        }
    }
}

fn read(device: &wgpu::Device, buffer: &wgpu::Buffer) -> Vec<u8> {
    buffer.slice(..).map_async(wgpu::MapMode::Read, |result| result.expect("the buffer maps"));
    device.poll(wgpu::PollType::wait_indefinitely()).expect("the device answers");
    buffer.slice(..).get_mapped_range().expect("it is mapped").to_vec()
}

fn pipeline(device: &wgpu::Device, kernel: &str, defines: &[&str], change: &dyn Fn(&mut String)) -> wgpu::ComputePipeline {
    let mut source = raytruth_shaders::compose(kernel, defines).unwrap_or_else(|e| panic!("{e}")).source;
    change(&mut source);
    let source = wgpu::ShaderSource::Wgsl(source.into());
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor { label: Some(kernel), source });
    device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
        label: Some(kernel),
        layout: None,
        module: &module,
        entry_point: Some("main"),
        compilation_options: wgpu::PipelineCompilationOptions::default(),
        cache: None,
    })
}
