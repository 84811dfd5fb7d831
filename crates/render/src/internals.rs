//! What the tests and the benches reach for. Not part of the interface.

use std::ops::ControlFlow;
use std::sync::Arc;

use raytruth_scene::{Aabb, Scene};

use crate::ahead::Ahead;
use crate::clip_on_device::ClipOnDevice;
use crate::watch::Watch;

pub use crate::albedo::{split_albedo, table as albedo_table};
pub use crate::glass_albedo::table as glass_albedo_table;
pub use crate::injection::{Fault, Injected};
pub use crate::kernel_times::Recorder;
pub use crate::material_gpu::{GpuMaterial, shader_defines};
pub use crate::post::{Filter, Post, PostBuffers, PostInputs};
use crate::world::World;
use crate::{Output, Prepared, RenderError, RenderSettings, Renderer};

/// Has a renderer's device fail, now or after it was opened again.
pub fn inject(renderer: &Renderer, faults: &[Injected]) {
    renderer.injection.plan(faults);
}

/// The software adapter, as a renderer finds it.
///
/// # Errors
/// [`RenderError::NoAdapter`] or [`RenderError::AdapterNotFound`].
pub fn software_adapter() -> Result<wgpu::Adapter, RenderError> {
    crate::device::choose(&crate::DeviceChoice::Software)
}

/// How many of these faults have not happened yet.
#[must_use]
pub fn faults_left(renderer: &Renderer) -> usize {
    renderer.injection.left()
}

/// Rays that a path of a frame sends in the mean: those that look for the nearest surface, and those that ask whether one is between.
///
/// # Errors
/// As [`crate::ClipRenderer::frame`].
pub fn rays_per_path(renderer: &Renderer, scene: &Scene, settings: &RenderSettings, frame: usize) -> Result<f64, RenderError> {
    let settings = RenderSettings { denoise: false, ..settings.clone() };
    let mut world = World::new(scene, &settings)?;
    world.defines.push("COUNT_RAYS");
    let prepared = Prepared { settings, world: Arc::new(world), overlays: Vec::new(), ahead: Ahead::default() };
    let made = renderer.play(prepared)?.frame(frame, &[Output::Radiance], &mut |_| ControlFlow::Continue(()))?;
    let rays: f64 = made.radiance.iter().map(|[red, ..]| f64::from(*red)).sum();
    Ok(rays / made.radiance.len() as f64)
}

/// What goes to the device and comes back from it for a frame.
#[derive(Clone, Copy, Debug)]
pub struct Transfers {
    /// A frame's geometry; bytes, seconds.
    pub frame: (u64, f64),
    /// The picture on its way back; bytes, seconds.
    pub picture: (u64, f64),
}

/// Sends a frame's geometry and reads its picture back, each until it has arrived.
///
/// # Errors
/// As [`crate::ClipRenderer::frame`].
pub fn transfers(renderer: &Renderer, scene: &Scene, settings: &RenderSettings) -> Result<Transfers, RenderError> {
    let world = World::new(scene, settings)?;
    let built = world.frame(0, settings.seed, &[]);
    renderer.on_device(&mut Watch::new(&mut |_| ControlFlow::Continue(()), 0), |engine, watch| {
        ClipOnDevice::new(engine, &world, settings)?.transfers(&world, &built, watch)
    })
}

/// Builds the hierarchy over boxes; returns how many nodes it has.
#[must_use]
pub fn bvh_nodes(boxes: &[Aabb]) -> usize {
    crate::bvh::build(boxes, &|_| false).nodes.len()
}

/// Builds frames without a device.
pub struct FrameBuilder {
    world: World,
}

impl FrameBuilder {
    /// Makes a scene ready.
    ///
    /// # Errors
    /// As [`crate::Renderer::clip`].
    pub fn new(scene: &Scene) -> Result<Self, RenderError> {
        Ok(Self { world: World::new(scene, &RenderSettings::default())? })
    }

    /// Triangles and spheres.
    #[must_use]
    pub fn primitives(&self) -> usize {
        self.world.primitives()
    }

    /// The bytes of `Control`, for all of a frame.
    #[must_use]
    pub fn control(&self) -> Vec<u8> {
        bytemuck::bytes_of(&self.world.frame(0, 0, &[]).control).to_vec()
    }

    /// What the device would get for a frame: the bytes of `FrameParams`, and all texels.
    #[must_use]
    pub fn contents(&self, frame: usize) -> (Vec<u8>, Vec<[u32; 4]>) {
        let built = self.world.frame(frame, 0, &[]);
        let texels = self.world.fixed_texels.iter().copied().chain(built.texels).collect();
        (bytemuck::bytes_of(&built.params).to_vec(), texels)
    }

    /// Everything that precedes a frame; returns how many texels the device would get.
    #[must_use]
    pub fn build(&self, frame: usize) -> usize {
        self.world.frame(frame, 0, &[]).texels.len()
    }
}
