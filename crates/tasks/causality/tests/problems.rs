//! Properties of drawn problems, one of each class: what every task must keep, and what only this one has to.

use std::sync::OnceLock;

use raytruth_causality::Causality;
use raytruth_eval::causality::{CausalityTruth, EVENTS};
use raytruth_scene::Scene;
use raytruth_task::contract::{self, episode};
use raytruth_task::{Clip, Difficulty, Episode, Problem, Task, Twin};

const CLIP: Clip = Clip { width: 480, height: 300, fps: 30, frames: 60, lead: 0 };

/// Drawn once, as that takes a while.
fn problems() -> &'static [Box<dyn Problem>] {
    static PROBLEMS: OnceLock<Vec<Box<dyn Problem>>> = OnceLock::new();
    PROBLEMS.get_or_init(|| contract::check(&Causality))
}

fn truth(episode: &Episode) -> CausalityTruth {
    serde_json::from_value(episode.truth.task.clone()).expect("the evaluator's own form")
}

fn events(episode: &Episode) -> [u32; 3] {
    EVENTS.map(|name| episode.truth.events[name])
}

/// One test, as some test runners give every test a process, which would draw its own problems.
#[test]
fn every_class_keeps_the_contract() {
    for problem in problems() {
        let right = episode(problem.as_ref(), &CLIP);
        no_word_gives_the_answer_away(problem.as_ref());
        the_certificate_holds_what_others_need(problem.as_ref());
        the_ball_gets_there_in_time_and_all_comes_to_rest(problem.as_ref(), &right);
        another_rate_tells_the_same(problem.as_ref(), &right);
        twins_tell_what_they_show(&right, &problem.twins(&right));
    }
}

fn no_word_gives_the_answer_away(problem: &dyn Problem) {
    let prompt = &problem.card().prompt;
    for telling in ["falls", "topple", "stays", "stand still", "further", "collapse", "bounces"] {
        assert!(!prompt.contains(telling), "{telling:?} gives the answer away: {prompt}");
    }
}

fn the_certificate_holds_what_others_need(problem: &dyn Problem) {
    let card = problem.card();
    assert_eq!(card.certificate["members"], 64);
    let bodies = card.certificate["world"]["bodies"].as_array().expect("what other software needs");
    let ball = bodies.iter().find(|b| b["name"] == "ball").expect("a ball");
    assert!(bodies.iter().any(|b| b["name"] == "latch"), "{bodies:?}");
    let (mass, told) = (ball["mass_kg"].as_f64().expect("kg"), card.parameters["ball_mass_kg"].as_f64().expect("kg"));
    // The parameter is rounded to a milligram.
    assert!((mass - told).abs() < 1e-6, "{mass} kg in the certificate, {told} kg among the parameters");
    assert!(card.certificate["world"]["contacts"].as_array().is_some_and(|c| !c.is_empty()));
    let same_set = card.certificate["same_set"].as_array().expect("a list");
    let others: Vec<&str> = same_set.iter().filter_map(|o| o["class"].as_str()).collect();
    let family = &card.family;
    for of_family in Causality.info().classes.iter().filter(|c| c.starts_with(family.as_str())) {
        let mirrored = family == "pair" && *of_family != "pair_neither";
        let there = others.contains(of_family) || *of_family == card.class;
        assert!(there || mirrored, "{}: the set is not fair to {of_family}: {others:?}", card.class);
    }
    assert_ne!(card.certificate["twin"]["class"], card.certificate["class"], "the twin has another class");
}

fn the_ball_gets_there_in_time_and_all_comes_to_rest(problem: &dyn Problem, right: &Episode) {
    let (class, truth) = (&problem.card().class, truth(right));
    let [release, contact, settle] = events(right);
    assert!((5..=8).contains(&release), "{class}: the latch opens at 0.2 s, seen in {release}");
    assert!(contact > release && contact <= 40, "{class}: contact {contact}");
    assert!(settle <= 54, "{class}: still in the last 6 frames, settles in {settle}");
    assert_eq!(right.truth.events_end, 59);
    let is_still = matches!(class.as_str(), "tower_stays" | "dominoes_none" | "pair_neither");
    assert_eq!(truth.targets.iter().any(|t| t.moved), !is_still, "{class}");
    for target in &truth.targets {
        assert_eq!(target.moved, target.moves_at.is_some(), "{class}: {}", target.name);
        assert!(target.moves_at.is_none_or(|f| f >= contact), "{class}: nothing moves before it is hit");
    }
}

