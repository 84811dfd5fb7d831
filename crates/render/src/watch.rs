use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::{Progress, RenderError};

/// Somebody who waits for a frame: hears how far it is, and may break off.
pub(crate) struct Watch<'a> {
    progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    now: Progress,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>, total: u64) -> Self {
        Self { progress, now: Progress { done: 0, total } }
    }

    /// Tells that so much is done.
    pub(crate) fn tell(&mut self, done: u64) -> Result<(), RenderError> {
        self.now.done = done;
        self.ask()
    }

    /// Tells the same again, to learn whether to go on.
    ///
    /// # Errors
    /// [`RenderError::Cancelled`] where not.
    pub(crate) fn ask(&mut self) -> Result<(), RenderError> {
        if (self.progress)(self.now).is_break() { Err(RenderError::Cancelled) } else { Ok(()) }
    }

    /// [`Self::ask`] for who watches a part of the work.
    pub(crate) fn again(&mut self) -> ControlFlow<()> {
        (self.progress)(self.now)
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
