//! Properties of drawn problems: what every task must keep, and what only this one has to.

use std::collections::BTreeMap;

use glam::DVec3;
use raytruth_eval::lint;
use raytruth_eval::optics::BeamTruth;
use raytruth_optics::Optics;
use raytruth_optics::exact::{End, Ray, World};
use raytruth_scene::{Scene, Shape};
use raytruth_task::contract::{self, drawn, episode};
use raytruth_task::{Clip, Difficulty, Problem, Task};
use serde_json::Value;

#[test]
fn every_class_keeps_the_contract() {
    for problem in contract::check(&Optics) {
        let right = episode(problem.as_ref(), &clip());
        let twins = problem.twins(&right);
        let names: &[&str] = match right.card.family.as_str() {
            "beam" => &["optic_ignored", "other_detector", "lit_without_beam", "from_the_end"],
            "mirror_image" | "in_the_water" => &["image_for_thing", "vanished", "doubled", "recolored"],
            _ => &["image_swapped", "vanished", "doubled", "recolored"],
        };
        for name in names {
            assert!(twins.iter().any(|twin| twin.name == *name), "{}: no {name}", right.card.class);
        }
        if let Some(twin) = twins.iter().find(|twin| twin.name == "optic_ignored") {
            goes_on(&twin.scene);
        }
    }
    let _ = contract::check_at(&Optics, Difficulty::Hard, 8);
}

/// A beam that is not turned goes on, off the board or to a detector.
fn goes_on(scene: &Scene) {
    let mut ends = scene.objects.iter().filter(|o| o.name.starts_with("wrong_")).filter_map(|o| match o.shapes.last() {
        Some(Shape::Tube { points, .. }) => points.last().copied(),
        _ => None,
    });
    let end = ends.next_back().expect("a beam");
    let is_off = end.truncate().abs().max_element() > 0.2;
    let mut posts = scene.objects.iter().filter(|o| o.name.ends_with("_post")).map(|o| o.pose.translation.truncate());
    assert!(is_off || posts.any(|post| post.distance(end.truncate()) < 0.02), "it ends in the open: {end}");
}

/// A problem of a family, whose class is the first of it or the second.
fn of(family: &str, difficulty: Difficulty, seed: u64) -> Box<dyn Problem> {
    let families = Optics.info().families;
    let at = families.iter().position(|name| *name == family).expect("a family");
    drawn(&Optics, difficulty, seed, 2 * at + seed as usize % 2)
}

fn clip() -> Clip {
    Clip { width: 480, height: 300, fps: 16, frames: 80, lead: 0 }
}

fn vector(v: &Value) -> DVec3 {
    serde_json::from_value::<[f64; 3]>(v.clone()).expect("three numbers").into()
}

fn bodies(world: &Value) -> World {
    World { bodies: serde_json::from_value(world["bodies"].clone()).expect("bodies") }
}

/// What metadata holds of the bench is enough to find the answer, and wrong ways lead elsewhere.
#[test]
fn the_answer_follows_from_the_certificate() {
    for (difficulty, seed) in Difficulty::ALL.into_iter().flat_map(|d| (0..12).map(move |seed| (d, seed))) {
        let problem = of("beam", difficulty, seed);
        let certificate = &problem.card().certificate;
        let world = bodies(&certificate["world"]);
        let source =
            Ray { origin: vector(&certificate["world"]["source_m"]), direction: vector(&certificate["world"]["direction"]) };
        let path = world.trace(source, 30);
        let End::At { body, .. } = path.end else { panic!("{path:?}") };
        assert_eq!(certificate["answer"].as_str(), Some(world.bodies[body].name.as_str()));
        let told: Vec<DVec3> = certificate["world"]["beam_m"].as_array().expect("a list").iter().map(vector).collect();
        assert!(path.points().iter().zip(&told).all(|(a, b)| a.distance(*b) < 1e-5) && path.points().len() == told.len());
        assert!(certificate["from_rims_m"].as_f64() > Some(0.004) && certificate["steepest_deg"].as_f64() < Some(70.0));
        for way in certificate["wrong_ways"].as_array().expect("a list") {
            assert_ne!(way["meets"], certificate["answer"], "{way}");
        }
    }
}

