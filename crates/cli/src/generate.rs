//! `raytruth generate`.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use raytruth_dataset::{
    Error, EvalJudge, Extra, FrameSource, Provenance, Reasons, Settings, Summary, generate, timestamp_from_env,
};
use raytruth_task::{ByDifficulty, Clip, Dials, Task};
use serde_json::{Map, Value};

use crate::args::Generate;
use crate::outcome::{DONE, FAILED, Usage};
use crate::progress::Display;
use crate::{device, dry_run, stop, tasks};

pub(crate) fn run(args: &Generate) -> Result<ExitCode> {
    let task = tasks::task(&args.task)?;
    let settings = settings(args, task.as_ref())?;
    settings.validate(task.as_ref())?;
    if args.dry_run {
        return dry_run::run(args, task.as_ref(), &settings);
    }
    let stop = stop::flag();
    let judge = EvalJudge(tasks::evaluators()?);
    let display = Display::new(if args.preset.name == DRAFT { "" } else { "; --preset draft is faster" });
    let open = || match device::open(&args.device, &|text| display.say(text)) {
        Ok(source) => Ok(Box::new(source) as Box<dyn FrameSource>),
        Err(e) => Err(Error::Device(format!("{e:#}"))),
    };
    let result = generate(task.as_ref(), &settings, &judge, open, &display, &stop);
    display.close();
    let summary = result?;
    if args.json {
        print_json(&summary)?;
    }
    Ok(ExitCode::from(report(&summary)))
}

/// The preset for machines without a GPU.
const DRAFT: &str = "draft";

/// What the flags come to.
fn settings(args: &Generate, task: &dyn Task) -> Result<Settings> {
    let mut clip = args.preset.clip;
    (clip.width, clip.height) = args.size.unwrap_or((clip.width, clip.height));
    clip.fps = args.fps.unwrap_or(clip.fps);
    clip = match args.frames {
        Some(frames) => Clip { frames, ..clip },
        None => args.preset.lengthened(clip, task.info(), args.difficulty),
    };
    Ok(Settings {
        seed: args.seed,
        split: args.split,
        start_index: args.start_index,
        num_samples: args.num_samples,
        log: args.log.clone(),
        keep_refused: args.keep_refused.clone(),
        clip,
        samples_per_pixel: args.samples.unwrap_or(args.preset.samples_per_pixel),
        difficulty: args.difficulty,
        dials: dials(args, task)?,
        video: !args.no_video,
        extras: args.extras.iter().copied().collect::<BTreeSet<Extra>>(),
        threads: args.threads.map_or_else(cores, usize::from),
        max_looks: args.max_looks,
        timestamp: timestamp_from_env()?,
        provenance: provenance(),
        ..Settings::new(task, output(args), &args.preset)
    })
}

/// Threads of a run: the machine's cores.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZero::get).min(64)
}

/// Parts of a dataset go to folders of their own: a run refuses a folder that holds another part.
fn output(args: &Generate) -> PathBuf {
    let data = || match args.split {
        None => PathBuf::from("data/questions"),
        Some(split) => ["data", split.name(), "questions"].iter().collect(),
    };
    args.output.clone().unwrap_or_else(data)
}

/// The hyper-parameters of every difficulty that occurs.
fn dials(args: &Generate, task: &dyn Task) -> Result<ByDifficulty<Dials>> {
    let config = match &args.config {
        None => None,
        Some(path) => {
            let usage = |what: String| Usage(format!("--config {}: {what}", path.display()));
            let text = std::fs::read_to_string(path).map_err(|e| usage(e.to_string()))?;
            let value: Value = serde_json::from_str(&text).map_err(|e| usage(format!("not JSON: {e}")))?;
            match value {
                Value::Object(map) => Some(map),
                _ => bail!(usage("not a JSON object of hyper-parameters".into())),
            }
        }
    };
    let mut dials = ByDifficulty::default();
    for &difficulty in args.difficulty.occurring() {
        let known = task.dials(difficulty);
        let resolved = Dials::resolve(&known, config.as_ref() as Option<&Map<String, Value>>, &args.set);
        let list = || format!("`raytruth list --task {} --difficulty {}` says more", args.task, difficulty.name());
        *dials.at_mut(difficulty) = resolved.map_err(|e| Usage(format!("{e} ({})", list())))?;
    }
    Ok(dials)
}

/// Where this program was built from.
fn provenance() -> Provenance {
    Provenance {
        commit: env!("RAYTRUTH_GIT_COMMIT").into(),
        branch: env!("RAYTRUTH_GIT_BRANCH").into(),
        repo: env!("RAYTRUTH_GIT_REPO").into(),
        is_dirty: env!("RAYTRUTH_GIT_DIRTY") == "true",
    }
}

fn print_json(summary: &Summary) -> Result<()> {
    let text = serde_json::to_string(summary)?;
    writeln!(std::io::stdout(), "{text}").context("cannot print")
}

/// Says how the run went, and whether it counts as done.
fn report(summary: &Summary) -> u8 {
    let average = summary.seconds / summary.made.max(1) as f64;
    let failed = summary.failed.len();
    eprintln!(
        "{} made, {} already there, {failed} failed in {:.1} s ({average:.1} s a sample)",
        summary.made, summary.present, summary.seconds
    );
    if let Some((what, seconds)) = summary.waits.worst(summary.seconds) {
        eprintln!("the renderer waited {seconds:.1} s for {what}");
    }
    for (what, reasons) in [("problems", &summary.rejected_problems), ("looks", &summary.rejected_looks)] {
        say_rejections(what, reasons);
    }
    if summary.third_looks * 20 > summary.made {
        log::warn!("{} of {} samples needed a third look: more than 5 %", summary.third_looks, summary.made);
    }
    if let Some(log) = &summary.log {
        eprintln!("log: {}", log.display());
    }
    for (task_id, why) in &summary.failed {
        eprintln!("error: {task_id} could not be made: {why}");
    }
    if failed > 0 { FAILED } else { DONE }
}

pub(crate) fn say_rejections(what: &str, reasons: &Reasons) {
    if !reasons.is_empty() {
        let counts: Vec<String> = reasons.iter().map(|(reason, n)| format!("{reason} {n}")).collect();
        eprintln!("{what} drawn again: {}", counts.join(", "));
    }
}
