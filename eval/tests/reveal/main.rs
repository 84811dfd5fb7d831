//! What comes to light, in the toy world: right clips earn all, and wrong ones little.

mod bench;
#[path = "../common/mod.rs"]
mod common;
mod worlds;

use bench::{ball, hide, named, put};
use raytruth_eval::toy::{FRAMES, Thing};
use raytruth_eval::{Failure, Registry, Shown, Truth};
use worlds::{BLUE, COIN, GREEN, NOTCHES, RED, SLOTS, YELLOW, glass, marker, mirror, water};

#[test]
fn a_thing_stands_where_the_mirror_tells() {
    let bench = mirror();
    let clips = bench.clips();
    clips.right_ones();
    clips.wrong_ones();
    let copy = |at: [f32; 2]| move |t: &mut Vec<Thing>| t.push(ball("copy", GREEN, 15.0, 3.0, at));
    clips.cases(&[
        ("behind another screen", &|t| put(t, "cone", SLOTS[0]), 400, &[Failure::WrongPlace]),
        ("where its image shows it", &|t| put(t, "cone", SLOTS[2]), 300, &[Failure::WrongPlace]),
        ("vanished", &|t| hide(t, "cone"), 400, &[Failure::Vanished]),
        ("doubled", &copy(SLOTS[0]), 400, &[Failure::Doubled]),
        ("doubled before the mirror", &copy([240.0, 80.0]), 500, &[Failure::Doubled]),
        ("another colour", &|t| named(t, "cone").color = RED, 400, &[Failure::Recolored]),
        ("one screen stops under way", &|t| stop(named(t, "screen_0"), 21), 300, &[]),
        ("a screen too many", &|t| add_beside(t, "screen_0", 60.0), 500, &[]),
        ("one screen stays", &|t| named(t, "screen_2").places.iter_mut().for_each(|p| p.center[1] = 165.0), 300, &[]),
        ("the screens change their turns", &|t| swap_heights(t, "screen_0", "screen_2"), 300, &[]),
    ]);
    let shows = clips.changed(2, &|t| named(t, "cone").depth = 1.0);
    clips.wrong("before its screen", &shows, 300, &[Failure::Appeared]);
}

/// From a frame on where it is then.
fn stop(thing: &mut Thing, frame: usize) {
    let there = thing.places[frame];
    thing.places[frame..].fill(there);
}

/// A thing once more, so far to the right.
fn add_beside(things: &mut Vec<Thing>, name: &str, by: f32) {
    let mut copy = Thing { name: "copy".into(), ..named(things, name).clone() };
    copy.places.iter_mut().for_each(|place| place.center[0] += by);
    things.push(copy);
}

/// Each takes the heights of the other.
fn swap_heights(things: &mut [Thing], a: &str, b: &str) {
    let of = |things: &mut [Thing], name: &str| named(things, name).places.iter().map(|p| p.center[1]).collect::<Vec<f32>>();
    let (of_a, of_b) = (of(things, a), of(things, b));
    for (name, heights) in [(a, of_b), (b, of_a)] {
        named(things, name).places.iter_mut().zip(heights).for_each(|(place, y)| place.center[1] = y);
    }
}

#[test]
fn a_coin_lies_where_the_water_tells() {
    let bench = water();
    let clips = bench.clips();
    clips.right_ones();
    clips.wrong_ones();
    let stays = |thing: &mut Thing| thing.places.iter_mut().for_each(|place| place.shown = true);
    clips.cases(&[
        ("where its image shows it", &|t| put(t, "coin", COIN[1]), 300, &[Failure::WrongPlace]),
        ("the water never drains", &|t| (hide(t, "coin"), stays(named(t, "image"))).0, 300, &[Failure::WrongPlace]),
        ("vanished", &|t| hide(t, "coin"), 400, &[Failure::Vanished]),
        ("doubled", &|t| t.push(ball("copy", GREEN, 14.0, 5.0, [310.0, 200.0])), 400, &[Failure::Doubled]),
        ("another colour", &|t| named(t, "coin").color = BLUE, 400, &[Failure::Recolored]),
        ("at another notch", &|t| *named(t, "marker") = marker(NOTCHES[2]), 300, &[]),
        ("the bar stays", &|t| *named(t, "marker") = marker(135.0), 150, &[Failure::NoMotion]),
        ("the bar leaps", &|t| leap(named(t, "marker")), 300, &[]),
    ]);
}

