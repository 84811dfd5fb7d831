use std::time::{Duration, Instant};

use serde::Serialize;

/// How long the thread that renders waited for others: a run with much of it is not limited by its device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Waits {
    /// Seconds without a problem that was drawn, dressed and prepared, but for the first.
    #[serde(serialize_with = "seconds")]
    pub problems: Duration,
    /// Seconds in which an encoder had enough frames waiting.
    #[serde(serialize_with = "seconds")]
    pub encoding: Duration,
    /// Seconds in which nobody was free to take a clip, because all were scoring and writing others.
    #[serde(serialize_with = "seconds")]
    pub finishing: Duration,
}

impl Waits {
    /// Waits for something, and adds up for how long.
    pub(crate) fn of<T>(&mut self, of: impl FnOnce(&mut Self) -> &mut Duration, wait: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let found = wait();
        *of(self) += start.elapsed();
        found
    }

    /// What it waited for longest, in words, and for how long; nothing where that is less than a tenth of a run.
    #[must_use]
    pub fn worst(&self, of: f64) -> Option<(&'static str, f64)> {
        let all = [
            ("problems to be drawn", self.problems),
            ("frames to be encoded", self.encoding),
            ("clips to be scored and written", self.finishing),
        ];
        let (what, time) = all.into_iter().max_by_key(|(_, time)| *time)?;
        Some((what, time.as_secs_f64())).filter(|(_, seconds)| *seconds > 0.1 * of)
    }
}

fn seconds<S: serde::Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((time.as_secs_f64() * 1e3).round() / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wait_is_named_where_it_counts() {
        let waits = Waits { problems: Duration::from_secs(2), encoding: Duration::from_secs(3), ..Waits::default() };
        assert_eq!(waits.worst(10.0), Some(("frames to be encoded", 3.0)));
        assert_eq!(waits.worst(100.0), None);
    }
}
