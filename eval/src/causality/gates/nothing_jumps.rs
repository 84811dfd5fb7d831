//! Nothing is at one place in a frame and far off in the next.

use crate::Gate;

use super::super::ball::distance;
use super::super::links::{Evidence, ramp};
use super::gate;

/// Nothing is at one place in a frame and far off in the next.
pub(super) fn nothing_jumps(evidence: &Evidence<'_>) -> Gate {
    let plan = evidence.plan;
    let base = 0.05 * plan.width.max(plan.height) as f32;
    let mut worst = (ball_jump(evidence), "the ball skips a part of its way".to_owned());
    if worst.0 <= 1.0 {
        worst.1 = "nothing jumps".to_owned();
    }
    for follow in evidence.follows {
        let thing = &plan.things[follow.thing];
        let fastest = thing.centroids.windows(2).map(|w| distance(w[0], w[1])).fold(0.0, f32::max);
        let limit = base + 1.5 * fastest * evidence.clock.rate.max(1.0);
        for pair in follow.looks.windows(2) {
            let (Some(a), Some(b)) = (pair[0].centroid, pair[1].centroid) else { continue };
            if pair[0].area < 40.0 || pair[1].area < 40.0 {
                continue;
            }
            let jump = distance(a, b) / limit;
            if jump > worst.0 {
                worst = (jump, format!("{} moves at most {:.1} pixels between frames", thing.name, jump * limit));
            }
        }
    }
    gate("nothing_jumps", ramp(worst.0, 1.0, 1.6), worst.0, 1.0, "of the fastest fair step", worst.1)
}

/// The longest step of the ball on its way down, over the longest that is fair: what the truth's ball does from the same place in one
/// frame of the candidate, and most of another; for as many frames as it is out of sight.
fn ball_jump(evidence: &Evidence<'_>) -> f32 {
    let (plan, path, clock) = (evidence.plan, evidence.path, evidence.clock);
    let base = 0.025 * plan.width.max(plan.height) as f32;
    let contact = plan.truth.contact_frame as f32;
    let mut seen = Vec::new();
    for (frame, sighting) in evidence.sightings.iter().enumerate().take_while(|&(f, _)| clock.raw(f) <= contact) {
        if sighting.strength >= evidence.threshold {
            seen.push((frame, sighting.along));
        }
    }
    let mut worst = 0.0_f32;
    for step in seen.windows(4) {
        // Two sightings on either side: a glance that errs is no jump.
        let (from, to) = (step[0].1.max(step[1].1), step[2].1.min(step[3].1));
        let time = ((step[2].0 - step[1].0) as f32 + 0.75) * clock.rate + 1.0;
        let fair = path.length(path.moment(from) + time) - from;
        worst = worst.max((to - from) / (fair + base));
    }
    worst
}
