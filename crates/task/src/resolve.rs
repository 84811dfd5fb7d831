//! Overrides: a task's default dials, then the configuration file's, then `--set`'s, each checked against type and bounds.

use serde_json::{Map, Value};

use crate::{Dial, DialError, DialValue, Dials};

impl Dials {
    /// The least and the most of a whole hyper-parameter; zeros if there is none of that name.
    #[must_use]
    pub fn ints(&self, name: &str) -> (i64, i64) {
        match self.0.get(name) {
            Some(DialValue::Int { lo, hi }) => (*lo, *hi),
            _ => (0, 0),
        }
    }

    /// The least and the most of a real one, likewise.
    #[must_use]
    pub fn reals(&self, name: &str) -> (f64, f64) {
        match self.0.get(name) {
            Some(DialValue::Real { lo, hi }) => (*lo, *hi),
            _ => (0.0, 0.0),
        }
    }

    /// The defaults of `dials`, overridden by the members of `config` and then by `sets` (`name=value`, `name=lo..hi`, `name=a|b`).
    ///
    /// In a configuration a value is a number, a string as `--set` takes it, `{"lo": .., "hi": ..}`, or a list of names.
    ///
    /// # Errors
    /// [`DialError`], which names the dial, what was given and what would be taken.
    pub fn resolve(dials: &[Dial], config: Option<&Map<String, Value>>, sets: &[String]) -> Result<Self, DialError> {
        let mut resolved = Self(dials.iter().map(|d| (d.name.to_owned(), d.value.clone())).collect());
        for (name, value) in config.into_iter().flatten() {
            let dial = find(dials, name)?;
            let value = dial.parse_json(value)?;
            resolved.0.insert(dial.name.to_owned(), value);
        }
        for set in sets {
            let (name, text) = set.split_once('=').ok_or_else(|| DialError::NoEquals { text: set.clone() })?;
            let dial = find(dials, name.trim())?;
            resolved.0.insert(dial.name.to_owned(), dial.parse(text)?);
        }
        Ok(resolved)
    }
}

fn find<'a>(dials: &'a [Dial], name: &str) -> Result<&'a Dial, DialError> {
    dials.iter().find(|d| d.name == name).ok_or_else(|| DialError::Unknown {
        name: name.to_owned(),
        known: dials.iter().map(|d| d.name).collect::<Vec<_>>().join(", "),
    })
}

impl Dial {
    /// Reads `value`, `lo..hi` or `a|b`.
    ///
    /// # Errors
    /// Where it is of the wrong type, reversed, not a number, or outside the bounds.
    pub fn parse(&self, text: &str) -> Result<DialValue, DialError> {
        let text = text.trim();
        let value = match self.bounds {
            DialValue::Int { .. } => {
                let (lo, hi) = self.ends(text, "a whole number or a range lo..hi of them", |t| t.parse::<i64>().ok())?;
                DialValue::Int { lo, hi }
            }
            DialValue::Real { .. } => {
                let finite = |t: &str| t.parse::<f64>().ok().filter(|x| x.is_finite());
                let (lo, hi) = self.ends(text, "a number or a range lo..hi of them", finite)?;
                DialValue::Real { lo, hi }
            }
            DialValue::Choice(_) => DialValue::Choice(text.split('|').map(|t| t.trim().to_owned()).collect()),
        };
        self.check(value, text)
    }

    fn parse_json(&self, value: &Value) -> Result<DialValue, DialError> {
        let text = value.to_string();
        let number = |v: &Value| match v {
            Value::Number(n) => Some(n.to_string()),
            _ => None,
        };
        match value {
            Value::Number(n) => self.parse(&n.to_string()),
            Value::String(s) => self.parse(s),
            Value::Object(o) if o.len() == 2 => {
                let end = |key| o.get(key).and_then(number);
                let (lo, hi) = end("lo").zip(end("hi")).ok_or_else(|| self.malformed(&text, self.wanted()))?;
                self.parse(&format!("{lo}..{hi}"))
            }
            Value::Array(names) if matches!(self.bounds, DialValue::Choice(_)) => {
                let names: Option<Vec<String>> = names.iter().map(|n| n.as_str().map(str::to_owned)).collect();
                self.check(DialValue::Choice(names.ok_or_else(|| self.malformed(&text, self.wanted()))?), &text)
            }
            _ => Err(self.malformed(&text, self.wanted())),
        }
    }

    fn ends<T: PartialOrd + Copy>(
        &self,
        text: &str,
        wanted: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<(T, T), DialError> {
        let ends = match text.split_once("..") {
            Some((lo, hi)) => read(lo.trim()).zip(read(hi.trim().trim_start_matches('=').trim())),
            None => read(text).map(|x| (x, x)),
        };
        match ends {
            Some((lo, hi)) if lo <= hi => Ok((lo, hi)),
            Some(_) => Err(self.malformed(text, "a range whose first end is the smaller")),
            None => Err(self.malformed(text, wanted)),
        }
    }

    fn check(&self, value: DialValue, text: &str) -> Result<DialValue, DialError> {
        let inside = match (&value, &self.bounds) {
            (DialValue::Int { lo, hi }, DialValue::Int { lo: min, hi: max }) => min <= lo && hi <= max,
            (DialValue::Real { lo, hi }, DialValue::Real { lo: min, hi: max }) => min <= lo && hi <= max,
            (DialValue::Choice(names), DialValue::Choice(all)) => {
                if names.is_empty() {
                    return Err(self.malformed(text, self.wanted()));
                }
                names.iter().all(|n| all.contains(n))
            }
            _ => false,
        };
        if inside {
            Ok(value)
        } else {
            let bounds = self.bounds.to_string();
            Err(DialError::OutOfBounds { name: self.name.to_owned(), text: text.to_owned(), bounds })
        }
    }

    fn wanted(&self) -> &'static str {
        match self.bounds {
            DialValue::Choice(_) => "a name, several as a|b, or a list of names",
            _ => "a number, a range lo..hi, or {\"lo\": .., \"hi\": ..}",
        }
    }

