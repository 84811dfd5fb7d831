//! The run loop: draw and bake ahead | render | encode, score and write behind, with bounded queues between.

mod settle;
mod shoot;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use std::{fs, thread};

use raytruth_render::unfound_light;
use raytruth_task::{Episode, Task, TaskInfo};
use serde_json::{Value, json};

use crate::draw::{Reasons, draw, next_look, task_id};
use crate::finish::Next;
use crate::judge::Judge;
use crate::lock::RangeLock;
use crate::queue::Queue;
use crate::resume::{Standing, standing};
use crate::runlog::{RunLog, Stages};
use crate::sample::{Ready, Refused, Sample, Shot};
use crate::settings::Settings;
use crate::source::FrameSource;
use crate::staging::sweep;
use crate::{Error, Event, Observer, Result};
pub use settle::Summary;

/// What all stages share.
pub(crate) struct Run<'a> {
    pub(crate) task: &'a dyn Task,
    pub(crate) settings: &'a Settings,
    pub(crate) judge: &'a dyn Judge,
    pub(crate) observer: &'a dyn Observer,
    pub(crate) renderer: Value,
    pub(crate) encoder: Value,
    /// Set from outside.
    stop: &'a AtomicBool,
    /// Set from inside, with `fault`.
    halt: AtomicBool,
    fault: Mutex<Option<Error>>,
    queue: Queue<Ready>,
    summary: Mutex<Summary>,
    log: RunLog,
}

/// A clip on its way from the renderer.
struct Sequence {
    sample: Box<Sample>,
    shots: Receiver<Result<Shot, Refused>>,
}

/// Makes the samples that are not there yet. `open` is called only where something has to be rendered.
///
/// # Errors
/// What keeps the run from going on; finished samples are whole in any case. Samples that cannot be made are no error here but
/// stand in [`Summary::failed`].
pub fn generate(
    task: &dyn Task,
    settings: &Settings,
    judge: &dyn Judge,
    open: impl FnOnce() -> Result<Box<dyn FrameSource>>,
    observer: &dyn Observer,
    stop: &AtomicBool,
) -> Result<Summary> {
    let start = Instant::now();
    let info = task.info();
    settings.validate(task)?;
    let folder = settings.output.join(format!("{}_task", info.domain));
    fs::create_dir_all(&folder).map_err(|e| Error::io("create folder", &folder, e))?;
    let _range = RangeLock::acquire(&settings.output, info.domain, &settings.range())?;
    sweep(&settings.output, info.domain, &settings.range())?;
    let missing = missing(settings, &folder, info, observer, stop)?;
    let present = settings.num_samples - missing.len() as u64;
    observer.event(Event::Planned { total: settings.num_samples, whole: present, folder: &folder });
    if missing.is_empty() {
        return Ok(Summary { present, seconds: start.elapsed().as_secs_f64(), ..Summary::default() });
    }

    let mut source = open()?;
    let encoder = if settings.video {
        let versions = raytruth_video::library_versions().map_err(|e| Error::video(&folder, e))?;
        serde_json::to_value(versions).map_err(|e| Error::Internal(e.to_string()))?
    } else {
        Value::Null
    };
    let run = Run {
        task,
        settings,
        judge,
        observer,
        renderer: source.describe(),
        encoder,
        stop,
        halt: AtomicBool::new(false),
        fault: Mutex::new(None),
        queue: Queue::new(missing.len() as u64, settings.threads.clamp(2, 8)),
        summary: Mutex::new(Summary { present, ..Summary::default() }),
        log: RunLog::open(settings, info.domain)?,
    };
    run.log.line(json!({
        "event": "run",
        "domain": info.domain,
        "version": crate::VERSION,
        "seed": settings.seed,
        "range": [settings.range().start, settings.range().end],
        "split": settings.split,
        "settings": settings.difficulty.occurring().iter().map(|&d| settings.recipe(d)).collect::<Vec<_>>(),
        "renderer": run.renderer,
        "encoder": run.encoder,
        "to_make": missing.len(),
    }));
    run.stages(&missing, source.as_mut());
    run.end(start)
}

/// Indices that have to be made, and says which folders are replaced and why.
fn missing(settings: &Settings, folder: &Path, info: &TaskInfo, observer: &dyn Observer, stop: &AtomicBool) -> Result<Vec<u64>> {
    let mut missing = Vec::new();
    for index in settings.range() {
        if stop.load(Ordering::Relaxed) {
            return Err(Error::Interrupted);
        }
        let task_id = task_id(info.domain, index);
        match standing(&folder.join(&task_id), settings, info, index) {
            Standing::Whole => continue,
            Standing::Absent => {}
            Standing::OtherPart(part) => {
                return Err(Error::Usage(format!(
                    "{task_id} in {} belongs to another part (--split) of a dataset: {part}; give each part a folder of its own",
                    folder.display()
                )));
            }
            Standing::Stale(why) => observer.event(Event::Remade { task_id: &task_id, why: &why }),
        }
        missing.push(index);
    }
    Ok(missing)
}

