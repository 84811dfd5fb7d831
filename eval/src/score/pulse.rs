//! Frames that a file leaves out because the picture stands still: a player shows the one before for as long.

/// Gaps of so many usual steps and more are stood still through; shorter ones lack a frame or two.
const GAP: f64 = 2.5;
/// Shortest usual step, seconds.
const SHORTEST: f64 = 1.0 / 240.0;
/// Most frames, of those that are there and those put in.
const MOST: usize = 3000;

/// For each frame that is shown which one of the file it is, and when, seconds from the first one on. `time` holds when those of the file are.
pub(super) fn shown(time: &[f64]) -> Vec<(usize, f64)> {
    let mut steps: Vec<f64> = time.windows(2).map(|w| w[1] - w[0]).collect();
    steps.sort_by(f64::total_cmp);
    // The shorter steps are those between frames that differ.
    let usual = steps.get(steps.len() / 4).copied().unwrap_or(1.0).max(SHORTEST);
    let mut out: Vec<(usize, f64)> = Vec::with_capacity(time.len());
    for (i, &at) in time.iter().enumerate() {
        if let Some(&(before, from)) = out.last().filter(|(_, from)| at - from > GAP * usual) {
            let missing = ((at - from) / usual - 0.5) as usize;
            let room = MOST.saturating_sub(out.len() + time.len() - i);
            out.extend((1..=missing.min(room)).map(|k| (before, from + k as f64 * usual)));
        }
        out.push((i, at));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_still_picture_is_shown_until_the_next_one() {
        let steady: Vec<f64> = (0..5).map(|i| f64::from(i) / 16.0).collect();
        assert_eq!(shown(&steady), steady.iter().copied().enumerate().collect::<Vec<_>>());
        let one_missing = [0.0, 1.0, 3.0, 4.0, 6.0];
        assert_eq!(shown(&one_missing).len(), 5, "lacking frames are not made up");
        let still = [0.0, 1.0, 2.0, 6.0, 7.0];
        let which: Vec<usize> = shown(&still).iter().map(|s| s.0).collect();
        assert_eq!(which, [0, 1, 2, 2, 2, 2, 3, 4]);
        assert_eq!(shown(&still)[4].1, 4.0);
        assert_eq!(shown(&[0.0]), [(0, 0.0)]);
        assert_eq!(shown(&[0.0, 0.001, 1e9]).len(), MOST, "no more than that");
    }
}
