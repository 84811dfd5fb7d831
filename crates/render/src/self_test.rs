use std::sync::Arc;

use serde::Serialize;

use crate::gpu::Gpu;
use crate::injection::Injection;
use crate::watch::unwatched;
use crate::{AdapterReport, DeviceOptions, RenderError, device};

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
    const GROUPS: u32 = 16;
    const ACTIVITY: &str = "running the self-test";
    let start = std::time::Instant::now();
    let adapter = device::choose(&options.device)?;
    let gpu = Gpu::open(&adapter, options, Arc::<Injection>::default())?;
    let answers = answers(&gpu, "self_test", GROUPS, ACTIVITY)?;
    for (i, got) in (0u32..).zip(answers) {
        let expected = i.wrapping_mul(2_654_435_761) ^ i.count_ones();
        if got != expected {
            let detail = format!("invocation {i} answered {got}, not {expected}; the driver is broken");
            return Err(RenderError::Gpu { activity: ACTIVITY, detail });
        }
    }
    Ok(SelfTest { adapter: gpu.report, milliseconds: start.elapsed().as_secs_f64() * 1e3 })
}

/// Runs so many groups of 64 invocations of a kernel without input, and returns the number that each writes.
pub(crate) fn answers(gpu: &Gpu, kernel: &'static str, groups: u32, activity: &'static str) -> Result<Vec<u32>, RenderError> {
    let pipeline = gpu.pipeline(kernel, &[])?;
    let answers = gpu.device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("answers"),
        size: u64::from(groups) * 64 * 4,
        usage: wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC,
        mapped_at_creation: false,
    });
    let bindings = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: None,
        layout: &pipeline.get_bind_group_layout(0),
        entries: &[wgpu::BindGroupEntry { binding: 0, resource: answers.as_entire_binding() }],
    });
    let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some(kernel) });
    let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
    pass.set_pipeline(&pipeline);
    pass.set_bind_group(0, &bindings, &[]);
    pass.dispatch_workgroups(groups, 1, 1);
    drop(pass);
    gpu.submit(encoder.finish(), activity);
    let [bytes] = unwatched(|watch| gpu.read([&answers], watch))?;
    Ok(bytes.chunks_exact(4).map(bytemuck::pod_read_unaligned::<u32>).collect())
}
