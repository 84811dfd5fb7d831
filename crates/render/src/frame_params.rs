use bytemuck::{Pod, Zeroable};

/// Host's twin of `FrameParams` in `shaders/shared/frame.wgsl`, where each field is explained. A test compares the two by
/// reflection.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub(crate) struct FrameParams {
    pub(crate) camera_origin: [f32; 4],
    pub(crate) camera_right: [f32; 4],
    pub(crate) camera_up: [f32; 4],
    pub(crate) camera_forward: [f32; 4],
    pub(crate) grid_min: [f32; 4],
    pub(crate) grid_scale: [f32; 4],
    pub(crate) env_zenith: [f32; 4],
    pub(crate) env_horizon: [f32; 4],
    pub(crate) env_ground: [f32; 4],
    pub(crate) sun_direction: [f32; 4],
    pub(crate) sun_radiance: [f32; 4],
    pub(crate) size: [u32; 2],
    pub(crate) groups_x: u32,
    pub(crate) groups: u32,
    pub(crate) group_stride: u32,
    pub(crate) seed: u32,
    pub(crate) flags: u32,
    pub(crate) max_diffuse: u32,
    pub(crate) max_glossy: u32,
    pub(crate) max_transmission: u32,
    pub(crate) indirect_clamp: f32,
    pub(crate) nodes_base: u32,
    pub(crate) nodes_count: u32,
    pub(crate) primitives_base: u32,
    pub(crate) instances_base: u32,
    pub(crate) materials_base: u32,
    pub(crate) filter_base: u32,
    pub(crate) blur_glossy: f32,
    pub(crate) samples: u32,
    pub(crate) emitters_base: u32,
    pub(crate) env_image: [u32; 4],
    pub(crate) env_map: [f32; 4],
    pub(crate) eye_media: [u32; 4],
    pub(crate) emitter_density: f32,
    pub(crate) lights_base: u32,
    pub(crate) images_base: u32,
    pub(crate) corners_base: u32,
    pub(crate) changing_base: u32,
    pub(crate) changing_density: f32,
    pub(crate) still_nodes_base: u32,
    pub(crate) still_nodes_count: u32,
    pub(crate) reshaped_first: u32,
    pub(crate) reshaped_corners_base: u32,
    pub(crate) reference_base: u32,
    pub(crate) sky_strength: f32,
    pub(crate) swept: [[f32; 4]; 2 * MAX_SWEPT],
    pub(crate) lights: [[f32; 4]; 4 * FEW_LIGHTS],
    pub(crate) capsules: [[f32; 4]; 2 * MAX_CAPSULES],
    pub(crate) powers: [[f32; 4]; MAX_GROUPS / 4],
}

/// The most boxes around what moves.
pub(crate) const MAX_SWEPT: usize = 16;
/// The most capsules around what deforms.
pub(crate) const MAX_CAPSULES: usize = 32;
/// The most groups of lights, with the one of those whose power never changes.
pub(crate) const MAX_GROUPS: usize = 256;
/// The most area lights in the parameters; more are kept with the scene.
pub(crate) const FEW_LIGHTS: usize = 32;
/// The most area lights: every ray is tested against all of them.
pub(crate) const MAX_LIGHTS: usize = 4096;

/// Without limits, for [`crate::Profile::Proof`].
pub(crate) const FLAG_PROOF: u32 = 1;

/// Host's twin of `Control` in `shaders/shared/control.wgsl`: what the kernel's conditions depend on, and which part of a frame a
/// dispatch does.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub(crate) struct Control {
    pub(crate) first_group: u32,
    pub(crate) first_sample: u32,
    pub(crate) sample_count: u32,
    pub(crate) light_count: u32,
    pub(crate) swept_count: u32,
    pub(crate) max_bounces: u32,
    pub(crate) lens_radius: f32,
    pub(crate) sky_probability: f32,
    pub(crate) emitter_probability: f32,
    pub(crate) emitters_end: f32,
    pub(crate) emitter_count: u32,
    pub(crate) emitter_faces: u32,
    pub(crate) changing_probability: f32,
    pub(crate) changing_end: f32,
    pub(crate) changing_count: u32,
    pub(crate) capsule_count: u32,
    pub(crate) sky_group: u32,
    pub(crate) portal_count: u32,
    pub(crate) sunlit_area: f32,
}
