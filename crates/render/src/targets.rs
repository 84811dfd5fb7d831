//! What a frame is rendered into.

use crate::gpu::Gpu;
use crate::post::{Post, PostBuffers};
use crate::window::{self, Kept};
use crate::world::World;
use crate::{RenderError, RenderSettings};

/// Buffers of one clip, one entry a pixel.
pub(crate) struct Targets {
    pub(crate) static_sums: wgpu::Buffer,
    /// S of the groups of lights whose power changes; present where there are any.
    pub(crate) static_groups: Option<wgpu::Buffer>,
    pub(crate) dynamic_sums: wgpu::Buffer,
    pub(crate) dynamic_paths: wgpu::Buffer,
    pub(crate) radiance: wgpu::Buffer,
    pub(crate) albedo: wgpu::Buffer,
    pub(crate) normal_depth: wgpu::Buffer,
    pub(crate) pass_normal_depth: wgpu::Buffer,
    pub(crate) pass_albedo: wgpu::Buffer,
    pub(crate) pass_object_id: wgpu::Buffer,
    pub(crate) post: PostBuffers,
    /// Present where frames are means over windows.
    pub(crate) window: Option<Kept>,
    pub(crate) pixels: u64,
}

/// Bytes of `PixelSums` in `shaders/shared/pixel_sums.wgsl`.
pub(crate) const SUMS_BYTES: u64 = 48;

const ACTIVITY: &str = "making room for the picture";

impl Targets {
    /// Room for a clip of a world.
    pub(crate) fn new(gpu: &Gpu, post: &Post, settings: &RenderSettings, world: &World) -> Result<Self, RenderError> {
        let pixels = settings.pixels() as u64;
        let most = gpu.report.limits.max_storage_buffer_binding_size.min(gpu.report.limits.max_buffer_size);
        let words = words(settings);
        if pixels * SUMS_BYTES > most {
            return Err(RenderError::Setting {
                field: "width x height",
                value: format!("{} x {}", settings.width, settings.height),
                rule: format!("this adapter can hold at most {} pixels", most / SUMS_BYTES),
            });
        }
        if pixels * words * 4 > most {
            return Err(RenderError::Setting {
                field: "samples_per_pixel",
                value: settings.samples_per_pixel.to_string(),
                rule: format!("for a picture of this size this adapter allows at most {}", most / 4 / pixels * 32),
            });
        }
        gpu.announce(ACTIVITY);
        let buffer = |label, bytes_per_pixel: u64| {
            gpu.device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(label),
                size: pixels * bytes_per_pixel,
                usage: wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        };
        let targets = Self {
            static_sums: buffer("static sums", SUMS_BYTES),
            static_groups: world.groups.any().then(|| buffer("static sums of groups", 16 * crate::groups::APART as u64)),
            dynamic_sums: buffer("dynamic sums", SUMS_BYTES),
            dynamic_paths: buffer("dynamic paths", 4 * words),
            radiance: buffer("radiance", 16),
            albedo: buffer("albedo", 16),
            normal_depth: buffer("normal and depth", 16),
            pass_normal_depth: buffer("pass: normal and depth", 16),
            pass_albedo: buffer("pass: albedo", 16),
            pass_object_id: buffer("pass: object id", 4),
            post: post.buffers(&gpu.device, &gpu.queue, settings.width, settings.height, world.scene().floor),
            window: world.has_windows(settings).then(|| Kept::new(gpu, settings)),
            pixels,
        };
        gpu.check(ACTIVITY)?;
        Ok(targets)
    }
}

/// What to lower where a picture does not fit into memory, and how much it takes.
pub(crate) fn advice(settings: &RenderSettings) -> String {
    let pixels = settings.pixels() as u64;
    let of_samples = pixels * words(settings) * 4;
    // Sums, pictures and passes; what the denoiser keeps, guides and colours; copies for the host; what a walking camera's window may take.
    let of_size = pixels * (2 * SUMS_BYTES + 48 + 6 * 16 + 4 + 8 * 16 + 4 + 4 * 16 + 8 + window::BYTES);
    let gib = (of_samples + of_size) as f64 / f64::from(1 << 30);
    let RenderSettings { width, height, samples_per_pixel, .. } = settings;
    if of_samples > of_size {
        format!("`samples_per_pixel`: {samples_per_pixel} of them take most of the {gib:.2} GiB that this picture needs")
    } else {
        format!("`width` and `height`: a picture of {width} x {height} needs {gib:.2} GiB")
    }
}

/// Words with one bit a sample.
fn words(settings: &RenderSettings) -> u64 {
    u64::from(settings.samples_per_pixel.div_ceil(32))
}
