//! Drawing: a problem until one is well posed, then its looks until one shows the answer.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use raytruth_eval::lint::{self, Lint};
use raytruth_task::{Card, Clip, Episode, Problem, Rejection, Rng, SampleSeed, Task, draw_until_taken};
use serde::Serialize;

use crate::param_hash;
use crate::preset::without_lead;
use crate::settings::Settings;

/// How often each reason came up.
pub type Reasons = BTreeMap<String, u64>;

/// A problem that was taken.
pub struct Drawn {
    /// Its place in the run.
    pub index: u64,
    /// `{domain}_{index:08}`.
    pub task_id: String,
    /// The root of its streams.
    pub seed: SampleSeed,
    /// Which draw it was, counted from 1.
    pub attempt: u32,
    /// Why the others were not taken.
    pub rejections: Reasons,
    /// The problem.
    pub problem: Box<dyn Problem>,
}

/// What `--dry-run --json` prints of a problem: the same for every picture size, adapter and machine.
#[derive(Clone, Debug, Serialize)]
pub struct DryRun<'a> {
    /// `{domain}_{index:08}`.
    pub task_id: &'a str,
    /// Its place in the run.
    pub index: u64,
    /// The root of its streams, 16 hex digits.
    pub sample_seed: String,
    /// Which draw it was, counted from 1.
    pub attempt: u32,
    /// Why the draws before it were not taken.
    pub rejections: &'a Reasons,
    /// `param_hash` of the problem's parameters.
    pub problem_hash: String,
    /// What the problem says of itself.
    #[serde(flatten)]
    pub card: &'a Card,
}

impl Drawn {
    /// For `--dry-run`.
    #[must_use]
    pub fn dry_run(&self) -> DryRun<'_> {
        let card = self.problem.card();
        DryRun {
            task_id: &self.task_id,
            index: self.index,
            sample_seed: self.seed.to_string(),
            attempt: self.attempt,
            rejections: &self.rejections,
            problem_hash: param_hash(&card.parameters),
            card,
        }
    }
}

/// `{domain}_{index:08}`.
#[must_use]
pub fn task_id(domain: &str, index: u64) -> String {
    format!("{domain}_{index:08}")
}

/// No draw was taken.
#[derive(Clone, Debug)]
pub struct Exhausted {
    /// In a sentence.
    pub why: String,
    /// How often each reason came up.
    pub rejections: Reasons,
}

/// Draws the problem of an index: the same whatever was drawn before. `None` where `stop` says so.
///
/// # Errors
/// [`Exhausted`] after `settings.max_draws` rejections.
pub fn draw(task: &dyn Task, settings: &Settings, index: u64, stop: &dyn Fn() -> bool) -> Result<Option<Drawn>, Exhausted> {
    let (info, run) = (task.info(), settings.run_seed());
    let domain = info.domain;
    let (seed, lot) = (SampleSeed::new(run, domain, index), run.lot_of(domain, index, info.classes.len()));
    let difficulty = settings.difficulty_of(info, index);
    let mut rejections = Reasons::new();
    let (mut last, mut stopped) = (String::new(), stop());
    let attempts = 0..if stopped { 0 } else { settings.max_draws };
    let mut refused = |_, rejection: Rejection| {
        last = rejection.to_string();
        *rejections.entry(rejection.reason.to_owned()).or_default() += 1;
        stopped = stop();
        if stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let taken = draw_until_taken(task, (seed, lot), (difficulty, settings.dials.at(difficulty)), attempts, &mut refused);
    if let Some((attempt, problem)) = taken {
        return Ok(Some(Drawn { index, task_id: task_id(domain, index), seed, attempt: attempt + 1, rejections, problem }));
    }
    if stopped {
        return Ok(None);
    }
    let why = format!(
        "no {} problem of class `{}` in {} draws, last rejected for {last}: widen what --set narrowed, or try another --difficulty",
        difficulty.name(),
        info.classes[lot.class],
        settings.max_draws
    );
    Err(Exhausted { why, rejections })
}

/// Draws looks from `look` (counted from 1) on until the task takes one, which it returns with its number. That costs little beside
/// a render: a look that the closed loop refuses may be followed by several that the task itself rejects.
///
/// # Errors
/// A sentence after [`LOOKS_PER_RENDER`] rejections in a row.
pub(crate) fn next_look(
    drawn: &Drawn,
    task: &dyn Task,
    settings: &Settings,
    look: u32,
    rejections: &mut Reasons,
) -> Result<Dressed, String> {
    let mut last = String::new();
    for look in look..look.saturating_add(LOOKS_PER_RENDER) {
        let dressed = episode(drawn.problem.as_ref(), &drawn.seed.look(look - 1), &settings.clip, settings.before_split);
        match dressed.map_err(|r| (r.reason.to_owned(), r.detail)).and_then(|episode| inspected(episode, task)) {
            Ok((episode, found)) => return Ok(Dressed { look, episode: Arc::new(episode), lint: found }),
            Err((reason, detail)) => {
                last = format!("{reason}: {detail}");
                *rejections.entry(reason).or_default() += 1;
            }
        }
    }
    Err(format!("the task rejected {LOOKS_PER_RENDER} looks in a row, the last for {last}"))
}

/// The episode of a look. If it would split too early, it begins after a lead-in.
pub(crate) fn episode(problem: &dyn Problem, look: &Rng, clip: &Clip, before_split: u32) -> Result<Episode, Rejection> {
    let lead = match before_split {
        0 => 0,
        // The shortest clip tells when it happens.
        _ => {
            let short = problem.episode(&mut look.clone(), &without_lead(clip, before_split))?;
            (before_split + 2).saturating_sub(short.truth.decisive_frame())
        }
    };
    problem.episode(&mut look.clone(), &Clip { lead, ..*clip })
}

/// A problem in a look that its task took.
pub(crate) struct Dressed {
    /// Number of the look, counted from 1.
    pub(crate) look: u32,
    pub(crate) episode: Arc<Episode>,
    pub(crate) lint: Lint,
}

/// A truth that the evaluator would refuse, or that shows too little of what decides, is a rejected look.
fn inspected(episode: Episode, task: &dyn Task) -> Result<(Episode, Lint), (String, String)> {
    let refused = |why: String| ("truth_refused".to_owned(), why);
    episode.truth.check().map_err(refused)?;
    task.evaluator().check(&episode.truth).map_err(refused)?;
    let (lint, findings) = lint::of_maps(&episode.truth).map_err(refused)?;
    let policy = task.lint();
    match findings.iter().find(|found| policy.refuses(found.rule)) {
        Some(found) => Err((found.to_string(), found.detail.clone())),
        None => Ok((episode, lint)),
    }
}

/// Looks that a task may reject in a row.
const LOOKS_PER_RENDER: u32 = 64;
