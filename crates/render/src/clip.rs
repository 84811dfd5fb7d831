mod frames;

use std::ops::ControlFlow;
use std::sync::Arc;

use raytruth_scene::Painted;

use crate::clip_on_device::{ClipOnDevice, Cut, Job};
use crate::watch::Watch;
use crate::world::World;
use crate::{Frame, KernelTime, Output, Prepared, Progress, RenderError, RenderSettings, Renderer};

/// A scene on the device, ready to render any of its frames.
///
/// Where the camera stands still, the clip is cut into spans, and what is the same in all frames of one is traced once: the sums over those
/// paths that come near nothing that changes are kept from the first frame rendered of it, one for each group of lights that change their
/// power together, and so is the last frame for when nothing has changed at all. All give the very bits that rendering afresh would. Frames
/// in their order cost least.
///
/// Where the camera moves and noise is filtered, a frame is the mean of what its own paths found and those of the four frames before on the same
/// surfaces. A frame by itself then costs five; in their order each costs one, and the first five.
pub struct ClipRenderer<'r> {
    renderer: &'r Renderer,
    settings: RenderSettings,
    pub(crate) world: Arc<World>,
    pub(crate) on_device: ClipOnDevice,
    /// The last picture, without passes.
    last: Option<(usize, Frame)>,
    /// Each overlay as it is laid over, drawn once.
    overlays: Vec<Painted>,
    /// Groups and samples per dispatch, for tests.
    pub(crate) fixed_slices: Option<Cut>,
}

impl<'r> ClipRenderer<'r> {
    pub(crate) fn new(renderer: &'r Renderer, prepared: Prepared) -> Result<Self, RenderError> {
        let Prepared { settings, world, overlays, ahead } = prepared;
        let mut quiet = |_: Progress| ControlFlow::Continue(());
        let mut on_device =
            renderer.on_device(&mut Watch::new(&mut quiet, 0), |engine, _| ClipOnDevice::new(engine, &world, &settings))?;
        on_device.ahead = ahead;
        Ok(Self { renderer, settings, world, on_device, last: None, overlays, fixed_slices: None })
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

    /// What part of the paths is traced anew for every frame of the span that was rendered last, those that come near something that changes:
    /// 1 before a frame was rendered, in a span of one frame, and where the camera moves.
    #[must_use]
    pub fn traced_share(&self) -> f64 {
        let all = self.settings.pixels() as f64 * f64::from(self.settings.samples_per_pixel);
        self.on_device.dynamic_paths().map_or(1.0, |paths| paths as f64 / all)
    }

    /// Makes what is asked for of frame `frame` (counted from 0; what the last frame shows holds after the end), and nothing else: the rest
    /// of the result is empty. Calls `progress` between submissions to the device and while it waits for one, several times a second;
    /// `Break` stops.
    ///
    /// Where the device is lost, the frame begins anew on one that was opened again, and so does its progress.
    ///
    /// # Errors
    /// [`RenderError::Cancelled`] where `progress` broke off; [`RenderError::GaveUp`] where the device fails again and again; else
    /// its other troubles.
    pub fn frame(
        &mut self,
        frame: usize,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        self.make(frame, outputs, &[], progress)
    }

    /// The same without some objects, by their names. Nothing else differs: every choice that is made for the clip, and every random
    /// number, is the one of [`Self::frame`]. Costs a whole frame, and the next picture another.
    ///
    /// # Errors
    /// As [`Self::frame`], and [`RenderError::Scene`] for a name that no object has.
    pub fn frame_without(
        &mut self,
        objects: &[&str],
        frame: usize,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        let scene = self.world.scene();
        let index = |name: &&str| {
            scene.object_index(name).ok_or_else(|| RenderError::Scene(format!("it has no object {name:?} to be left out")))
        };
        let left_out = objects.iter().map(index).collect::<Result<Vec<_>, _>>()?;
        self.make(frame, outputs, &left_out, progress)
    }

    fn make(
        &mut self,
        frame: usize,
        outputs: &[Output],
        left_out: &[usize],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        let known = self.known(frame, outputs).filter(|_| left_out.is_empty());
        let (known, wanted): (Frame, Vec<Output>) = match known {
            Some(known) => (known, outputs.iter().copied().filter(|o| !o.is_picture()).collect()),
            None => (self.empty(), outputs.to_vec()),
        };
        let traces = wanted.iter().any(|o| o.is_picture());
        let mut made = if wanted.is_empty() {
            self.empty()
        } else {
            let Self { renderer, settings, world, on_device, fixed_slices, .. } = self;
            let total = if traces { settings.pixels() as u64 * u64::from(settings.samples_per_pixel) } else { 0 };
            let job = Job { world, settings, frame, outputs: &wanted, left_out, fixed_slices: *fixed_slices };
            renderer.on_device(&mut Watch::new(progress, total), |engine, watch| {
                if !on_device.is_on(engine) {
                    *on_device = ClipOnDevice::new(engine, world, settings)?;
                }
                on_device.frame(&job, watch)
            })?
        };
        if left_out.is_empty() && traces {
            return Ok(self.complete(frame, made));
        }
        self.lay_over(frame, &mut made);
        if traces {
            self.last = None;
        } else {
            (made.rgb, made.radiance) = (known.rgb, known.radiance);
        }
        Ok(made)
    }

    /// Lays over a frame what lies over it, and keeps its picture for when nothing changes.
    fn complete(&mut self, frame: usize, mut made: Frame) -> Frame {
        self.lay_over(frame, &mut made);
        let (rgb, radiance) = (made.rgb.clone(), made.radiance.clone());
        self.last = Some((frame, Frame { rgb, radiance, ..self.empty() }));
        made
    }

    /// The last picture, if it is the one of this frame and has what is asked for.
    fn known(&self, frame: usize, outputs: &[Output]) -> Option<Frame> {
        let (last, picture) = self.last.as_ref()?;
        let [rgb, radiance] = [Output::Rgb, Output::Radiance].map(|o| outputs.contains(&o));
        let enough = (!rgb || !picture.rgb.is_empty()) && (!radiance || !picture.radiance.is_empty());
        if !(enough && self.world.same(*last, frame)) {
            return None;
        }
        let rgb = if rgb { picture.rgb.clone() } else { Vec::new() };
        let radiance = if radiance { picture.radiance.clone() } else { Vec::new() };
        Some(Frame { rgb, radiance, ..self.empty() })
    }

    fn empty(&self) -> Frame {
        Frame { width: self.settings.width, height: self.settings.height, ..Frame::default() }
    }

    /// Lays the scene's overlays over a finished frame, and their ids over those of objects.
    fn lay_over(&self, frame: usize, made: &mut Frame) {
        let width = self.settings.width as usize;
        for (overlay, painted) in self.world.scene().overlays.iter().zip(&self.overlays) {
            let opacity = overlay.opacity.at(frame);
            if opacity == 0.0 {
                continue;
            }
            if !made.rgb.is_empty() {
                painted.over(&mut made.rgb, width, opacity);
            }
            if !made.passes.object_id.is_empty() {
                for (at, pixel) in painted.places(width).zip(&painted.pixels) {
                    if opacity * pixel.w >= 0.5 {
                        made.passes.object_id[at] = overlay.id;
                    }
                }
            }
        }
    }

    /// As if the scene had been prepared with another seed.
    #[cfg(test)]
    pub(crate) fn reseed(&mut self, seed: u32) {
        self.settings.seed = seed;
        self.last = None;
        self.on_device.forget_still_part();
    }
}
