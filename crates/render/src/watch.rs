use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::{Progress, RenderError};

/// Somebody who waits for a frame: hears how far it is, and may break off.
pub(crate) struct Watch<'a> {
    progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    now: Progress,
    /// What the frame itself takes, and what was done before it.
    own: u64,
    before: u64,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>, total: u64) -> Self {
        Self { progress, now: Progress { done: 0, total }, own: total, before: 0 }
    }

    /// So many others are made before the frame, each as much work.
    pub(crate) fn precede(&mut self, others: usize) {
        self.now = Progress { done: 0, total: self.own * (1 + others as u64) };
        self.before = 0;
    }

    /// One of them is made.
    pub(crate) fn next(&mut self) {
        self.before += self.own;
    }

    /// Tells that so much is done of the one that is made.
    pub(crate) fn tell(&mut self, done: u64) -> Result<(), RenderError> {
        self.now.done = self.before + done;
        self.ask()
    }

    /// Tells the same again, to learn whether to go on.
    ///
    /// # Errors
    /// [`RenderError::Cancelled`] where not.
    pub(crate) fn ask(&mut self) -> Result<(), RenderError> {
        if (self.progress)(self.now).is_break() { Err(RenderError::Cancelled) } else { Ok(()) }
    }

    /// Sleeps, but for the questions.
    pub(crate) fn pause(&mut self, pause: Duration) -> Result<(), RenderError> {
        let since = Instant::now();
        while since.elapsed() < pause {
            self.ask()?;
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

/// For work that nobody watches.
pub(crate) fn unwatched<T>(work: impl FnOnce(&mut Watch<'_>) -> T) -> T {
    work(&mut Watch::new(&mut |_| ControlFlow::Continue(()), 0))
}
