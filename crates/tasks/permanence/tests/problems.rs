//! Properties of drawn problems: what every task must keep, and what only this one has to.

use raytruth_eval::permanence::PermanenceTruth;
use raytruth_permanence::Permanence;
use raytruth_task::contract::{self, episode};
use raytruth_task::{Clip, Dials, Difficulty, Draw, Episode, Lot, Problem, RunSeed, SampleSeed, Task};

const CLIP: Clip = Clip { width: 480, height: 300, fps: 16, frames: 81, lead: 0 };

fn truth(episode: &Episode) -> PermanenceTruth {
    serde_json::from_value(episode.truth.task.clone()).expect("the evaluator's own form")
}

/// Problems of a run, without their pictures.
fn drawn(difficulty: Difficulty, n: u64) -> Vec<(Lot, Box<dyn Problem>)> {
    let info = Permanence.info();
    let dials = Dials::resolve(&Permanence.dials(difficulty), None, &[]).expect("defaults");
    let one = |index: u64| {
        let lot = RunSeed::from(9).lot_of(info.domain, index, info.classes.len());
        let seed = SampleSeed::new(9, info.domain, index);
        let problem = (0..100).find_map(|i| Permanence.draw(&mut Draw::new(seed.problem(i), lot, difficulty, &dials)).ok());
        (lot, problem.expect("one of a hundred"))
    };
    (0..n).map(one).collect()
}

#[test]
fn every_class_keeps_the_contract() {
    for problem in contract::check(&Permanence) {
        let right = episode(problem.as_ref(), &CLIP);
        nothing_shows_the_outcome_before_the_split(&right);
        the_target_is_hidden_and_comes_to_light(&right);
    }
}

/// No frame before the split shows the target after it was hidden for the last time.
fn nothing_shows_the_outcome_before_the_split(right: &Episode) {
    let (class, truth, maps) = (&right.card.class, truth(right), right.truth.label_maps().expect("maps"));
    let target = right.truth.objects.iter().position(|o| o.name == truth.target).expect("the target");
    let [first, last] = truth.hidden[truth.hidden.len() - 1];
    assert!(right.truth.split() <= last && first < right.truth.split(), "{class}: hidden from {first} to {last}");
    for [first, last] in truth.hidden {
        for frame in first..=last {
            let seen = maps.counts(maps.entry_of(frame))[target + 1];
            assert_eq!(seen, 0, "{class}: {seen} pixels of the target in frame {frame}");
        }
    }
}

fn the_target_is_hidden_and_comes_to_light(right: &Episode) {
    let (class, truth, maps) = (&right.card.class, truth(right), right.truth.label_maps().expect("maps"));
    let target = right.truth.objects.iter().position(|o| o.name == truth.target).expect("the target");
    let part = |frame: u32| {
        let entry = maps.entry_of(frame);
        maps.counts(entry)[target + 1] as f32 / right.truth.objects[target].whole_px[entry].max(1) as f32
    };
    assert!(part(0) > 0.95, "{class}: {} of the target are seen at the start", part(0));
    let end = right.truth.events_end;
    assert!(f64::from(end - truth.shown_from) >= 0.5 * f64::from(right.clip.fps), "{class}: shown for half a second");
    for frame in truth.shown_from..=end {
        assert!(part(frame) > 0.9, "{class}: {} of the target are seen in frame {frame}", part(frame));
    }
    let held = right.truth.objects[target].held_by.iter().flatten().next_back();
    let by = right.card.certificate["held_by"].as_array().and_then(|h| h.last()).and_then(|h| h["by"].as_str());
    assert_eq!(held.map(String::as_str), by, "{class}");
}

#[test]
fn lazy_policies_are_at_chance() {
    for difficulty in Difficulty::ALL {
        let problems = drawn(difficulty, 480);
        let (mut chance, mut middle, mut last_seen, mut start) = (0.0, 0.0, 0.0, 0.0);
        for (_, problem) in &problems {
            let card = problem.card();
            let n = card.parameters["cups"].as_u64().expect("a count");
            let number = |value: &serde_json::Value| value.as_u64().expect("a place");
            let place = number(&card.certificate["place"]);
            chance += 1.0 / n as f64;
            middle += f64::from(u8::from(place == n / 2));
            last_seen += f64::from(u8::from(place == number(&card.certificate["last_seen"])));
            start += f64::from(u8::from(place == number(&card.parameters["start"])));
        }
        let n = problems.len() as f64;
        // Of 480 draws at a third, four standard deviations are 8.6 points.
        for (policy, right) in [("middle", middle), ("last seen", last_seen), ("start", start)] {
            assert!(
                (right - chance).abs() / n < 0.086,
                "{}: {policy} is right in {right} of {n}, chance {chance}",
                difficulty.name()
            );
        }
    }
}

#[test]
fn the_certificate_tells_the_place_by_itself() {
    for difficulty in Difficulty::ALL {
        for (lot, problem) in drawn(difficulty, 24) {
            let card = problem.card();
            let mut at = card.parameters["start"].as_u64().expect("a place");
            for step in card.parameters["moves"].as_array().expect("moves") {
                let pair = |name: &str| step[name].as_array().map(|p| [0, 1].map(|i| p[i].as_u64().expect("a place")));
                if let Some([a, b]) = pair("swap") {
                    at = if at == a {
                        b
                    } else if at == b {
                        a
                    } else {
                        at
                    };
                }
                if let Some([a, b]) = pair("push") {
                    assert_eq!(at, a, "the ball is under the cup from under which it is pushed");
                    at = b;
                }
            }
            assert_eq!(card.certificate["place"].as_u64(), Some(at), "{}: {}", lot.turn, card.prompt);
        }
    }
}

/// A ring of the cups' own colour is no mark, nor is one of the ball's.
#[test]
fn every_ring_is_seen_and_none_has_the_ball_s_colour() {
    for (_, problem) in drawn(Difficulty::Medium, 60) {
        let (card, rings) = (problem.card(), problem.card().prompt.split("with ").nth(1).expect("the rings").to_owned());
        let rings = rings.split(" ring").next().expect("their colours");
        let body = card.prompt.split_whitespace().nth(1).expect("the cups' colour");
        let ball = card.parameters["ball_color"].as_str().expect("a name");
        assert_ne!(body, ball, "{}", card.prompt);
        assert!([body, ball].iter().all(|color| !rings.contains(color)), "{}", card.prompt);
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let check = |set: &str| {
        let dials = Dials::resolve(&Permanence.dials(Difficulty::Medium), None, &[set.to_owned()]).expect("within its bounds");
        Permanence.check(Difficulty::Medium, &dials, &CLIP)
    };
    assert!(check("swaps=3").is_ok());
    assert!(check("swaps=6").is_err_and(|why| why.contains("`swaps`")));
    assert!(check("cups=5").is_err_and(|why| why.contains("`cups`")));
}
