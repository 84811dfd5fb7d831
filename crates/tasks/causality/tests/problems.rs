//! Properties of drawn problems, one of each class: what a solver is told, what is seen, and what the truth says.

use std::sync::OnceLock;

use raytruth_causality::Causality;
use raytruth_eval::causality::{CausalityTruth, EVENTS};
use raytruth_task::{Clip, Dials, Difficulty, Draw, Episode, Problem, Rng, SampleSeed, Task, outline};

const SEED: u64 = 5;
const CLIP: Clip = Clip { width: 480, height: 300, fps: 30, frames: 60 };

fn draw(class: usize) -> Box<dyn Problem> {
    let task = Causality;
    let dials = Dials::resolve(&task.dials(Difficulty::Easy), None, &[]).expect("defaults");
    let sample = SampleSeed::new(SEED, task.info().domain, class as u64);
    let mut refused = Vec::new();
    for attempt in 0..40 {
        match task.draw(&mut Draw::new(sample.problem(attempt), class, Difficulty::Easy, &dials)) {
            Ok(problem) => return problem,
            Err(r) => refused.push(r.to_string()),
        }
    }
    panic!("class {class}: {refused:#?}");
}

/// The problem of a class. Drawn where it is first asked for: that takes seconds, and some test runners give every test a process.
fn problem(class: usize) -> &'static dyn Problem {
    static PROBLEMS: [OnceLock<Box<dyn Problem>>; 8] = [const { OnceLock::new() }; 8];
    PROBLEMS[class].get_or_init(|| draw(class)).as_ref()
}

fn problems() -> impl Iterator<Item = &'static dyn Problem> {
    (0..Causality.info().classes.len()).map(problem)
}

fn episode(problem: &dyn Problem, clip: &Clip) -> Episode {
    let mut refused = Vec::new();
    for look in 0..30 {
        match problem.episode(&mut Rng::from_seed(look), clip) {
            Ok(episode) => return episode,
            Err(r) => refused.push(r.to_string()),
        }
    }
    panic!("{}: {refused:?}", problem.card().class);
}

fn truth(episode: &Episode) -> CausalityTruth {
    serde_json::from_value(episode.truth.task.clone()).expect("the evaluator's own form")
}

fn events(episode: &Episode) -> [u32; 3] {
    EVENTS.map(|name| episode.truth.events[name])
}

/// One test for all that every class must keep, as each test draws its own problems.
#[test]
fn every_class_keeps_the_contract() {
    the_card_keeps_the_contract();
    the_ball_gets_there_in_time_and_all_comes_to_rest();
    everything_lies_inside_the_margin_whatever_the_aspect();
}

