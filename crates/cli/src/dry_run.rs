//! `raytruth generate --dry-run`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use raytruth_dataset::{Audit, Drawn, Error, Exhausted, Reasons, Settings, draw, task_id};
use raytruth_task::Task;

use crate::args::Generate;
use crate::generate::say_rejections;
use crate::outcome::DONE;
use crate::progress::CountBar;
use crate::stop;

/// What became of an index, and the seconds that it took a thread. Nothing if it was stopped.
type Made = (u64, Result<Option<Drawn>, Exhausted>, f64);

/// Prints the problems, or with `--stats` what the draws say of the task, those until it was stopped; writes nothing. With `--json` an array,
/// one problem a line.
pub(crate) fn run(args: &Generate, task: &dyn Task, settings: &Settings) -> Result<ExitCode> {
    let start = Instant::now();
    let bar = CountBar::new("problems", settings.num_samples);
    let mut rejections = Reasons::new();
    let mut audit = Audit::default();
    let mut printer = Printer::new(args);
    let domain = task.info().domain;
    let problems = args.json || !args.stats;
    let result = in_order(task, settings, |(index, drawn, seconds)| {
        let drawn = match drawn {
            Ok(Some(drawn)) => drawn,
            Ok(None) => bail!(Error::Interrupted),
            Err(exhausted) => bail!("{}: {}", task_id(domain, index), exhausted.why),
        };
        if args.stats {
            audit.add(&drawn, seconds);
        }
        if problems {
            for (reason, n) in &drawn.rejections {
                *rejections.entry(reason.clone()).or_default() += n;
            }
            bar.quietly(|| printer.print(&drawn))?;
        }
        bar.add_one();
        Ok(())
    });
    bar.close();
    if problems {
        printer.end()?;
    }
    if args.stats {
        let report = audit.report(task.info(), start.elapsed().as_secs_f64());
        let out: &mut dyn std::io::Write = if problems { &mut std::io::stderr() } else { &mut std::io::stdout() };
        write!(out, "{report}").context("cannot print")?;
    } else {
        say_rejections("problems", &rejections);
    }
    result.map(|()| ExitCode::from(DONE))
}

/// Draws the problems of a run on its threads, and hands them on in their order.
fn in_order(task: &dyn Task, settings: &Settings, mut take: impl FnMut(Made) -> Result<()>) -> Result<()> {
    let range = settings.range();
    let next = AtomicU64::new(range.start);
    let (stop, ended) = (stop::flag(), AtomicBool::new(false));
    let halt = || stop.load(Ordering::Relaxed) || ended.load(Ordering::Relaxed);
    // Bounded, so that the threads do not run far ahead of what is printed.
    let (send, receive) = mpsc::sync_channel::<Made>(8 * settings.threads);
    std::thread::scope(|threads| {
        for _ in 0..settings.threads {
            let (send, next, range, halt, ended) = (send.clone(), &next, &range, &halt, &ended);
            threads.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= range.end || ended.load(Ordering::Relaxed) {
                        break;
                    }
                    let start = Instant::now();
                    let drawn = draw(task, settings, index, halt);
                    if send.send((index, drawn, start.elapsed().as_secs_f64())).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut wanted = range.start;
        let mut result = Ok(());
        while let Ok(made) = receive.recv() {
            early.insert(made.0, made);
            while let Some(made) = early.remove(&wanted) {
                wanted += 1;
                if result.is_ok() {
                    result = take(made);
                    // What is still drawn is of no use. The channel is emptied all the same, so that no thread waits.
                    ended.store(result.is_err(), Ordering::Relaxed);
                }
            }
        }
        result
    })
}

/// Prints problems to stdout.
struct Printer {
    json: bool,
    separator: &'static str,
}

impl Printer {
    fn new(args: &Generate) -> Self {
        Self { json: args.json, separator: "[\n" }
    }

    fn print(&mut self, drawn: &Drawn) -> Result<()> {
        let (mut out, card) = (std::io::stdout().lock(), drawn.dry_run());
        if self.json {
            let line = serde_json::to_string(&card)?;
            write!(out, "{}{line}", self.separator).context("cannot print")?;
            self.separator = ",\n";
        } else {
            let c = card.card;
            writeln!(out, "{}  {} {}  {}", card.task_id, c.family, c.class, c.prompt).context("cannot print")?;
        }
        Ok(())
    }

    fn end(&self) -> Result<()> {
        if self.json {
            // Nothing was printed if the array is empty.
            let end = if self.separator.starts_with('[') { "[]" } else { "\n]" };
            writeln!(std::io::stdout(), "{end}").context("cannot print")?;
        }
        Ok(())
    }
}
