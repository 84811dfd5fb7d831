//! The steps of a walk in words.

use raytruth_task::{Caption, Clip};

use crate::site::{Site, Turn};
use crate::walk::{HOLDS, Walk};

/// How long before and after a place one is at it, seconds.
const AT: f64 = 0.7;

/// A sentence for each step, in the order of time.
pub(crate) fn captions(site: &Site, walk: &Walk, clip: &Clip) -> Vec<Caption> {
    let landmark = |i: usize| site.layout.landmarks[i].name();
    let goal = landmark(site.layout.landmarks.len() - 1);
    let end = walk.arrives();
    let mut steps: Vec<(f64, String)> = vec![(HOLDS[0], "walks straight ahead".to_owned())];
    for decision in &site.decisions {
        let at = walk.time_near(decision.at);
        let what = match decision.turn {
            Turn::Left => "turns left at",
            Turn::Right => "turns right at",
            Turn::Straight => "goes straight on past",
        };
        steps.push(((at - AT).max(HOLDS[0]), format!("{what} the {}", landmark(decision.landmark))));
        steps.push((at + AT, format!("goes on towards the {goal}")));
    }
    steps.push((end, format!("stands in front of the {goal} and faces it")));
    // What would begin after the next step is none: one goes from turn to turn.
    let is_step = |i: &usize| *i + 1 == steps.len() || clip.frame_at(steps[*i].0) < clip.frame_at(steps[*i + 1].0.min(end));
    let kept: Vec<usize> = (0..steps.len()).filter(is_step).collect();
    let next = |k: usize| kept.get(k + 1).map_or(clip.frames, |&i| clip.frame_at(steps[i].0));
    let caption = |k: usize| {
        let first = clip.frame_at(steps[kept[k]].0);
        Caption { frames: [first, next(k).max(first + 1) - 1], text: steps[kept[k]].1.clone() }
    };
    (0..kept.len()).map(caption).collect()
}
