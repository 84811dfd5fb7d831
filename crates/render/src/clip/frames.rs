//! Frames in a row: while the device works on one, the one before comes over to the host.

use std::ops::{ControlFlow, Range};

use super::ClipRenderer;
use crate::clip_on_device::{ClipOnDevice, Job};
use crate::watch::Watch;
use crate::{Frame, Output, Progress, RenderError};

impl ClipRenderer<'_> {
    /// Makes what `outputs` asks for of each frame in turn, the same as [`Self::frame`] would, faster: while the device works on one
    /// frame, the one before is read back. `take` gets each; `progress` hears how far a frame is. `Break` from either stops.
    ///
    /// # Errors
    /// As [`Self::frame`]; [`RenderError::Cancelled`] also where `take` broke off.
    pub fn frames(
        &mut self,
        frames: Range<usize>,
        outputs: &dyn Fn(usize) -> Vec<Output>,
        progress: &mut dyn FnMut(usize, Progress) -> ControlFlow<()>,
        take: &mut dyn FnMut(usize, Frame) -> ControlFlow<()>,
    ) -> Result<(), RenderError> {
        let mut give = |frame: usize, made: Frame| match take(frame, made) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(RenderError::Cancelled),
        };
        self.on_device.forget_waiting();
        // The frame that waits on the device.
        let mut begun: Option<usize> = None;
        for frame in frames {
            let wanted = outputs(frame);
            let last = begun.or(self.last.as_ref().map(|(last, _)| *last));
            if last.is_some_and(|last| self.world.same(last, frame)) || !wanted.iter().any(|o| o.is_picture()) {
                if let Some(before) = begun.take() {
                    let made = self.fetch(before, &outputs(before), &mut |p| progress(before, p))?;
                    give(before, made)?;
                }
                let made = self.frame(frame, &wanted, &mut |p| progress(frame, p))?;
                give(frame, made)?;
                continue;
            }
            let before = begun.replace(frame);
            let earlier = before.map(&outputs);
            let made = self.begin(frame, &wanted, before.zip(earlier.as_deref()), &mut |p| progress(frame, p))?;
            if let (Some(before), Some(made)) = (before, made) {
                give(before, made)?;
            }
        }
        if let Some(before) = begun {
            let made = self.fetch(before, &outputs(before), &mut |p| progress(before, p))?;
            give(before, made)?;
        }
        Ok(())
    }

    /// Begins with a frame; returns the one before.
    fn begin(
        &mut self,
        frame: usize,
        wanted: &[Output],
        before: Option<(usize, &[Output])>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Option<Frame>, RenderError> {
        let Self { renderer, settings, world, on_device, fixed_slices, .. } = self;
        let job = |frame, outputs| Job { world, settings, frame, outputs, left_out: &[], fixed_slices: *fixed_slices };
        let total = settings.pixels() as u64 * u64::from(settings.samples_per_pixel);
        let made = renderer.on_device(&mut Watch::new(progress, total), |engine, watch| {
            if !on_device.is_on(engine) {
                *on_device = ClipOnDevice::new(engine, world, settings)?;
            }
            let mut earlier = None;
            if let Some((before, outputs)) = before.filter(|_| !on_device.is_waiting()) {
                // It went with its device.
                earlier = Some(on_device.frame(&job(before, outputs), watch)?);
            }
            on_device.begin(&job(frame, wanted), watch)?;
            Ok(earlier.or_else(|| on_device.take_fetched()))
        })?;
        Ok(before.zip(made).map(|((before, _), made)| self.complete(before, made)))
    }

    /// The frame that was begun last.
    fn fetch(
        &mut self,
        frame: usize,
        wanted: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        let Self { renderer, settings, world, on_device, fixed_slices, .. } = self;
        let job = Job { world, settings, frame, outputs: wanted, left_out: &[], fixed_slices: *fixed_slices };
        let total = settings.pixels() as u64 * u64::from(settings.samples_per_pixel);
        let made = renderer.on_device(&mut Watch::new(progress, total), |engine, watch| {
            if !on_device.is_on(engine) {
                *on_device = ClipOnDevice::new(engine, world, settings)?;
            }
            if on_device.is_waiting() { on_device.await_frame(settings, watch) } else { on_device.frame(&job, watch) }
        })?;
        Ok(self.complete(frame, made))
    }
}
