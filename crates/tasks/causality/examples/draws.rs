//! Acceptance statistics of the causality task: `cargo run --release -p raytruth-causality --example draws -- N [SEED] [DIFFICULTY]`.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Instant;

use raytruth_causality::Causality;
use raytruth_task::{Dials, Difficulty, Rejection, SampleSeed, Task, class_of, draw_until_taken};

fn main() {
    let mut args = std::env::args().skip(1);
    let n: u64 = args.next().and_then(|a| a.parse().ok()).unwrap_or(18);
    let seed: u64 = args.next().and_then(|a| a.parse().ok()).unwrap_or(1);
    let difficulty = match args.next().as_deref() {
        Some("easy") => Difficulty::Easy,
        Some("hard") => Difficulty::Hard,
        _ => Difficulty::Medium,
    };
    let task = Causality;
    let info = task.info();
    let dials = Dials::resolve(&task.dials(difficulty), None, &[]).expect("defaults");
    let mut rejected: BTreeMap<String, u32> = BTreeMap::new();
    /// Accepted, attempts, seconds, balls.
    type Statistics = (u32, u32, f64, BTreeMap<String, u32>);
    let mut per_class: BTreeMap<&str, Statistics> = BTreeMap::new();
    let start = Instant::now();
    for index in 0..n {
        let class = class_of(seed, info.domain, index, info.classes.len());
        let sample = SampleSeed::new(seed, info.domain, index);
        let begin = Instant::now();
        let stats = per_class.entry(info.classes[class]).or_default();
        let most = std::env::var("ATTEMPTS").ok().and_then(|a| a.parse().ok()).unwrap_or(200);
        let verbose = std::env::var_os("VERBOSE").is_some();
        let mut refused = |attempt, r: Rejection| {
            if verbose {
                eprintln!("{index} {} attempt {attempt} at {:.2} s: {r}", info.classes[class], start.elapsed().as_secs_f64());
            }
            *rejected.entry(format!("{} {} {}", info.classes[class], r.reason, brief(&r.detail))).or_default() += 1;
            ControlFlow::Continue(())
        };
        let taken = draw_until_taken(&task, (sample, class), (difficulty, &dials), 0..most, &mut refused);
        stats.1 += taken.as_ref().map_or(most, |(attempt, _)| attempt + 1);
        if let Some((_, problem)) = taken {
            stats.0 += 1;
            let ball = problem.card().parameters["ball_material"].to_string();
            *stats.3.entry(ball).or_default() += 1;
        }
        stats.2 += begin.elapsed().as_secs_f64();
    }
    for (class, (ok, attempts, seconds, balls)) in &per_class {
        println!("{class:16} {ok:4} of {attempts:5} draws, {:6.2} s each, {balls:?}", seconds / f64::from((*ok).max(1)));
    }
    let mut rejected: Vec<_> = rejected.into_iter().collect();
    rejected.sort_by_key(|r| std::cmp::Reverse(r.1));
    for (reason, count) in rejected.iter().take(30) {
        println!("{count:5} {reason}");
    }
    println!("{n} samples in {:.1} s", start.elapsed().as_secs_f64());
}

/// The detail without its numbers, so that equal faults count together.
fn brief(detail: &str) -> String {
    detail.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().to_owned()
        + detail.rsplit(": ").next().filter(|t| t.len() < 30).unwrap_or_default()
}
