//! What the tests and the benches reach for. Not part of the interface.

use raytruth_scene::{Aabb, Scene};

pub use crate::albedo::{split_albedo, table as albedo_table};
pub use crate::glass_albedo::table as glass_albedo_table;
pub use crate::injection::{Fault, Injected};
pub use crate::kernel_times::Recorder;
pub use crate::material_gpu::{GpuMaterial, shader_defines};
pub use crate::post::{Post, PostBuffers, PostInputs};
use crate::world::World;
use crate::{RenderError, RenderSettings, Renderer};

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
