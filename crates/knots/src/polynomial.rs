//! Laurent polynomials with exact integer coefficients.

use std::fmt;

use crate::{Error, Result};

/// `Σ cₖ xᵏ` over integers `k` of any sign, in 128-bit integers. Kept without zeros at either end, so that equal polynomials are equal
/// values. Sums and products are checked: what outgrows 128 bits is [`Error::Overflow`], and what has more than a million terms, or exponents
/// beyond a billion, is [`Error::TooLarge`], never a wrong number.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Laurent {
    low: i64,
    coefficients: Vec<i128>,
}

/// Terms that a polynomial may have, those between its lowest and its highest that are zero included.
const MOST_TERMS: usize = 1 << 20;
/// The greatest exponent, either way.
const MOST_EXPONENT: i64 = 1 << 30;
/// Products of coefficients in one product of polynomials.
const MOST_PRODUCTS: usize = 1 << 30;

fn limited(what: &'static str, count: usize, most: usize) -> Result<usize> {
    if count <= most { Ok(count) } else { Err(Error::TooLarge { what, count, most }) }
}

fn exponent(value: i64) -> Result<i64> {
    limited("size of an exponent", value.unsigned_abs() as usize, MOST_EXPONENT as usize).map(|_| value)
}

impl Laurent {
    /// From the lowest exponent up.
    #[must_use]
    pub fn new(low: i32, coefficients: impl Into<Vec<i128>>) -> Self {
        Self::from(i64::from(low), coefficients.into())
    }

