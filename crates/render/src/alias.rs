//! Choosing one of many by weight in constant time: Vose's alias method ("A Linear Algorithm for Generating Random Numbers with a
//! Given Distribution", 1991). The shader's side is `choose` in `shaders/shared/choice.wgsl`.

/// One cell of the table: below `threshold` of the cell's width it stands for itself, above for `other`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    pub(crate) threshold: f32,
    pub(crate) other: u32,
}

/// The table for weights of which at least one is positive; all equal where none is.
pub(crate) fn table(weights: &[f64]) -> Vec<Cell> {
    let total: f64 = weights.iter().sum();
    let count = weights.len() as f64;
    let scaled = |w: f64| if total > 0.0 { w * count / total } else { 1.0 };
    let mut share: Vec<f64> = weights.iter().map(|&w| scaled(w)).collect();
    let mut cells: Vec<Cell> = (0u32..).take(weights.len()).map(|other| Cell { threshold: 1.0, other }).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..weights.len()).partition(|&i| share[i] < 1.0);
    while let (Some(&few), Some(&many)) = (small.last(), large.last()) {
        small.pop();
        cells[few] = Cell { threshold: share[few] as f32, other: many as u32 };
        share[many] -= 1.0 - share[few];
        if share[many] < 1.0 {
            large.pop();
            small.push(many);
        }
    }
    // What is left over is 1 but for rounding. A weight of 0 must stay out of reach all the same.
    if let Some(heaviest) = (0..weights.len()).max_by(|&a, &b| weights[a].total_cmp(&weights[b])) {
        for i in small {
            if weights[i] <= 0.0 && total > 0.0 {
                cells[i] = Cell { threshold: 0.0, other: heaviest as u32 };
            }
        }
    }
    cells
}

/// Two cells a texel; a row of cells begins with a new texel.
pub(crate) fn texels(cells: &[Cell]) -> impl Iterator<Item = [u32; 4]> + '_ {
    cells.chunks(2).map(|pair| {
        let [a, b] = [pair[0], pair.get(1).copied().unwrap_or(pair[0])];
        [a.threshold.to_bits(), a.other, b.threshold.to_bits(), b.other]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often each is chosen.
    fn chosen(cells: &[Cell]) -> Vec<f64> {
        let mut sums = vec![0.0; cells.len()];
        for (i, cell) in cells.iter().enumerate() {
            sums[i] += f64::from(cell.threshold) / cells.len() as f64;
            sums[cell.other as usize] += (1.0 - f64::from(cell.threshold)) / cells.len() as f64;
        }
        sums
    }

    #[test]
    fn each_is_chosen_by_its_weight_and_what_weighs_nothing_never() {
        let long: Vec<f64> = (0..1000).map(|i| f64::from(i * i % 97)).collect();
        for weights in [&[1.0][..], &[0.0, 3.0], &[1e-9, 1.0, 1e9], &[0.1; 10], &long] {
            let total: f64 = weights.iter().sum();
            for (p, w) in chosen(&table(weights)).into_iter().zip(weights) {
                assert!((p - w / total).abs() < 1e-7, "{p} instead of {}", w / total);
                assert!(p > 0.0 || *w == 0.0 || w / total < 1e-12);
                assert!(*w > 0.0 || p == 0.0);
            }
        }
        assert_eq!(chosen(&table(&[0.0, 0.0])), [0.5, 0.5]);
    }
}
