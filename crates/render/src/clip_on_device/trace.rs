//! The paths of a frame, summed up on the device.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::{ClipOnDevice, Job};
use crate::ahead::Step;
use crate::engine::Engine;
use crate::frame_params::Control;
use crate::kernel_times::Recorder;
use crate::schedule::Schedule;
use crate::watch::Watch;
use crate::world::World;
use crate::{RenderError, targets};

const ACTIVITY: &str = "tracing paths";

impl ClipOnDevice {
    /// Hands over the frame's paths, in submissions short enough to be interrupted between; the last ones may still run.
    pub(super) fn trace(&mut self, job: &Job<'_>, watch: &mut Watch<'_>) -> Result<Flight, RenderError> {
        let Job { world, settings, frame, left_out, fixed_slices, .. } = *job;
        let span = world.span(frame);
        self.still_part.take_if(|still| still.span != span);
        let pipeline = match &self.other_paths {
            Some(other) => Arc::clone(other),
            None => self.engine.kernel("path", self.path_defines(world))?,
        };
        let engine = Arc::clone(&self.engine);
        let gpu = &engine.gpu;
        let groups = match &self.still_part {
            Some(still) => still.count.div_ceil(64),
            None => settings.width.div_ceil(8) * settings.height.div_ceil(8),
        };
        let samples = u64::from(settings.samples_per_pixel);
        let mut flight = Flight::new(&engine, self.targets.pixels * samples, u64::from(groups) * samples);
        let advise = |e: RenderError| e.advise(|| targets::advice(settings));
        let moments = world.exposure.moments(frame);
        // A clip begins, or goes on: a frame that is asked for alone needs nothing built for the next.
        let in_a_row = frame.checked_sub(1) == self.traced;
        self.traced = Some(frame);
        let following = (in_a_row && frame + 1 < world.frames()).then(|| world.exposure.moments(frame + 1).swap_remove(0));
        for (i, moment) in moments.iter().enumerate() {
            let start = Instant::now();
            let step = Step::new(frame, moment, settings.seed);
            let built = if left_out.is_empty() {
                let after = moments.get(i + 1).map(|m| Step::new(frame, m, settings.seed));
                let after = after.or_else(|| following.as_ref().map(|m| Step::new(frame + 1, m, settings.seed)));
                self.ahead.take(world, step, after)
            } else {
                world.moment(frame, moment.time, settings.seed, left_out)
            };
            let (texels, took) = (built.texels.len(), start.elapsed().as_secs_f64() * 1e3);
            log::debug!("frame {frame} at {:.4}: {texels} texels in {took:.1} ms", moment.time);
            flight.others_worked();
            let scene = self.send(world, &built)?;
            if moment.samples.start == 0 {
                self.clear_sums();
            }
            if groups == 0 {
                // Whatever moves, nobody sees it.
                watch.tell(self.targets.pixels * samples)?;
                return Ok(flight);
            }
            let bindings = self.bind_path(&pipeline, &scene);
            let mut schedule = Schedule::new(groups, moment.samples.len() as u32, fixed_slices);
            // One submission runs while the next is prepared.
            while let Some(slice) = schedule.next(&engine.pace) {
                let control = Control {
                    first_group: slice.first_group,
                    first_sample: moment.samples.start + slice.first_sample,
                    sample_count: slice.samples,
                    ..built.control
                };
                gpu.queue.write_buffer(&self.control, 0, bytemuck::bytes_of(&control));
                let mut recorder = Recorder::new(gpu);
                recorder.dispatch("path", &pipeline, &bindings, [slice.groups, 1]);
                let submission = gpu.submit(recorder.finish(), ACTIVITY);
                // While the device is at work, the frame before comes over.
                self.fetch(settings, watch)?;
                let share = u64::from(slice.groups) * u64::from(slice.samples);
                if let Some(time) = flight.follow(submission, share, watch).map_err(advise)? {
                    engine.pace.measured(time);
                }
            }
        }
        let paths = self.still_part.as_ref().map_or(self.targets.pixels * samples, |still| still.paths);
        engine.traced.fetch_add(paths, Ordering::Relaxed);
        // Before other work is blamed.
        gpu.check(ACTIVITY).map_err(advise)?;
        Ok(flight)
    }

