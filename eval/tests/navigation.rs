//! The navigation evaluator in the toy place.

mod common;

use std::sync::LazyLock;

use common::score::explain;
use raytruth_eval::controls::{Making, Source};
use raytruth_eval::navigation::{Navigation, Pose, StopTruth};
use raytruth_eval::toy::{Body, Look, Stroll, WALK_FPS, walk_found};
use raytruth_eval::{Evaluator, Failure, Frame, Registry, Score, Truth, lint, score_frames, score_frames_at};

/// The corridor's truth and pictures.
static CORRIDOR: LazyLock<(Truth, Vec<Frame>)> = LazyLock::new(|| (Stroll::corridor().truth(), Stroll::corridor().draw()));

fn score(truth: &Truth, first: &Frame, frames: &[Frame]) -> Score {
    score_frames(&Registry::default(), truth, first, frames, f64::from(WALK_FPS)).expect("scored")
}

/// The truth's own walk is found to centimetres, and scores everything.
#[test]
fn the_walk_is_found_in_the_pictures() {
    for it in [Stroll::corridor(), Stroll::plaza()] {
        let is_corridor = it.task.family == Stroll::corridor().task.family;
        let (truth, frames) = if is_corridor { CORRIDOR.clone() } else { (it.truth(), it.draw()) };
        let read = Pose::of_truth(&truth);
        assert!(it.poses.iter().zip(&read).all(|(a, b)| a.distance(*b) < 1e-4 && a.way_to(*b)[2].abs() < 1e-4));
        let fixes = walk_found(&truth, &frames).expect("tracked");
        let errors: Vec<(f32, f32)> =
            fixes.iter().zip(&it.poses).map(|(f, p)| (p.distance(f.pose), p.way_to(f.pose)[2].to_degrees().abs())).collect();
        let near = errors.iter().filter(|(metres, degrees)| *metres < 0.15 && *degrees < 5.0).count();
        assert!(near as f32 >= 0.97 * errors.len() as f32, "{}: {near} of {} {errors:.3?}", it.task.family, errors.len());
        assert!(errors.iter().all(|(metres, degrees)| *metres < 0.4 && *degrees < 12.0), "{}: {errors:.3?}", it.task.family);
        let scored = score(&truth, &frames[0], &frames);
        assert_eq!((scored.points, scored.failure), (1000, None), "{}: {}", it.task.family, explain(&scored));
    }
}

/// A lens that is longer or shorter than the truth's is found by what follows the first frame, and the walk through it.
#[test]
fn another_lens_is_fair() {
    for longer in [0.88, 1.12] {
        let it = Stroll { longer, ..Stroll::corridor() };
        let (truth, frames) = (&CORRIDOR.0, it.draw());
        let fixes = walk_found(truth, &frames).expect("tracked");
        let farthest = fixes.iter().zip(&it.poses).map(|(fix, pose)| pose.distance(fix.pose)).fold(0.0, f32::max);
        let scored = score(truth, &frames[0], &frames);
        assert!(farthest < 0.15 && scored.points >= 950, "{longer}: {farthest:.3} m, {}", explain(&scored));
    }
}

#[test]
fn wrong_walks_score_low_and_fair_ones_high() {
    let it = Stroll::corridor();
    let (truth, frames) = &*CORRIDOR;
    let of = |walk: &Stroll| score(truth, &frames[0], &walk.draw());
    let tinted = Stroll { tint: [1.06, 1.0, 0.93], ..it.clone() };
    let scored = of(&tinted);
    assert!(scored.points >= 950, "tinted: {}", explain(&scored));

    let through = it.along(&[[3.9, 0.9], [5.15, 0.9], [5.0, 2.75], [6.3, 2.95], [6.3, 4.15]]);
    let scored = of(&through);
    assert!(scored.points <= 500 && scored.failure != Some(Failure::OtherStart), "through walls: {}", explain(&scored));

    let past = it.along(&[[3.9, 0.9], [6.3, 0.9], [6.35, 2.0]]);
    let scored = of(&past);
    assert!(scored.points <= 400 && scored.failure.is_some(), "stops before the door: {}", explain(&scored));

    let jump: Vec<Frame> = (0..frames.len()).map(|f| frames[if f < 20 { f } else { frames.len() - 1 }].clone()).collect();
    let scored = score(truth, &frames[0], &jump);
    assert!(scored.points <= 500 && scored.failure == Some(Failure::Teleported), "jump: {}", explain(&scored));
}

