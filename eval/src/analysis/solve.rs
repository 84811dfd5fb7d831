//! Small systems of linear equations.

/// The solution of a symmetric system, by elimination; `None` where it has none.
pub(crate) fn solve<const N: usize>(mut a: [[f32; N]; N], mut b: [f32; N]) -> Option<[f32; N]> {
    for k in 0..N {
        let (row, pivot) = (a[k], a[k][k]);
        // NaN is none either.
        if pivot.is_nan() || pivot <= 1e-9 {
            return None;
        }
        for below in k + 1..N {
            let factor = a[below][k] / pivot;
            a[below].iter_mut().zip(row).for_each(|(v, above)| *v -= factor * above);
            b[below] -= factor * b[k];
        }
    }
    for k in (0..N).rev() {
        let known: f32 = (k + 1..N).map(|column| a[k][column] * b[column]).sum();
        b[k] = (b[k] - known) / a[k][k];
    }
    Some(b)
}

/// Adds a measurement: `row` times the unknowns is `value`.
#[inline]
pub(crate) fn add<const N: usize>(a: &mut [[f32; N]; N], b: &mut [f32; N], row: [f32; N], value: f32, weight: f32) {
    for i in 0..N {
        let scaled = weight * row[i];
        for j in 0..N {
            a[i][j] += scaled * row[j];
        }
        b[i] += scaled * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_and_a_singular_one_is_not() {
        let (mut a, mut b) = ([[0.0; 3]; 3], [0.0; 3]);
        for row in [[1.0, 2.0, 0.5], [0.0, 1.0, -1.0], [2.0, 0.0, 1.0], [1.0, 1.0, 1.0]] {
            add(&mut a, &mut b, row, row[0] * 3.0 - row[1] + row[2] * 0.25, 2.0);
        }
        let x = solve(a, b).expect("regular");
        assert!((x[0] - 3.0).abs() < 1e-4 && (x[1] + 1.0).abs() < 1e-4 && (x[2] - 0.25).abs() < 1e-4, "{x:?}");
        assert!(solve([[0.0; 3]; 3], [1.0; 3]).is_none());
    }
}
