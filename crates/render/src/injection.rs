//! Faults on order, for tests of what happens then.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What a device can do wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The device is destroyed, as if its driver had been reset.
    Lost,
    /// An allocation fails.
    OutOfMemory,
    /// The next submission is never seen to end, and the wait for it gives up after this time.
    Hang {
        /// How long somebody waits who believes in it.
        patience: Duration,
    },
}

/// One fault, at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Injected {
    /// During which activity, as errors name it: `tracing paths`.
    pub during: &'static str,
    /// How often that still goes well.
    pub after: u32,
    /// What happens then.
    pub fault: Fault,
}

/// The faults that are still to come, for all devices that a renderer opens one after the other. Empty outside of tests.
#[derive(Default)]
pub(crate) struct Injection {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    planned: Vec<Injected>,
    hangs: Option<Duration>,
}

impl Injection {
    pub(crate) fn plan(&self, faults: &[Injected]) {
        self.state().planned = faults.to_vec();
    }

    /// How many have not happened yet.
    pub(crate) fn left(&self) -> usize {
        self.state().planned.len()
    }

    /// Counts one step of an activity; the fault that is due with it.
    pub(crate) fn due(&self, activity: &str) -> Option<Fault> {
        let mut state = self.state();
        let next = state.planned.iter().position(|p| p.during == activity)?;
        let planned = &mut state.planned[next];
        if planned.after > 0 {
            planned.after -= 1;
            return None;
        }
        let fault = state.planned.remove(next).fault;
        if let Fault::Hang { patience } = fault {
            state.hangs = Some(patience);
        }
        Some(fault)
    }

    /// Whether the device plays dead, and how long to believe it.
    pub(crate) fn hangs(&self) -> Option<Duration> {
        self.state().hangs
    }

    /// A new device works.
    pub(crate) fn opened(&self) {
        self.state().hangs = None;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
