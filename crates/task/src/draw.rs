//! What one draw of a problem may depend on, and what is recorded of it as it is drawn.

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};

use serde_json::{Map, Value};

use crate::{
    Clip, DialValue, Dials, Difficulty, Episode, Evidence, EvidenceSource, Lot, Problem, Rejection, Rng, SampleSeed, Task, round6,
};

/// What one draw of a problem may depend on.
pub struct Draw<'a> {
    /// The problem stream of this attempt.
    pub rng: Rng,
    /// The answer's class that this sample must have, as an index into `TaskInfo::classes`.
    pub class: usize,
    /// What else falls to the sample.
    lot: Lot,
    /// How hard.
    pub difficulty: Difficulty,
    /// The resolved hyper-parameters.
    pub dials: &'a Dials,
    /// What was recorded so far: it becomes the card's.
    pub(crate) parameters: Map<String, Value>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) hardness: BTreeMap<String, f64>,
}

impl<'a> Draw<'a> {
    /// A draw from a stream. Of a class alone it is the first in its run.
    #[must_use]
    pub fn new(rng: Rng, lot: impl Into<Lot>, difficulty: Difficulty, dials: &'a Dials) -> Self {
        let lot = lot.into();
        Self {
            rng,
            class: lot.class,
            lot,
            difficulty,
            dials,
            parameters: Map::new(),
            evidence: Vec::new(),
            hardness: BTreeMap::new(),
        }
    }

    /// One of `n` values of what a name says, which is to be balanced within the class: the same for every attempt.
    #[must_use]
    pub fn balanced(&self, what: &str, n: usize) -> usize {
        self.lot.of(what, n)
    }

    /// What is drawn next is a parameter that the solver sees in the first frame; `note` says how, in a few words.
    pub fn seen(&mut self, note: impl Into<String>) -> Recorded<'_, 'a> {
        Recorded { draw: self, evidence: Some((EvidenceSource::FirstFrame, note.into())), name: None }
    }

    /// What is drawn next is a parameter that the prompt tells; `note` says how, in a few words.
    pub fn told(&mut self, note: impl Into<String>) -> Recorded<'_, 'a> {
        Recorded { draw: self, evidence: Some((EvidenceSource::Prompt, note.into())), name: None }
    }

    /// What is drawn next is a parameter, but no evidence: it follows from others, or the answer does not depend on it.
    pub fn noted(&mut self) -> Recorded<'_, 'a> {
        Recorded { draw: self, evidence: None, name: None }
    }

    /// Records a number that says how hard the problem is (how many things, how narrow the margin), rounded to 6 decimals. What is not finite
    /// is left out: JSON cannot say it.
    pub fn hardness(&mut self, name: &str, value: f64) {
        if value.is_finite() {
            self.hardness.insert(name.to_owned(), round6(value));
        }
    }

    /// What was recorded so far.
    #[must_use]
    pub fn parameters(&self) -> &Map<String, Value> {
        &self.parameters
    }

    /// A real hyper-parameter, uniform over its range and rounded to 6 decimals, so that metadata holds the number that was used.
    ///
    /// # Panics
    /// Where the task has no such real dial: a fault of the task, not of its user.
    pub fn real(&mut self, name: &str) -> f64 {
        match self.dial(name) {
            DialValue::Real { lo, hi } => {
                let (lo, hi) = (*lo, *hi);
                round6(self.rng.range(lo, hi)).clamp(lo, hi)
            }
            other => panic!("the dial `{name}` is {other}, not a real"),
        }
    }

    /// A whole hyper-parameter, uniform over its range.
    ///
    /// # Panics
    /// Where the task has no such integer dial.
    pub fn int(&mut self, name: &str) -> i64 {
        let (lo, hi) = self.range(name);
        self.rng.int(lo, hi)
    }

    /// The least and the most of a whole hyper-parameter, without drawing.
    ///
    /// # Panics
    /// Where the task has no such integer dial.
    #[must_use]
    pub fn range(&self, name: &str) -> (i64, i64) {
        match self.dial(name) {
            DialValue::Int { lo, hi } => (*lo, *hi),
            other => panic!("the dial `{name}` is {other}, not an integer"),
        }
    }

    /// One of a hyper-parameter's names.
    ///
    /// # Panics
    /// Where the task has no such choice.
    pub fn choice(&mut self, name: &str) -> &'a str {
        let names = self.choices(name);
        &names[self.rng.below(names.len() as u64) as usize]
    }

    /// All the names that a hyper-parameter allows, without drawing.
    ///
    /// # Panics
    /// Where the task has no such choice.
    #[must_use]
    pub fn choices(&self, name: &str) -> &'a [String] {
        match self.dial(name) {
            DialValue::Choice(names) => names,
            other => panic!("the dial `{name}` is {other}, not a choice"),
        }
    }

    fn dial(&self, name: &str) -> &'a DialValue {
        self.dials.0.get(name).unwrap_or_else(|| panic!("the task has no dial `{name}`"))
    }
}

