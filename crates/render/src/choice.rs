//! Choosing one of many by weight: tables for `choose` in `shaders/shared/choice.wgsl`, where the method is told.

/// One of those to choose from.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell {
    /// Where its part of 0..1 ends.
    end: f32,
    /// The first whose part ends above the cell's own index over their number.
    first: u32,
}

/// The table for weights of which at least one is positive; the first is always chosen where none is.
pub(crate) fn table(weights: &[f64]) -> Vec<[u32; 4]> {
    cells(weights)
        .chunks(2)
        .map(|pair| {
            let [a, b] = [pair[0], pair.get(1).copied().unwrap_or(pair[0])];
            [a.end.to_bits(), a.first, b.end.to_bits(), b.first]
        })
        .collect()
}

/// Where the part of 0..1 ends that belongs to number `i` of a table.
pub(crate) fn end(table: &[[u32; 4]], i: usize) -> f32 {
    f32::from_bits(table[i / 2][2 * (i % 2)])
}

fn cells(weights: &[f64]) -> Vec<Cell> {
    let total: f64 = weights.iter().sum();
    let mut sum = 0.0;
    let mut ends: Vec<f32> = weights
        .iter()
        .map(|w| {
            sum += w;
            (sum / total) as f32
        })
        .collect();
    // To the bit, from the last that weighs anything: rounding must leave no gap below 1.
    let last = weights.iter().rposition(|&w| w > 0.0).unwrap_or(0);
    ends[last..].fill(1.0);
    let mut first = 0;
    (0..weights.len())
        .map(|i| {
            // As the shader's bucket begins, or a little before: its product may round up.
            let begin = (i as f64 / weights.len() as f64) * (1.0 - 2.0 * f64::from(f32::EPSILON));
            while first < last && f64::from(ends[first]) <= begin {
                first += 1;
            }
            Cell { end: ends[i], first: first as u32 }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the shader does it.
    fn choose(cells: &[Cell], u: f32) -> usize {
        let count = cells.len();
        let bucket = ((u * count as f32) as usize).min(count - 1);
        let mut first = cells[bucket].first as usize;
        let mut last = cells.get(bucket + 2).map_or(count - 1, |c| c.first as usize);
        while first < last {
            let middle = usize::midpoint(first, last);
            if u < cells[middle].end {
                last = middle;
            } else {
                first = middle + 1;
            }
        }
        first
    }

    #[test]
    fn each_is_chosen_by_its_weight_and_what_weighs_nothing_never() {
        let long: Vec<f64> = (0..1000).map(|i| f64::from(i * i % 97)).collect();
        let lamp: Vec<f64> = (0..1025).map(|i| if i == 700 { 1e6 } else { 1.0 }).collect();
        for weights in
            [&[1.0][..], &[0.0, 3.0], &[3.0, 0.0], &[1e-9, 1.0, 1e9], &[0.1; 10], &[0.0, 1.0, 0.0, 0.0, 2.0, 0.0], &long, &lamp]
        {
            let total: f64 = weights.iter().sum();
            let cells = cells(weights);
            let draws = 1 << 20;
            let mut counts = vec![0.0; weights.len()];
            for i in 0..draws {
                // The sampler's numbers are multiples of 2^-24; the first and last of each sixteen cover both ends.
                let u = (16 * i + 15 * (i & 1)) as f32 / 16_777_216.0;
                let chosen = choose(&cells, u);
                assert!(u < cells[chosen].end && (chosen == 0 || u >= cells[chosen - 1].end), "{u} is not in {chosen}");
                counts[chosen] += 1.0 / f64::from(draws);
            }
            for (i, (p, w)) in counts.into_iter().zip(weights).enumerate() {
                assert!((p - w / total).abs() < 4e-6, "{i}: {p} instead of {}", w / total);
                assert!(*w > 0.0 || p == 0.0);
            }
        }
    }
}