    /// Whether later frames can do without what a frame's paths found. S of the scene without something is of no use later.
    pub(super) fn wants_still_part(&self, job: &Job<'_>) -> bool {
        self.still_part.is_none() && job.world.has_still_part(job.world.span(job.frame)) && job.left_out.is_empty()
    }

    /// Waits until the paths are traced of the frame that waits. `told`: whether they are those of who watches.
    pub(super) fn land(&mut self, watch: &mut Watch<'_>, told: bool) -> Result<(), RenderError> {
        if let Some(flight) = self.trailing.take()
            && let Some(time) = flight.land(watch, told)?
        {
            self.engine.pace.measured(time);
        }
        Ok(())
    }

    /// What the path kernel is composed with: S is left out where it is known.
    fn path_defines(&self, world: &World) -> Vec<&'static str> {
        let mut defines = world.defines.clone();
        defines.extend(self.still_part.is_some().then_some("DYNAMIC_ONLY"));
        defines
    }

    fn bind_path(&self, pipeline: &wgpu::ComputePipeline, scene: &wgpu::TextureView) -> wgpu::BindGroup {
        let targets = &self.targets;
        let mut buffers = vec![(0, &self.params), (2, &self.control), (4, &targets.dynamic_sums), (5, &targets.dynamic_paths)];
        match &self.still_part {
            Some(still) => buffers.extend(still.pixels.iter().map(|pixels| (6, pixels))),
            None => {
                buffers.push((3, &targets.static_sums));
                buffers.extend(targets.static_groups.iter().map(|groups| (7, groups)));
            }
        }
        self.bind(pipeline, scene, &buffers)
    }

    /// Sets D to nothing, and S too where it is not known.
    fn clear_sums(&self) {
        let (gpu, targets) = (&self.engine.gpu, &self.targets);
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("clear") });
        encoder.clear_buffer(&targets.dynamic_sums, 0, None);
        if self.still_part.is_none() {
            encoder.clear_buffer(&targets.static_sums, 0, None);
            if let Some(groups) = &targets.static_groups {
                encoder.clear_buffer(groups, 0, None);
            }
            encoder.clear_buffer(&targets.dynamic_paths, 0, None);
        }
        gpu.submit(encoder.finish(), ACTIVITY);
    }
}

/// A frame's submissions: one runs while the next is prepared.
pub(super) struct Flight {
    engine: Arc<Engine>,
    /// Paths of the frame.
    total: u64,
    /// The same in groups times samples, and how many of these are done.
    work: u64,
    done: u64,
    /// The submission that runs, and its share of the work.
    last: Option<(wgpu::SubmissionIndex, u64)>,
    /// Since when it has been waited for; absent where other work came in between.
    mark: Option<Instant>,
}

impl Flight {
    fn new(engine: &Arc<Engine>, total: u64, work: u64) -> Self {
        Self { engine: Arc::clone(engine), total, work, done: 0, last: None, mark: Some(Instant::now()) }
    }

    /// The time until the next submission ends says nothing of it.
    fn others_worked(&mut self) {
        self.mark = None;
    }

    /// Adds a submission and waits for the one before; tells how long that took, where it is known.
    fn follow(
        &mut self,
        submission: wgpu::SubmissionIndex,
        share: u64,
        watch: &mut Watch<'_>,
    ) -> Result<Option<Duration>, RenderError> {
        let before = self.last.replace((submission, share));
        self.wait(before, watch, true)
    }

    /// Waits for the last one; tells how long that took, where it is known. `told`: whether the paths are those of who watches.
    fn land(mut self, watch: &mut Watch<'_>, told: bool) -> Result<Option<Duration>, RenderError> {
        let last = self.last.take();
        self.wait(last, watch, told)
    }

    fn wait(
        &mut self,
        submission: Option<(wgpu::SubmissionIndex, u64)>,
        watch: &mut Watch<'_>,
        told: bool,
    ) -> Result<Option<Duration>, RenderError> {
        let Some((submission, share)) = submission else {
            self.mark = Some(Instant::now());
            return Ok(None);
        };
        self.engine.gpu.wait(&submission, ACTIVITY, watch)?;
        let time = self.mark.replace(Instant::now()).map(|mark| mark.elapsed());
        self.done += share;
        // Who breaks off here leaves a submission behind; what comes next waits its turn on the device.
        if told {
            watch.tell((u128::from(self.total) * u128::from(self.done) / u128::from(self.work)) as u64)?;
        }
        Ok(time)
    }
}
