//! Where frames come from: a GPU, or, in tests, a painter of flat pictures.

use std::ops::{ControlFlow, Range};

use raytruth_render::{DeviceOptions, Frame, Output, Prepared, Progress, RenderError, Renderer};
use serde_json::{Value, json};

use crate::estimate::estimate;

/// Renders clips, one at a time. The same scene and settings must give the same bytes. What can be recovered from (a lost device) the
/// source recovers from by itself.
pub trait FrameSource {
    /// What renders, for metadata's `renderer`.
    fn describe(&self) -> Value;

    /// About how many seconds the pictures of a clip will take; nothing on a GPU, or if it is soon done. `progress` is called in between and
    /// may break off.
    ///
    /// # Errors
    /// As [`Self::clip`] and [`FrameStream::frame`].
    fn estimate(
        &mut self,
        prepared: &Prepared,
        frames: u32,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Option<f64>, RenderError> {
        let _ = (prepared, frames, progress);
        Ok(None)
    }

    /// Takes a scene that was made ready on the host.
    ///
    /// # Errors
    /// Where it cannot be rendered.
    fn clip<'a>(&'a mut self, prepared: Prepared) -> Result<Box<dyn FrameStream + 'a>, RenderError>;
}

/// A scene ready to render.
pub trait FrameStream {
    /// Makes what is asked for of one frame; `progress` is called in between and may break off.
    ///
    /// # Errors
    /// [`RenderError::Cancelled`] where it was, else the device's troubles.
    fn frame(
        &mut self,
        index: u32,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError>;

    /// Makes what is asked for of each frame in turn; `take` gets each, and may break off too.
    ///
    /// # Errors
    /// As [`Self::frame`].
    fn frames(
        &mut self,
        frames: Range<u32>,
        outputs: &dyn Fn(u32) -> Vec<Output>,
        progress: &mut dyn FnMut(u32, Progress) -> ControlFlow<()>,
        take: &mut dyn FnMut(u32, Frame) -> ControlFlow<()>,
    ) -> Result<(), RenderError> {
        for index in frames {
            let made = self.frame(index, &outputs(index), &mut |p| progress(index, p))?;
            if take(index, made).is_break() {
                return Err(RenderError::Cancelled);
            }
        }
        Ok(())
    }

    /// One frame without some objects, by name: nothing else differs from [`Self::frame`].
    ///
    /// # Errors
    /// As [`Self::frame`], and where there is no such object.
    fn frame_without(
        &mut self,
        objects: &[&str],
        index: u32,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError>;
}

/// The path tracer.
pub struct GpuSource {
    renderer: Renderer,
}

impl GpuSource {
    /// Opens a device.
    ///
    /// # Errors
    /// Where there is none.
    pub fn open(options: &DeviceOptions) -> Result<Self, RenderError> {
        Ok(Self { renderer: Renderer::new(options)? })
    }

    /// Opens a device, as [`crate::generate`] asks for it.
    ///
    /// # Errors
    /// [`crate::Error::Device`] where there is none.
    pub fn boxed(options: &DeviceOptions) -> crate::Result<Box<dyn FrameSource>> {
        match Self::open(options) {
            Ok(source) => Ok(Box::new(source)),
            Err(error) => Err(crate::Error::Device(error.to_string())),
        }
    }

    /// The open renderer.
    #[must_use]
    pub fn renderer(&self) -> &Renderer {
        &self.renderer
    }
}

impl FrameSource for GpuSource {
    fn describe(&self) -> Value {
        let adapter = self.renderer.adapter();
        json!({
            "name": "raytruth-render",
            "version": env!("CARGO_PKG_VERSION"),
            "adapter": adapter.name,
            "backend": adapter.backend,
            "device_type": adapter.device_type,
            "driver": adapter.driver,
            "driver_info": adapter.driver_info,
        })
    }

    fn estimate(
        &mut self,
        prepared: &Prepared,
        frames: u32,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Option<f64>, RenderError> {
        if !self.renderer.adapter().is_software() {
            return Ok(None);
        }
        estimate(&self.renderer, prepared.scene(), prepared.settings(), frames, progress)
    }

    fn clip<'a>(&'a mut self, prepared: Prepared) -> Result<Box<dyn FrameStream + 'a>, RenderError> {
        Ok(Box::new(self.renderer.play(prepared)?))
    }
}

impl FrameStream for raytruth_render::ClipRenderer<'_> {
    fn frame(
        &mut self,
        index: u32,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        raytruth_render::ClipRenderer::frame(self, index as usize, outputs, progress)
    }

    fn frames(
        &mut self,
        frames: Range<u32>,
        outputs: &dyn Fn(u32) -> Vec<Output>,
        progress: &mut dyn FnMut(u32, Progress) -> ControlFlow<()>,
        take: &mut dyn FnMut(u32, Frame) -> ControlFlow<()>,
    ) -> Result<(), RenderError> {
        let range = frames.start as usize..frames.end as usize;
        let outputs = |index| outputs(index as u32);
        let mut progress = |index, p| progress(index as u32, p);
        raytruth_render::ClipRenderer::frames(self, range, &outputs, &mut progress, &mut |index, frame| take(index as u32, frame))
    }

    fn frame_without(
        &mut self,
        objects: &[&str],
        index: u32,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        raytruth_render::ClipRenderer::frame_without(self, objects, index as usize, outputs, progress)
    }
}