impl Run<'_> {
    /// Runs all stages to the end, or to the first fault.
    fn stages(&self, missing: &[u64], source: &mut dyn FrameSource) {
        let (next, exhausted) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (to_finish, sequences) = sync_channel::<Sequence>(1);
        let sequences = Mutex::new(sequences);
        thread::scope(|scope| {
            for _ in 0..self.settings.threads.clamp(1, 64) {
                scope.spawn(|| self.guarded(|| self.draw_ahead(missing, &next, &exhausted)));
            }
            // Two at least: one writes while the other takes frames.
            for _ in 0..self.settings.threads.clamp(2, 64) {
                scope.spawn(|| self.finish_behind(&sequences));
            }
            self.guarded(|| self.render(source, &to_finish, missing.len() as u64));
            // Whatever ended the rendering, nobody may wait for it.
            self.queue.close();
            drop(to_finish);
        });
    }

    /// Runs a stage; a panic in it ends the run with an error instead of leaving the others to wait for ever.
    fn guarded(&self, stage: impl FnOnce() -> Result<()>) {
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(stage));
        let fault = match result {
            Ok(Ok(())) => return,
            Ok(Err(error)) => error,
            Err(_) => Error::Internal("a part of the program panicked; its message is above".into()),
        };
        let mut slot = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        // The first fault is the cause; what follows are its consequences.
        slot.get_or_insert(fault);
        drop(slot);
        self.halt.store(true, Ordering::Relaxed);
        self.queue.close();
    }

    /// Whether to wind down.
    pub(crate) fn stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.halt.load(Ordering::Relaxed)
    }

    /// Whether a fault ended the run: then nothing more is written, while a mere stop lets what is rendered be finished.
    pub(crate) fn halted(&self) -> bool {
        self.halt.load(Ordering::Relaxed)
    }

    /// First stage: problems and their first looks.
    fn draw_ahead(&self, missing: &[u64], next: &AtomicUsize, exhausted_so_far: &AtomicUsize) -> Result<()> {
        while let Some(&index) = missing.get(next.fetch_add(1, Ordering::Relaxed)) {
            if self.stopping() {
                break;
            }
            let started = Instant::now();
            let drawn = match draw(self.task, self.settings, index, &|| self.stopping()) {
                Ok(Some(drawn)) => drawn,
                Ok(None) => break,
                Err(exhausted) => {
                    let task_id = task_id(self.task.info().domain, index);
                    let stages = Stages { draw: started.elapsed(), ..Stages::default() };
                    self.give_up(&task_id, &exhausted.why, &exhausted.rejections, &Reasons::new(), stages);
                    // One unlucky sample is no reason to stop; a run of nothing else is a task that cannot do what it is set to.
                    if exhausted_so_far.fetch_add(1, Ordering::Relaxed) >= 2 && self.made() == 0 {
                        return Err(Error::Impossible(exhausted.why));
                    }
                    continue;
                }
            };
            let mut stages = Stages { draw: started.elapsed(), ..Stages::default() };
            let mut refused = Reasons::new();
            let dressing = Instant::now();
            let look = next_look(&drawn, self.task, self.settings, 1, &mut refused);
            stages.look = dressing.elapsed();
            let dressed = match look {
                Ok(taken) => taken,
                Err(why) => {
                    self.give_up(&drawn.task_id, &why, &drawn.rejections, &refused, stages);
                    continue;
                }
            };
            self.warn(&drawn.task_id, &dressed.episode);
            let sample = Sample::new(drawn, dressed, refused, stages, started);
            if !self.queue.put(index, Ready::new(Box::new(sample), self.settings)?) {
                break;
            }
        }
        Ok(())
    }

    /// Says what a renderer will not show of a first look.
    fn warn(&self, task_id: &str, episode: &Episode) {
        let clip = &episode.clip;
        if let Some(unfound) = unfound_light(&episode.scene, 0..clip.frames, (clip.width, clip.height)) {
            let what = unfound.to_string();
            self.log.line(json!({"event": "warning", "task_id": task_id, "what": what}));
            self.observer.event(Event::Warned { task_id, what: &what });
        }
    }

    /// Third stage: one of some threads that encode, score and write. After a fault it goes on taking what comes, so that the
    /// renderer never waits for somebody who is gone.
    fn finish_behind(&self, sequences: &Mutex<Receiver<Sequence>>) {
        loop {
            let next = sequences.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(sequence) = next else { return };
            self.guarded(|| self.finish_one(sequence));
        }
    }

    fn finish_one(&self, Sequence { sample, shots }: Sequence) -> Result<()> {
        if self.halted() {
            return Ok(());
        }
        let own = |s: &Stages| s.encode + s.score + s.write + s.look;
        let (start, before) = (Instant::now(), own(&sample.stages));
        // What this stage did not spend itself it waited for the renderer.
        let account = |sample: &mut Sample| {
            let spent = own(&sample.stages).saturating_sub(before);
            sample.stages.render += start.elapsed().saturating_sub(spent);
        };
        match self.finish(sample, &shots)? {
            Next::Again(mut sample) => {
                account(&mut sample);
                self.queue.put_again(Ready::new(sample, self.settings)?);
            }
            Next::Done(mut sample, taken) => {
                account(&mut sample);
                self.done(&sample, taken.points);
            }
            Next::GivenUp(mut sample, why) => {
                account(&mut sample);
                // Nothing of it stays, not even for the moment until it is dropped.
                sample.staging = None;
                self.give_up(&sample.drawn.task_id, &why, &sample.drawn.rejections, &sample.refused, sample.stages);
            }
            Next::Dropped => {}
        }
        Ok(())
    }
}
