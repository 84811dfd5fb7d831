//! Properties of drawn problems: what every task must keep, and what only this one has to.

use std::collections::BTreeMap;

use raytruth_eval::Shown;
use raytruth_eval::permanence::PermanenceTruth;
use raytruth_permanence::Permanence;
use raytruth_task::contract::{self, episode};
use raytruth_task::{Card, Clip, Dials, Difficulty, Draw, Episode, Problem, RunSeed, SampleSeed, Task};

const CLIP: Clip = Clip { width: 480, height: 300, fps: 16, frames: 81, lead: 0 };

fn truth(episode: &Episode) -> PermanenceTruth {
    serde_json::from_value(episode.truth.task.clone()).expect("the evaluator's own form")
}

/// Problems of a run from an index on, without their pictures.
fn drawn(difficulty: Difficulty, from: u64, n: u64) -> Vec<Box<dyn Problem>> {
    let info = Permanence.info();
    let dials = Dials::resolve(&Permanence.dials(difficulty), None, &[]).expect("defaults");
    let one = |index: u64| {
        let lot = RunSeed::from(9).lot_of(info.domain, index, info.classes.len());
        let seed = SampleSeed::new(9, info.domain, index);
        let problem = (0..100).find_map(|i| Permanence.draw(&mut Draw::new(seed.problem(i), lot, difficulty, &dials)).ok());
        problem.expect("one of a hundred")
    };
    (from..from + n).map(one).collect()
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
            let entry = maps.entry_of(frame);
            if right.truth.objects[target].shown[entry] == Shown::Dark {
                continue;
            }
            let seen = maps.counts(entry)[target + 1];
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
    assert!(part(0) > 0.9, "{class}: {} of the target are seen at the start", part(0));
    let end = right.truth.events_end;
    assert!(f64::from(end - truth.shown_from) >= 0.5 * f64::from(right.clip.fps), "{class}: shown for half a second");
    for frame in truth.shown_from..=end {
        assert!(part(frame) > 0.9, "{class}: {} of the target are seen in frame {frame}", part(frame));
    }
    let held = right.truth.objects[target].held_by.iter().flatten().next_back();
    let by = right.card.certificate["held_by"].as_array().and_then(|h| h.last()).and_then(|h| h["by"].as_str());
    assert_eq!(held.map(String::as_str), by, "{class}");
}

/// How many places there are.
fn places(card: &Card) -> usize {
    card.certificate["world"]["slots_m"].as_array().expect("places").len()
}

fn number(value: &serde_json::Value) -> usize {
    value.as_u64().expect("a number") as usize
}

/// Draws are dear, so that all that is asked of many is asked of the same.
#[test]
fn many_problems_are_what_they_should_be() {
    let mut by_family = BTreeMap::<String, Vec<Card>>::new();
    for (i, difficulty) in Difficulty::ALL.into_iter().enumerate() {
        for problem in drawn(difficulty, 100 * i as u64, 100) {
            let card = problem.card();
            the_certificate_tells_the_place_by_itself(card);
            every_ring_is_seen_and_none_has_the_ball_s_colour(card);
            free_bodies_hold_their_place(card);
            by_family.entry(card.family.clone()).or_default().push(card.clone());
        }
    }
    assert_eq!(by_family.len(), Permanence.info().families.len());
    let has_rings = |card: &&Card| card.parameters.get("cover_marks").is_some_and(|marks| marks == "rings");
    assert!(by_family.values().flatten().filter(has_rings).count() > 20);
    for (family, cards) in by_family {
        assert!(cards.len() * 100 >= 12 * 300, "{family}: {} of 300", cards.len());
        lazy_policies_are_at_chance(&family, &cards);
    }
}

fn lazy_policies_are_at_chance(family: &str, cards: &[Card]) {
    let chance: f64 = cards.iter().map(|card| 1.0 / places(card) as f64).sum();
    type Policy = dyn Fn(&Card) -> Option<usize>;
    let policies: [(&str, &Policy); 4] = [
        ("middle", &|card| Some(places(card) / 2)),
        ("last seen", &|card| Some(number(&card.certificate["last_seen"]))),
        ("where it starts", &|card| card.parameters.get("start").map(number)),
        ("leftmost", &|_| Some(0)),
    ];
    for (policy, place) in policies {
        let is_right = |card: &&Card| place(card) == Some(number(&card.certificate["place"]));
        let (right, n) = (cards.iter().filter(is_right).count() as f64, cards.len() as f64);
        // Without a starting place there is no such policy. Of 60 draws at a third, four standard deviations are 24 points.
        let is_one = cards.iter().any(|card| place(card).is_some());
        assert!(!is_one || (right - chance).abs() / n < 0.24, "{family}: {policy} is right in {right} of {n}, chance {chance}");
    }
}

