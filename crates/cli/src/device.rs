//! Which adapter to open, and one line that says which it is.

use anyhow::{Context as _, Result};
use raytruth_dataset::GpuSource;
use raytruth_render::{AdapterReport, DeviceChoice, DeviceOptions};

use crate::args::DeviceArg;

/// The choice on the command line.
pub(crate) fn options(arg: &DeviceArg) -> DeviceOptions {
    let device = match arg.device.as_str() {
        "auto" | "" => DeviceChoice::Auto,
        "hardware" => DeviceChoice::Hardware,
        "software" => DeviceChoice::Software,
        name => DeviceChoice::Name(name.to_owned()),
    };
    DeviceOptions { device, ..DeviceOptions::default() }
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
            limits: AdapterLimits {
                max_texture_dimension_2d: 1,
                max_buffer_size: 1,
                max_storage_buffer_binding_size: 1,
                max_storage_buffers_per_shader_stage: 1,
            },
        }
    }

    #[test]
    fn only_an_old_software_mesa_gets_the_hint() {
        assert!(newer_mesa(&adapter("llvmpipe (LLVM 15.0.6, 256 bits)", "Mesa 22.3.6 (LLVM 15.0.6)", "cpu")).is_some());
        assert!(newer_mesa(&adapter("llvmpipe (LLVM 19.1.7, 256 bits)", "Mesa 25.0.7", "cpu")).is_none());
        assert!(newer_mesa(&adapter("AMD Radeon (RADV)", "Mesa 22.3.6", "discrete-gpu")).is_none());
    }
}