fn another_rate_tells_the_same(problem: &dyn Problem, right: &Episode) {
    let long = episode(problem, &Clip { fps: 16, frames: 81, ..CLIP });
    let ([_, long_contact, long_settle], [_, contact, _]) = (events(&long), events(right));
    assert!(long_settle <= 32 && long.truth.events_end == 32, "2 s are 32 frames at 16 fps");
    let moved = |e: &Episode| truth(e).targets.iter().map(|t| t.moved).collect::<Vec<_>>();
    assert_eq!(moved(&long), moved(right));
    let seconds = |frame: u32, fps: f64| f64::from(frame) / fps;
    assert!((seconds(long_contact, 16.0) - seconds(contact, 30.0)).abs() < 0.1);
}

fn twins_tell_what_they_show(right: &Episode, twins: &[Twin]) {
    let class = &right.card.class;
    let twin = |name: &str| twins.iter().find(|t| t.name == name).unwrap_or_else(|| panic!("{class}: no {name}"));
    let place = |scene: &Scene, name: &str, frame| scene.world_pose(scene.object_index(name).expect("there"), frame).translation;
    let contact = right.truth.decisive_frame() as usize;
    let other = twin("counterfactual");
    let told = other.truth.as_ref().expect("a truth of its own");
    assert_eq!(other.class.as_deref(), right.card.certificate["twin"]["class"].as_str());
    let task: CausalityTruth = serde_json::from_value(told.task.clone()).expect("the evaluator's own form");
    let outcomes = |t: &CausalityTruth| t.targets.iter().map(|t| t.moved).collect::<Vec<_>>();
    let twin_outcomes: Vec<bool> = truth(right).targets.iter().map(|t| t.twin_moved.expect("told")).collect();
    assert_eq!(outcomes(&task), twin_outcomes, "{class}: the counterfactual's truth is what the right one says of it");
    for name in ["glide", "teleport", "vanish", "duplicate", "wrong_cause"] {
        assert!(twin(name).class.is_none() && twin(name).truth.is_some(), "{class}: {name}");
    }
    // What has not moved cannot be put back.
    let last = right.clip.frames as usize - 1;
    let mut targets = truth(right).targets.into_iter().map(|t| t.name);
    let moves = |name: &String| place(&right.scene, name, last).distance(place(&right.scene, name, 0)) > 0.02;
    if let Some(target) = targets.find(moves) {
        let reset = &twin("reset").scene;
        assert_eq!(place(reset, &target, last), place(reset, &target, 0), "{class}: {target}");
        assert_eq!(place(reset, &target, contact + 4), place(&right.scene, &target, contact + 4), "{class}: {target}");
    }
    let waits = |name: &str, frame| place(&twin(name).scene, "ball", frame) == place(&right.scene, "ball", 0);
    assert!(waits("teleport", contact - 1) && !waits("teleport", contact + 1), "{class}");
    assert!(waits("wrong_cause", contact + 9) && !waits("vanish", contact - 1), "{class}");
}

#[test]
fn other_difficulties_keep_the_contract_too() {
    // A tower, dominoes and a pair: to draw all eight classes again would take a minute.
    for (difficulty, class) in [(Difficulty::Medium, 1), (Difficulty::Hard, 3), (Difficulty::Hard, 5)] {
        let card = contract::drawn(&Causality, difficulty, 5, class).card().clone();
        card.check().unwrap_or_else(|why| panic!("{why}: {}", card.prompt));
        assert_eq!(card.class, Causality.info().classes[class]);
    }
}
