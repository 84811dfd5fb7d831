//! Arithmetic of masks and label maps.

/// The pixels of `map` that carry `label` and whose four neighbours do too.
pub(crate) fn core_of(map: &[u8], width: usize, label: u8) -> Vec<usize> {
    let height = map.len() / width;
    let mut found = Vec::new();
    for y in 1..height.saturating_sub(1) {
        for at in y * width + 1..(y + 1) * width - 1 {
            if map[at] == label && [at - 1, at + 1, at - width, at + width].iter().all(|&n| map[n] == label) {
                found.push(at);
            }
        }
    }
    found
}

/// Sets every pixel within `reach` (in the maximum norm) of a set one.
pub(crate) fn dilate(mask: &mut [bool], width: usize, reach: usize) {
    let height = mask.len() / width;
    // Along rows, then along columns.
    let source = mask.to_vec();
    for y in 0..height {
        let row = &source[y * width..(y + 1) * width];
        for x in 0..width {
            mask[y * width + x] = row[x.saturating_sub(reach)..(x + reach + 1).min(width)].contains(&true);
        }
    }
    let source = mask.to_vec();
    for y in 0..height {
        for x in 0..width {
            mask[y * width + x] = (y.saturating_sub(reach)..(y + reach + 1).min(height)).any(|r| source[r * width + x]);
        }
    }
}

/// Fills what is narrower than twice `reach`: grain, glints, the dark seam between two faces.
pub(crate) fn close(mask: &mut [bool], width: usize, reach: usize) {
    dilate(mask, width, reach);
    mask.iter_mut().for_each(|m| *m = !*m);
    dilate(mask, width, reach);
    mask.iter_mut().for_each(|m| *m = !*m);
}