/// The place by the moves alone.
fn by_the_moves(card: &Card) -> usize {
    let mut at = number(&card.parameters["start"]);
    for step in card.parameters["moves"].as_array().expect("moves") {
        let pair = |name: &str| step[name].as_array().map(|p| [0, 1].map(|i| number(&p[i])));
        if let Some([a, b]) = pair("swap") {
            at = match at {
                at if at == a => b,
                at if at == b => a,
                at => at,
            };
        }
        if let Some([a, b]) = pair("push") {
            assert_eq!(at, a, "the ball is under what it is taken from");
            at = b;
        }
    }
    at
}

/// The place by the first wall that the ball meets.
fn by_the_walls(card: &Card) -> usize {
    let walls = card.parameters["walls"].as_array().expect("walls");
    let there = walls.iter().filter(|wall| wall["after"] == true).map(|wall| number(&wall["place"]));
    let place = if card.parameters["from"] == "left" { there.min() } else { there.max() };
    place.expect("a wall")
}

fn the_certificate_tells_the_place_by_itself(card: &Card) {
    let place = if card.parameters.contains_key("walls") { by_the_walls(card) } else { by_the_moves(card) };
    assert_eq!(number(&card.certificate["place"]), place, "{}: {}", card.class, card.prompt);
}

/// A ring of the covers' own colour is no mark, nor is one of the ball's.
fn every_ring_is_seen_and_none_has_the_ball_s_colour(card: &Card) {
    if card.parameters.get("cover_marks").is_none_or(|marks| marks != "rings") {
        return;
    }
    let rings = card.prompt.split("with ").nth(1).and_then(|text| text.split(" ring").next()).expect("the rings");
    let body = card.prompt.split_whitespace().nth(1).expect("the covers' colour");
    let ball = card.parameters["ball_color"].as_str().expect("a name");
    assert_ne!(body, ball, "{}", card.prompt);
    assert!([body, ball].iter().all(|color| !rings.contains(color)), "{}", card.prompt);
}

/// What was simulated ends within its slot whatever a person cannot tell, with a quarter to spare.
fn free_bodies_hold_their_place(card: &Card) {
    let free = &card.certificate["world"]["free"];
    let is_free = ["screens", "carriers", "lights_out"].contains(&card.family.as_str());
    assert_eq!(free.is_object(), is_free, "{}", card.family);
    if is_free {
        let (spread, slot) = (free["spread_m"].as_f64().expect("metres"), free["slot_m"].as_f64().expect("metres"));
        assert!(spread < 0.25 * slot && free["members"] == 64, "{}: {spread} of {slot}", card.family);
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let check = |set: &str| {
        let dials = Dials::resolve(&Permanence.dials(Difficulty::Medium), None, &[set.to_owned()]).expect("within its bounds");
        Permanence.check(Difficulty::Medium, &dials, &CLIP)
    };
    assert!(check("swaps=3").is_ok());
    for (set, dial) in [
        ("swaps=6", "`swaps`"),
        ("cups=5", "`cups`"),
        ("cart_swaps=4", "`cart_swaps`"),
        ("boxes=4", "`boxes`"),
        ("wall_changes=2", "`wall_changes`"),
        ("slope_deg=4", "`slope_deg`"),
    ] {
        assert!(check(set).is_err_and(|why| why.contains(dial)), "{set}: {:?}", check(set));
    }
}

/// What is held to the contract is easy; harder problems have more that could be in the way.
#[test]
fn nothing_passes_through_anything() {
    for difficulty in [Difficulty::Medium, Difficulty::Hard] {
        let frames = Permanence.info().frames(difficulty, CLIP.fps);
        for problem in drawn(difficulty, 0, 20) {
            contract::nothing_passes_through_anything(&episode(problem.as_ref(), &Clip { frames, ..CLIP }));
        }
    }
}