/// What a walk shows in its end counts: the goal in its colour, and no back turned to it.
#[test]
fn the_end_must_be_seen() {
    let it = Stroll::corridor();
    let (truth, frames) = &*CORRIDOR;
    let (count, first) = (frames.len(), &frames[0]);
    // The last 0.4 seconds.
    let from = count - (0.4 * WALK_FPS as f32) as usize;
    let dark = |f: &Frame| Frame { rgb: vec![9; f.rgb.len()], ..*f };
    let ends_dark: Vec<Frame> = frames.iter().enumerate().map(|(i, f)| if i < from { f.clone() } else { dark(f) }).collect();
    let scored = score(truth, first, &ends_dark);
    assert!(scored.points <= 500, "ends in the dark: {}", explain(&scored));

    // The door is blue from where one is near.
    let goal = it.task.landmarks.iter().position(|l| l.name == it.task.goal.landmark).expect("the goal is a landmark");
    let mut blue = it.clone();
    blue.colors[goal] = [40, 70, 190];
    for body in blue.bodies.iter_mut().filter(|body| body.landmark == Some(goal)) {
        body.look = Look::Paint([40, 70, 190]);
    }
    let near = count - (1.2 * WALK_FPS as f32) as usize;
    let turns_blue: Vec<Frame> =
        blue.draw().into_iter().enumerate().map(|(i, f)| if i < near { frames[i].clone() } else { f }).collect();
    let scored = score(truth, first, &turns_blue);
    assert!(scored.points <= 500, "the door turns blue: {}", explain(&scored));

    let mut away = it.clone();
    let turned = (0.8 * WALK_FPS as f32) as usize;
    for (k, pose) in away.poses[count - turned..].iter_mut().enumerate() {
        pose.yaw += 2.2 * (k as f32 / (0.5 * turned as f32)).min(1.0);
    }
    let scored = score(truth, first, &away.draw());
    assert!(scored.points <= 500, "turns away: {}", explain(&scored));
}

/// What is painted anew after the first frame is seen, and what is added to the place.
#[test]
fn what_is_added_or_painted_anew_is_seen() {
    let it = Stroll::corridor();
    let (truth, frames) = &*CORRIDOR;
    let from_second = |walk: &Stroll| {
        let mut shown = walk.draw();
        shown[0].clone_from(&frames[0]);
        score(truth, &frames[0], &shown)
    };
    let with = |body: Body| {
        let mut walk = it.clone();
        walk.bodies.push(body);
        from_second(&walk)
    };
    let painted = from_second(&Stroll { tint: [0.55, 0.75, 1.1], ..it.clone() });
    let red = Look::Paint(it.colors[3]);
    let door = Body { min: [7.14, 3.3, 0.0], max: [7.2, 4.2, 2.1], round: false, look: red, landmark: None };
    let screen = Body { min: [6.3, 2.0, 0.0], max: [7.2, 2.1, 2.2], look: Look::Paint([70, 74, 84]), ..door };
    for (what, scored) in [("walls painted", painted), ("a second red door", with(door)), ("a screen", with(screen))] {
        assert!(scored.points <= 300, "{what}: {}", explain(&scored));
    }
}

/// Where no walls say where the eye is, landmarks sighted in order earn something, and in another order less.
#[test]
fn landmarks_in_order_earn_something_where_the_way_is_lost() {
    let it = Stroll::corridor();
    let (truth, frames) = &*CORRIDOR;
    // An open field, in which one walks past what may be the door.
    let past = |color: [u8; 3]| {
        let door = Body { min: [16.0, 10.4, 0.0], max: [16.8, 11.2, 2.1], round: true, look: Look::Paint(color), landmark: None };
        let field = Stroll { bodies: vec![door], ..it.clone() }.along(&[[7.0, 10.0], [15.0, 10.0]]);
        let mut shown = field.draw();
        shown[0].clone_from(&frames[0]);
        score(truth, &frames[0], &shown)
    };
    let (red, grey) = (past(it.colors[3]), past([120, 120, 120]));
    assert!((20..=200).contains(&red.points), "{}", explain(&red));
    assert!(grey.points < 20, "{}", explain(&grey));
}

