//! Versions that are wrong on purpose, in the dress of the right one.

use raytruth_eval::causality::EVENTS;
use raytruth_scene::{Role, Scene};
use raytruth_task::{Episode, Film, IMPOSSIBLE, Subject, Twin, impossible};

use crate::answer::Answer;
use crate::cast::{BALL, LATCH};
use crate::problem::CausalityProblem;
use crate::truth::Story;

/// What is put back by less is not seen, metres.
const SEEN: f32 = 0.01;

/// The counterfactual, then the impossible ones. They share camera and first frame with the sample.
pub(crate) fn twins(problem: &CausalityProblem, right: &Episode) -> Vec<Twin> {
    let (clip, set) = (&right.clip, &problem.layout.set);
    let film = set.film(&problem.shown.run, clip);
    let played = |film: &Film| {
        let mut scene = right.scene.clone();
        film.play(&mut scene);
        scene
    };
    let write = |answer: &Answer, scene: &Scene| {
        Story { layout: &problem.layout, ball: problem.shown.ball, answer }.write(scene, clip).ok()
    };
    let other = &problem.twin;
    let scene = played(&set.film(&other.run, clip));
    // Which of the two is right is asked the other way round.
    let answer = Answer::new(&problem.layout, &other.run, &other.outcome, Vec::new());
    let answer = answer.map(|a| a.unlike(&problem.shown.run, &problem.shown.outcome));
    let mut twins = vec![Twin {
        name: "counterfactual".to_owned(),
        summary: format!("what happens when the ball is {}", other.ball.phrase),
        class: Some(other.outcome.class.name().to_owned()),
        truth: answer.and_then(|answer| write(&answer, &scene)),
        scene,
    }];
    let mut add = |name: &str, summary: &str, scene: Scene| {
        let truth = write(&problem.answer, &scene);
        twins.push(Twin { name: name.to_owned(), summary: summary.to_owned(), class: None, truth, scene });
    };
    let ball = right.scene.object_index(BALL).map(|i| (Subject::Object(i), right.truth.decisive_frame() as usize));
    for (name, summary) in IMPOSSIBLE {
        if let Some(scene) = impossible(name, &right.scene, clip.frames as usize, ball) {
            add(name, summary, scene);
        }
    }
    if let Some(scene) = reset(right) {
        add("reset", "what the blow has moved is back where it stood", scene);
    }
    let summary = "the ball stays behind the latch, and the targets move all the same";
    add("wrong_cause", summary, played(&film.held(BALL).held(LATCH)));
    twins
}

/// The targets that have moved are back in their first places once all is at rest; `None` if none has, or nothing of the clip is left by then.
fn reset(right: &Episode) -> Option<Scene> {
    let frames = right.clip.frames as usize;
    let settled = right.truth.events.get(EVENTS[2]).map_or(frames, |&frame| frame as usize) + 1;
    let mut scene = right.scene.clone();
    let mut any = false;
    let targets = scene.objects.iter_mut().filter(|o| o.role == Role::Target);
    for track in targets.filter_map(|o| o.track.as_mut()) {
        let (first, last) = (track.pose_at(0), track.pose_at(frames - 1));
        any |= first.translation.distance(last.translation) > SEEN;
        track.poses = (0..frames).map(|i| if i < settled { track.pose_at(i) } else { first }).collect();
    }
    (any && settled + 2 < frames).then_some(scene)
}
