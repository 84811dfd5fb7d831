//! Frames that were rendered before, given again at once: a device without end.

use std::ops::ControlFlow;

use raytruth_dataset::{FrameSource, FrameStream};
use raytruth_render::{Frame, Output, Prepared, Progress, RenderError};
use serde_json::{Value, json};

use crate::watched::Shared;

/// Gives what was kept.
pub(crate) struct Replay(pub(crate) Shared);

impl FrameSource for Replay {
    fn describe(&self) -> Value {
        json!({"name": "frames that were rendered before"})
    }

    fn clip<'a>(&'a mut self, prepared: Prepared) -> Result<Box<dyn FrameStream + 'a>, RenderError> {
        Ok(Box::new(ReplayedClip { frames: &self.0, seed: prepared.settings().seed }))
    }
}

struct ReplayedClip<'a> {
    frames: &'a Shared,
    seed: u32,
}

impl FrameStream for ReplayedClip<'_> {
    fn frame(
        &mut self,
        index: u32,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        self.frame_without(&[], index, outputs, progress)
    }

    fn frame_without(
        &mut self,
        objects: &[&str],
        index: u32,
        outputs: &[Output],
        _: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        let found = self.frames.kept(self.seed, index, objects, outputs);
        found.ok_or_else(|| RenderError::Scene(format!("frame {index} of the clip with seed {} was not kept", self.seed)))
    }
}