/// To its end at once.
fn leap(thing: &mut Thing) {
    let ends = [thing.places[0], thing.places[FRAMES as usize - 1]];
    thing.places.iter_mut().enumerate().for_each(|(f, place)| *place = ends[usize::from(f >= 22)]);
}

#[test]
fn beads_are_where_the_glass_tells() {
    let bench = glass();
    let clips = bench.clips();
    clips.right_ones();
    clips.wrong_ones();
    let swap = |t: &mut Vec<Thing>, a: &str, b: &str| {
        let of = |t: &mut Vec<Thing>, name: &str| named(t, name).places[0].center;
        let (at_a, at_b) = (of(t, a), of(t, b));
        put(t, a, at_b);
        put(t, b, at_a);
    };
    clips.cases(&[
        ("one is in the free corner", &|t| put(t, "bead_1", [240.0, 185.0]), 400, &[Failure::WrongPlace]),
        ("two of three swapped", &|t| swap(t, "bead_0", "bead_1"), 400, &[Failure::WrongPlace]),
        (
            "turned as the glass shows them",
            &|t| {
                for (name, at) in [("bead_0", [240.0, 185.0]), ("bead_1", [160.0, 185.0]), ("bead_2", [240.0, 115.0])] {
                    put(t, name, at);
                }
            },
            300,
            &[Failure::WrongPlace],
        ),
        ("one vanished", &|t| hide(t, "bead_2"), 400, &[Failure::Vanished]),
        ("one doubled", &|t| t.push(ball("copy", RED, 12.0, 5.0, [240.0, 185.0])), 400, &[Failure::Doubled]),
        ("one of another colour", &|t| named(t, "bead_0").color = YELLOW, 400, &[Failure::Recolored]),
        (
            "the plate slides the other way",
            &|t| {
                named(t, "plate").places.iter_mut().for_each(|p| p.center[0] = 400.0 - p.center[0]);
            },
            300,
            &[],
        ),
    ]);
}

#[test]
fn a_truth_that_makes_no_sense_is_refused() {
    let registry = Registry::default();
    let evaluator = registry.get("perception_optics").expect("known");
    let good = mirror().truth();
    assert_eq!(evaluator.check(&good), Ok(()));
    type Change = dyn Fn(&mut Truth);
    let cases: [(&Change, &str); 8] = [
        (&|t| t.task["covers"][0] = "nobody".into(), "nobody"),
        (&|t| t.task["things"] = serde_json::json!([]), "empty"),
        (&|t| t.task["things"][0]["place"] = 3.into(), "place 3 of 3"),
        (&|t| t.task["things"][0]["mistaken"] = 1.into(), "place 1 of 3"),
        (&|t| t.task["things"][0]["slots"][0] = serde_json::json!([240.0, 180.0]), "the same"),
        (&|t| t.task["things"][0]["images"][0][2] = 0.0.into(), "no box"),
        (&|t| t.task["shown_from"] = 2.into(), "no order"),
        (&|t| t.objects.iter_mut().for_each(|o| o.shown.fill(Shown::Occluded)), "in sight"),
    ];
    for (change, why) in cases {
        let mut bad = good.clone();
        change(&mut bad);
        let said = evaluator.check(&bad).expect_err(why);
        assert!(said.contains(why), "{said:?} instead of {why:?}");
    }
}

/// What moves can be made to go wrong in other ways than a beam, and what a mirror shows stays where it is.
#[test]
fn controls_are_those_of_the_family() {
    let registry = Registry::default();
    let controls = registry.get("perception_optics").expect("known").controls();
    let applies = |name: &str, truth: &Truth| {
        let control = controls.iter().find(|control| control.name == name).expect(name);
        (control.applies)(truth)
    };
    let (mirror, water) = (mirror().truth(), water().truth());
    let mut beam = mirror.clone();
    beam.task["family"] = "beam".into();
    for (name, of_each) in [
        ("frozen_first_frame", [true, true, true]),
        ("cut_out", [true, false, false]),
        ("glide", [true, false, false]),
        ("teleport", [true, true, false]),
        ("image_for_thing", [true, true, false]),
        ("optic_ignored", [false, false, true]),
    ] {
        assert_eq!([&mirror, &water, &beam].map(|truth| applies(name, truth)), of_each, "{name}");
    }
}