fn the_card_keeps_the_contract() {
    for (class, problem) in problems().enumerate() {
        let card = problem.card();
        assert_eq!(card.class, Causality.info().classes[class]);
        let words = card.prompt.split_whitespace().count();
        assert!(words <= 200, "{words} words");
        assert!(card.prompt.ends_with("Keep the camera and the rest of the scene unchanged."));
        for telling in ["falls", "topple", "stays", "stand still", "further", "collapse", "bounces"] {
            assert!(!card.prompt.contains(telling), "{:?} gives the answer away: {}", telling, card.prompt);
        }
        for evidence in &card.evidence {
            assert!(card.parameters.contains_key(&evidence.quantity), "{}", evidence.quantity);
        }
        assert!(!card.parameters.values().any(|v| v == &card.class), "the answer is no parameter");
        assert_eq!(card.certificate["members"], 64);
        let bodies = card.certificate["world"]["bodies"].as_array().expect("what other software needs");
        let ball = bodies.iter().find(|b| b["name"] == "ball").expect("a ball");
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
}

#[test]
fn the_same_seed_gives_the_same_problem() {
    // The certificate holds a digest of the whole simulation.
    for class in [1, 5] {
        assert_eq!(draw(class).card(), problem(class).card());
    }
}

fn the_ball_gets_there_in_time_and_all_comes_to_rest() {
    for problem in problems() {
        let episode = episode(problem, &CLIP);
        let truth = truth(&episode);
        let class = &problem.card().class;
        let [release, contact, settle] = events(&episode);
        assert!((5..=8).contains(&release), "{class}: the gate opens at 0.2 s, seen in {release}");
        assert!(contact > release && contact <= 40, "{class}: contact {contact}");
        assert!(settle <= 54, "{class}: still in the last 6 frames, settles in {settle}");
        assert!((1..contact).contains(&episode.truth.split()), "{class}: split {}", episode.truth.split());
        assert_eq!(episode.truth.events_end, 59);
        assert_eq!(
            truth.targets.iter().any(|t| t.moved),
            !matches!(class.as_str(), "tower_stays" | "dominoes_none" | "pair_neither")
        );
        for target in &truth.targets {
            assert_eq!(target.moved, target.moves_at.is_some(), "{class}: {}", target.name);
            assert!(target.moves_at.is_none_or(|f| f >= contact), "{class}: nothing moves before it is hit");
        }
        episode.truth.check().expect("a truth that the evaluator takes");
        episode.scene.validate().expect("a scene that the renderer takes");
    }
}

fn everything_lies_inside_the_margin_whatever_the_aspect() {
    for (width, height) in [(480, 300), (512, 512), (832, 480)] {
        let clip = Clip { width, height, ..CLIP };
        for problem in problems() {
            let episode = episode(problem, &clip);
            for object in &episode.truth.objects {
                let index = episode.scene.object_index(&object.name).expect("it is in the scene");
                for p in (0..CLIP.frames as usize).flat_map(|frame| outline(&episode.scene, index, frame, (width, height))) {
                    let (x, y) = (p.x / width as f32, p.y / height as f32);
                    let slack = x.min(1.0 - x).min(y).min(1.0 - y);
                    assert!(slack >= 0.04, "{} {width}x{height}: {} at {x} {y}", problem.card().class, object.name);
                }
            }
        }
    }
}

#[test]
fn a_longer_clip_ends_in_stillness_and_another_rate_tells_the_same() {
    let problem = problem(1);
    let long = episode(problem, &Clip { fps: 16, frames: 81, ..CLIP });
    let (last, short) = (truth(&long), truth(&episode(problem, &CLIP)));
    let ([_, long_contact, long_settle], [_, contact, _]) = (events(&long), events(&episode(problem, &CLIP)));
    assert!(long_settle <= 32 && long.truth.events_end == 32, "2 s are 32 frames at 16 fps");
    assert_eq!(
        last.targets.iter().map(|t| t.moved).collect::<Vec<_>>(),
        short.targets.iter().map(|t| t.moved).collect::<Vec<_>>()
    );
    let seconds = |frame: u32, fps: f64| f64::from(frame) / fps;
    assert!((seconds(long_contact, 16.0) - seconds(contact, 30.0)).abs() < 0.1);
}

#[test]
fn twins_begin_alike_and_end_apart() {
    for class in [1, 3, 6] {
        let problem = problem(class);
        let look = (0..30).find(|&l| problem.episode(&mut Rng::from_seed(l), &CLIP).is_ok()).expect("a look that shows it");
        let right = problem.episode(&mut Rng::from_seed(look), &CLIP).expect("found above");
        let twins = problem.twins(&mut Rng::from_seed(look), &CLIP).expect("the same look");
        let names: Vec<&str> = twins.iter().map(|t| t.name.as_str()).collect();
        for wanted in ["counterfactual", "glide", "teleport", "vanish", "duplicate", "wrong_cause"] {
            assert!(names.contains(&wanted), "{wanted} is missing in {names:?}");
        }
        for twin in &twins {
            twin.episode.scene.validate().expect("a scene that the renderer takes");
            assert_ne!(twin.episode.scene, right.scene, "{}", twin.name);
            let ball = |e: &Episode, frame| e.scene.world_pose(e.scene.object_index("ball").expect("a ball"), frame).translation;
            assert_eq!(twin.episode.scene.camera, right.scene.camera);
            if twin.name != "duplicate" {
                assert!(ball(&twin.episode, 0).distance(ball(&right, 0)) < 1e-3, "{} begins as the right one", twin.name);
            }
        }
    }
}