/// A walk that reaches the goal by other gates than those of the shortest way earns a part.
#[test]
fn a_longer_way_earns_a_part() {
    let mut it = Stroll::corridor();
    let frames = &CORRIDOR.1;
    it.task.stops =
        vec![StopTruth::Gate { from: [1.8, 1.8], to: [1.8, 0.0] }, StopTruth::Gate { from: [1.8, 3.6], to: [1.8, 5.4] }];
    it.task.way = vec![[3.9, 0.9], [6.0, 0.9], [6.3, 2.9]];
    let scored = score(&it.truth(), &frames[0], frames);
    assert!((400..=800).contains(&scored.points) && scored.failure == Some(Failure::WrongWay), "{}", explain(&scored));
}

/// Those that pixels can make; all of them are made of samples by `verify controls`.
#[test]
fn controls_keep_their_bounds() {
    const TRIED: [&str; 13] = [
        "frozen_first_frame",
        "cross_fade",
        "jumps_to_the_event",
        "middle_left_out",
        "stopped_half_way",
        "plan_changed",
        "grey",
        "fps_8",
        "noise_sigma_4",
        "stretched_15_faster",
        "shaken_2",
        "zoomed_8",
        "held_for_a_third",
    ];
    let (truth, frames) = &*CORRIDOR;
    let source = Source { frames, fps: f64::from(WALK_FPS), other: None, truth };
    let controls = Navigation.controls();
    let registry = Registry::default();
    for name in TRIED {
        let control = controls.iter().find(|c| c.name == name).unwrap_or_else(|| panic!("no control {name}"));
        let Making::Pixels(make) = control.making else { panic!("{name} is rendered") };
        let made = make(&source).unwrap_or_else(|| panic!("{name} is not made"));
        let time = made.time.unwrap_or_else(|| (0..made.frames.len()).map(|i| i as f64 / made.fps).collect());
        let scored = score_frames_at(&registry, truth, &frames[0], &made.frames, time).expect("scored");
        assert!(control.kind.keeps_within(control.bound, scored.points), "{name}: {}", explain(&scored));
        assert!(control.kind.is_right() || scored.failure.is_some(), "{name} has no failure");
    }
}

#[test]
fn a_truth_that_makes_no_sense_is_refused() {
    let good = &CORRIDOR.0;
    type Change = dyn Fn(&mut Truth);
    let cases: [(&Change, &str); 7] = [
        (&|t| t.camera = None, "camera"),
        (&|t| t.task["stops"] = serde_json::json!([]), "stops"),
        (&|t| t.task["solids"][0]["max"] = serde_json::json!([-5.0, 0.0, 1.0]), "is none"),
        (&|t| t.task["goal"]["landmark"] = "nobody".into(), "nobody"),
        (&|t| t.task["landmarks"][0]["name"] = "nobody".into(), "nobody"),
        (&|t| t.task["eye_m"] = 0.0.into(), "eye_m"),
        (&|t| t.decisive_event = "arrives".into(), "last decision"),
    ];
    assert_eq!(Navigation.check(good), Ok(()));
    for (change, why) in cases {
        let mut bad = good.clone();
        change(&mut bad);
        let said = Navigation.check(&bad).expect_err(why);
        assert!(said.contains(why), "{said:?} instead of {why:?}");
    }
}

/// Landmarks may be passed; the goal must be seen well in the end, and the plan where nobody crops it.
#[test]
fn the_lint_asks_for_what_a_walk_must_show() {
    let truth = &CORRIDOR.0;
    let found = |truth: &Truth| lint::of_maps(truth).expect("maps").0.findings;
    assert_eq!(found(truth), Vec::<String>::new());
    assert!(lint::of_picture(truth, &CORRIDOR.1[0]).expect("maps").is_empty());
    let mut aside = truth.clone();
    aside.overlays[0].rect = [10.0, 6.0, 94.0, 90.0];
    assert_eq!(found(&aside), ["off_square:plan"]);
    let mut hidden = truth.clone();
    let goal = hidden.objects.iter_mut().find(|o| o.role == "goal").expect("a goal");
    goal.whole_px.iter_mut().for_each(|px| *px = 20);
    assert_eq!(found(&hidden), ["too_small:red_door"]);
}
