//! When the device had work.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

/// A stretch of time.
pub(crate) type Stretch = (Instant, Instant);

/// Follows what is handed to a device, on a thread that waits for each submission in turn.
pub(crate) struct Busy {
    /// Closed before the thread is waited for.
    submissions: Option<Sender<(wgpu::SubmissionIndex, Instant)>>,
    stretches: Arc<Mutex<Vec<Stretch>>>,
    thread: Option<JoinHandle<()>>,
}

impl Busy {
    /// Nothing where no thread is to be had.
    pub(crate) fn new(device: &wgpu::Device) -> Option<Self> {
        let (send, receive) = channel::<(wgpu::SubmissionIndex, Instant)>();
        let stretches = Arc::<Mutex<Vec<Stretch>>>::default();
        let (device, log) = (device.clone(), Arc::clone(&stretches));
        let follow = move || {
            for (submission, handed_over) in receive {
                if device.poll(wgpu::PollType::Wait { submission_index: Some(submission), timeout: None }).is_err() {
                    break;
                }
                add(&mut log.lock().unwrap_or_else(PoisonError::into_inner), (handed_over, Instant::now()));
            }
        };
        let thread = std::thread::Builder::new().name("device busy".into()).spawn(follow).ok()?;
        Some(Self { submissions: Some(send), stretches, thread: Some(thread) })
    }

    pub(crate) fn follow(&self, submission: &wgpu::SubmissionIndex, handed_over: Instant) {
        if let Some(submissions) = &self.submissions {
            // Whoever is gone follows nothing.
            let _ = submissions.send((submission.clone(), handed_over));
        }
    }

    /// The stretches since the last call.
    pub(crate) fn take(&self) -> Vec<Stretch> {
        std::mem::take(&mut *self.stretches.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.submissions = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Work is done in its order, so that of each submission lies after that of the one before.
fn add(stretches: &mut Vec<Stretch>, (from, to): Stretch) {
    match stretches.last_mut() {
        Some(last) if from <= last.1 => last.1 = last.1.max(to),
        _ => stretches.push((from, to)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_overlaps_is_one_stretch() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut stretches = Vec::new();
        for (from, to) in [(0, 5), (3, 9), (9, 10), (12, 13)] {
            add(&mut stretches, (at(from), at(to)));
        }
        assert_eq!(stretches, [(at(0), at(10)), (at(12), at(13))]);
    }
}
