//! A walking camera's frame, from its own light and that of the frames before.

use std::sync::Arc;

use super::{ClipOnDevice, Job, entry, passes};
use crate::kernel_times::Recorder;
use crate::watch::Watch;
use crate::window::{Tracing, Window};
use crate::{RenderError, RenderSettings};

impl ClipOnDevice {
    /// Traces what a frame's window lacks of the frames before.
    pub(super) fn fill_window(&mut self, job: &Job<'_>, watch: &mut Watch<'_>) -> Result<(), RenderError> {
        let Some(kept) = &self.targets.window else { return Ok(()) };
        let [_, before @ ..] = job.tracing().window();
        let lacking: Vec<Tracing> = before.into_iter().rev().filter(|tracing| !kept.holds(*tracing)).collect();
        watch.precede(lacking.len());
        for tracing in lacking {
            let settings = RenderSettings { seed: tracing.seed(job.settings.seed), ..job.settings.clone() };
            let part = Job { frame: tracing.frame(), settings: &settings, outputs: &[], ..*job };
            let flight = self.trace(&part, watch)?;
            self.trailing = Some(flight);
            self.land(watch, true)?;
            watch.next();
            let scene = self.shown(&part)?;
            let engine = Arc::clone(&self.engine);
            let mut recorder = Recorder::new(&engine.gpu);
            self.first_hits(&part, &mut recorder, &scene)?;
            self.resolve(&part, &mut recorder)?;
            self.keep(&part, tracing, &mut recorder)?;
            engine.gpu.submit(recorder.finish(), "keeping a frame for the next");
        }
        Ok(())
    }

    /// Keeps what a frame's own paths found.
    pub(super) fn keep(&mut self, job: &Job<'_>, tracing: Tracing, recorder: &mut Recorder<'_>) -> Result<(), RenderError> {
        let pipeline = self.engine.kernel("window_keep", Vec::new())?;
        let targets = &self.targets;
        let Some(kept) = &targets.window else { return Ok(()) };
        let buffers = [
            (0, &self.params),
            (2, &targets.radiance),
            (3, &targets.albedo),
            (4, &targets.normal_depth),
            (5, &targets.pass_object_id),
        ];
        let layer = tracing.layer();
        let textures = [view(6, &kept.light_layers[layer]), view(7, &kept.guide_layers[layer])];
        let entries: Vec<_> = buffers.map(|(binding, buffer)| entry(binding, buffer)).into_iter().chain(textures).collect();
        recorder.dispatch("window_keep", &pipeline, &self.bind_group(&pipeline, &entries), passes::groups(job));
        if let Some(kept) = &mut self.targets.window {
            kept.tracings[layer] = Some(tracing);
        }
        Ok(())
    }

    /// Adds to a frame's light that of the frames before.
    pub(super) fn gather(
        &self,
        job: &Job<'_>,
        recorder: &mut Recorder<'_>,
        scene: &wgpu::TextureView,
        window: &Window,
    ) -> Result<(), RenderError> {
        let pipeline = self.engine.kernel("window", job.world.surface_defines())?;
        let targets = &self.targets;
        let Some(kept) = &targets.window else { return Ok(()) };
        self.engine.gpu.queue.write_buffer(&kept.uniform, 0, bytemuck::bytes_of(window));
        let entries = [
            entry(0, &self.params),
            view(1, scene),
            entry(2, &kept.uniform),
            view(3, &kept.light),
            view(4, &kept.guides),
            entry(5, &targets.albedo),
            entry(6, &targets.radiance),
        ];
        recorder.dispatch("window", &pipeline, &self.bind_group(&pipeline, &entries), passes::groups(job));
        Ok(())
    }
}

fn view(binding: u32, view: &wgpu::TextureView) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry { binding, resource: wgpu::BindingResource::TextureView(view) }
}
