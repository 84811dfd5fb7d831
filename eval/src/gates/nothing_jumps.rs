//! Nothing is at one place in a frame and far off in the next.

use crate::{Failure, Gate};

use super::gate;
use crate::analysis::Analysis;
use crate::analysis::disc::distance;
use crate::grading::ramp;

/// Share of a thing's area that must be seen to say where it is.
const LEAST: f32 = 0.2;

/// Nothing is at one place in a frame and far off in the next. `skip` is the longest step of what the task follows along its way, over the
/// longest that is fair.
pub(super) fn nothing_jumps(seen: &Analysis<'_>, skip: f32) -> Gate {
    let maps = &seen.maps;
    let base = 0.05 * maps.width.max(maps.height) as f32;
    let mut worst = (skip, "a part of the way is skipped".to_owned());
    if worst.0 <= 1.0 {
        worst.1 = "nothing jumps".to_owned();
    }
    for follow in seen.follows.iter().filter(|follow| !seen.wanted.unveiled.contains(&follow.thing)) {
        let thing = &maps.things[follow.thing];
        let fastest = thing.centroids.windows(2).map(|w| distance(w[0], w[1])).fold(0.0, f32::max);
        // After a gap as far as in so many steps.
        let limit = |frame: usize| base + 1.5 * fastest * seen.clock.rate.max(1.0) * seen.clock.step(frame).max(1.0);
        // A shade of another thing's colour is not it.
        let largest = thing.radii.iter().copied().fold(0.0, f32::max);
        let least = (LEAST * std::f32::consts::PI * largest * largest).max(40.0);
        for (frame, pair) in follow.looks.windows(2).enumerate() {
            let (Some(a), Some(b)) = (pair[0].centroid, pair[1].centroid) else { continue };
            if pair[0].area < least || pair[1].area < least {
                continue;
            }
            let way = distance(a, b);
            let jump = way / limit(frame);
            // Where frames are blended, a thing is in two places, and two colours make a third.
            let double = || [a, b].iter().any(|&at| seen.watch.is_double(frame + 1, maps.width, at, 2.5 * largest));
            if jump > worst.0 && (jump <= 1.0 || !double()) {
                worst = (jump, format!("{} moves at most {way:.1} pixels between frames", thing.name));
            }
        }
    }
    gate("nothing_jumps", ramp(worst.0, 1.0, 1.6), (worst.0, 1.0, "of the fastest fair step"), worst.1, Failure::Teleported)
}
