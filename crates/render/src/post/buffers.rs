use crate::View;

/// What the post passes read, row by row from the top: storage buffers that the path tracer has resolved.
pub struct PostInputs<'a> {
    /// `vec4f`: mean radiance; variance of the mean's luminance.
    pub radiance: &'a wgpu::Buffer,
    /// `vec4f`: mean albedo at the first non-specular hit, 1 for the sky.
    pub albedo: &'a wgpu::Buffer,
    /// `vec4f`: mean normal there; mean distance along the path, metres.
    pub normal_depth: &'a wgpu::Buffer,
    /// `u32`: object at the pixel's centre.
    pub object_id: &'a wgpu::Buffer,
}

/// Memory of the post passes for one size of picture.
pub struct PostBuffers {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Light per albedo, before the filter.
    pub(super) noisy: wgpu::TextureView,
    /// After each pass of the filter in turn.
    pub(super) light: [wgpu::TextureView; 2],
    pub(super) guides: wgpu::TextureView,
    pub(super) pilot: wgpu::TextureView,
    /// What the filter took, before and after each pass of its mean.
    pub(super) taken: [wgpu::TextureView; 2],
    radiance: wgpu::Buffer,
    rgb: wgpu::Buffer,
    /// `PostParams` for steps of 1, 2, 4, ... pixels.
    pub(super) steps: Vec<wgpu::Buffer>,
    /// The same for steps of 1, 3, 9, ...
    pub(super) wide_steps: Vec<wgpu::Buffer>,
    views: [wgpu::Buffer; 3],
}

/// `PostParams` in `post.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
struct PostParams {
    size: [u32; 2],
    step: i32,
    view: u32,
    floor: f32,
    padding: f32,
}

/// A picture of some layers that kernels write and read.
pub(crate) fn layered(
    device: &wgpu::Device,
    label: &str,
    (width, height, layers): (u32, u32, u32),
    format: wgpu::TextureFormat,
) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: Some(label),
        size: wgpu::Extent3d { width, height, depth_or_array_layers: layers },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::STORAGE_BINDING,
        view_formats: &[],
    })
}

impl PostBuffers {
    pub(super) fn new(device: &wgpu::Device, queue: &wgpu::Queue, (width, height): (u32, u32), floor: u8) -> Self {
        let floor = f32::from(floor) / 255.0;
        let make = |label, bytes_per_pixel: u64| {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(label),
                size: u64::from(width) * u64::from(height) * bytes_per_pixel,
                usage: wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC,
                mapped_at_creation: false,
            })
        };
        // What the filter reads again and again: software adapters read textures faster than buffers.
        let texture = |label, format| {
            layered(device, label, (width, height, 1), format).create_view(&wgpu::TextureViewDescriptor::default())
        };
        let params = |step, view| {
            // Not mapped at creation: where the device was lost or has no memory left, that would panic.
            let buffer = device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("post parameters"),
                size: size_of::<PostParams>() as u64,
                usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            });
            queue.write_buffer(
                &buffer,
                0,
                bytemuck::bytes_of(&PostParams { size: [width, height], step, view, floor, padding: 0.0 }),
            );
            buffer
        };
        // Reach grows with the picture: about a tenth of its width each way.
        let passes = if width < 320 {
            3
        } else if width < 640 {
            4
        } else {
            5
        };
        Self {
            width,
            height,
            noisy: texture("noisy light", wgpu::TextureFormat::Rgba32Float),
            light: [texture("light", wgpu::TextureFormat::Rgba32Float), texture("light", wgpu::TextureFormat::Rgba32Float)],
            guides: texture("guides", wgpu::TextureFormat::Rgba32Uint),
            pilot: texture("pilot", wgpu::TextureFormat::Rgba32Float),
            taken: [0, 1].map(|_| texture("taken", wgpu::TextureFormat::Rgba32Float)),
            radiance: make("denoised radiance", 16),
            rgb: make("display colours", 4),
            steps: (0..passes).map(|pass| params(1 << pass, 0)).collect(),
            wide_steps: (0..if width < 640 { 3 } else { 4 }).map(|pass| params(3_i32.pow(pass), 0)).collect(),
            views: [params(0, 0), params(0, 1), params(0, 2)],
        }
    }

    pub(super) fn view(&self, view: View) -> &wgpu::Buffer {
        match view {
            View::Srgb => &self.views[0],
            View::Neutral => &self.views[1],
            View::Agx => &self.views[2],
        }
    }

    /// `vec4f`: linear radiance, denoised if that was asked for.
    #[must_use]
    pub const fn radiance(&self) -> &wgpu::Buffer {
        &self.radiance
    }

    /// `u32`: display colours, red in the lowest byte.
    #[must_use]
    pub const fn rgb(&self) -> &wgpu::Buffer {
        &self.rgb
    }
}
