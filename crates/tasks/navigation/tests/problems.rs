//! Properties of drawn problems: what every task must keep, and what only this one has to.

use std::collections::BTreeMap;

use glam::{Quat, Vec2, Vec3};
use raytruth_eval::navigation::{Fix, NavigationTruth, Pose};
use raytruth_eval::toy::{Stroll, walk_found};
use raytruth_eval::{Registry, score_frames};
use raytruth_navigation::Navigation;
use raytruth_task::contract::{self, episode};
use raytruth_task::{Card, Clip, Dials, Difficulty, Draw, Episode, Problem, RunSeed, SampleSeed, Task};

fn clip(difficulty: Difficulty) -> Clip {
    Clip { width: 480, height: 300, fps: 16, frames: Navigation.info().frames(difficulty, 16), lead: 0 }
}

/// A problem of a run, without its pictures.
fn draw(run: u64, index: u64, difficulty: Difficulty) -> Box<dyn Problem> {
    let info = Navigation.info();
    let dials = Dials::resolve(&Navigation.dials(difficulty), None, &[]).expect("defaults");
    let lot = RunSeed::from(run).lot_of(info.domain, index, info.classes.len());
    let seed = SampleSeed::new(run, info.domain, index);
    let problem = (0..1000).find_map(|i| Navigation.draw(&mut Draw::new(seed.problem(i), lot, difficulty, &dials)).ok());
    problem.expect("one of a thousand")
}

fn drawn(difficulty: Difficulty, n: u64) -> Vec<Box<dyn Problem>> {
    (0..n).map(|index| draw(9, index, difficulty)).collect()
}

#[test]
fn every_class_keeps_the_contract() {
    for problem in contract::check(&Navigation) {
        let right = episode(problem.as_ref(), &clip(Difficulty::Easy));
        captions_cover_the_clip(&right);
        let twins = problem.twins(&right);
        for name in ["wrong_turn", "jump_to_goal", "longer_way", "other_layout_walk"] {
            assert!(twins.iter().any(|twin| twin.name == name), "{}: no {name}", right.card.class);
        }
    }
}

fn captions_cover_the_clip(right: &Episode) {
    let captions = &right.captions;
    assert!(captions.len() >= 3, "{captions:?}");
    assert!(captions.windows(2).all(|w| w[0].frames[1] + 1 == w[1].frames[0]), "{captions:?}");
    assert_eq!(captions[captions.len() - 1].frames[1], right.clip.frames - 1);
    let goal = right.card.parameters["goal"].as_str().expect("a name");
    assert!(captions[captions.len() - 1].text.contains(goal), "{captions:?}");
}

/// Draws are dear, so that all that is asked of many is asked of the same.
#[test]
fn many_problems_are_what_they_should_be() {
    let mut counts = BTreeMap::<(String, String), u32>::new();
    let mut decisions = Vec::new();
    for difficulty in Difficulty::ALL {
        let problems = drawn(difficulty, 24);
        for problem in &problems {
            let card = problem.card();
            card.check().unwrap_or_else(|why| panic!("{why}: {}", card.prompt));
            the_turns_are_told_once(card);
            the_next_way_is_much_longer(card);
            nothing_stands_before_the_goal(card);
            *counts.entry((card.class.clone(), text(card, "told").to_owned())).or_default() += 1;
        }
        decisions.push(problems.iter().map(|p| p.card().hardness["decisions"]).sum::<f64>());
        for problem in problems.iter().take(6) {
            a_person_could_walk_so(&episode(problem.as_ref(), &clip(difficulty)), difficulty);
        }
    }
    assert_eq!(counts.len(), 12, "{counts:?}");
    assert!(counts.values().all(|n| *n == 6), "balanced by construction: {counts:?}");
    assert!(decisions.is_sorted_by(|a, b| a < b), "{decisions:?}");
}

fn text<'a>(card: &'a Card, name: &str) -> &'a str {
    card.parameters[name].as_str().expect("a text")
}

/// A route in the prompt names all turns, a plan's prompt none; and the class is the first of them.
fn the_turns_are_told_once(card: &Card) {
    let way: Vec<&str> = card.parameters["way"].as_array().expect("turns").iter().filter_map(|t| t.as_str()).collect();
    let first = way.iter().find(|turn| **turn != "straight on").expect("a turn");
    assert!(card.class.ends_with(first), "{}: {way:?}", card.class);
    let told = ["turn left at", "turn right at", "go straight on past"].map(|words| card.prompt.matches(words).count());
    let is = |turn: &str| way.iter().filter(|t| **t == turn).count();
    if text(card, "told") == "route" {
        assert_eq!(told, [is("left"), is("right"), is("straight on")], "{}", card.prompt);
        assert!(!card.prompt.contains("plan in"));
    } else {
        assert_eq!(told, [0; 3], "{}", card.prompt);
        assert!(card.prompt.contains("The plan in the upper"));
    }
}

fn number(value: &serde_json::Value) -> f64 {
    value.as_f64().expect("a number")
}

