//! What becomes of samples: the log, the observer and the summary are told.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::json;

use super::Run;
use crate::draw::Reasons;
use crate::runlog::Stages;
use crate::sample::Sample;
use crate::waits::Waits;
use crate::{Error, Event, Result};

/// What a run did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// Samples made.
    pub made: u64,
    /// Samples that were there already.
    pub present: u64,
    /// Samples given up, with the reason.
    pub failed: BTreeMap<String, String>,
    /// Draws of problems not taken, by reason.
    pub rejected_problems: Reasons,
    /// Looks not taken, by reason.
    pub rejected_looks: Reasons,
    /// Samples whose video was refused twice or more: above 5 % the evaluator or the task is at fault.
    pub third_looks: u64,
    /// Wall clock.
    pub seconds: f64,
    /// What the thread that renders waited for.
    pub waits: Waits,
    /// The run log.
    pub log: Option<PathBuf>,
}

impl Run<'_> {
    /// A sample is whole.
    pub(super) fn done(&self, sample: &Sample, points: Option<u32>) {
        let task_id = &sample.drawn.task_id;
        let seconds = sample.started.elapsed().as_secs_f64();
        self.log.line(json!({
            "event": "sample",
            "task_id": task_id,
            "class": sample.episode.card.class,
            "points": points,
            "attempts": {"problem": sample.drawn.attempt, "look": sample.look},
            "rejected_problems": sample.drawn.rejections,
            "rejected_looks": sample.refused,
            "ms": sample.stages.to_json(),
            "seconds": seconds,
        }));
        self.count(&sample.drawn.rejections, &sample.refused, |summary| {
            summary.made += 1;
            summary.third_looks += u64::from(sample.refusals >= 2);
        });
        self.observer.event(Event::SampleDone { task_id, points, seconds });
        self.queue.settled();
    }

    /// A sample cannot be made.
    pub(super) fn give_up(&self, task_id: &str, why: &str, problems: &Reasons, looks: &Reasons, stages: Stages) {
        self.log.line(json!({
            "event": "failed",
            "task_id": task_id,
            "why": why,
            "rejected_problems": problems,
            "rejected_looks": looks,
            "ms": stages.to_json(),
        }));
        self.count(problems, looks, |summary| {
            summary.failed.insert(task_id.to_owned(), why.to_owned());
        });
        self.observer.event(Event::SampleFailed { task_id, why });
        self.queue.settled();
    }

    /// Samples made so far.
    pub(super) fn made(&self) -> u64 {
        self.summary.lock().unwrap_or_else(PoisonError::into_inner).made
    }

    fn count(&self, problems: &Reasons, looks: &Reasons, change: impl FnOnce(&mut Summary)) {
        let mut summary = self.summary.lock().unwrap_or_else(PoisonError::into_inner);
        for (reason, n) in problems {
            *summary.rejected_problems.entry(reason.clone()).or_default() += n;
        }
        for (reason, n) in looks {
            *summary.rejected_looks.entry(reason.clone()).or_default() += n;
        }
        change(&mut summary);
    }

    /// What the run did, or why it did not go on.
    pub(super) fn end(self, start: Instant) -> Result<Summary> {
        let mut summary = self.summary.into_inner().unwrap_or_else(PoisonError::into_inner);
        summary.seconds = Duration::as_secs_f64(&start.elapsed());
        summary.log = self.log.path().map(Path::to_path_buf);
        let fault = self.fault.into_inner().unwrap_or_else(PoisonError::into_inner);
        let settled = summary.made + summary.present + summary.failed.len() as u64;
        let interrupted = fault.is_none() && settled < self.settings.num_samples;
        self.log.line(json!({
            "event": "end",
            "summary": summary,
            "fault": fault.as_ref().map(ToString::to_string),
            "interrupted": interrupted,
        }));
        match fault {
            Some(fault) => Err(fault),
            None if interrupted => Err(Error::Interrupted),
            None => Ok(summary),
        }
    }
}
