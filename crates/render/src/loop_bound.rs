//! Whether the driver ends long loops early: Mesa's software driver, as Debian 12 has it, lets the loops of an invocation go round 65,535 times
//! in all, and what is left of its paths is lost.

use crate::RenderError;
use crate::gpu::Gpu;
use crate::self_test::answers;

/// As in the kernel.
const TURNS: u32 = 70_000;

/// Asks a device. Drivers of GPUs have no such bound.
pub(crate) fn ends_long_loops(gpu: &Gpu) -> Result<bool, RenderError> {
    if !gpu.report.is_software() {
        return Ok(false);
    }
    let answers = answers(gpu, "loop_bound", 1, "trying a long loop")?;
    let expected = |id: u32| (0..TURNS).fold(id, |x, _| x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    Ok(!answers.into_iter().eq((0..64).map(expected)))
}
