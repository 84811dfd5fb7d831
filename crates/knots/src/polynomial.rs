//! Laurent polynomials with exact integer coefficients.

use std::fmt;

use crate::{Error, Result};

/// `Σ cₖ xᵏ` over integers `k` of any sign, in 128-bit integers. Kept without zeros at either end, so that equal polynomials are equal
/// values. Sums and products are checked: what outgrows 128 bits is [`Error::Overflow`], never a wrong number.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Laurent {
    low: i32,
    coefficients: Vec<i128>,
}

impl Laurent {
    /// From the lowest exponent up.
    #[must_use]
    pub fn new(low: i32, coefficients: impl Into<Vec<i128>>) -> Self {
        let mut new = Self { low, coefficients: coefficients.into() };
        new.trim();
        new
    }

    /// Zero.
    #[must_use]
    pub fn zero() -> Self {
        Self::default()
    }

    /// One.
    #[must_use]
    pub fn one() -> Self {
        Self::monomial(1, 0)
    }

    /// `coefficient · x^exponent`.
    #[must_use]
    pub fn monomial(coefficient: i128, exponent: i32) -> Self {
        Self::new(exponent, [coefficient])
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }

    /// The lowest exponent; 0 of the zero polynomial.
    #[must_use]
    pub fn low(&self) -> i32 {
        self.low
    }

    /// The highest exponent; 0 of the zero polynomial.
    #[must_use]
    pub fn high(&self) -> i32 {
        self.low + (self.coefficients.len() as i32 - 1).max(0)
    }

    /// Coefficients from the lowest exponent up, none of them dropped in between.
    #[must_use]
    pub fn coefficients(&self) -> &[i128] {
        &self.coefficients
    }

    /// The coefficient of `x^exponent`.
    #[must_use]
    pub fn coefficient(&self, exponent: i32) -> i128 {
        usize::try_from(i64::from(exponent) - i64::from(self.low))
            .ok()
            .and_then(|k| self.coefficients.get(k))
            .copied()
            .unwrap_or(0)
    }

    /// Whether it is `±x^k`, which divides every polynomial.
    #[must_use]
    pub fn is_unit(&self) -> bool {
        matches!(self.coefficients[..], [1 | -1])
    }

    fn trim(&mut self) {
        while self.coefficients.last() == Some(&0) {
            self.coefficients.pop();
        }
        let zeros = self.coefficients.iter().take_while(|c| **c == 0).count();
        self.coefficients.drain(..zeros);
        self.low = if self.coefficients.is_empty() { 0 } else { self.low + zeros as i32 };
    }

    /// Adds `sign · x^shift · other`, `sign` being 1 or -1.
    pub(crate) fn accumulate(&mut self, other: &Self, sign: i128, shift: i32) -> Result<()> {
        if other.is_zero() {
            return Ok(());
        }
        let low = other.low + shift;
        if self.is_zero() {
            self.low = low;
        }
        if low < self.low {
            let more = (self.low - low) as usize;
            self.coefficients.splice(0..0, std::iter::repeat_n(0, more));
            self.low = low;
        }
        let from = (low - self.low) as usize;
        if self.coefficients.len() < from + other.coefficients.len() {
            self.coefficients.resize(from + other.coefficients.len(), 0);
        }
        for (sum, c) in self.coefficients[from..].iter_mut().zip(&other.coefficients) {
            *sum = c.checked_mul(sign).and_then(|c| sum.checked_add(c)).ok_or(Error::Overflow("a coefficient"))?;
        }
        self.trim();
        Ok(())
    }

    /// The sum.
    ///
    /// # Errors
    /// [`Error::Overflow`].
    pub fn plus(&self, other: &Self) -> Result<Self> {
        let mut sum = self.clone();
        sum.accumulate(other, 1, 0)?;
        Ok(sum)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`Error::Overflow`].
    pub fn minus(&self, other: &Self) -> Result<Self> {
        let mut sum = self.clone();
        sum.accumulate(other, -1, 0)?;
        Ok(sum)
    }

    /// The product.
    ///
    /// # Errors
    /// [`Error::Overflow`].
    pub fn times(&self, other: &Self) -> Result<Self> {
        if self.is_zero() || other.is_zero() {
            return Ok(Self::zero());
        }
        let mut out = vec![0_i128; self.coefficients.len() + other.coefficients.len() - 1];
        for (i, a) in self.coefficients.iter().enumerate().filter(|(_, a)| **a != 0) {
            for (sum, b) in out[i..].iter_mut().zip(&other.coefficients) {
                *sum = a.checked_mul(*b).and_then(|ab| sum.checked_add(ab)).ok_or(Error::Overflow("a coefficient"))?;
            }
        }
        Ok(Self::new(self.low + other.low, out))
    }

