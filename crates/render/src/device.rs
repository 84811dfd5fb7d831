//! Adapters: which there are, which is meant, what they must be able to do.

mod choice;
mod needs;

use std::path::PathBuf;

use serde::Serialize;

pub use self::choice::DeviceChoice;
pub(crate) use self::choice::choose;
use self::choice::names;
use crate::RenderError;

/// Which adapter to open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceOptions {
    /// The choice. `WGPU_ADAPTER_NAME` in the environment decides where this is [`DeviceChoice::Auto`]; `WGPU_BACKEND` limits
    /// the backends in any case.
    pub device: DeviceChoice,
    /// Compiles shaders with all of wgpu's run-time checks (bounds, endless loops, division by zero). Slower; for tests.
    pub checked_shaders: bool,
    /// Measures how long each kernel runs ([`crate::ClipRenderer::kernel_times`]): by timestamps of the device, or, on software adapters
    /// and where it has none, by waiting for each.
    pub timed: bool,
    /// Notes when the device has work ([`crate::Renderer::busy`]), on a thread of its own.
    pub watched: bool,
    /// The folder in which compiled pipelines are kept, where the driver can; nowhere if absent.
    pub cache: Option<PathBuf>,
}

/// What an adapter is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdapterReport {
    /// As the driver calls it.
    pub name: String,
    /// `vulkan`, `metal` or `dx12`.
    pub backend: String,
    /// Name of the driver.
    pub driver: String,
    /// Its version.
    pub driver_info: String,
    /// `discrete-gpu`, `integrated-gpu`, `virtual-gpu`, `cpu` or `other`.
    pub device_type: String,
    /// Vendor and device as PCI has them, hexadecimal (`10de:2330`); drivers without a device on the bus have ids of their own.
    pub pci_id: String,
    /// Its place on the PCI bus (`0000:41:00.0`); empty where it has none or the driver does not say.
    pub pci_bus: String,
    /// Whether it traces rays by itself. Most data-centre cards do not; no kernel here needs it.
    pub ray_queries: bool,
    /// Whether it tells how long kernels run.
    pub timestamps: bool,
    /// What matters for the size of pictures and scenes.
    pub limits: AdapterLimits,
}

/// Limits of an adapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdapterLimits {
    /// Texels along one edge of a 2D texture.
    pub max_texture_dimension_2d: u32,
    /// Bytes.
    pub max_buffer_size: u64,
    /// Bytes.
    pub max_storage_buffer_binding_size: u64,
    /// Storage buffers one kernel can see.
    pub max_storage_buffers_per_shader_stage: u32,
    /// Workgroups of a dispatch along one axis.
    pub max_compute_workgroups_per_dimension: u32,
}

impl AdapterLimits {
    pub(crate) const fn of(limits: &wgpu::Limits) -> Self {
        Self {
            max_texture_dimension_2d: limits.max_texture_dimension_2d,
            max_buffer_size: limits.max_buffer_size,
            max_storage_buffer_binding_size: limits.max_storage_buffer_binding_size,
            max_storage_buffers_per_shader_stage: limits.max_storage_buffers_per_shader_stage,
            max_compute_workgroups_per_dimension: limits.max_compute_workgroups_per_dimension,
        }
    }
}

impl AdapterReport {
    pub(crate) fn of(adapter: &wgpu::Adapter) -> Self {
        let info = adapter.get_info();
        let features = adapter.features();
        Self {
            pci_id: format!("{:04x}:{:04x}", info.vendor, info.device),
            pci_bus: info.device_pci_bus_id.to_lowercase(),
            ray_queries: features.contains(wgpu::Features::EXPERIMENTAL_RAY_QUERY),
            timestamps: features.contains(wgpu::Features::TIMESTAMP_QUERY),
            name: info.name,
            backend: info.backend.to_str().to_owned(),
            driver: info.driver,
            driver_info: info.driver_info,
            device_type: match info.device_type {
                wgpu::DeviceType::DiscreteGpu => "discrete-gpu",
                wgpu::DeviceType::IntegratedGpu => "integrated-gpu",
                wgpu::DeviceType::VirtualGpu => "virtual-gpu",
                wgpu::DeviceType::Cpu => "cpu",
                wgpu::DeviceType::Other => "other",
            }
            .to_owned(),
            limits: AdapterLimits::of(&adapter.limits()),
        }
    }

    /// Whether it computes on the CPU.
    #[must_use]
    pub fn is_software(&self) -> bool {
        self.device_type == "cpu"
    }
}

/// All adapters that wgpu finds, the preferred one first.
#[must_use]
pub fn adapters() -> Vec<AdapterReport> {
    enumerate().iter().map(AdapterReport::of).collect()
}

