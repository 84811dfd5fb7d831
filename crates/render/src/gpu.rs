//! An open device: what is sent to it, and what goes wrong there.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::busy::{Busy, Stretch};
use crate::injection::{Fault, Injection};
use crate::kernel_times::KernelTimes;
use crate::pipeline_cache::PipelineCache;
use crate::watch::Watch;
use crate::{AdapterReport, DeviceOptions, RenderError, device};

/// How long a device may take for one submission, which takes a tenth of a second as the work is cut, before it is taken for hung.
/// Drivers give up after seconds; those that never do are met here. A software adapter on a machine busy with other work takes long
/// too, and large pictures are finished in one submission.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often somebody who waits is asked whether to go on.
const SLICE: Duration = Duration::from_millis(200);

/// An open device. Errors that belong to no scope, and the loss of the device, are kept until [`Gpu::check`] asks.
pub(crate) struct Gpu {
    pub(crate) device: wgpu::Device,
    pub(crate) queue: wgpu::Queue,
    pub(crate) report: AdapterReport,
    pub(crate) checked_shaders: bool,
    /// Where kernels are timed.
    pub(crate) times: Option<KernelTimes>,
    /// Where somebody asks when the device had work.
    busy: Option<Busy>,
    /// Where compiled pipelines are kept.
    pub(crate) cache: Option<PipelineCache>,
    trouble: Arc<Mutex<Option<Trouble>>>,
    injection: Arc<Injection>,
}

enum Trouble {
    Lost(String),
    OutOfMemory,
    Refused(String),
}

impl Gpu {
    pub(crate) fn open(adapter: &wgpu::Adapter, options: &DeviceOptions, injection: Arc<Injection>) -> Result<Self, RenderError> {
        let (device, queue) = device::open(adapter, options)?;
        let trouble = Arc::new(Mutex::new(None));
        let slot = Arc::clone(&trouble);
        device.on_uncaptured_error(Arc::new(move |error| keep(&slot, Trouble::of(error))));
        let slot = Arc::clone(&trouble);
        device.set_device_lost_callback(move |reason, message| {
            keep(&slot, Trouble::Lost(if message.is_empty() { format!("{reason:?}") } else { message }));
        });
        let (report, checked_shaders) = (AdapterReport::of(adapter), options.checked_shaders);
        let times = options.timed.then(|| KernelTimes::new(&device, &queue, report.is_software()));
        let busy = options.watched.then(|| Busy::new(&device)).flatten();
        let cache = options.cache.as_deref().and_then(|folder| PipelineCache::open(folder, &device, &adapter.get_info()));
        Ok(Self { device, queue, report, checked_shaders, times, busy, cache, trouble, injection })
    }

    /// The first error since the last call, if any. The loss of the device stays.
    pub(crate) fn check(&self, activity: &'static str) -> Result<(), RenderError> {
        self.check_lost()?;
        match lock(&self.trouble).take() {
            Some(Trouble::OutOfMemory) => Err(RenderError::OutOfMemory { activity, lower: "`width` and `height`".to_owned() }),
            Some(Trouble::Refused(detail)) => Err(RenderError::Gpu { activity, detail }),
            Some(Trouble::Lost(_)) | None => Ok(()),
        }
    }

    /// Whether the device is still there.
    pub(crate) fn check_lost(&self) -> Result<(), RenderError> {
        match &*lock(&self.trouble) {
            Some(Trouble::Lost(reason)) => Err(RenderError::DeviceLost { reason: reason.clone() }),
            _ => Ok(()),
        }
    }

    /// Hands over work. `activity` says of what kind it is, should it go wrong.
    pub(crate) fn submit(&self, commands: wgpu::CommandBuffer, activity: &'static str) -> wgpu::SubmissionIndex {
        self.announce(activity);
        let handed_over = Instant::now();
        let submission = self.queue.submit([commands]);
        if let Some(busy) = &self.busy {
            busy.follow(&submission, handed_over);
        }
        submission
    }

    /// When the device had work, since the last call; nothing unless it is watched.
    pub(crate) fn take_busy(&self) -> Vec<Stretch> {
        self.busy.as_ref().map(Busy::take).unwrap_or_default()
    }

    /// Waits until the device has finished a submission.
    ///
    /// # Errors
    /// [`RenderError::Cancelled`] where `watch` broke off: the submission then still runs. [`RenderError::Hung`] where it seems to
    /// run for ever.
    pub(crate) fn wait(
        &self,
        submission: &wgpu::SubmissionIndex,
        activity: &'static str,
        watch: &mut Watch<'_>,
    ) -> Result<(), RenderError> {
        let start = Instant::now();
        let patience = self.injection.hangs().unwrap_or(PATIENCE);
        let slice = SLICE.min(patience);
        loop {
            let polled = if self.injection.hangs().is_some() {
                std::thread::sleep(slice);
                Err(wgpu::PollError::Timeout)
            } else {
                self.device.poll(wgpu::PollType::Wait { submission_index: Some(submission.clone()), timeout: Some(slice) })
            };
            self.check(activity)?;
            match polled {
                Ok(_) => return Ok(()),
                Err(wgpu::PollError::Timeout) if start.elapsed() < patience => watch.ask()?,
                Err(wgpu::PollError::Timeout) => {
                    return Err(RenderError::Hung { activity, seconds: patience.as_secs_f64().ceil() as u64 });
                }
                Err(e) => return Err(RenderError::Gpu { activity, detail: e.to_string() }),
            }
        }
    }

    /// Says what comes next, so that a test can have it go wrong.
    pub(crate) fn announce(&self, activity: &'static str) {
        match self.injection.due(activity) {
            None | Some(Fault::Hang { .. }) => {}
            Some(Fault::OutOfMemory) => keep(&self.trouble, Trouble::OutOfMemory),
            Some(Fault::Lost) => {
                self.device.destroy();
                // The loss is told once nothing runs any more.
                let _ = self.device.poll(wgpu::PollType::wait_indefinitely());
            }
        }
    }
}

impl Trouble {
    fn of(error: wgpu::Error) -> Self {
        match error {
            wgpu::Error::OutOfMemory { .. } => Self::OutOfMemory,
            wgpu::Error::Validation { description, .. } | wgpu::Error::Internal { description, .. } => Self::Refused(description),
        }
    }
}

/// Keeps the first trouble: what follows is mostly its consequence. Only the loss of the device overrides.
fn keep(slot: &Mutex<Option<Trouble>>, trouble: Trouble) {
    let mut slot = lock(slot);
    if slot.is_none() || matches!(trouble, Trouble::Lost(_)) {
        *slot = Some(trouble);
    }
}

fn lock(slot: &Mutex<Option<Trouble>>) -> MutexGuard<'_, Option<Trouble>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}
