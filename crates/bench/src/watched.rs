//! A source of frames that is watched: what the thread that renders does when, and the frames themselves, to be given again at once.

use std::collections::{BTreeMap, HashMap};
use std::ops::{ControlFlow, Range};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use raytruth_dataset::{Event, FrameSource, FrameStream, GpuSource, Observer};
use raytruth_render::{Frame, Output, Prepared, Progress, RenderError};
use serde_json::{Value, json};

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

/// Gives the frames that were kept, at once: a device without end.
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
        let found = self.frames.lock().frames.get(&key(self.seed, index, objects, outputs)).cloned();
        found.ok_or_else(|| RenderError::Scene(format!("frame {index} of the clip with seed {} was not kept", self.seed)))
    }
}

/// Time by name.
pub(crate) type Shares = BTreeMap<&'static str, f64>;

/// In how much of a window the device had work, and what the thread that renders did in the rest, as parts of the window. `run` is where it
/// waited for the run.
pub(crate) fn shares(log: &Log, (from, to): Stretch) -> (f64, Shares) {
    let whole = to.saturating_duration_since(from).as_secs_f64();
    let clipped = |(a, b): Stretch| (a.max(from), b.min(to));
    let within = |a: Stretch, b: Stretch| {
        let (start, end) = (a.0.max(b.0), a.1.min(b.1));
        end.saturating_duration_since(start).as_secs_f64()
    };
    let busy: Vec<Stretch> = log.busy.iter().map(|s| clipped(*s)).filter(|(a, b)| a < b).collect();
    let all_busy: f64 = busy.iter().map(|(a, b)| b.duration_since(*a).as_secs_f64()).sum();
    let mut shares = Shares::new();
    let mut told = 0.0;
    for (phase, stretch) in &log.phases {
        let stretch = clipped(*stretch);
        if stretch.0 >= stretch.1 {
            continue;
        }
        // Stretches are in order, so that those that overlap are few and together.
        let first = busy.partition_point(|(_, end)| *end <= stretch.0);
        let working: f64 = busy[first..].iter().take_while(|(start, _)| *start < stretch.1).map(|b| within(*b, stretch)).sum();
        let idle = (stretch.1.duration_since(stretch.0).as_secs_f64() - working).max(0.0);
        match phase {
            Phase::Opening => *shares.entry("opening clips").or_default() += idle,
            Phase::Handing => {
                *shares.entry("encoders").or_default() += idle;
                // It lies within rendering.
                *shares.entry("frames").or_default() -= idle;
                continue;
            }
            Phase::Rendering => *shares.entry("frames").or_default() += idle,
        }
        told += idle;
    }
    shares.insert("the run", (whole - all_busy - told).max(0.0));
    for share in shares.values_mut() {
        *share = (*share / whole).max(0.0);
    }
    (all_busy / whole, shares)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn idle_time_is_laid_to_what_the_renderer_did() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let stretch = |from, to| (at(from), at(to));
        let log = Log {
            // One clip from 10 to 90: opened until 20, frames handed over at 50 to 60.
            phases: vec![
                (Phase::Opening, stretch(10, 20)),
                (Phase::Handing, stretch(50, 60)),
                (Phase::Rendering, stretch(20, 90)),
            ],
            busy: vec![stretch(25, 50), stretch(55, 90)],
            ..Log::default()
        };
        let (busy, shares) = shares(&log, stretch(0, 100));
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
        assert!(near(busy, 0.6) && near(shares["opening clips"], 0.1) && near(shares["encoders"], 0.05), "{shares:?}");
        assert!(near(shares["frames"], 0.05) && near(shares["the run"], 0.2), "{shares:?}");
    }
}
