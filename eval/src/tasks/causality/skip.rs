//! The ball does not skip a part of its way.

use super::evidence::Evidence;

/// The longest step of the ball on its way down, over the longest that is fair: what the truth's ball does from the same place in one
/// frame of the candidate, and most of another; for as many frames as it is out of sight.
pub(super) fn ball_skips(evidence: &Evidence<'_>) -> f32 {
    let (path, clock) = (&evidence.disc().path, &evidence.seen.clock);
    let base = evidence.of_width(0.025);
    let mut seen = Vec::new();
    for (frame, sighting) in
        evidence.disc().sightings.iter().enumerate().take_while(|&(f, _)| clock.raw(f) <= evidence.contact_at())
    {
        if sighting.strength >= evidence.disc().threshold {
            seen.push((frame, sighting.along));
        }
    }
    let mut worst = 0.0_f32;
    for step in seen.windows(4) {
        // Two sightings on either side: a glance that errs is no jump.
        let (from, to) = (step[0].1.max(step[1].1), step[2].1.min(step[3].1));
        let time = clock.between(step[1].0, step[2].0) + 0.75 * clock.rate + 1.0;
        let fair = path.length(path.moment(from) + time) - from;
        worst = worst.max((to - from) / (fair + base));
    }
    worst
}
