use crate::{DialValue, Dials, Difficulty, Rng, round6};

/// What one draw of a problem may depend on.
pub struct Draw<'a> {
    /// The problem stream of this attempt.
    pub rng: Rng,
    /// The answer's class that this sample must have, as an index into `TaskInfo::classes`.
    pub class: usize,
    /// How hard.
    pub difficulty: Difficulty,
    /// The resolved hyper-parameters.
    pub dials: &'a Dials,
}

impl<'a> Draw<'a> {
    /// A draw from a stream.
    #[must_use]
    pub fn new(rng: Rng, class: usize, difficulty: Difficulty, dials: &'a Dials) -> Self {
        Self { rng, class, difficulty, dials }
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
        match self.dial(name) {
            DialValue::Int { lo, hi } => {
                let (lo, hi) = (*lo, *hi);
                self.rng.int(lo, hi)
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dial;

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