    /// The quotient where `other` divides it, else `None`.
    ///
    /// # Errors
    /// [`Error::Overflow`].
    pub fn divided_by(&self, other: &Self) -> Result<Option<Self>> {
        let (Some(lead), false) = (other.coefficients.last(), self.is_zero()) else {
            return Ok((!other.is_zero()).then(Self::zero));
        };
        let (mut rest, n) = (self.coefficients.clone(), other.coefficients.len());
        let Some(count) = (rest.len() + 1).checked_sub(n) else { return Ok(None) };
        let mut quotient = vec![0; count];
        for k in (0..count).rev() {
            let top = rest[k + n - 1];
            if top % lead != 0 {
                return Ok(None);
            }
            quotient[k] = top / lead;
            for (r, b) in rest[k..].iter_mut().zip(&other.coefficients) {
                let product = quotient[k].checked_mul(*b).ok_or(Error::Overflow("a coefficient"))?;
                *r = r.checked_sub(product).ok_or(Error::Overflow("a coefficient"))?;
            }
        }
        Ok(rest.iter().all(|r| *r == 0).then(|| Self::new(self.low - other.low, quotient)))
    }

    /// `± x^shift` times it; `sign` is 1 or -1.
    #[must_use]
    pub fn shifted(&self, sign: i128, shift: i32) -> Self {
        Self::new(self.low + shift, self.coefficients.iter().map(|c| c * sign).collect::<Vec<_>>())
    }

    /// With `1/x` in the place of `x`.
    #[must_use]
    pub fn reciprocal(&self) -> Self {
        Self::new(-self.high(), self.coefficients.iter().rev().copied().collect::<Vec<_>>())
    }

    /// The value at `x = 1`.
    ///
    /// # Errors
    /// [`Error::Overflow`].
    pub fn at_one(&self) -> Result<i128> {
        self.coefficients.iter().try_fold(0_i128, |sum, c| sum.checked_add(*c)).ok_or(Error::Overflow("a sum of coefficients"))
    }

    /// `Σ cₖ (-1)^k`, with `k` counted from the lowest exponent: the value at `x = -1` but for its sign.
    ///
    /// # Errors
    /// [`Error::Overflow`].
    pub fn at_minus_one(&self) -> Result<i128> {
        let signed = self.coefficients.iter().enumerate().map(|(k, c)| if k % 2 == 0 { *c } else { -c });
        signed.into_iter().try_fold(0_i128, i128::checked_add).ok_or(Error::Overflow("a sum of coefficients"))
    }

    /// As text in the variable `name`; exponents are printed as halves where `halves` says so.
    #[must_use]
    pub fn text(&self, name: &str, halves: bool) -> String {
        let mut out = String::new();
        for (k, c) in self.coefficients.iter().enumerate().filter(|(_, c)| **c != 0) {
            let e = self.low + k as i32;
            let power = match (e, halves && e % 2 != 0) {
                (0, _) => String::new(),
                (e, true) => format!("{name}^({e}/2)"),
                (e, false) => match if halves { e / 2 } else { e } {
                    1 => name.to_owned(),
                    e => format!("{name}^{e}"),
                },
            };
            let sign = if *c < 0 { "-" } else { "+" };
            out += &if out.is_empty() { (if *c < 0 { "-" } else { "" }).to_owned() } else { format!(" {sign} ") };
            let size = c.unsigned_abs();
            if size != 1 || power.is_empty() {
                out += &size.to_string();
            }
            out += &power;
        }
        if out.is_empty() { "0".to_owned() } else { out }
    }
}

impl fmt::Display for Laurent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text("x", false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_divide_back_and_other_things_do_not() {
        let (a, b) = (Laurent::new(-2, [1, 0, -3, 2]), Laurent::new(1, [2, 5, -1]));
        let product = a.times(&b).expect("small");
        assert_eq!(product.divided_by(&b), Ok(Some(a.clone())));
        assert_eq!(product.plus(&Laurent::one()).expect("small").divided_by(&b), Ok(None));
        assert_eq!(a.minus(&a).expect("small"), Laurent::zero());
        assert_eq!(product.at_one(), Ok(0));
        assert_eq!(a.reciprocal().reciprocal(), a);
        assert_eq!(a.text("t", true), "t^-1 - 3 + 2t^(1/2)");
    }

    #[test]
    fn what_outgrows_128_bits_is_refused() {
        let big = Laurent::monomial(i128::MAX, 0);
        assert_eq!(big.plus(&Laurent::one()), Err(Error::Overflow("a coefficient")));
        assert_eq!(big.times(&big), Err(Error::Overflow("a coefficient")));
    }
}
