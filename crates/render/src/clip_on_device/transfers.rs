//! What goes to the device and comes back, by itself: for measurements.

use std::sync::Arc;
use std::time::Instant;

use super::{ClipOnDevice, SENDING};
use crate::RenderError;
use crate::internals::Transfers;
use crate::readback::Reading;
use crate::watch::Watch;
use crate::world::{FrameWorld, World};

impl ClipOnDevice {
    /// How long it takes to send a frame and to read a picture back.
    pub(crate) fn transfers(
        &mut self,
        world: &World,
        built: &FrameWorld,
        watch: &mut Watch<'_>,
    ) -> Result<Transfers, RenderError> {
        let engine = Arc::clone(&self.engine);
        let idle = |watch: &mut Watch<'_>| -> Result<(), RenderError> {
            let encoder = engine.gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
            let last = engine.gpu.submit(encoder.finish(), SENDING);
            engine.gpu.wait(&last, SENDING, watch)
        };
        let mut timed = |work: &mut dyn FnMut(&mut Self, &mut Watch<'_>) -> Result<(), RenderError>| {
            let start = Instant::now();
            work(self, watch).map(|()| start.elapsed().as_secs_f64())
        };
        let mut send = |clip: &mut Self, watch: &mut Watch<'_>| clip.send(world, built).and_then(|_| idle(watch));
        // The first one sends what is the same in all frames too, or makes the buffers that later ones find.
        let [_, frame] = [timed(&mut send)?, timed(&mut send)?];
        let mut spare = Vec::new();
        let mut read = |clip: &mut Self, watch: &mut Watch<'_>| {
            let reading = Reading::begin(&engine.gpu, &mut spare, &[clip.targets.post.rgb()])?;
            let mut copy = Vec::new();
            spare = reading.end(&engine.gpu, watch, |_, bytes| copy.extend_from_slice(bytes))?;
            Ok(())
        };
        let [_, picture] = [timed(&mut read)?, timed(&mut read)?];
        let bytes = size_of_val(built.texels.as_slice()) as u64;
        Ok(Transfers { frame: (bytes, frame), picture: (self.targets.post.rgb().size(), picture) })
    }
}
