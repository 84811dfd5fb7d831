use std::path::PathBuf;

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
    /// The adapter cannot run the kernels.
    #[error("{adapter} cannot render: {lacks}; `--device` chooses another")]
    Unfit {
        /// Its name.
        adapter: String,
        /// What it lacks.
        lacks: String,
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
    #[error("the graphics device is out of memory while {activity}; lower {lower}")]
    OutOfMemory {
        /// What was being done.
        activity: &'static str,
        /// What to lower.
        lower: String,
    },
    /// The device was reset, unplugged or failed. A renderer recovers from it by itself.
    #[error("the graphics device was lost: {reason}")]
    DeviceLost {
        /// What the driver said.
        reason: String,
    },
    /// The device does not come back from a submission. A renderer recovers from it as from [`Self::DeviceLost`].
    #[error("the graphics device has not answered for {seconds} s while {activity}")]
    Hung {
        /// What was being done.
        activity: &'static str,
        /// How long.
        seconds: u64,
    },
    /// The device was lost again and again, without one finished frame between.
    #[error(
        "the graphics device failed {tries} times in a row, the last time so: {last}. Restart its driver or the machine, make sure \
         that nothing else fills or overheats it, or choose another adapter (the software adapter renders the same, slowly)"
    )]
    GaveUp {
        /// How often it was tried.
        tries: usize,
        /// The last failure.
        last: String,
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
    /// A frame could not be written as a picture.
    #[error("cannot write `{}`: {detail}", path.display())]
    Picture {
        /// The file.
        path: PathBuf,
        /// Why not.
        detail: String,
    },
    /// The caller asked to stop.
    #[error("rendering was cancelled")]
    Cancelled,
}

impl RenderError {
    /// Whether the device is of no use any more, while another one may be.
    pub(crate) fn loses_device(&self) -> bool {
        matches!(self, Self::DeviceLost { .. } | Self::Hung { .. })
    }

    /// Says what to lower where memory does not suffice; other errors stay as they are.
    pub(crate) fn advise(self, advice: impl FnOnce() -> String) -> Self {
        match self {
            Self::OutOfMemory { activity, .. } => Self::OutOfMemory { activity, lower: advice() },
            other => other,
        }
    }
}
