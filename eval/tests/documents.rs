//! The points stand in the code, in EVAL.md, in the human rubric and in the judge's prompt: all four say the same.

mod common;

use std::fs;

use common::world;
use raytruth_eval::causality::Family;
use raytruth_eval::{Registry, score_frames, tasks};

fn page(name: &str) -> String {
    fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The first two cells of the rows of EVAL.md's tables: a name in backquotes, and what comes next.
fn rows(text: &str) -> Vec<(&str, &str)> {
    text.lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.splitn(3, " | ");
            Some((cells.next()?.strip_suffix('`')?, cells.next()?))
        })
        .collect()
}

#[test]
fn the_points_agree_everywhere() {
    let eval = page("EVAL.md");
    for evaluator in tasks::all() {
        let (criteria, folder) = (evaluator.criteria(), evaluator.folder());
        assert_eq!(criteria.iter().map(|c| c.1).sum::<u32>(), 1000, "{folder}");

        let listed: Vec<(&str, u32)> = rows(&eval).into_iter().filter_map(|(name, p)| Some((name, p.parse().ok()?))).collect();
        assert!(listed.windows(criteria.len()).any(|rows| *rows == criteria), "{folder}: EVAL.md says {listed:?}");

        // `1. **Release** (5).` in hundredths.
        let rubric = page(&format!("rubrics/{folder}.md"));
        let questions: Vec<(String, u32)> = rubric
            .lines()
            .filter_map(|line| {
                let (name, rest) = line.split_once(". **")?.1.split_once("** (")?;
                Some((name.to_lowercase(), rest.split_once(')')?.0.parse::<u32>().ok()? * 10))
            })
            .collect();
        let wanted: Vec<(String, u32)> = criteria.iter().map(|(name, points)| ((*name).to_owned(), *points)).collect();
        assert_eq!(questions, wanted, "{folder}: the rubric");

        // "`score`: release 5, approach 10, ..." in hundredths, and a question for each before.
        let prompt = page(&format!("prompts/{folder}_vlm_judge.md"));
        let sum = prompt.lines().find_map(|line| line.strip_prefix("`score`: ")).expect("how the score is summed");
        let parts: Vec<(String, u32)> = sum
            .split([',', ';'])
            .filter_map(|part| {
                let (name, points) = part.trim().split_once(' ')?;
                Some((name.to_owned(), points.parse::<u32>().ok()? * 10))
            })
            .collect();
        assert_eq!(parts, wanted, "{folder}: the judge's prompt");
        for (i, (name, _)) in criteria.iter().enumerate() {
            assert!(prompt.contains(&format!("\n{}. {name}: ", i + 1)), "{folder}: the judge is not asked for {name}");
            assert!(prompt.contains(&format!("\"{name}\": ")), "{folder}: the judge does not answer {name}");
        }
    }
}

/// What the prompt does not ask for is not demanded; that every prompt has these words is a test of each task.
#[test]
fn every_criterion_quotes_what_asks_for_it() {
    let eval = page("EVAL.md");
    for evaluator in tasks::all() {
        let asked: Vec<&str> = evaluator.asked_for().iter().map(|a| a.0).collect();
        let criteria: Vec<&str> = evaluator.criteria().iter().map(|c| c.0).collect();
        assert_eq!(asked, criteria, "{}", evaluator.folder());
        for (name, words) in evaluator.asked_for() {
            let quotes: Vec<String> = words.iter().map(|w| format!("\"{w}\"")).collect();
            let row = eval.lines().find(|line| line.starts_with(&format!("| `{name}` | ")) && line.contains(&quotes.join(", ")));
            assert!(row.is_some(), "EVAL.md does not quote {quotes:?} for `{name}`");
        }
    }
}

#[test]
fn every_gate_and_every_failure_is_explained() {
    let eval = page("EVAL.md");
    let world = world(Family::Tower, 3, 2, [92, 92, 96]);
    let scored = score_frames(&Registry::default(), &world.truth(), &world.draw_frame(0), &world.draw(), 30.0).expect("scored");
    let names: Vec<&str> = rows(&eval).into_iter().map(|(name, _)| name).collect();
    let gates: Vec<&str> = scored.gates.iter().map(|g| g.name).collect();
    assert!(names.windows(gates.len()).any(|rows| *rows == gates), "EVAL.md lists {names:?}, the verdict {gates:?}");
    let source = page("src/failure.rs");
    let failures = source.lines().filter_map(|line| line.strip_prefix("    ")?.strip_suffix(','));
    let failures: Vec<&str> = failures.filter(|f| f.chars().all(char::is_alphanumeric)).collect();
    assert!(failures.len() > 15, "{failures:?}");
    for failure in failures {
        let word = failure.char_indices().fold(String::new(), |mut word, (i, c)| {
            if c.is_uppercase() && i > 0 {
                word.push('_');
            }
            word.extend(c.to_lowercase());
            word
        });
        assert!(eval.contains(&format!("`{word}`")), "EVAL.md does not explain `{word}`");
    }
}
