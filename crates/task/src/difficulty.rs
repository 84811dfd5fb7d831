//! How hard problems are, and what depends on it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// How hard the drawn problems are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difficulty {
    /// Few parts, wide margins.
    Easy,
    /// The default.
    #[default]
    Medium,
    /// Many parts, narrow margins.
    Hard,
}

impl Difficulty {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Easy, Self::Medium, Self::Hard];

    /// As the command line and metadata spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Medium => "medium",
            Self::Hard => "hard",
        }
    }
}

/// Something for each difficulty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ByDifficulty<T> {
    /// For easy problems.
    pub easy: T,
    /// For medium ones.
    pub medium: T,
    /// For hard ones.
    pub hard: T,
}

impl<T> ByDifficulty<T> {
    /// The same for all.
    #[must_use]
    pub const fn all(value: T) -> Self
    where
        T: Copy,
    {
        Self { easy: value, medium: value, hard: value }
    }

    /// What a function gives for each.
    #[must_use]
    pub fn of(mut value: impl FnMut(Difficulty) -> T) -> Self {
        let [easy, medium, hard] = Difficulty::ALL;
        Self { easy: value(easy), medium: value(medium), hard: value(hard) }
    }

    /// What it is for one.
    #[must_use]
    pub fn at(&self, difficulty: Difficulty) -> &T {
        match difficulty {
            Difficulty::Easy => &self.easy,
            Difficulty::Medium => &self.medium,
            Difficulty::Hard => &self.hard,
        }
    }

    /// To change what it is for one.
    #[must_use]
    pub fn at_mut(&mut self, difficulty: Difficulty) -> &mut T {
        match difficulty {
            Difficulty::Easy => &mut self.easy,
            Difficulty::Medium => &mut self.medium,
            Difficulty::Hard => &mut self.hard,
        }
    }
}

/// Which difficulties the samples of a run have. Written as `easy`, `medium`, `hard` or `mixed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difficulties {
    /// All the same one.
    Only(Difficulty),
    /// All three, as many of each: which one a sample has says [`crate::RunSeed::mixed_difficulty`].
    Mixed,
}

impl Difficulties {
    /// Every one.
    pub const ALL: [Self; 4] =
        [Self::Only(Difficulty::Easy), Self::Only(Difficulty::Medium), Self::Only(Difficulty::Hard), Self::Mixed];

    /// As the command line and metadata spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Only(difficulty) => difficulty.name(),
            Self::Mixed => "mixed",
        }
    }

    /// Those that occur.
    #[must_use]
    pub fn occurring(&self) -> &[Difficulty] {
        match self {
            Self::Only(difficulty) => std::slice::from_ref(difficulty),
            Self::Mixed => &Difficulty::ALL,
        }
    }
}

impl Default for Difficulties {
    fn default() -> Self {
        Self::Only(Difficulty::default())
    }
}

impl fmt::Display for Difficulties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Difficulties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Difficulties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let found = Self::ALL.into_iter().find(|d| d.name() == name);
        found.ok_or_else(|| de::Error::unknown_variant(&name, &["easy", "medium", "hard", "mixed"]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_written_by_their_names() {
        for difficulties in Difficulties::ALL {
            let text = serde_json::to_string(&difficulties).expect("a string");
            assert_eq!(text, format!("\"{difficulties}\""));
            assert_eq!(serde_json::from_str::<Difficulties>(&text).expect("read back"), difficulties);
        }
        assert!(serde_json::from_str::<Difficulties>("\"none\"").is_err());
        for difficulty in Difficulty::ALL {
            assert_eq!(serde_json::to_string(&difficulty).expect("a string"), format!("\"{}\"", difficulty.name()));
        }
        let names = ByDifficulty::of(Difficulty::name);
        assert!(Difficulty::ALL.iter().all(|&d| *names.at(d) == d.name()));
    }
}
