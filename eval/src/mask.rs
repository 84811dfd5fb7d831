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
    // Along rows: how far the last set one is behind, then ahead.
    for row in mask.chunks_exact_mut(width) {
        let source = row.to_vec();
        let mut since = reach + 1;
        for (out, &set) in row.iter_mut().zip(&source) {
            since = if set { 0 } else { since + 1 };
            *out = since <= reach;
        }
        since = reach + 1;
        for (out, &set) in row.iter_mut().zip(&source).rev() {
            since = if set { 0 } else { since + 1 };
            *out |= since <= reach;
        }
    }
    // Along columns, all of them side by side.
    let source = mask.to_vec();
    let mut pass = |y: usize, since: &mut [usize]| {
        let rows = mask[y * width..(y + 1) * width].iter_mut().zip(&source[y * width..(y + 1) * width]);
        for ((out, &set), since) in rows.zip(since) {
            *since = if set { 0 } else { *since + 1 };
            *out |= *since <= reach;
        }
    };
    let mut since = vec![reach + 1; width];
    (0..height).for_each(|y| pass(y, &mut since));
    since.fill(reach + 1);
    (0..height).rev().for_each(|y| pass(y, &mut since));
}

/// Fills what is narrower than twice `reach`: grain, glints, the dark seam between two faces.
pub(crate) fn close(mask: &mut [bool], width: usize, reach: usize) {
    dilate(mask, width, reach);
    mask.iter_mut().for_each(|m| *m = !*m);
    dilate(mask, width, reach);
    mask.iter_mut().for_each(|m| *m = !*m);
}
