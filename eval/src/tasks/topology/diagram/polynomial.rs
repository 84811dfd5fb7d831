//! Laurent polynomials in one variable.

/// A Laurent polynomial with whole coefficients.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Laurent {
    /// Exponent of the first coefficient.
    low: i32,
    coefficients: Vec<i64>,
}

impl Laurent {
    pub(super) fn one() -> Self {
        Self { low: 0, coefficients: vec![1] }
    }

    /// Adds another one, times a sign and a power of the variable.
    pub(super) fn add(&mut self, other: &Self, sign: i64, shift: i32) {
        if other.coefficients.is_empty() {
            return;
        }
        let from = other.low + shift;
        if self.coefficients.is_empty() {
            self.low = from;
        }
        if from < self.low {
            let room = (self.low - from) as usize;
            self.coefficients.splice(0..0, std::iter::repeat_n(0, room));
            self.low = from;
        }
        let first = (from - self.low) as usize;
        let end = first + other.coefficients.len();
        if self.coefficients.len() < end {
            self.coefficients.resize(end, 0);
        }
        self.coefficients[first..end].iter_mut().zip(&other.coefficients).for_each(|(own, c)| *own += sign * c);
    }

    /// Times a sign and a power of the variable.
    pub(super) fn shifted(&self, sign: i64, shift: i32) -> Self {
        Self { low: self.low + shift, coefficients: self.coefficients.iter().map(|c| sign * c).collect() }
    }

    /// Times what a circle counts, `-A² - A⁻²`.
    pub(super) fn with_circle(&self) -> Self {
        let mut out = self.shifted(-1, 2);
        out.add(self, -1, -2);
        out
    }

    /// Over what a circle counts; what is left over is dropped.
    pub(super) fn without_circle(&self) -> Self {
        let mut rest = self.coefficients.clone();
        let mut quotient = Vec::new();
        for at in 0..rest.len().saturating_sub(4) {
            let part = -rest[at];
            quotient.push(part);
            rest[at + 4] += part;
        }
        Self { low: self.low + 2, coefficients: quotient }
    }

    /// Exponents and coefficients other than 0, exponents rising.
    pub(super) fn terms(&self) -> Vec<(i32, i64)> {
        let all = self.coefficients.iter().enumerate().map(|(i, c)| (self.low + i as i32, *c));
        all.filter(|(_, c)| *c != 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_comes_and_goes() {
        let mut p = Laurent::one();
        p.add(&Laurent::one(), -3, -7);
        p.add(&Laurent::one(), 2, 5);
        assert_eq!(p.terms(), [(-7, -3), (0, 1), (5, 2)]);
        assert_eq!(p.with_circle().without_circle().terms(), p.terms());
    }
}
