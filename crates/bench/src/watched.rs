//! A source of frames that is watched: what the thread that renders does when, and the frames themselves.

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use raytruth_dataset::{Event, FrameSource, FrameStream, GpuSource, Observer};
use raytruth_render::{Frame, Output, Prepared, Progress, RenderError};
use serde_json::Value;

/// What the thread that renders is at; between these it waits for the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// It makes a clip's buffers.
    Opening,
    /// It renders, or looks whether the clip may be rendered.
    Rendering,
    /// It hands a frame over, which waits for the encoder.
    Handing,
}

/// A stretch of time.
pub(crate) type Stretch = (Instant, Instant);

/// What a frame is known by: the clip's seed, its number, what was left out, whether it is a picture.
type Key = (u32, u32, Vec<String>, bool);

/// What was seen of a run.
#[derive(Default)]
pub(crate) struct Log {
    /// In their order.
    pub(crate) phases: Vec<(Phase, Stretch)>,
    /// When the device had work.
    pub(crate) busy: Vec<Stretch>,
    /// Paths that it traced in all.
    pub(crate) paths: u64,
    /// When each sample was written.
    pub(crate) done: Vec<Instant>,
    /// Index of the sample whose clip is rendered.
    current: u64,
    frames: HashMap<Key, Frame>,
}

/// A log that several threads write.
#[derive(Clone)]
pub(crate) struct Shared {
    log: Arc<Mutex<Log>>,
    /// Frames of samples below this index are kept.
    keep: u64,
}

impl Shared {
    pub(crate) fn new(keep: u64) -> Self {
        Self { log: Arc::default(), keep }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn timed<T>(&self, phase: Phase, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let made = work();
        self.lock().phases.push((phase, (start, Instant::now())));
        made
    }

    /// A frame that was kept.
    pub(crate) fn kept(&self, seed: u32, index: u32, objects: &[&str], outputs: &[Output]) -> Option<Frame> {
        self.lock().frames.get(&key(seed, index, objects, outputs)).cloned()
    }

    fn keep(&self, key: Key, frame: &Frame) {
        let mut log = self.lock();
        if log.current < self.keep {
            log.frames.insert(key, frame.clone());
        }
    }
}

impl Observer for Shared {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::ClipStarted { task_id, .. } => {
                let index = task_id.rsplit('_').next().and_then(|digits| digits.parse().ok());
                self.lock().current = index.unwrap_or(u64::MAX);
            }
            Event::SampleDone { .. } => self.lock().done.push(Instant::now()),
            _ => {}
        }
    }
}

/// A device that is watched.
pub(crate) struct Watched {
    pub(crate) source: GpuSource,
    pub(crate) shared: Shared,
}

impl Drop for Watched {
    fn drop(&mut self) {
        let renderer = self.source.renderer();
        let mut log = self.shared.lock();
        log.busy.extend(renderer.busy());
        log.paths = renderer.traced_paths();
    }
}

impl FrameSource for Watched {
    fn describe(&self) -> Value {
        self.source.describe()
    }

    fn clip<'a>(&'a mut self, prepared: Prepared) -> Result<Box<dyn FrameStream + 'a>, RenderError> {
        let seed = prepared.settings().seed;
        let Self { source, shared } = self;
        let clip = shared.timed(Phase::Opening, || source.clip(prepared))?;
        Ok(Box::new(WatchedClip { clip, shared, seed }))
    }
}

struct WatchedClip<'a> {
    clip: Box<dyn FrameStream + 'a>,
    shared: &'a Shared,
    seed: u32,
}

fn key(seed: u32, index: u32, objects: &[&str], outputs: &[Output]) -> Key {
    (seed, index, objects.iter().map(|o| (*o).to_owned()).collect(), outputs.iter().any(|o| o.is_picture()))
}

impl FrameStream for WatchedClip<'_> {
    fn frame(
        &mut self,
        index: u32,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        let made = self.shared.timed(Phase::Rendering, || self.clip.frame(index, outputs, progress))?;
        self.shared.keep(key(self.seed, index, &[], outputs), &made);
        Ok(made)
    }

    fn frames(
        &mut self,
        frames: Range<u32>,
        outputs: &dyn Fn(u32) -> Vec<Output>,
        progress: &mut dyn FnMut(u32, Progress) -> ControlFlow<()>,
        take: &mut dyn FnMut(u32, Frame) -> ControlFlow<()>,
    ) -> Result<(), RenderError> {
        let (shared, seed) = (self.shared, self.seed);
        shared.timed(Phase::Rendering, || {
            self.clip.frames(frames, outputs, progress, &mut |index, frame| {
                shared.keep(key(seed, index, &[], &outputs(index)), &frame);
                shared.timed(Phase::Handing, || take(index, frame))
            })
        })
    }

    fn frame_without(
        &mut self,
        objects: &[&str],
        index: u32,
        outputs: &[Output],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frame, RenderError> {
        let made = self.shared.timed(Phase::Rendering, || self.clip.frame_without(objects, index, outputs, progress))?;
        self.shared.keep(key(self.seed, index, objects, outputs), &made);
        Ok(made)
    }
}