    fn malformed(&self, text: &str, wanted: &str) -> DialError {
        DialError::Malformed { name: self.name.to_owned(), text: text.to_owned(), wanted: wanted.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dials() -> Vec<Dial> {
        vec![
            Dial::int("blocks", "How many.", 4..=6, 3..=8),
            Dial::real("slope_deg", "How steep.", 14.0..=25.0, 10.0..=35.0),
            Dial::choice("family", "Which.", &["tower"], &["tower", "pair"]),
        ]
    }

    fn set(text: &str) -> Result<DialValue, String> {
        let name = text.split('=').next().unwrap_or_default().trim().to_owned();
        Dials::resolve(&dials(), None, &[text.to_owned()]).map(|d| d.0[&name].clone()).map_err(|e| e.to_string())
    }

    #[test]
    fn what_is_taken() {
        let real = |lo, hi| Ok(DialValue::Real { lo, hi });
        for (text, wanted) in [
            ("blocks=5", Ok(DialValue::Int { lo: 5, hi: 5 })),
            ("blocks=3..8", Ok(DialValue::Int { lo: 3, hi: 8 })),
            ("blocks=3..=4", Ok(DialValue::Int { lo: 3, hi: 4 })),
            ("slope_deg=20", real(20.0, 20.0)),
            ("slope_deg= 12.5 .. 13", real(12.5, 13.0)),
            ("slope_deg=1e1..35", real(10.0, 35.0)),
            ("family=pair", Ok(DialValue::Choice(vec!["pair".into()]))),
            ("family=tower|pair", Ok(DialValue::Choice(vec!["tower".into(), "pair".into()]))),
        ] {
            assert_eq!(set(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_refused_and_what_the_message_names() {
        for (text, parts) in [
            ("colour=3", &["`colour`", "blocks, slope_deg, family"][..]),
            ("blocks", &["`blocks`", "name=value"]),
            ("blocks=", &["`blocks`", "whole number"]),
            ("blocks=4.5", &["`blocks`", "`4.5`", "whole number"]),
            ("blocks=2..5", &["`blocks`", "`2..5`", "3..8"]),
            ("blocks=99999999999999999999", &["`blocks`", "whole number"]),
            ("slope_deg=NaN", &["`slope_deg`", "`NaN`", "number"]),
            ("slope_deg=inf", &["`slope_deg`", "number"]),
            ("slope_deg=30..20", &["`slope_deg`", "`30..20`", "smaller"]),
            ("slope_deg=9.99", &["`slope_deg`", "10..35"]),
            ("slope_deg=steep", &["`slope_deg`", "`steep`"]),
            ("family=castle", &["`family`", "`castle`", "tower|pair"]),
            ("family=", &["`family`", "tower|pair"]),
        ] {
            let message = set(text).expect_err(text);
            for part in parts {
                assert!(message.contains(part), "{text}: {message:?} lacks {part:?}");
            }
        }
    }

    #[test]
    fn a_configuration_file_is_overridden_by_set() {
        let config = serde_json::json!({"blocks": {"lo": 3, "hi": 5}, "slope_deg": 20, "family": ["pair", "tower"]});
        let resolved = Dials::resolve(&dials(), config.as_object(), &["slope_deg=12..13".to_owned()]).expect("valid");
        assert_eq!(resolved.0["blocks"], DialValue::Int { lo: 3, hi: 5 });
        assert_eq!(resolved.0["slope_deg"], DialValue::Real { lo: 12.0, hi: 13.0 });
        assert_eq!(resolved.0["family"].to_string(), "pair|tower");
        for bad in [
            serde_json::json!({"blocks": null}),
            serde_json::json!({"blocks": true}),
            serde_json::json!({"blocks": {"lo": 3}}),
            serde_json::json!({"blocks": {"lo": 3, "hi": "x"}}),
            serde_json::json!({"blocks": [3, 5]}),
            serde_json::json!({"family": [1]}),
            serde_json::json!({"family": []}),
            serde_json::json!({"nothing": 1}),
        ] {
            assert!(Dials::resolve(&dials(), bad.as_object(), &[]).is_err(), "{bad}");
        }
    }

    #[test]
    fn resolved_dials_survive_json() {
        let resolved = Dials::resolve(&dials(), None, &["slope_deg=20".to_owned()]).expect("valid");
        let text = serde_json::to_string(&resolved).expect("plain data");
        assert_eq!(serde_json::from_str::<Dials>(&text).expect("our own"), resolved, "{text}");
    }
}
