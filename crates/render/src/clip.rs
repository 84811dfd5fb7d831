use std::ops::ControlFlow;

use raytruth_scene::Scene;

use crate::clip_on_device::{ClipOnDevice, Cut};
use crate::watch::{Watch, unwatched};
use crate::world::World;
use crate::{Frame, KernelTime, Pass, Passes, Progress, RenderError, RenderSettings, Renderer};

/// A scene on the device, ready to render any of its frames.
///
/// Where the camera stands still, what is the same in all frames is traced once: the sum over those paths that come near nothing
/// that moves is kept from the first frame rendered, and so is the last frame for when nothing has moved at all. Both give the
/// very bits that rendering afresh would.
pub struct ClipRenderer<'r> {
    renderer: &'r Renderer,
    settings: RenderSettings,
    pub(crate) world: World,
    pub(crate) on_device: ClipOnDevice,
    last: Option<(usize, Frame)>,
    /// Groups and samples per dispatch, for tests.
    pub(crate) fixed_slices: Option<Cut>,
}

impl<'r> ClipRenderer<'r> {
    pub(crate) fn new(renderer: &'r Renderer, scene: &Scene, settings: &RenderSettings) -> Result<Self, RenderError> {
        settings.validate()?;
        let world = World::new(scene, settings)?;
        let on_device = unwatched(|watch| renderer.on_device(watch, |engine, _| ClipOnDevice::new(engine, settings)))?;
        Ok(Self { renderer, settings: settings.clone(), world, on_device, last: None, fixed_slices: None })
    }

    /// The settings it renders with.
    #[must_use]
    pub const fn settings(&self) -> &RenderSettings {
        &self.settings
    }

    /// How long each kernel of the last frame ran; empty unless the device was opened with [`crate::DeviceOptions::timed`].
    #[must_use]
    pub fn kernel_times(&self) -> &[KernelTime] {
        &self.on_device.kernel_times
    }

    /// Renders frame `frame` (counted from 0; poses of the last frame hold after the end). Calls `progress` between
    /// submissions to the device and while it waits for one, several times a second; `Break` stops.
    ///
    /// Where the device is lost, the frame begins anew on one that was opened again, and so does its progress.
    ///
    /// # Errors
    /// [`RenderError::Cancelled`] where `progress` broke off; [`RenderError::GaveUp`] where the device fails again and again; else
    /// its other troubles.
    pub fn frame(&mut self, frame: usize, progress: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<Frame, RenderError> {
        if let Some((last, picture)) = &self.last
            && self.world.same(*last, frame)
        {
            return Ok(picture.clone());
        }
        let Self { renderer, settings, world, on_device, fixed_slices, .. } = self;
        let total = settings.pixels() as u64 * u64::from(settings.samples_per_pixel);
        let picture = renderer.on_device(&mut Watch::new(progress, total), |engine, watch| {
            if !on_device.is_on(engine) {
                *on_device = ClipOnDevice::new(engine, settings)?;
            }
            on_device.frame(world, settings, frame, *fixed_slices, watch)
        })?;
        self.last = Some((frame, picture.clone()));
        Ok(picture)
    }

    /// The passes asked for of a frame, without rendering its picture; the rest is left empty. Frames count from 0; those after
    /// the clip's end are its last. Costs some rays per pixel.
    ///
    /// # Errors
    /// As [`Self::frame`].
    pub fn passes(&mut self, frame: usize, wanted: &[Pass]) -> Result<Passes, RenderError> {
        let Self { renderer, settings, world, on_device, .. } = self;
        unwatched(|watch| {
            renderer.on_device(watch, |engine, watch| {
                if !on_device.is_on(engine) {
                    *on_device = ClipOnDevice::new(engine, settings)?;
                }
                on_device.passes(world, settings, frame, wanted, watch)
            })
        })
    }

    /// As if the scene had been prepared with another seed.
    #[cfg(test)]
    pub(crate) fn reseed(&mut self, seed: u32) {
        self.settings.seed = seed;
        self.last = None;
    }
}
