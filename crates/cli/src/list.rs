//! `raytruth list`.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use raytruth_task::{Difficulties, Difficulty, Task};
use serde_json::{Value, json};

use crate::args::List;
use crate::tasks;

pub(crate) fn run(args: &List) -> Result<ExitCode> {
    let tasks: Vec<Arc<dyn Task>> = match &args.task {
        Some(name) => vec![tasks::task(name)?],
        None => tasks::registry()?.iter().map(Arc::clone).collect(),
    };
    let text = if args.json {
        let each =
            |task: &Arc<dyn Task>| args.difficulty.occurring().iter().map(|&d| to_json(task.as_ref(), d)).collect::<Vec<_>>();
        let list: Vec<Value> = tasks.iter().flat_map(each).collect();
        serde_json::to_string_pretty(&list)? + "\n"
    } else {
        tasks.iter().map(|task| to_text(task.as_ref(), args.difficulty)).collect::<Vec<_>>().join("\n")
    };
    std::io::stdout().write_all(text.as_bytes()).context("cannot print")?;
    Ok(ExitCode::SUCCESS)
}

/// The task as it is at a difficulty.
fn to_json(task: &dyn Task, difficulty: Difficulty) -> Value {
    let info = task.info();
    let mut value = json!(info);
    value["difficulty"] = json!(difficulty);
    value["seconds"] = json!(info.seconds.at(difficulty));
    value["min_size"] = json!(info.min_size.at(difficulty));
    value["dials"] = json!(task.dials(difficulty));
    value
}

fn to_text(task: &dyn Task, difficulties: Difficulties) -> String {
    let info = task.info();
    let mut text = format!("{}: {}\n  {}\n", info.domain, info.title, info.summary);
    text += &format!("  families: {}\n  classes: {}\n", info.families.join(", "), info.classes.join(", "));
    for &difficulty in difficulties.occurring() {
        let (seconds, (width, height)) = (info.seconds.at(difficulty), info.min_size.at(difficulty));
        let name = difficulty.name();
        text += &format!(
            "  {name}: at least {seconds} s, {width}x{height} pixels and {} fps\n  hyper-parameters (--set name=value):\n",
            info.min_fps
        );
        for dial in task.dials(difficulty) {
            text += &format!("    {:24} {} [{} within {}]\n", dial.name, dial.doc, dial.value, dial.bounds);
        }
    }
    text
}
