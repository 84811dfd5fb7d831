//! What prompts are made of, and what they must keep.
//!
//! A prompt is an order for a video: what the first frame shows, what happens, in order, and what must be kept, the camera last.

use serde_json::Value;

use crate::{Card, EvidenceSource};

/// The last sentence of a prompt whose camera stands still.
pub const STILL_CAMERA: &str = "Keep the camera and the rest of the scene unchanged.";
/// Most words of a prompt.
pub const MOST_WORDS: usize = 200;

const NUMBERS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const ORDINALS: [&str; 13] = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// A number as a word, up to twelve; digits beyond.
#[must_use]
pub fn number(n: usize) -> String {
    NUMBERS.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// Which in a row, counted from 1, as a word up to twelve: `third`.
#[must_use]
pub fn ordinal(n: usize) -> String {
    ORDINALS.get(n).map_or_else(|| format!("{n}th"), |w| (*w).to_owned())
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list(items: &[impl AsRef<str>]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

impl Card {
    /// Whether the prompt is what a prompt must be: an order, of at most 200 words, whose last sentence says what the camera does; the numbers
    /// in it are those of the parameters, and every number that the solver is told stands in it; the answer does not.
    ///
    /// # Errors
    /// What is wrong, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let prompt = &self.prompt;
        let words: Vec<String> = prompt
            .split(|c: char| c.is_whitespace() || c == '-')
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .filter(|word| !word.is_empty())
            .collect();
        let count = prompt.split_whitespace().count();
        if !(1..=MOST_WORDS).contains(&count) {
            return Err(format!("the prompt has {count} words, of at most {MOST_WORDS}"));
        }
        if prompt.contains('?') {
            return Err("the prompt asks; it must order".into());
        }
        let last = prompt.trim_end_matches(['.', ' ']).rsplit(". ").next().unwrap_or_default();
        if !prompt.ends_with('.') || !last.to_lowercase().contains("camera") {
            return Err(format!("the prompt ends with `{last}`, which does not say what the camera does"));
        }
        if words.iter().any(|word| *word == self.class.to_lowercase()) || prompt.contains(&self.class) {
            return Err(format!("the prompt names its class, `{}`", self.class));
        }
        if let Some((name, _)) = self.parameters.iter().find(|(_, value)| value.as_str() == Some(self.class.as_str())) {
            return Err(format!("the parameter `{name}` is the answer"));
        }
        let numbers: Vec<f64> = self.parameters.values().filter_map(Value::as_f64).collect();
        let is_one_of = |x: f64| numbers.iter().any(|n| (n - x).abs() < 1e-9);
        let written = words.iter().filter_map(|word| word.parse::<f64>().ok());
        if let Some(x) = written.clone().find(|&x| !is_one_of(x)) {
            return Err(format!("the prompt says {x}, which is no parameter"));
        }
        let written: Vec<f64> = written.collect();
        for evidence in &self.evidence {
            let name = &evidence.quantity;
            let Some(value) = self.parameters.get(name) else {
                return Err(format!("`{name}` is evidence, but no parameter"));
            };
            let (EvidenceSource::Prompt, Some(x)) = (evidence.source, value.as_f64()) else { continue };
            let spelt = (x >= 0.0 && x.fract() == 0.0).then_some(x as usize);
            let says = |n: usize| words.iter().any(|word| *word == number(n) || *word == ordinal(n));
            if !written.iter().any(|w| (w - x).abs() < 1e-9) && !spelt.is_some_and(says) {
                return Err(format!("the solver is told `{name}`, {x}, but not in the prompt"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;
    use crate::{Difficulty, Evidence};

    fn card(prompt: &str) -> Card {
        Card {
            domain: "d".into(),
            family: "tower".into(),
            class: "tower_falls".into(),
            difficulty: Difficulty::Easy,
            prompt: prompt.into(),
            parameters: Map::from_iter([("blocks".to_owned(), json!(4)), ("tilt_deg".to_owned(), json!(12.5))]),
            evidence: vec![Evidence::told("blocks", "counted"), Evidence::told("tilt_deg", "in degrees")],
            certificate: Value::Null,
            hardness: std::collections::BTreeMap::new(),
        }
    }

    #[test]
    fn words_for_numbers() {
        assert_eq!((number(3), number(40)), ("three".into(), "40".into()));
        assert_eq!((ordinal(2), ordinal(40)), ("second".into(), "40th".into()));
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn a_prompt_is_an_order_whose_numbers_are_the_parameters() {
        let good = format!("A tower of four blocks stands on a plate. Tilt it by 12.5 degrees. {STILL_CAMERA}");
        assert_eq!(card(&good).check(), Ok(()));
        let bad = [
            (good.replace("plate.", "plate?"), "it must order"),
            (good.replace(STILL_CAMERA, "Keep the rest."), "what the camera does"),
            (good.replace("12.5", "13"), "which is no parameter"),
            (good.replace("four", "some"), "told `blocks`"),
            (good.replace(" by 12.5 degrees", ""), "told `tilt_deg`"),
            (good.replace("Tilt it", "Show how tower_falls, and tilt it"), "names its class"),
            (good.replace("Tilt", &"very ".repeat(200)), "words, of at most 200"),
            (String::new(), "0 words"),
        ];
        for (prompt, why) in bad {
            let said = card(&prompt).check().expect_err(why);
            assert!(said.contains(why), "{said:?} instead of {why:?}");
        }
        let mut card = card(&good);
        card.evidence.push(Evidence::seen("height", "seen"));
        assert!(card.check().expect_err("no such parameter").contains("no parameter"));
        card.evidence.pop();
        card.parameters.insert("outcome".into(), "tower_falls".into());
        assert!(card.check().expect_err("the answer").contains("is the answer"));
    }
}