/// Traced from the eye, light leads to what the images are said to be of; and it does not go straight there.
#[test]
fn images_lead_to_their_things() {
    for family in ["mirror_image", "in_the_water", "through_the_glass"] {
        for (difficulty, seed) in Difficulty::ALL.into_iter().flat_map(|d| (0..6).map(move |seed| (d, seed))) {
            let problem = of(family, difficulty, seed);
            let world = &problem.card().certificate["world"];
            let bodies = bodies(world);
            let sights = world["sights"].as_array().expect("a list");
            assert_eq!(sights.len(), if family == "through_the_glass" { 3 } else { 1 });
            for sight in sights {
                let ray = Ray { origin: vector(&world["eye_m"]), direction: vector(&sight["direction"]) };
                let path = bodies.trace(ray, 8);
                let End::At { body, .. } = path.end else { panic!("{path:?}") };
                assert_eq!(sight["of"].as_str(), Some(bodies.bodies[body].name.as_str()), "{family} {difficulty:?} {seed}");
                assert!(!path.vertices.is_empty());
            }
            if family != "through_the_glass" {
                assert_ne!(problem.card().certificate["mistaken"], problem.card().certificate["answer"]);
            }
        }
    }
}

/// The line that the evaluator follows begins at the source, ends at the detector, and lies in the picture.
#[test]
fn the_beam_is_seen_from_end_to_end() {
    for (difficulty, seed) in Difficulty::ALL.into_iter().flat_map(|d| (0..3).map(move |seed| (d, seed))) {
        let right = episode(of("beam", difficulty, seed).as_ref(), &clip());
        let task: BeamTruth = serde_json::from_value(right.truth.task.clone()).expect("the task's truth");
        let length: f64 = {
            let points: Vec<DVec3> =
                right.card.certificate["world"]["beam_m"].as_array().expect("a list").iter().map(vector).collect();
            points.windows(2).map(|w| w[0].distance(w[1])).sum()
        };
        let x = |name: &String| right.truth.object(name).and_then(|o| o.center[0]).expect("a cap in sight")[0];
        assert!(task.detectors.windows(2).all(|pair| x(&pair[0]) < x(&pair[1])), "caps are told from left to right");
        let places: Vec<[f32; 3]> = task.legs.iter().flat_map(|leg| leg.runs.iter().flatten().copied()).collect();
        let (first, last) = (places[0], places[places.len() - 1]);
        assert!(first[2] < 0.012 && f64::from(last[2]) > length - 0.03, "{first:?} {last:?} of {length}");
        assert!(places.iter().all(|[x, y, _]| (0.0..480.0).contains(x) && (0.0..300.0).contains(y)));
        // Where nothing is clear it is straight: no place lies beside the line between the ends of its leg.
        for leg in task.legs.iter().filter(|_| difficulty == Difficulty::Easy) {
            let all: Vec<[f32; 3]> = leg.runs.iter().flatten().copied().collect();
            let ([x0, y0, _], [x1, y1, _]) = (all[0], all[all.len() - 1]);
            let whole = ((x1 - x0).powi(2) + (y1 - y0).powi(2)).sqrt().max(1.0);
            let aside = all.iter().filter(|[x, y, _]| ((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)).abs() / whole > 2.5).count();
            assert!(aside == 0, "{aside} of {} places lie beside leg {}", all.len(), leg.after);
        }
    }
}

/// Whatever stands where, no look is refused for what geometry alone tells: sizes, places.
#[test]
fn what_counts_is_large_enough_in_the_smallest_picture() {
    for (difficulty, seed) in Difficulty::ALL.into_iter().flat_map(|d| (20..44).map(move |seed| (d, seed))) {
        let right = episode(drawn(&Optics, difficulty, seed, seed as usize % 8).as_ref(), &clip());
        let found = lint::of_maps(&right.truth).expect("maps").0.findings;
        assert!(found.is_empty(), "{difficulty:?} {seed}: {found:?}");
    }
}

#[test]
fn benches_are_balanced_and_grow_harder() {
    let mut ways = BTreeMap::new();
    for difficulty in Difficulty::ALL {
        let mut way = 0.0;
        for seed in 0..20 {
            let problem = of("beam", difficulty, seed);
            let card = problem.card();
            assert_eq!(card.class, Optics.info().classes[seed as usize % 2]);
            way += card.hardness["way_m"] / 20.0;
        }
        ways.insert(format!("{difficulty:?}"), way);
    }
    assert!(ways["Easy"] < ways["Medium"] && ways["Medium"] < ways["Hard"], "{ways:?}");
}

#[test]
fn dials_that_leave_no_bench_are_refused() {
    use raytruth_task::{DialValue, Dials};
    let with = |optics: i64| {
        let kinds = DialValue::Choice(vec!["convex_mirror".to_owned()]);
        let dials = [("optics".to_owned(), DialValue::Int { lo: 1, hi: optics }), ("optic_kinds".to_owned(), kinds)];
        Optics.check(Difficulty::Hard, &Dials(dials.into_iter().collect()), &clip())
    };
    assert!(with(2).is_ok());
    assert!(with(3).is_err_and(|why| why.contains("`optics`")));
}
