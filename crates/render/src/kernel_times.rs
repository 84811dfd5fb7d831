//! How long each kernel of a frame ran.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::RenderError;
use crate::gpu::Gpu;
use crate::watch::Watch;

/// The most dispatches of a frame that are timed by the device; WebGPU's bound is two timestamps for each of these.
const MOST: u32 = 2048;

/// What a kernel took in a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct KernelTime {
    /// Its file in `shaders/kernels/`.
    pub kernel: &'static str,
    /// How often it was dispatched.
    pub dispatches: u32,
    /// All of them together.
    pub milliseconds: f64,
}

/// Times of the dispatches since they were last collected.
pub(crate) struct KernelTimes {
    /// Absent where the host's clock tells: software adapters write timestamps when they record, not when they compute.
    clock: Option<DeviceClock>,
    /// Kernel, and milliseconds where the host measured.
    dispatches: Mutex<Vec<(&'static str, f64)>>,
}

struct DeviceClock {
    queries: wgpu::QuerySet,
    resolved: wgpu::Buffer,
    /// Milliseconds of a tick.
    period: f64,
}

impl KernelTimes {
    pub(crate) fn new(device: &wgpu::Device, queue: &wgpu::Queue, software: bool) -> Self {
        let has_clock = device.features().contains(wgpu::Features::TIMESTAMP_QUERY) && !software;
        let clock = has_clock.then(|| DeviceClock {
            queries: device.create_query_set(&wgpu::QuerySetDescriptor {
                label: Some("kernel times"),
                ty: wgpu::QueryType::Timestamp,
                count: 2 * MOST,
            }),
            resolved: device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("kernel times"),
                size: u64::from(2 * MOST) * 8,
                usage: wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC,
                mapped_at_creation: false,
            }),
            period: f64::from(queue.get_timestamp_period()) * 1e-6,
        });
        Self { clock, dispatches: Mutex::default() }
    }

    fn dispatches(&self) -> MutexGuard<'_, Vec<(&'static str, f64)>> {
        self.dispatches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves out what ran so far: passes alone, or a frame that was broken off.
    pub(crate) fn forget(&self) {
        self.dispatches().clear();
    }

    /// The timestamps around the next dispatch; none once they are used up.
    fn around(&self, kernel: &'static str) -> Option<wgpu::ComputePassTimestampWrites<'_>> {
        let clock = self.clock.as_ref()?;
        let mut dispatches = self.dispatches();
        let first = 2 * dispatches.len() as u32;
        (first < 2 * MOST).then(|| {
            dispatches.push((kernel, 0.0));
            wgpu::ComputePassTimestampWrites {
                query_set: &clock.queries,
                beginning_of_pass_write_index: Some(first),
                end_of_pass_write_index: Some(first + 1),
            }
        })
    }

    /// What ran since the last call, by kernel in the order of their first dispatch.
    pub(crate) fn collect(&self, gpu: &Gpu, watch: &mut Watch<'_>) -> Result<Vec<KernelTime>, RenderError> {
        let mut dispatches = std::mem::take(&mut *self.dispatches());
        if let Some(clock) = &self.clock {
            let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("kernel times") });
            encoder.resolve_query_set(&clock.queries, 0..2 * dispatches.len() as u32, &clock.resolved, 0);
            gpu.submit(encoder.finish(), "reading the kernels' times");
            let [bytes] = gpu.read([&clock.resolved], watch)?;
            let ticks: Vec<u64> = bytes.chunks_exact(8).map(bytemuck::pod_read_unaligned).collect();
            for (dispatch, pair) in dispatches.iter_mut().zip(ticks.chunks_exact(2)) {
                dispatch.1 = pair[1].saturating_sub(pair[0]) as f64 * clock.period;
            }
        }
        let mut times: Vec<KernelTime> = Vec::new();
        for (kernel, milliseconds) in dispatches {
            match times.iter_mut().find(|t| t.kernel == kernel) {
                Some(time) => {
                    time.dispatches += 1;
                    time.milliseconds += milliseconds;
                }
                None => times.push(KernelTime { kernel, dispatches: 1, milliseconds }),
            }
        }
        Ok(times)
    }
}

/// Commands for the device, each dispatch in a pass of its own that may be timed.
pub struct Recorder<'d> {
    pub(crate) encoder: wgpu::CommandEncoder,
    device: &'d wgpu::Device,
    /// Where kernels are timed.
    timed: Option<(&'d wgpu::Queue, &'d KernelTimes)>,
}

impl<'d> Recorder<'d> {
    pub(crate) fn new(gpu: &'d Gpu) -> Self {
        Self { timed: gpu.times.as_ref().map(|times| (&gpu.queue, times)), ..Self::untimed(&gpu.device) }
    }

    /// On a device that is not ours.
    #[must_use]
    pub fn untimed(device: &'d wgpu::Device) -> Self {
        Self { encoder: device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default()), device, timed: None }
    }

    pub(crate) fn dispatch(
        &mut self,
        kernel: &'static str,
        pipeline: &wgpu::ComputePipeline,
        bindings: &wgpu::BindGroup,
        groups: [u32; 2],
    ) {
        let by_host = self.timed.filter(|(_, times)| times.clock.is_none());
        if let Some((queue, _)) = by_host {
            self.flush(queue);
        }
        let start = Instant::now();
        let timestamp_writes = self.timed.and_then(|(_, times)| times.around(kernel));
        let mut pass = self.encoder.begin_compute_pass(&wgpu::ComputePassDescriptor { label: Some(kernel), timestamp_writes });
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, bindings, &[]);
        pass.dispatch_workgroups(groups[0], groups[1], 1);
        drop(pass);
        if let Some((queue, times)) = by_host {
            self.flush(queue);
            times.dispatches().push((kernel, 1e3 * start.elapsed().as_secs_f64()));
        }
    }

    /// Has the device do what was recorded, and waits for it. Its troubles show later, where results are asked for.
    fn flush(&mut self, queue: &wgpu::Queue) {
        let next = self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        queue.submit([std::mem::replace(&mut self.encoder, next).finish()]);
        let _ = self.device.poll(wgpu::PollType::wait_indefinitely());
    }

    /// The commands, ready to be submitted.
    #[must_use]
    pub fn finish(self) -> wgpu::CommandBuffer {
        self.encoder.finish()
    }
}
