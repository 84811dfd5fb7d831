//! What the kernels need of an adapter, asked for and not assumed.

use crate::RenderError;

/// Storage buffers of a kernel: as many as WebGPU promises. A test counts those of all kernels.
const STORAGE_BUFFERS: u32 = 8;
/// Invocations of a workgroup, and along one axis.
const INVOCATIONS: (u32, u32) = (64, 64);
/// Texels along an edge of the texture that holds a scene.
const TEXTURE: u32 = crate::texels::ROW;
/// Bytes of the uniform buffer.
const UNIFORM: u64 = size_of::<crate::frame_params::FrameParams>() as u64;

/// Each limit that is too low: its name, what the adapter has, what is needed.
fn too_low(limits: &wgpu::Limits) -> Vec<(&'static str, u64, u64)> {
    [
        (
            "max_storage_buffers_per_shader_stage",
            u64::from(limits.max_storage_buffers_per_shader_stage),
            u64::from(STORAGE_BUFFERS),
        ),
        (
            "max_compute_invocations_per_workgroup",
            u64::from(limits.max_compute_invocations_per_workgroup),
            u64::from(INVOCATIONS.0),
        ),
        ("max_compute_workgroup_size_x", u64::from(limits.max_compute_workgroup_size_x), u64::from(INVOCATIONS.1)),
        ("max_compute_workgroup_size_y", u64::from(limits.max_compute_workgroup_size_y), 8),
        ("max_texture_dimension_2d", u64::from(limits.max_texture_dimension_2d), u64::from(TEXTURE)),
        ("max_uniform_buffer_binding_size", limits.max_uniform_buffer_binding_size, UNIFORM),
    ]
    .into_iter()
    .filter(|(_, has, needed)| has < needed)
    .collect()
}

/// Refuses an adapter that cannot run the kernels, and names what it lacks.
pub(super) fn check(name: &str, limits: &wgpu::Limits, capabilities: &wgpu::DownlevelCapabilities) -> Result<(), RenderError> {
    let mut lacks: Vec<String> =
        too_low(limits).into_iter().map(|(limit, has, needed)| format!("{limit} is {has}, needed are {needed}")).collect();
    if !capabilities.flags.contains(wgpu::DownlevelFlags::COMPUTE_SHADERS) {
        lacks.push("it has no compute shaders".to_owned());
    }
    if lacks.is_empty() {
        return Ok(());
    }
    Err(RenderError::Unfit { adapter: name.to_owned(), lacks: lacks.join("; ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_kernel_sees_more_storage_buffers() {
        for kernel in raytruth_shaders::kernels() {
            let defines = raytruth_shaders::defines(kernel).expect("a kernel");
            let sets = defines.iter().map(|define| vec![define.as_str()]).chain([Vec::new()]);
            // Whatever is bound under any define: more than any one kernel has.
            let sources = sets.map(|set| raytruth_shaders::compose(kernel, &set).expect("composes").source);
            let bindings = |source: String| -> Vec<String> {
                let storage = source.lines().filter(|line| line.contains("@binding") && line.contains("var<storage"));
                storage.filter_map(|line| Some(line.split_once("@binding(")?.1.split_once(')')?.0.to_owned())).collect()
            };
            let all: std::collections::BTreeSet<String> = sources.flat_map(bindings).collect();
            assert!(all.len() <= STORAGE_BUFFERS as usize, "{kernel}: {all:?}");
            assert!(kernel != "path" || all.len() >= 5, "they are counted: {all:?}");
        }
    }

    #[test]
    fn the_least_that_webgpu_promises_is_enough_and_less_is_named() {
        let all = wgpu::DownlevelCapabilities::default();
        check("any", &wgpu::Limits::default(), &all).expect("WebGPU's defaults are enough");
        let few = wgpu::Limits { max_storage_buffers_per_shader_stage: 4, ..wgpu::Limits::default() };
        let error = check("old", &few, &all).expect_err("too few").to_string();
        assert!(error.contains("old") && error.contains("max_storage_buffers_per_shader_stage is 4, needed are 8"), "{error}");
    }
}
