//! The pixel filter as a table to draw offsets from, so that every camera path counts the same.

use crate::Profile;

const CELLS: usize = 256;

/// The filter's inverse cumulative distribution along one axis in pixels from the middle: both ends of 256 equal steps.
pub(crate) fn table(profile: Profile) -> Vec<[f32; 4]> {
    let ends = match profile {
        Profile::Look => invert(1.5, blackman_harris),
        Profile::Proof => invert(1.0, |_| 1.0),
    };
    ends.windows(2).map(|pair| [pair[0], pair[1], 0.0, 0.0]).collect()
}

/// The four-term window over −0.5..=0.5 (Harris 1978).
fn blackman_harris(x: f64) -> f64 {
    let phase = std::f64::consts::TAU * (x + 0.5);
    0.35875 - 0.48829 * phase.cos() + 0.14128 * (2.0 * phase).cos() - 0.01168 * (3.0 * phase).cos()
}

/// Where the cumulative distribution of `density`, stretched over `width`, reaches i / 256.
fn invert(width: f64, density: impl Fn(f64) -> f64) -> Vec<f32> {
    const STEPS: usize = 4096;
    let middle = |i: usize| (i as f64 + 0.5) / STEPS as f64 - 0.5;
    let total: f64 = (0..STEPS).map(|i| density(middle(i))).sum();
    let mut ends = vec![(-0.5 * width) as f32];
    let mut sum = 0.0;
    for i in 0..STEPS {
        let next = sum + density(middle(i)) / total;
        while ends.len() < CELLS && next >= ends.len() as f64 / CELLS as f64 {
            let part = (ends.len() as f64 / CELLS as f64 - sum) / (next - sum);
            ends.push((((i as f64 + part) / STEPS as f64 - 0.5) * width) as f32);
        }
        sum = next;
    }
    ends.push((0.5 * width) as f32);
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_symmetric_and_have_the_filters_variance() {
        for (profile, variance) in [(Profile::Proof, 1.0 / 12.0), (Profile::Look, 1.5f32.powi(2) * 0.019_18)] {
            let table = table(profile);
            assert_eq!(table.len(), CELLS);
            for (a, b) in table.iter().zip(table.iter().rev()) {
                assert!((a[0] + b[1]).abs() < 1e-3, "not symmetric: {a:?} {b:?}");
            }
            // Uniform between the ends of each cell.
            let second: f32 = table.iter().map(|c| (c[0] * c[0] + c[0] * c[1] + c[1] * c[1]) / 3.0).sum::<f32>() / CELLS as f32;
            assert!((second / variance - 1.0).abs() < 0.03, "{profile:?}: variance {second}, not {variance}");
        }
    }
}