fn the_next_way_is_much_longer(card: &Card) {
    let record = &card.certificate;
    assert!(number(&record["second_best_m"]) >= 1.3 * number(&record["shortest_m"]), "{}", card.class);
    assert!(number(&record["clearance_m"]) >= 0.299 && number(&record["near_frames"]) <= 0.25);
    // The ways are lines through free space: none comes nearer to a box than the clearance, but by how corners are grown.
    let boxes = record["world"]["solids_m"].as_array().expect("boxes");
    let place = |v: &serde_json::Value| Vec2::new(number(&v[0]) as f32, number(&v[1]) as f32);
    for way in record["world"]["ways_m"].as_array().expect("ways") {
        let points: Vec<Vec2> = way.as_array().expect("a way").iter().map(place).collect();
        for b in points.windows(2).flat_map(|w| (0..=20).map(|k| w[0].lerp(w[1], 0.05 * k as f32))) {
            for solid in
                boxes.iter().filter(|s| number(&s["min"][2]) < 0.01 && !s["what"].as_str().is_some_and(|w| w.ends_with("door")))
            {
                let (min, max) = (place(&solid["min"]), place(&solid["max"]));
                let gap = (b - b.clamp(min, max)).length();
                assert!(gap > 0.295, "{}: {gap} m from {solid}", card.class);
            }
        }
    }
}

/// Boxes on the line from where one stands to the goal are walls or the goal's own.
fn nothing_stands_before_the_goal(card: &Card) {
    let world = &card.certificate["world"];
    let place = |v: &serde_json::Value| Vec2::new(number(&v[0]) as f32, number(&v[1]) as f32);
    let (stand, face) = (place(&world["stand_m"]), place(&world["face_m"]));
    let goal = card.parameters["goal"].as_str().expect("a name").replace(' ', "_");
    for solid in world["solids_m"].as_array().expect("boxes").iter().filter(|s| s["what"] != "wall" && s["what"] != goal.as_str())
    {
        let (min, max) = (place(&solid["min"]), place(&solid["max"]));
        let beside = (0..=20).map(|k| stand.lerp(face, 0.05 * k as f32)).map(|p| (p - p.clamp(min, max)).length());
        let least = beside.fold(f32::INFINITY, f32::min);
        assert!(least > 0.15, "{}: {solid} stands before the {goal}", card.class);
    }
}

/// Pace and turns of the walk that is shown, and where it ends.
fn a_person_could_walk_so(right: &Episode, difficulty: Difficulty) {
    let (class, camera) = (&right.card.class, right.truth.camera.as_ref().expect("a walk"));
    let fps = right.clip.fps as f32;
    let places: Vec<Vec3> = camera.position.iter().map(|p| Vec3::from_array(*p)).collect();
    let looks: Vec<Vec3> = camera.rotation.iter().map(|r| Quat::from_array(*r) * Vec3::NEG_Z).collect();
    let (most_turn, all) = if difficulty == Difficulty::Hard { (90.0, 400.0) } else { (75.0, 180.0) };
    let mut turned = 0.0;
    for i in 1..places.len() {
        let pace = places[i].distance(places[i - 1]) * fps;
        let turn = looks[i].truncate().angle_to(looks[i - 1].truncate()).abs().to_degrees();
        assert!(pace < 2.01 && turn * fps < most_turn + 1.0, "{class}: {pace} m/s, {} degrees/s in frame {i}", turn * fps);
        turned += turn;
    }
    assert!(turned < all + 3.0, "{class}: {turned} degrees");
    assert!(looks.iter().all(|look| look.z.abs() < 1e-4), "{class}: the camera is level");
    let task: NavigationTruth = serde_json::from_value(right.truth.task.clone()).expect("the evaluator's own form");
    let last = places[places.len() - 1].truncate();
    let (stand, face) = (Vec2::from_array(task.goal.stand), Vec2::from_array(task.goal.face));
    assert!(last.distance(stand) < 0.05 && (1.0..1.5).contains(&last.distance(face)), "{class}");
    let facing = looks[looks.len() - 1].truncate().angle_to(face - last).abs().to_degrees();
    assert!(facing < 10.0, "{class}: {facing} degrees beside the goal");
    assert_eq!(right.truth.overlays.len(), usize::from(task.told == "plan"), "{class}");
}

/// Of places as they are drawn, in the pictures of a toy, that show no more than the truth says: every family's walk is found. The plaza's ends
/// before a plain wall, a corner and little else.
#[test]
fn walks_are_found_in_toy_pictures() {
    let difficulty = Difficulty::Medium;
    for (run, index, family) in [(9, 1, "maze"), (9, 3, "rooms"), (201, 7, "plaza")] {
        let problem = draw(run, index, difficulty);
        assert_eq!(problem.card().family, family);
        let toy = Stroll::of_truth(&episode(problem.as_ref(), &Clip { frames: 81, ..clip(difficulty) }).truth).expect("a walk");
        let (truth, frames) = (toy.truth(), toy.draw());
        let (fixes, fps) = (walk_found(&truth, &frames).expect("tracked"), f64::from(truth.clip.fps));
        let off =
            |(fix, pose): (&Fix, &Pose)| pose.distance(fix.pose) > 0.15 || pose.way_to(fix.pose)[2].abs() > 5_f32.to_radians();
        let lost = fixes.iter().zip(&toy.poses).filter(|pair| off(*pair)).count();
        assert!(lost * 20 <= frames.len(), "{family}: {lost} of {} frames", frames.len());
        let scored = score_frames(&Registry::default(), &truth, &frames[0], &frames, fps).expect("scored");
        assert_eq!(scored.points, 1000, "{family}: {scored:?}");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let check = |difficulty: Difficulty, set: &str| {
        let dials = Dials::resolve(&Navigation.dials(difficulty), None, &[set.to_owned()]).expect("within its bounds");
        Navigation.check(difficulty, &dials, &clip(difficulty))
    };
    assert!(check(Difficulty::Medium, "told=plan").is_ok() && check(Difficulty::Hard, "decisions=5").is_ok());
    for set in ["decisions=5", "decisions=3"] {
        let said = check(Difficulty::Medium, set);
        assert!(said.as_ref().is_err_and(|why| why.contains("`decisions`")), "{set}: {said:?}");
    }
}
