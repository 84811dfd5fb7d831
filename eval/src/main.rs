//! `verify`: scores candidate videos against samples.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, Parser, Subcommand};
use raytruth_eval::batch::{Entry, Outcome, Report};
use raytruth_eval::{Begin, Registry, batch, controls};

/// Scores candidate videos against raytruth samples: rules only, deterministic, 1000 points for the ground truth.
///
/// Exit codes: 0 everything was scored (and every control keeps its bound), 1 something could not be, 2 wrong usage.
#[derive(Parser)]
#[command(name = "verify", version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    score: ScoreArgs,
}

#[derive(Args)]
struct ScoreArgs {
    /// The candidate. Needs --gt-dir to be one sample's folder.
    #[arg(long, value_name = "FILE", conflicts_with = "videos_dir")]
    video: Option<PathBuf>,
    /// A folder of candidates, named by their samples' paths below --gt-dir (`{domain}_task/{task_id}.mp4`), or else by `task_id`.
    #[arg(long, value_name = "DIR")]
    videos_dir: Option<PathBuf>,
    /// A sample's folder, or one with samples below it. Without candidates every `ground_truth.mp4` is scored.
    #[arg(long, value_name = "DIR", required = true)]
    gt_dir: Option<PathBuf>,
    /// Candidates continue `first_video.mp4`, which is put before them. Without this it is where a candidate's first frame goes on from it.
    #[arg(long)]
    continues: bool,
    /// Where to write the results as JSON.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print the results as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Makes wrong and fair versions of each ground truth, scores them, and says whether the bounds hold.
    Controls {
        /// A sample's folder, or one with samples below it.
        #[arg(long, value_name = "DIR")]
        gt_dir: PathBuf,
        /// Print the results as JSON.
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Some(Command::Controls { gt_dir, json }) => run_controls(&gt_dir, json),
        None => run_scores(&cli.score),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("verify: {error:#}");
            ExitCode::from(1)
        }
    }
}

fn run_scores(args: &ScoreArgs) -> Result<bool> {
    let registry = Registry::default();
    let gt_dir = args.gt_dir.as_deref().context("--gt-dir is missing")?;
    let begin = if args.continues { Begin::Continues } else { Begin::AsSeen };
    if let Some(video) = &args.video {
        let job = batch::Job { video: Ok(video.clone()), gt_dir: gt_dir.to_owned() };
        let entry = batch::score_job(&registry, &job, begin);
        if let Some(error) = entry.outcome.error() {
            eprintln!("verify: {error}");
        }
        deliver(args, &entry)?;
        if !args.json {
            print_entry(&entry)?;
        }
        return Ok(entry.outcome.error().is_none());
    }
    let batch::Plan { jobs, unpaired } = batch::plan(gt_dir, args.videos_dir.as_deref())?;
    for video in &unpaired {
        eprintln!("verify: {} is not scored: it answers no sample, or one with a surer candidate", video.display());
    }
    if jobs.is_empty() {
        anyhow::bail!("no sample (a folder with metadata.json) at or below {}", gt_dir.display());
    }
    let mut entries = Vec::with_capacity(jobs.len());
    for job in &jobs {
        let entry = batch::score_job(&registry, job, begin);
        if let Some(error) = entry.outcome.error() {
            eprintln!("verify: {}: {error}", entry.gt_dir);
        }
        if !args.json {
            print_line(&entry)?;
        }
        entries.push(entry);
    }
    let report = Report::new(entries);
    deliver(args, &report)?;
    if !args.json {
        let scored = report.results.len() - report.failed;
        say(&format!("{scored} scored, {} failed, mean {:.3}", report.failed, report.mean_score))?;
    }
    Ok(report.failed == 0)
}

fn deliver(args: &ScoreArgs, results: &impl serde::Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(results)?;
    if args.json {
        say(&text)?;
    }
    if let Some(path) = &args.output {
        fs::write(path, text + "\n").with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn print_line(entry: &Entry) -> Result<()> {
    match &entry.outcome {
        Outcome::Scored(score) => say(&format!("{:>4}  {}", score.points, entry.gt_dir)),
        Outcome::Failed { error, .. } => say(&format!("   -  {}  {error}", entry.gt_dir)),
    }
}

fn print_entry(entry: &Entry) -> Result<()> {
    let Outcome::Scored(score) = &entry.outcome else { return Ok(()) };
    let failure = score.failure.and_then(|f| serde_json::to_value(f).ok()).and_then(|f| Some(format!(" ({})", f.as_str()?)));
    let continues = if score.continues { ", as what continues first_video.mp4" } else { "" };
    say(&format!("{} of 1000 points{}: {}{continues}", score.points, failure.unwrap_or_default(), entry.video_path))?;
    for c in &score.criteria {
        say(&format!("  {:<16} {:>4}/{:<4} {}", c.name, c.points, c.max_points, c.reason))?;
    }
    for g in &score.gates {
        say(&format!("  {:<16} x{:<8.3} {}", g.name, f64::from(g.keeps) / 1000.0, g.reason))?;
    }
    for cap in &score.caps {
        say(&format!("  at most {:<8} {}", cap.points, cap.reason))?;
    }
    Ok(())
}

/// One line on standard output. A reader that has seen enough (`verify ... | head`) is no fault.
fn say(text: &str) -> Result<()> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot print"),
        _ => Ok(()),
    }
}

fn run_controls(gt_dir: &Path, json: bool) -> Result<bool> {
    let registry = Registry::default();
    let report = controls::run(&registry, gt_dir, &mut |line| {
        if !json {
            eprintln!("{line}");
        }
    })?;
    if json {
        say(&serde_json::to_string_pretty(&report)?)?;
    } else {
        say(report.table().trim_end())?;
    }
    Ok(report.kept())
}
