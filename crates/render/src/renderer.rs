use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use raytruth_scene::Scene;

use crate::engine::Engine;
use crate::gpu::Gpu;
use crate::injection::Injection;
use crate::loop_bound::ends_long_loops;
use crate::schedule::AtOnce;
use crate::watch::Watch;
use crate::{AdapterReport, ClipRenderer, DeviceOptions, Prepared, RenderError, RenderSettings, device};

/// How long to leave a device alone that was lost, before it is opened again: so many tries. A driver that was reset may need a
/// moment.
const PAUSES: [Duration; 3] = [Duration::ZERO, Duration::from_millis(500), Duration::from_secs(2)];

/// A device with its pipelines. Make one per process and thread of work; making it costs the shaders' compilation.
///
/// A device may be lost at any time: its driver is reset, a submission hangs, the machine wakes from sleep. The renderer then opens
/// the same adapter again, and what was being rendered is rendered anew, to the same bits. It gives up where that fails several
/// times without a finished frame between.
pub struct Renderer {
    options: DeviceOptions,
    report: AdapterReport,
    /// The most in one dispatch; asked once, of the first device.
    at_once: AtOnce,
    pub(crate) injection: Arc<Injection>,
    /// Absent between the loss of a device and the next use.
    engine: Mutex<Option<Arc<Engine>>>,
}

impl Renderer {
    /// Opens a device: a hardware adapter where there is one, else the software adapter, unless `options` say otherwise.
    ///
    /// # Errors
    /// When there is no adapter, or none that was asked for, or its driver does not compile the shaders.
    pub fn new(options: &DeviceOptions) -> Result<Self, RenderError> {
        let injection = Arc::<Injection>::default();
        let adapter = device::choose(&options.device)?;
        let gpu = Gpu::open(&adapter, options, Arc::clone(&injection))?;
        let report = gpu.report.clone();
        let at_once = AtOnce::new(&report, ends_long_loops(&gpu)?);
        let engine = Mutex::new(Some(Arc::new(Engine::new(gpu, at_once)?)));
        Ok(Self { options: options.clone(), report, at_once, injection, engine })
    }

    /// What it renders on.
    #[must_use]
    pub fn adapter(&self) -> &AdapterReport {
        &self.report
    }

    /// When the device had work, since the last call, in order; empty unless it was opened with [`DeviceOptions::watched`]. What is lost with
    /// a device is not told.
    #[must_use]
    pub fn busy(&self) -> Vec<(Instant, Instant)> {
        self.slot().as_ref().map(|engine| engine.gpu.take_busy()).unwrap_or_default()
    }

    /// How many camera paths were traced since the device was opened: of frames behind the first of a span, those that something comes near.
    #[must_use]
    pub fn traced_paths(&self) -> u64 {
        self.slot().as_ref().map_or(0, |engine| engine.traced.load(Ordering::Relaxed))
    }

    /// Validates a scene and makes it ready to render.
    ///
    /// # Errors
    /// When the settings or the scene are invalid, or too large for the adapter.
    pub fn clip<'r>(&'r self, scene: &Scene, settings: &RenderSettings) -> Result<ClipRenderer<'r>, RenderError> {
        self.play(Prepared::new(scene, settings)?)
    }

    /// Readies the device for a scene that was prepared.
    ///
    /// # Errors
    /// When it is too large for the adapter.
    pub fn play(&self, prepared: Prepared) -> Result<ClipRenderer<'_>, RenderError> {
        ClipRenderer::new(self, prepared)
    }

    /// Does something on the device. Where the device is lost meanwhile, it is opened again, and all of it done again.
    pub(crate) fn on_device<T>(
        &self,
        watch: &mut Watch<'_>,
        mut work: impl FnMut(&Arc<Engine>, &mut Watch<'_>) -> Result<T, RenderError>,
    ) -> Result<T, RenderError> {
        let mut pauses = PAUSES.iter();
        loop {
            let fault = match self.engine().and_then(|engine| {
                let result = work(&engine, watch);
                if let Err(fault) = &result {
                    self.part_with(&engine, fault);
                }
                result
            }) {
                Err(fault) if fault.loses_device() => fault,
                result => return result,
            };
            let Some(pause) = pauses.next() else {
                return Err(RenderError::GaveUp { tries: PAUSES.len() + 1, last: fault.to_string() });
            };
            log::warn!("{fault}; opening it again");
            watch.tell(0)?;
            watch.pause(*pause)?;
        }
    }

    /// The open device; the adapter is opened again where it was lost.
    fn engine(&self) -> Result<Arc<Engine>, RenderError> {
        let mut slot = self.slot();
        if let Some(engine) = &*slot {
            return Ok(Arc::clone(engine));
        }
        let open = || {
            let adapter = device::find(&self.report)?;
            Engine::new(Gpu::open(&adapter, &self.options, Arc::clone(&self.injection))?, self.at_once)
        };
        let engine = Arc::new(open().map_err(|e| RenderError::DeviceLost { reason: format!("it cannot be opened again: {e}") })?);
        self.injection.opened();
        Ok(Arc::clone(slot.insert(engine)))
    }

    /// Lets a device go that was lost.
    fn part_with(&self, engine: &Arc<Engine>, fault: &RenderError) {
        if !fault.loses_device() {
            return;
        }
        if matches!(fault, RenderError::Hung { .. }) {
            // Closing it would wait for what never ends.
            std::mem::forget(Arc::clone(engine));
        }
        let mut slot = self.slot();
        if slot.as_ref().is_some_and(|open| Arc::ptr_eq(open, engine)) {
            *slot = None;
        }
    }

    fn slot(&self) -> MutexGuard<'_, Option<Arc<Engine>>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
