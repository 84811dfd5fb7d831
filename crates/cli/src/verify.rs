//! `raytruth verify`: eval over a data folder.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, bail};
use raytruth_eval::Begin;
use raytruth_eval::batch::{Entry, Job, Plan, Report, plan, score_job};

use crate::args::Verify;
use crate::outcome::{DONE, FAILED, Usage};
use crate::tasks;

pub(crate) fn run(args: &Verify) -> Result<ExitCode> {
    let data = args.gt_dir.as_ref().unwrap_or(&args.data);
    let jobs = match &args.video {
        Some(video) => vec![Job { video: Ok(video.clone()), gt_dir: data.clone() }],
        None => {
            let Plan { jobs, unpaired } = plan(data, args.videos_dir.as_deref())?;
            for video in &unpaired {
                eprintln!("{} is not scored: it answers no sample, or one with a surer candidate", video.display());
            }
            jobs
        }
    };
    if jobs.is_empty() {
        bail!(Usage(format!("there is no sample in {}", data.display())));
    }
    // Without candidates the ground truth is on trial, and nothing below 1000 will do.
    let truth_on_trial = args.video.is_none() && args.videos_dir.is_none();
    let report = Report::new(score_all(&jobs, threads(args), args.begin())?);
    let json = serde_json::to_string_pretty(&report)? + "\n";
    if let Some(path) = &args.output {
        std::fs::write(path, &json).with_context(|| format!("cannot write {}", path.display()))?;
    }
    for entry in &report.results {
        if let Some(error) = entry.outcome.error() {
            eprintln!("{}: {error}", entry.gt_dir);
        }
    }
    print(args, &report, &json).context("cannot print")?;
    let short = report.results.iter().any(|e| e.outcome.points() != 1000);
    let failed = report.failed > 0 || (truth_on_trial && short);
    Ok(ExitCode::from(if failed { FAILED } else { DONE }))
}

impl Verify {
    fn begin(&self) -> Begin {
        if self.continues { Begin::Continues } else { Begin::AsSeen }
    }
}

fn threads(args: &Verify) -> usize {
    args.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get), usize::from)
}

/// Scores on several threads, one video each; the report keeps the samples' order.
fn score_all(jobs: &[Job], threads: usize, begin: Begin) -> Result<Vec<Entry>> {
    let registry = tasks::evaluators()?;
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(jobs.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads.min(jobs.len()) {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = jobs.get(i) else { break };
                    let entry = score_job(&registry, job, begin);
                    if let Ok(mut done) = done.lock() {
                        done.push((i, entry));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(i, _)| *i);
    Ok(done.into_iter().map(|(_, entry)| entry).collect())
}

fn print(args: &Verify, report: &Report, json: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if args.json {
        return out.write_all(json.as_bytes());
    }
    for entry in &report.results {
        let note = entry.outcome.error().unwrap_or("");
        writeln!(out, "{:4} {} {note}", entry.outcome.points(), entry.gt_dir)?;
    }
    let perfect = report.results.iter().filter(|e| e.outcome.points() == 1000).count();
    let n = report.results.len();
    writeln!(out, "{perfect} of {n} score 1000; mean {:.4}; {} could not be scored", report.mean_score, report.failed)
}
