//! What many draws of a task say of it: what a draw costs, what is rejected, and how well a rule on one parameter alone tells the class.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use raytruth_task::{Card, Difficulty, TaskInfo};
use serde_json::Value;

use crate::draw::{Drawn, Reasons};

/// Parts into which a rule cuts the values of a number.
const BINS: usize = 10;
/// Rules that are listed of a family.
const LISTED: usize = 6;

/// Collects draws.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    rows: Vec<Row>,
    rejections: Reasons,
}

/// One draw that was taken.
#[derive(Clone, Debug)]
struct Row {
    index: u64,
    family: String,
    class: String,
    attempts: u32,
    seconds: f64,
    parameters: Vec<(String, Value)>,
    difficulty: Difficulty,
    hardness: BTreeMap<String, f64>,
}

/// How often a rule on one parameter alone tells the class of draws that it has not seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The parameter.
    pub parameter: String,
    /// Draws of which it told the class, of all of the family.
    pub right: usize,
    /// All of the family.
    pub of: usize,
}

impl Rule {
    /// Its part.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        self.right as f64 / self.of.max(1) as f64
    }
}

impl Audit {
    /// Adds a draw that took some seconds of a thread.
    pub fn add(&mut self, drawn: &Drawn, seconds: f64) {
        for (reason, n) in &drawn.rejections {
            *self.rejections.entry(reason.clone()).or_default() += n;
        }
        self.add_card(drawn.index, drawn.problem.card(), drawn.attempt, seconds);
    }

    fn add_card(&mut self, index: u64, card: &Card, attempts: u32, seconds: f64) {
        let scalar = |v: &&Value| v.is_number() || v.is_string() || v.is_boolean();
        let parameters = card.parameters.iter().filter(|(_, v)| scalar(v)).map(|(k, v)| (k.clone(), v.clone())).collect();
        let (family, class) = (card.family.clone(), card.class.clone());
        let (difficulty, hardness) = (card.difficulty, card.hardness.clone());
        self.rows.push(Row { index, family, class, attempts, seconds, parameters, difficulty, hardness });
    }

    /// The rules of a family, the best first. A rule is learnt from the draws of even indices and tried on those of odd ones, and the other
    /// way round: for each value, or each tenth of a number's values, it says the class that is most frequent there.
    #[must_use]
    pub fn rules(&self, family: &str) -> Vec<Rule> {
        let rows: Vec<&Row> = self.rows.iter().filter(|r| r.family == family).collect();
        let mut names: Vec<&String> = rows.iter().flat_map(|r| r.parameters.iter().map(|(name, _)| name)).collect();
        names.sort_unstable();
        names.dedup();
        let mut rules: Vec<Rule> = names
            .into_iter()
            .map(|name| {
                let right = (0..2).map(|fold| right(&rows, name, fold)).sum();
                Rule { parameter: name.clone(), right, of: rows.len() }
            })
            .collect();
        rules.sort_by(|a, b| b.right.cmp(&a.right).then_with(|| a.parameter.cmp(&b.parameter)));
        rules
    }

    /// Everything as a text for people. `seconds`: of the whole run.
    #[must_use]
    pub fn report(&self, info: &TaskInfo, seconds: f64) -> String {
        let mut text = String::new();
        let n = self.rows.len();
        let attempts: u32 = self.rows.iter().map(|r| r.attempts).sum();
        let thread_s: f64 = self.rows.iter().map(|r| r.seconds).sum();
        let each = |x: f64| x / n.max(1) as f64;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{n} problems in {attempts} draws; {seconds:.1} s, {:.2} s a problem ({:.2} s of a thread)",
            each(seconds),
            each(thread_s)
        );
        for (reason, count) in &self.rejections {
            let _ = writeln!(text, "  drawn again for {reason}: {count}");
        }
        let _ = writeln!(text, "{:20} {:>8} {:>8} {:>12}", "class", "problems", "draws", "s of a thread");
        for class in info.classes {
            let of_class = || self.rows.iter().filter(|r| r.class == *class);
            let count = of_class().count();
            let draws: u32 = of_class().map(|r| r.attempts).sum();
            let s: f64 = of_class().map(|r| r.seconds).sum::<f64>() / count.max(1) as f64;
            let _ = writeln!(text, "{class:20} {count:8} {draws:8} {s:12.2}");
        }
        for family in info.families {
            let classes = self.classes_of(family);
            if classes == 0 {
                continue;
            }
            let _ = writeln!(text, "{family}: {classes} classes; a rule on one parameter alone is right in");
            for rule in self.rules(family).iter().take(LISTED) {
                let share = 100.0 * rule.accuracy();
                let _ = writeln!(text, "  {share:5.1} % of {} by {}", rule.of, rule.parameter);
            }
        }
        for name in self.rows.iter().flat_map(|r| r.hardness.keys()).collect::<BTreeSet<_>>() {
            let _ = writeln!(text, "hardness, {name}: {}", self.means(name).join(", "));
        }
        text
    }

    /// The mean of a number that says how hard problems are, for each difficulty that occurs.
    fn means(&self, name: &str) -> Vec<String> {
        let mean = |difficulty: Difficulty| {
            let of = self.rows.iter().filter(|r| r.difficulty == difficulty).filter_map(|r| r.hardness.get(name));
            let (n, sum) = of.fold((0u32, 0.0), |(n, sum), x| (n + 1, sum + x));
            (n > 0).then(|| format!("{} {:.2}", difficulty.name(), sum / f64::from(n)))
        };
        Difficulty::ALL.into_iter().filter_map(mean).collect()
    }

    fn classes_of(&self, family: &str) -> usize {
        let mut classes: Vec<&str> = self.rows.iter().filter(|r| r.family == family).map(|r| r.class.as_str()).collect();
        classes.sort_unstable();
        classes.dedup();
        classes.len()
    }
}