    fn from(low: i64, coefficients: Vec<i128>) -> Self {
        let mut new = Self { low, coefficients };
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
    pub fn low(&self) -> i64 {
        self.low
    }

    /// The highest exponent; 0 of the zero polynomial.
    #[must_use]
    pub fn high(&self) -> i64 {
        self.low + (self.coefficients.len() as i64 - 1).max(0)
    }

    /// Coefficients from the lowest exponent up, none of them dropped in between.
    #[must_use]
    pub fn coefficients(&self) -> &[i128] {
        &self.coefficients
    }

    /// The coefficient of `x^exponent`.
    #[must_use]
    pub fn coefficient(&self, exponent: i32) -> i128 {
        usize::try_from(i64::from(exponent) - self.low).ok().and_then(|k| self.coefficients.get(k)).copied().unwrap_or(0)
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
        self.low = if self.coefficients.is_empty() { 0 } else { self.low + zeros as i64 };
    }

    /// Adds `sign · x^shift · other`, `sign` being 1 or -1.
    pub(crate) fn accumulate(&mut self, other: &Self, sign: i128, shift: i64) -> Result<()> {
        if other.is_zero() {
            return Ok(());
        }
        let low = exponent(other.low + shift)?;
        if self.is_zero() {
            self.low = low;
        }
        let high = (low + other.coefficients.len() as i64).max(self.low + self.coefficients.len() as i64);
        limited("number of terms", (high - low.min(self.low)) as usize, MOST_TERMS)?;
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
        let (m, n) = (self.coefficients.len(), other.coefficients.len());
        limited("number of terms", m + n - 1, MOST_TERMS)?;
        limited("number of products", m.saturating_mul(n), MOST_PRODUCTS)?;
        let mut out = vec![0_i128; m + n - 1];
        for (i, a) in self.coefficients.iter().enumerate().filter(|(_, a)| **a != 0) {
            for (sum, b) in out[i..].iter_mut().zip(&other.coefficients) {
                *sum = a.checked_mul(*b).and_then(|ab| sum.checked_add(ab)).ok_or(Error::Overflow("a coefficient"))?;
            }
        }
        Ok(Self::from(exponent(self.low + other.low)?, out))
    }

    /// The quotient where `other` divides it, else `None`.
    ///
    /// # Errors
    /// [`Error::Overflow`], [`Error::TooLarge`].
    pub fn divided_by(&self, other: &Self) -> Result<Option<Self>> {
        let (Some(lead), false) = (other.coefficients.last(), self.is_zero()) else {
            return Ok((!other.is_zero()).then(Self::zero));
        };
        let (mut rest, n) = (self.coefficients.clone(), other.coefficients.len());
        let Some(count) = (rest.len() + 1).checked_sub(n) else { return Ok(None) };
        limited("number of products", count.saturating_mul(n), MOST_PRODUCTS)?;
        let mut quotient = vec![0; count];
        for k in (0..count).rev() {
            let top = rest[k + n - 1];
            let rest_of_top = top.checked_rem(*lead).ok_or(Error::Overflow("a coefficient"))?;
            if rest_of_top != 0 {
                return Ok(None);
            }
            quotient[k] = top / lead;
            for (r, b) in rest[k..].iter_mut().zip(&other.coefficients) {
                let product = quotient[k].checked_mul(*b).ok_or(Error::Overflow("a coefficient"))?;
                *r = r.checked_sub(product).ok_or(Error::Overflow("a coefficient"))?;
            }
        }
        let low = exponent(self.low - other.low)?;
        Ok(rest.iter().all(|r| *r == 0).then(|| Self::from(low, quotient)))
    }

    /// `± x^shift` times it; `sign` is 1 or -1.
    ///
    /// # Errors
    /// [`Error::Overflow`], [`Error::TooLarge`].
    pub fn shifted(&self, sign: i128, shift: i64) -> Result<Self> {
        let signed = self.coefficients.iter().map(|c| c.checked_mul(sign).ok_or(Error::Overflow("a coefficient")));
        Ok(Self::from(exponent(self.low.saturating_add(shift))?, signed.collect::<Result<Vec<_>>>()?))
    }

    /// With `1/x` in the place of `x`.
    #[must_use]
    pub fn reciprocal(&self) -> Self {
        Self::from(-self.high(), self.coefficients.iter().rev().copied().collect())
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
        let mut terms = self.coefficients.iter().enumerate();
        let sum = terms.try_fold(0_i128, |sum, (k, c)| if k % 2 == 0 { sum.checked_add(*c) } else { sum.checked_sub(*c) });
        sum.ok_or(Error::Overflow("a sum of coefficients"))
    }

    /// As text in the variable `name`; exponents are printed as halves where `halves` says so.
    #[must_use]
    pub fn text(&self, name: &str, halves: bool) -> String {
        let mut out = String::new();
        for (k, c) in self.coefficients.iter().enumerate().filter(|(_, c)| **c != 0) {
            let e = self.low + k as i64;
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
        let least = Laurent::monomial(i128::MIN, 0);
        assert!(least.shifted(-1, 0).is_err() && least.divided_by(&Laurent::monomial(-1, 0)).is_err());
        assert!(Laurent::zero().minus(&least).is_err() && Laurent::new(0, [1, i128::MIN]).at_minus_one().is_err());
        assert_eq!(least.text("x", false), i128::MIN.to_string());
    }

    #[test]
    fn exponents_and_terms_are_limited() {
        let (far, near) = (Laurent::monomial(1, i32::MAX), Laurent::monomial(1, i32::MIN));
        assert!(matches!(far.plus(&Laurent::one()), Err(Error::TooLarge { .. })));
        assert!(matches!(far.times(&far), Err(Error::TooLarge { .. })));
        assert!(matches!(near.shifted(1, i64::MIN), Err(Error::TooLarge { .. })));
        assert_eq!(near.reciprocal().reciprocal(), near);
        let wide = Laurent::monomial(1, 1 << 29).plus(&Laurent::one());
        assert!(matches!(wide, Err(Error::TooLarge { what: "number of terms", .. })));
        let long = |terms: usize| Laurent::new(0, vec![1; terms]);
        let quotient = long(1 << 17).divided_by(&long(1 << 16));
        assert!(matches!(quotient, Err(Error::TooLarge { what: "number of products", .. })));
    }
}
