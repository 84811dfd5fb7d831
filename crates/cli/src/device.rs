//! Which adapter to open, and one line that says which it is.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use raytruth_dataset::GpuSource;
use raytruth_render::{AdapterReport, DeviceOptions};

use crate::args::DeviceArg;

/// The choice on the command line.
pub(crate) fn options(arg: &DeviceArg) -> DeviceOptions {
    DeviceOptions { device: arg.device.clone(), cache: cache_folder(|name| std::env::var_os(name)), ..DeviceOptions::default() }
}

/// Where compiled pipelines are kept: in `RAYTRUTH_CACHE` (nowhere if it is empty), else in the user's folder for caches, else nowhere: a user in
/// a container may have no home.
fn cache_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str, below: &str| {
        let path = PathBuf::from(variable(name).filter(|value| !value.is_empty())?);
        path.is_absolute().then(|| path.join(below).join("raytruth"))
    };
    match variable("RAYTRUTH_CACHE") {
        Some(own) if own.is_empty() => None,
        Some(own) => Some(own.into()),
        None => folder("XDG_CACHE_HOME", "").or_else(|| folder("LOCALAPPDATA", "")).or_else(|| folder("HOME", ".cache")),
    }
}

/// Opens it and says which it is.
pub(crate) fn open(arg: &DeviceArg, say: &dyn Fn(&str)) -> Result<GpuSource> {
    let source = GpuSource::open(&options(arg)).context("cannot open a graphics device (`raytruth doctor` says more)")?;
    say(&describe(source.renderer().adapter()));
    if let Some(hint) = newer_mesa(source.renderer().adapter()) {
        log::info!("{hint}");
    }
    Ok(source)
}

/// `renders on NVIDIA L40S (vulkan, NVIDIA 550.54)`, and that it is no GPU where it is none.
pub(crate) fn describe(adapter: &AdapterReport) -> String {
    let software = if adapter.is_software() { ", no GPU: the software adapter" } else { "" };
    format!("renders on {} ({}, {} {}{software})", adapter.name, adapter.backend, adapter.driver, adapter.driver_info)
}

/// Mesa's software adapter before 24 is about half as fast as later ones.
pub(crate) fn newer_mesa(adapter: &AdapterReport) -> Option<String> {
    let software = adapter.is_software() && adapter.name.contains("llvmpipe");
    let version = adapter.driver_info.strip_prefix("Mesa ")?;
    let major: u32 = version.split('.').next()?.parse().ok()?;
    (software && major < 24).then(|| {
        format!(
            "Mesa {major} is in use; the software adapter of Mesa 24 or later is about twice as fast \
             (Debian 12: `apt install -t bookworm-backports mesa-vulkan-drivers`)"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use raytruth_render::AdapterLimits;

    fn adapter(name: &str, driver_info: &str, device_type: &str) -> AdapterReport {
        AdapterReport {
            name: name.into(),
            backend: "vulkan".into(),
            driver: "llvmpipe".into(),
            driver_info: driver_info.into(),
            device_type: device_type.into(),
            pci_id: "10005:0000".into(),
            pci_bus: String::new(),
            ray_queries: false,
            timestamps: true,
            limits: AdapterLimits {
                max_texture_dimension_2d: 1,
                max_buffer_size: 1,
                max_storage_buffer_binding_size: 1,
                max_storage_buffers_per_shader_stage: 1,
                max_compute_workgroups_per_dimension: 1,
            },
        }
    }

    #[test]
    fn pipelines_are_kept_where_a_user_keeps_caches() {
        let folder = |set: &[(&str, &str)]| {
            let found = cache_folder(|name| set.iter().find(|(n, _)| *n == name).map(|(_, value)| value.into()));
            found.map(|path| path.display().to_string())
        };
        assert_eq!(folder(&[]), None);
        assert_eq!(folder(&[("HOME", "/home/a")]).as_deref(), Some("/home/a/.cache/raytruth"));
        assert_eq!(folder(&[("HOME", "/home/a"), ("XDG_CACHE_HOME", "/c")]).as_deref(), Some("/c/raytruth"));
        assert_eq!(folder(&[("HOME", "/home/a"), ("RAYTRUTH_CACHE", "")]), None);
        assert_eq!(folder(&[("RAYTRUTH_CACHE", "/d")]).as_deref(), Some("/d"));
    }

    #[test]
    fn only_an_old_software_mesa_gets_the_hint() {
        assert!(newer_mesa(&adapter("llvmpipe (LLVM 15.0.6, 256 bits)", "Mesa 22.3.6 (LLVM 15.0.6)", "cpu")).is_some());
        assert!(newer_mesa(&adapter("llvmpipe (LLVM 19.1.7, 256 bits)", "Mesa 25.0.7", "cpu")).is_none());
        assert!(newer_mesa(&adapter("AMD Radeon (RADV)", "Mesa 22.3.6", "discrete-gpu")).is_none());
    }
}