/// A parameter that is about to be drawn, or computed from what was drawn, and recorded.
pub struct Recorded<'d, 'a> {
    draw: &'d mut Draw<'a>,
    evidence: Option<(EvidenceSource, String)>,
    name: Option<String>,
}

impl<'a> Recorded<'_, 'a> {
    /// Under another name than the dial's.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// As [`Draw::real`].
    pub fn real(self, dial: &str) -> f64 {
        let value = self.draw.real(dial);
        self.value(dial, value)
    }

    /// As [`Draw::int`].
    pub fn int(self, dial: &str) -> i64 {
        let value = self.draw.int(dial);
        self.value(dial, value)
    }

    /// As [`Draw::choice`].
    pub fn choice(self, dial: &str) -> &'a str {
        let value = self.draw.choice(dial);
        self.value(dial, value)
    }

    /// Records a value that is known.
    pub fn value<T: Into<Value> + Clone>(self, name: &str, value: T) -> T {
        let name = self.name.unwrap_or_else(|| name.to_owned());
        self.draw.parameters.insert(name.clone(), value.clone().into());
        if let Some((source, note)) = self.evidence {
            self.draw.evidence.push(Evidence { quantity: name, source, note });
        }
        value
    }
}

/// Draws a problem of a lot for each of some attempts, each with a stream of its own, until the task takes one: that one, and its attempt.
/// `refused` hears of every rejection, and may break off. `None` if no attempt is left, or it was broken off.
pub fn draw_until_taken(
    task: &dyn Task,
    (seed, lot): (SampleSeed, Lot),
    (difficulty, dials): (Difficulty, &Dials),
    attempts: Range<u32>,
    refused: &mut dyn FnMut(u32, Rejection) -> ControlFlow<()>,
) -> Option<(u32, Box<dyn Problem>)> {
    for attempt in attempts {
        match task.draw(&mut Draw::new(seed.problem(attempt), lot, difficulty, dials)) {
            Ok(problem) => return Some((attempt, problem)),
            Err(rejection) => {
                if refused(attempt, rejection).is_break() {
                    return None;
                }
            }
        }
    }
    None
}

/// Dresses a problem by one look after the other until the task takes one: that one, and its number. `stream`: the random stream of a look.
pub fn first_taken_look(
    problem: &dyn Problem,
    clip: &Clip,
    looks: Range<u32>,
    stream: &mut dyn FnMut(u32) -> Rng,
    refused: &mut dyn FnMut(u32, Rejection),
) -> Option<(u32, Episode)> {
    looks.into_iter().find_map(|look| match problem.episode(&mut stream(look), clip) {
        Ok(episode) => Some((look, episode)),
        Err(rejection) => {
            refused(look, rejection);
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dial;

    #[test]
    fn what_is_drawn_is_recorded_with_its_evidence() {
        let dials =
            Dials::resolve(&[Dial::int("n", "N.", 3..=5, 0..=9), Dial::real("wide_mm", "W.", 2.0..=3.0, 0.0..=9.0)], None, &[])
                .expect("defaults");
        let mut draw = Draw::new(Rng::from_seed(1), 0, Difficulty::Easy, &dials);
        let n = draw.told("counted").int("n");
        let width = draw.seen("beside the ball").named("width_mm").real("wide_mm");
        draw.noted().value("area_mm2", round6(width * width));
        draw.hardness("parts", 3.0);
        assert_eq!((&draw.parameters["n"], &draw.parameters["width_mm"]), (&Value::from(n), &Value::from(width)));
        assert!(!draw.parameters.contains_key("wide_mm") && draw.parameters.contains_key("area_mm2"));
        assert_eq!(draw.evidence, [Evidence::told("n", "counted"), Evidence::seen("width_mm", "beside the ball")]);
        assert_eq!(draw.hardness, BTreeMap::from([("parts".to_owned(), 3.0)]));
        // The same number as without a record.
        assert_eq!(n, Draw::new(Rng::from_seed(1), 0, Difficulty::Easy, &dials).int("n"));
    }

    #[test]
    fn draws_stay_inside_and_reach_the_ends() {
        let dials = Dials::resolve(
            &[
                Dial::int("n", "N.", 3..=5, 0..=9),
                Dial::real("x", "X.", 0.25..=0.5, 0.0..=1.0),
                Dial::real("fixed", "F.", 0.1234567..=0.1234567, 0.0..=1.0),
                Dial::choice("c", "C.", &["a", "b"], &["a", "b", "c"]),
            ],
            None,
            &[],
        )
        .expect("defaults");
        let mut draw = Draw::new(Rng::from_seed(1), 0, Difficulty::Easy, &dials);
        let mut seen = [0u32; 10];
        for _ in 0..300 {
            seen[draw.int("n") as usize] += 1;
            let x = draw.real("x");
            assert!((0.25..=0.5).contains(&x) && x == round6(x), "{x}");
            assert_eq!(draw.real("fixed"), 0.1234567, "a single value is used as it was given");
            assert!(["a", "b"].contains(&draw.choice("c")));
        }
        assert_eq!(seen.iter().filter(|&&n| n > 60).count(), 3, "{seen:?}");
    }
}
