//! The ball is there throughout, once, and in its colour.

use crate::picture::difference;
use crate::{Failure, Gate, Surface};

use super::evidence::Evidence;
use crate::analysis::disc::distance;
use crate::analysis::watch::CHANGE;
use crate::gates::gate;
use crate::grading::ramp;
use crate::mask::core_of;

/// Chroma that a ball may gain or lose on its way, from sun to shade and by what it reflects.
const OTHER_COLOR: f32 = 0.16;
/// By how many steps of 255 strong compression moves the mean of a small thing's channels apart: much, in chroma, if the thing is dark.
const STEPS: f32 = 5.0;

/// How far from its place a ball may have gone after the blow to count as there, as a share of the width.
const ABOUT: f32 = 0.12;

/// How many times the least strength that counts as seen a second ball must have: about three quarters of what the first one has. A
/// place that the latch has left has half of it.
const AS_CLEAR: f32 = 1.5;

/// The ball neither vanishes nor doubles nor changes its colour.
pub(super) fn ball_kept(evidence: &Evidence<'_>) -> Gate {
    let frames = evidence.seen.watch.soft.len().max(1) as f32;
    // A ball that rests in a wrong place is there: the links judge where.
    let about = evidence.of_width(ABOUT);
    let missing = (0..evidence.frames()).filter(|&f| evidence.ball_after(f, about) == Some(false)).count() as f32 / frames;
    let again = again(evidence);
    let twice = twice(evidence);
    let recolored = recolored(evidence);
    let (full, none) = (0.08, 0.2);
    let cases = [
        (missing, full, none, "the ball is not seen after the blow", Failure::Vanished),
        (again, 0.06, 0.15, "a ball is where it started, after it has left,", Failure::Doubled),
        (twice, full, none, "a ball is on the ramp, after it has left,", Failure::Doubled),
        (recolored, 0.15, 0.35, "the ball has another colour", Failure::Recolored),
    ];
    let worst = cases.iter().min_by(|a, b| ramp(a.0, a.1, a.2).total_cmp(&ramp(b.0, b.1, b.2)).then(b.0.total_cmp(&a.0)));
    let Some(&(share, full, none, what, failure)) = worst else { unreachable!("four cases") };
    let fraction = ramp(share, full, none);
    let reason = if fraction < 1.0 {
        format!("{what} in {:.0} % of the frames", share * 100.0)
    } else {
        "the ball is there throughout, once, in its colour".to_owned()
    };
    gate("ball_kept", fraction, (share, full, "share of frames"), reason, failure)
}

/// Share of the frames in which the ball's first place shows it at moments when, by the truth, it has long left.
fn again(evidence: &Evidence<'_>) -> f32 {
    let (maps, watch) = (&evidence.seen.maps, &evidence.seen.watch);
    let ball = evidence.ball();
    let core = core_of(maps.map(0), maps.width, ball.label);
    let gone = |frame: usize| {
        let at = (evidence.moment(frame) + 0.5) as usize;
        evidence.raw(frame) > evidence.contact_at() && distance(ball.centers[at], ball.centers[0]) > 2.2 * ball.radii[0]
    };
    let shows = |frame: usize| {
        let pixel = |at: usize| &watch.soft[frame].rgb[at * 3..at * 3 + 3];
        let like =
            core.iter().filter(|&&at| difference(pixel(at), &evidence.seen.first.rgb[at * 3..at * 3 + 3]) < CHANGE).count();
        core.len() >= 12 && like as f32 > 0.6 * core.len() as f32
    };
    let frames = watch.soft.len();
    (0..frames).filter(|&f| gone(f) && shows(f)).count() as f32 / frames.max(1) as f32
}

/// Share of the frames after the blow in which a ball is seen on the ramp, far from everything that may be there.
fn twice(evidence: &Evidence<'_>) -> f32 {
    let (maps, path, clock) = (&evidence.seen.maps, &evidence.disc().path, &evidence.seen.clock);
    let ball = evidence.ball();
    let foreign = |frame: usize| {
        // Wherever anything is a little sooner or later, too: a fair outcome takes its own time.
        let last = (maps.frames - 1) as f32;
        let moments = [-6.0, -3.0, 0.0, 3.0, 6.0].map(|shift| (clock.truth(frame, maps) + shift).clamp(0.0, last) as usize);
        let clear = |place: [f32; 2]| {
            moments.iter().all(|&at| {
                let reach = 3.0 * ball.radii[at] + evidence.truth.ball_path_sigma_px * 2.0;
                let far = |t: usize| distance(maps.things[t].centers[at], place) > maps.things[t].radii[at] + reach;
                evidence.seen.keys().all(far)
            })
        };
        clock.raw(frame) > evidence.contact_at() + 2.0
            && evidence.disc().finder.on_path_where(frame, path, &clear).strength >= AS_CLEAR * evidence.disc().threshold
    };
    let frames = evidence.disc().sightings.len();
    (0..frames).filter(|&f| foreign(f)).count() as f32 / frames.max(1) as f32
}

/// How far a chroma lies from a ball's own, which may be washed out by what it mirrors or is blended with, or be deeper in shade.
fn off_color(seen: [f32; 2], own: [f32; 2]) -> f32 {
    let square = own[0] * own[0] + own[1] * own[1];
    let along = ((seen[0] * own[0] + seen[1] * own[1]) / square.max(1e-6)).clamp(0.3, 1.7);
    distance(seen, [own[0] * along, own[1] * along])
}

/// Share of the frames in which the ball is seen in another colour than at the start. Chrome and glass have none of their own.
fn recolored(evidence: &Evidence<'_>) -> f32 {
    let (maps, watch) = (&evidence.seen.maps, &evidence.seen.watch);
    let ball = evidence.ball();
    if ball.surface != Surface::Opaque {
        return 0.0;
    }
    let Some((own, _)) = evidence.disc().finder.chroma(&evidence.seen.first, ball.centers[0], ball.radii[0]) else { return 0.0 };
    let other = |frame: usize| {
        let sighting = evidence.disc().sightings[frame];
        let before = evidence.raw(frame) <= evidence.contact_at();
        let place = if before && sighting.strength >= evidence.disc().threshold {
            evidence.disc().path.point(sighting.along)
        } else if evidence.ball_after(frame, 0.0) == Some(true) {
            evidence.ball_wanted(frame).0
        } else {
            return false;
        };
        let (_, radius) = evidence.ball_wanted(frame);
        let (place, _) = evidence.disc().finder.near(frame, place, radius, 0.02 * maps.width as f32, None);
        let seen = evidence.disc().finder.chroma(&watch.soft[frame], place, radius);
        seen.is_some_and(|(seen, light)| off_color(seen, own) > OTHER_COLOR + STEPS / light.max(1.0))
    };
    let frames = watch.soft.len();
    (0..frames).filter(|&f| other(f)).count() as f32 / frames.max(1) as f32
}
