//! Host structs against naga's reflection of the WGSL.

use std::mem::offset_of;

use naga::{Module, TypeInner};

use crate::frame_params::{Control, FrameParams};
use crate::motion::{Motion, View};
use crate::targets::SUMS_BYTES;
use crate::window::{Past, Window};

fn module(kernel: &str) -> Module {
    let composed = raytruth_shaders::compose(kernel, &[]).expect("composes");
    naga::front::wgsl::parse_str(&composed.source).expect("parses")
}

/// Names and offsets of a struct's members, and its size.
fn members(module: &Module, name: &str) -> (Vec<(String, usize)>, usize) {
    let (_, ty) = module.types.iter().find(|(_, t)| t.name.as_deref() == Some(name)).expect("the struct exists");
    let TypeInner::Struct { members, span } = &ty.inner else { panic!("{name} is a struct") };
    (members.iter().map(|m| (m.name.clone().unwrap_or_default(), m.offset as usize)).collect(), *span as usize)
}

macro_rules! offsets {
    ($ty:ty: $($field:ident),* $(,)?) => { vec![$((stringify!($field).to_owned(), offset_of!($ty, $field))),*] };
}

#[test]
fn frame_params_match() {
    let (fields, size) = members(&module("path"), "FrameParams");
    let expected = offsets!(FrameParams: camera_origin, camera_right, camera_up, camera_forward, grid_min, grid_scale, env_zenith,
        env_horizon, env_ground, sun_direction, sun_radiance, size, groups_x, groups, group_stride, seed, flags, max_diffuse,
        max_glossy, max_transmission, indirect_clamp, nodes_base, nodes_count, primitives_base, instances_base, materials_base,
        filter_base, blur_glossy, samples, emitters_base, env_image, env_map, eye_media, emitter_density, lights_base, images_base, corners_base,
        changing_base, changing_density, still_nodes_base, still_nodes_count, reshaped_first, reshaped_corners_base, reference_base, sky_strength, swept, lights,
        capsules, powers);
    assert_eq!(fields, expected);
    assert_eq!(size, size_of::<FrameParams>());
}

#[test]
fn control_matches() {
    let (fields, size) = members(&module("path"), "Control");
    assert_eq!(
        fields,
        offsets!(Control: first_group, first_sample, sample_count, light_count, swept_count,
        max_bounces, lens_radius, sky_probability, emitter_probability, emitters_end, emitter_count, emitter_faces,
        changing_probability, changing_end, changing_count, capsule_count, sky_group, portal_count, sunlit_area)
    );
    assert_eq!(size, size_of::<Control>());
}

#[test]
fn motion_matches() {
    let module = module("motion");
    let (fields, size) = members(&module, "View");
    assert_eq!((fields, size), (offsets!(View: origin, right, down, forward), size_of::<View>()));
    let (fields, size) = members(&module, "Motion");
    let expected = offsets!(Motion: before, now, after, before_base, now_base, after_base, corners_base, has_before, has_after,
        padding);
    assert_eq!((fields, size), (expected, size_of::<Motion>()));
}

#[test]
fn window_matches() {
    let module = module("window");
    let (fields, size) = members(&module, "Past");
    assert_eq!((fields, size), (offsets!(Past: view, poses_base, layer, lit_alike, padding), size_of::<Past>()));
    let (fields, size) = members(&module, "Window");
    assert_eq!((fields, size), (offsets!(Window: frames, corners_base), size_of::<Window>()));
}

#[test]
fn pixel_sums_have_the_size_that_the_host_allocates() {
    for kernel in ["path", "resolve"] {
        assert_eq!(members(&module(kernel), "PixelSums").1 as u64, SUMS_BYTES);
    }
}