/// How many of a fold's draws a rule on a parameter tells that is learnt from the others.
fn right(rows: &[&Row], name: &str, fold: u64) -> usize {
    let value = |row: &Row| row.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let (learnt, tried): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|r| r.index % 2 != fold);
    let mut numbers: Vec<f64> = learnt.iter().filter_map(|r| value(r)?.as_f64()).collect();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let key = |row: &Row| match value(row) {
        None => String::from("none"),
        // Few values are told apart; many are cut into parts.
        Some(v) => match v.as_f64().filter(|_| numbers.len() > BINS) {
            None => v.to_string(),
            Some(x) => (numbers.partition_point(|&n| n < x) * BINS / (numbers.len() + 1)).to_string(),
        },
    };
    let mut counts: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for row in learnt {
        *counts.entry(key(row)).or_default().entry(&row.class).or_default() += 1;
    }
    let told = |row: &Row| counts.get(&key(row))?.iter().max_by_key(|(_, n)| **n).map(|(class, _)| *class);
    tried.iter().filter(|row| told(row) == Some(row.class.as_str())).count()
}

#[cfg(test)]
mod tests {
    use raytruth_task::{ByDifficulty, Rng};
    use serde_json::{Map, json};

    use super::*;

    fn card(class: &str, parameters: Map<String, Value>) -> Card {
        Card {
            domain: "toy".into(),
            family: "one".into(),
            class: class.into(),
            difficulty: Difficulty::Easy,
            prompt: String::new(),
            parameters,
            evidence: Vec::new(),
            certificate: Value::Null,
            hardness: BTreeMap::from([("parts".into(), 3.0)]),
        }
    }

    /// Of 400 fair draws at most 60 % are told by chance: 4 standard deviations.
    #[test]
    fn a_rule_tells_what_the_parameter_tells() {
        let (mut audit, mut rng) = (Audit::default(), Rng::from_seed(7));
        for index in 0..400 {
            let falls = rng.chance(0.5);
            let material = if rng.chance(0.8) == falls { "iron" } else { "foam" };
            let parameters = json!({
                "mass": if falls { 2.0 + rng.unit() } else { rng.unit() },
                "material": material,
                "count": rng.int(3, 5),
                "size": rng.unit(),
                "nested": {"left": "out"},
            });
            let Value::Object(parameters) = parameters else { unreachable!("an object") };
            audit.add_card(index, &card(if falls { "falls" } else { "stays" }, parameters), 2, 0.5);
        }
        let rules = audit.rules("one");
        assert_eq!(rules.iter().map(|r| r.parameter.as_str()).collect::<Vec<_>>()[..2], ["mass", "material"]);
        let by = |name: &str| rules.iter().find(|r| r.parameter == name).expect("a rule").accuracy();
        assert!(by("mass") > 0.95 && (0.74..0.86).contains(&by("material")), "{rules:?}");
        assert!(by("size") < 0.6 && by("count") < 0.6, "{rules:?}");
        assert!(audit.rules("another").is_empty() && rules.len() == 4);
        let info = TaskInfo {
            domain: "toy",
            title: "Toy",
            summary: "A toy.",
            families: &["one"],
            classes: &["falls", "stays"],
            seconds: ByDifficulty::all(1.0),
            min_size: ByDifficulty::all((1, 1)),
            min_fps: 1,
        };
        let report = audit.report(&info, 100.0);
        assert!(report.starts_with("400 problems in 800 draws; 100.0 s, 0.25 s a problem (0.50 s of a thread)"), "{report}");
        assert!(report.contains("hardness, parts: easy 3.00\n"), "{report}");
        assert!(report.contains("one: 2 classes") && report.contains(" % of 400 by mass"), "{report}");
    }
}
