//! The candidate starts from the picture it was given.

use crate::picture::difference;
use crate::{Failure, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::grading::ramp;
use crate::truth::NO_MATTER;

/// Sum over the channels from which a softened pixel of the first frame is another one.
const OTHER_PIXEL: u32 = 60;

/// The candidate's frame 0 is `first_frame.png`, over all and on every object that matters.
pub(super) fn starts_right(seen: &Analysis<'_>) -> Gate {
    let (maps, first) = (&seen.maps, &seen.first);
    let start = &seen.watch.soft[0];
    let (mut other, mut count) = (0_u32, 0_u32);
    let mut sums = [(0_u64, 0_u64); 256];
    let pixels = start.rgb.chunks_exact(3).zip(first.rgb.chunks_exact(3)).zip(seen.footage.seen[0].iter()).zip(maps.map(0));
    for (((a, b), _), &label) in pixels.filter(|(((_, _), s), label)| **s && **label != NO_MATTER) {
        let off = difference(a, b);
        other += u32::from(off > OTHER_PIXEL);
        count += 1;
        let sum = &mut sums[usize::from(label)];
        *sum = (sum.0 + u64::from(off), sum.1 + 1);
    }
    let share = other as f32 / count.max(1) as f32;
    let (full, none) = (0.03, 0.12);
    let mut fraction = ramp(share, full, none);
    let mut reason = format!("{:.1} % of the first frame is another picture", share * 100.0);
    for thing in seen.keys() {
        let (sum, n) = sums[usize::from(maps.things[thing].label)];
        if n < 12 {
            continue;
        }
        let mean = sum as f32 / n as f32;
        let fits = ramp(mean, 60.0, 110.0);
        if fits < fraction {
            fraction = fits;
            reason = format!("{} looks different in the first frame (by {mean:.0} of 765)", maps.things[thing].name);
        }
    }
    gate("starts_right", fraction, (share, full, "share of pixels"), reason, Failure::OtherStart)
}
