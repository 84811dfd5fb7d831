//! The scale of the lens: what follows the first frame, which is the sample's own, may be seen through another lens than the truth's, but
//! through one.

use crate::Footage;

use super::fit::Known;
use super::flow::{Flow, flow};
use super::picture::Picture;
use super::pose::Pose;

/// The frame that is laid over the first, seconds after it: the eye has not yet gone far.
const AFTER: f64 = 0.25;
/// Scales that are tried, as logarithms: so many steps to both sides, each halved so often about the best.
const STEP: f32 = 0.04;
const STEPS: i32 = 4;
const HALVED: usize = 3;
/// The lens is the truth's where another is not longer or shorter by more.
const SAME: f32 = 0.015;

/// How many times the truth's focal length the candidate's is; 1 where another does not find clearly more of the first frame again.
pub(super) fn scale(known: &Known<'_>, footage: &Footage, start: Pose) -> f32 {
    let after = |frame: &usize| footage.time[*frame] - footage.time[0] >= AFTER;
    let Some(frame) = (1..footage.frames.len()).find(after) else { return 1.0 };
    let [first, later] = [0, frame].map(|f| Picture::new(&footage.frames[f], &known.shown, &known.palette));
    let view = known.view(start);
    let through = |log: f32| {
        let lens = known.lens.longer(libm::expf(log));
        flow(&known.place, &view, lens, [&first, &later], &known.shown, [0.0; 3])
    };
    let Some(own) = through(0.0).filter(|own| !own.is_sure()) else { return 1.0 };
    let mut best: (f32, Option<Flow>) = (0.0, Some(own));
    let mut look = |log: f32| {
        let found = through(log);
        if found.is_some_and(|found| best.1.is_none_or(|best| found.cost < best.cost)) {
            best = (log, found);
        }
        best.0
    };
    let mut about = 0.0;
    (-STEPS..=STEPS).filter(|k| *k != 0).for_each(|k| about = look(STEP * k as f32));
    let mut step = STEP;
    for _ in 0..HALVED {
        step *= 0.5;
        let middle = about;
        [middle - step, middle + step].into_iter().for_each(|log| about = look(log));
    }
    let (log, found) = best;
    if log.abs() > SAME && found.is_some_and(|found| found.is_better(&own)) { libm::expf(log) } else { 1.0 }
}
