/// What can go wrong while rendering.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// Not one adapter was found.
    #[error(
        "no graphics adapter was found ({detail}). Install a Vulkan driver: the one of your GPU, or Mesa's software driver \
         (Debian and Ubuntu: `apt install libvulkan1 mesa-vulkan-drivers`). In an NVIDIA container, \
         NVIDIA_DRIVER_CAPABILITIES must contain `graphics`"
    )]
    NoAdapter {
        /// What was looked for.
        detail: String,
    },
    /// The adapter asked for is not there.
    #[error("no adapter matches {wanted}; there is {available}")]
    AdapterNotFound {
        /// The choice that was made.
        wanted: String,
        /// The names of the adapters that exist.
        available: String,
    },
    /// A setting is outside of what makes sense or of what the adapter can do.
    #[error("render setting `{field}` is {value}: {rule}")]
    Setting {
        /// Which.
        field: &'static str,
        /// Its value.
        value: String,
        /// What it must be.
        rule: String,
    },
    /// The scene cannot be rendered.
    #[error("scene: {0}")]
    Scene(String),
    /// The device's memory does not suffice.
    #[error("the graphics device is out of memory while {activity}; lower `width` and `height`, or simplify the scene")]
    OutOfMemory {
        /// What was being done.
        activity: &'static str,
    },
    /// The device was reset, unplugged or hung.
    #[error("the graphics device was lost: {reason}")]
    DeviceLost {
        /// What the driver said.
        reason: String,
    },
    /// The driver refused something; a fault in this crate or in the driver.
    #[error("the graphics driver refused {activity}: {detail}")]
    Gpu {
        /// What was being done.
        activity: &'static str,
        /// What the driver said.
        detail: String,
    },
    /// A shader does not compile; a fault in this crate or in the driver.
    #[error("shader `{kernel}` does not compile: {detail}")]
    Shader {
        /// Which.
        kernel: String,
        /// File, line and message.
        detail: String,
    },
    /// The caller asked to stop.
    #[error("rendering was cancelled")]
    Cancelled,
}
