use serde::{Deserialize, Serialize};

/// A quantity measured several times.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The middle one.
    pub median: f64,
    /// The smallest.
    pub least: f64,
    /// The largest.
    pub most: f64,
    /// How many times.
    pub runs: usize,
}

impl Figure {
    /// Of at least one value; `None` of nothing.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        let middle = values.len() / 2;
        let median = if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) };
        Some(Self { median, least, most, runs: values.len() })
    }

    /// The same of what is `factor` over it, as a rate of a time.
    #[must_use]
    pub fn rate(self, factor: f64) -> Self {
        Self { median: factor / self.median, least: factor / self.most, most: factor / self.least, runs: self.runs }
    }

    /// In another unit.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { median: factor * self.median, least: factor * self.least, most: factor * self.most, runs: self.runs }
    }

    /// `12.3 (11.9 to 12.8)`.
    #[must_use]
    pub fn text(&self) -> String {
        let digits = match self.median.abs() {
            x if x >= 100.0 => 0,
            x if x >= 10.0 => 1,
            x if x >= 1.0 => 2,
            _ => 3,
        };
        format!("{:.digits$} ({:.digits$} to {:.digits$})", self.median, self.least, self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_ends() {
        let figure = Figure::of(vec![3.0, 1.0, 2.0, 10.0]).expect("four values");
        assert_eq!(figure, Figure { median: 2.5, least: 1.0, most: 10.0, runs: 4 });
        assert_eq!(figure.rate(10.0), Figure { median: 4.0, least: 1.0, most: 10.0, runs: 4 });
        assert_eq!(figure.times(2.0).text(), "5.00 (2.00 to 20.00)");
        assert_eq!(Figure::of(Vec::new()), None);
    }
}