/// What wgpu finds adapters through, without anything that shows pictures on a screen.
///
/// With Vulkan, wgpu asks for the extensions of every window system. Mesa's layer that orders devices then connects to the desktop to
/// learn which device that uses, and libwayland prints errors if there is none, as on a server.
#[cfg(all(unix, not(target_vendor = "apple"), not(target_os = "android")))]
fn instance() -> Option<wgpu::Instance> {
    use wgpu::hal::vulkan;

    crate::loader::find();
    const WINDOW_SYSTEMS: [&std::ffi::CStr; 3] = [c"VK_KHR_wayland_surface", c"VK_KHR_xcb_surface", c"VK_KHR_xlib_surface"];
    let from_env = wgpu::InstanceDescriptor::new_without_display_handle_from_env();
    let descriptor = wgpu::hal::InstanceDescriptor {
        name: "raytruth",
        flags: from_env.flags,
        memory_budget_thresholds: from_env.memory_budget_thresholds,
        backend_options: from_env.backend_options,
        telemetry: None,
        display: None,
    };
    let headless: Box<vulkan::CreateInstanceCallback<'_>> =
        Box::new(|args| args.extensions.retain(|name| !WINDOW_SYSTEMS.contains(name)));
    #[allow(unsafe_code, reason = "wgpu's safe way always asks for all window systems; see SAFETY")]
    // SAFETY: wgpu-hal asks that no extension is taken away, because it may call what it asked for. The functions of these three only
    // make surfaces from windows; wgpu-hal calls them for that alone, after a look at the list that is changed here, and nobody can ask
    // it to: the instance does not leave this file. It is fresh, and wgpu alone owns it.
    unsafe {
        match vulkan::Instance::init_with_callback(&descriptor, Some(headless)) {
            Ok(instance) => Some(wgpu::Instance::from_hal::<vulkan::Api>(instance)),
            Err(error) => {
                log::debug!("no Vulkan: {error}");
                None
            }
        }
    }
}

#[cfg(not(all(unix, not(target_vendor = "apple"), not(target_os = "android"))))]
fn instance() -> Option<wgpu::Instance> {
    Some(wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle_from_env()))
}

/// Adapters of the backends this build and `WGPU_BACKEND` allow: GPUs first, software last.
fn enumerate() -> Vec<wgpu::Adapter> {
    let Some(instance) = instance() else {
        return Vec::new();
    };
    let backends = wgpu::Backends::from_env().unwrap_or(wgpu::Backends::PRIMARY);
    let mut adapters = pollster::block_on(instance.enumerate_adapters(backends));
    adapters.sort_by_key(|adapter| match adapter.get_info().device_type {
        wgpu::DeviceType::DiscreteGpu => 0,
        wgpu::DeviceType::IntegratedGpu => 1,
        wgpu::DeviceType::VirtualGpu => 2,
        wgpu::DeviceType::Other => 3,
        wgpu::DeviceType::Cpu => 4,
    });
    adapters
}

/// Opens an adapter.
pub(crate) fn open(adapter: &wgpu::Adapter, options: &DeviceOptions) -> Result<(wgpu::Device, wgpu::Queue), RenderError> {
    let limits = adapter.limits();
    needs::check(&adapter.get_info().name, &limits, &adapter.get_downlevel_capabilities())?;
    // What is useful where there is it.
    let wanted = [(options.timed, wgpu::Features::TIMESTAMP_QUERY), (options.cache.is_some(), wgpu::Features::PIPELINE_CACHE)];
    let wanted =
        wanted.into_iter().filter(|(wanted, _)| *wanted).fold(wgpu::Features::empty(), |all, (_, feature)| all | feature);
    let descriptor = wgpu::DeviceDescriptor {
        label: Some("raytruth"),
        required_features: wanted & adapter.features(),
        // All that it has: large pictures and scenes need it.
        required_limits: limits,
        memory_hints: wgpu::MemoryHints::MemoryUsage,
        ..Default::default()
    };
    pollster::block_on(adapter.request_device(&descriptor))
        .map_err(|e| RenderError::Gpu { activity: "to open the device", detail: e.to_string() })
}

/// The adapter that was opened before: another one would give other bits.
pub(crate) fn find(report: &AdapterReport) -> Result<wgpu::Adapter, RenderError> {
    let mut adapters = enumerate();
    match adapters.iter().position(|adapter| AdapterReport::of(adapter) == *report) {
        Some(i) => Ok(adapters.swap_remove(i)),
        None => Err(RenderError::AdapterNotFound { wanted: format!("`{}`", report.name), available: names(&adapters) }),
    }
}
