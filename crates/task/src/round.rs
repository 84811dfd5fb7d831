/// `x` to 6 decimals, as metadata's `param_hash` rounds: draw parameters through this, so that what is recorded is what was used.
#[must_use]
pub fn round6(x: f64) -> f64 {
    let y = libm::round(x * 1e6) / 1e6;
    // No negative zero: it prints differently and means the same.
    if y == 0.0 { 0.0 } else { y }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_numbers_are_fixed_points() {
        for (x, y) in [(0.1 + 0.2, 0.3), (-1e-9, 0.0), (12.345_678_9, 12.345_679), (1e9 + 0.25, 1e9 + 0.25)] {
            assert_eq!(round6(x), y);
            assert_eq!(round6(round6(x)), round6(x));
        }
        assert!(round6(-1e-9).is_sign_positive());
    }
}
