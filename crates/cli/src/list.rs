//! `raytruth list`.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use raytruth_task::{Difficulty, Task};
use serde_json::{Value, json};

use crate::args::List;
use crate::tasks;

pub(crate) fn run(args: &List) -> Result<ExitCode> {
    let tasks: Vec<Arc<dyn Task>> = match &args.task {
        Some(name) => vec![tasks::task(name)?],
        None => tasks::registry()?.iter().map(Arc::clone).collect(),
    };
    let difficulty = args.difficulty.into();
    let text = if args.json {
        let list: Vec<Value> = tasks.iter().map(|task| to_json(task.as_ref(), difficulty)).collect();
        serde_json::to_string_pretty(&list)? + "\n"
    } else {
        tasks.iter().map(|task| to_text(task.as_ref(), difficulty)).collect::<Vec<_>>().join("\n")
    };
    std::io::stdout().write_all(text.as_bytes()).context("cannot print")?;
    Ok(ExitCode::SUCCESS)
}

fn to_json(task: &dyn Task, difficulty: Difficulty) -> Value {
    let mut value = json!(task.info());
    value["difficulty"] = json!(difficulty);
    value["dials"] = json!(task.dials(difficulty));
    value
}

fn to_text(task: &dyn Task, difficulty: Difficulty) -> String {
    let info = task.info();
    let (width, height) = info.min_size;
    let mut text = format!("{}: {}\n  {}\n", info.domain, info.title, info.summary);
    text += &format!("  families: {}\n  classes: {}\n", info.families.join(", "), info.classes.join(", "));
    text +=
        &format!("  at least {} s and {width}x{height} pixels\n  hyper-parameters (--set name=value):\n", info.nominal_seconds);
    for dial in task.dials(difficulty) {
        text += &format!("    {:24} {} [{} within {}]\n", dial.name, dial.doc, dial.value, dial.bounds);
    }
    text
}
