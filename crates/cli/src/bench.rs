//! `raytruth bench`: everything that this machine can tell.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use raytruth_bench::{Part, Plan, measure};
use raytruth_dataset::EvalJudge;

use crate::args::{Bench, VERSION};
use crate::device::options;
use crate::outcome::{DONE, FAILED, Usage};
use crate::tasks;

pub(crate) fn run(args: &Bench) -> Result<ExitCode> {
    if args.price.is_some_and(|price| !price.is_finite() || price < 0.0) {
        bail!(Usage("--price is no amount of money".into()));
    }
    let task = tasks::task(&args.task)?;
    let judge = EvalJudge(tasks::evaluators()?);
    let plan = Plan {
        version: VERSION.into(),
        device: options(&args.device),
        parts: if args.only.is_empty() { Part::ALL.into() } else { args.only.iter().copied().collect() },
        quick: args.quick,
        against_software: args.against_software,
        price: args.price,
        task: task.as_ref(),
        judge: &judge,
        preset: args.preset,
        samples_per_pixel: args.samples,
        samples: args.num_samples,
        threads: args.threads.map_or_else(crate::generate::cores, usize::from),
    };
    let report = measure(&plan, &|text| eprintln!("{text}"))?;
    let text = if args.json { serde_json::to_string_pretty(&report)? + "\n" } else { report.text() };
    std::io::stdout().write_all(text.as_bytes()).context("cannot print")?;
    if !report.ok() {
        eprintln!("error: some of this is not as it should be");
    }
    Ok(ExitCode::from(if report.ok() { DONE } else { FAILED }))
}
