//! What waits for the GPU: samples drawn ahead (bounded), and samples that need another clip.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A bounded queue that knows when nothing more can come.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    /// Most items drawn ahead.
    ahead: usize,
}

struct State<T> {
    /// Drawn ahead, by index, so that samples come in order where that costs nothing.
    ready: BTreeMap<u64, T>,
    /// Needed again. Bounded by the number of workers that put something here.
    again: VecDeque<T>,
    /// Samples of the run that are not settled yet.
    open: u64,
    closed: bool,
}

impl<T> Queue<T> {
    pub(crate) fn new(open: u64, ahead: usize) -> Self {
        let state = State { ready: BTreeMap::new(), again: VecDeque::new(), open, closed: false };
        Self { state: Mutex::new(state), changed: Condvar::new(), ahead }
    }

    /// Adds what was drawn ahead; waits while enough is. False where the queue is closed.
    pub(crate) fn put(&self, index: u64, item: T) -> bool {
        let mut state = self.lock();
        while !state.closed && state.ready.len() >= self.ahead {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return false;
        }
        state.ready.insert(index, item);
        self.changed.notify_all();
        true
    }

    /// Adds what needs the GPU once more, ahead of all others.
    pub(crate) fn put_again(&self, item: T) {
        self.lock().again.push_back(item);
        self.changed.notify_all();
    }

    /// The next item; waits for it. `None` when every sample is settled or the queue is closed.
    pub(crate) fn take(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if state.closed || state.open == 0 {
                return None;
            }
            let next = state.again.pop_front().or_else(|| state.ready.pop_first().map(|(_, item)| item));
            if let Some(item) = next {
                self.changed.notify_all();
                return Some(item);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// One sample less to wait for: written, or given up.
    pub(crate) fn settled(&self) {
        let mut state = self.lock();
        state.open = state.open.saturating_sub(1);
        self.changed.notify_all();
    }

    /// Nothing goes in or out any more; everyone who waits wakes up.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
