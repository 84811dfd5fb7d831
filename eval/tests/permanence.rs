//! The permanence evaluator in the toy world: three cups, a ball under one of them, a swap, and all rise.

mod common;

use common::score::explain;
use raytruth_eval::permanence::{PermanenceTruth, REVEAL};
use raytruth_eval::toy::{FPS, FRAMES, Place, Thing, World};
use raytruth_eval::{Failure, Frame, Registry, Score, Truth, score_frames};

/// Where cups stand, from left to right.
const SLOTS: [f32; 3] = [150.0, 240.0, 330.0];
const GROUND: f32 = 190.0;
const COVER: f32 = 3.0;
const COVERED: f32 = 10.0;
const SWAP: (f32, f32) = (14.0, 30.0);
const LIFT: f32 = 36.0;
const CLEAR: f32 = 46.0;
const RISE: f32 = 70.0;

/// What differs from the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Story {
    Right,
    /// The ball is at the place of a number in the end.
    EndsAt(usize),
    Vanishes,
    Doubles,
    Recolored,
    /// It shows before its cup.
    ShowsThrough,
    NoSwap,
    NeverLifted,
}

/// 0 to 1 between two frames, eased.
fn part(frame: f32, (from, to): (f32, f32)) -> f32 {
    let u = ((frame - from) / (to - from)).clamp(0.0, 1.0);
    u * u * (3.0 - 2.0 * u)
}

/// Places of a cup: `way` is the slot where it begins and the one where it ends, `raised` whether it hangs over the ball at the start.
fn cup(frame: f32, way: (usize, usize), raised: bool, lifts: bool) -> Place {
    let turn = part(frame, SWAP);
    let aside = if way.0 == way.1 { 0.0 } else { (1.0 - (2.0 * turn - 1.0).powi(2)).max(0.0).sqrt() };
    let front = if way.1 > way.0 { 42.0 } else { -42.0 };
    let x = SLOTS[way.0] + (SLOTS[way.1] - SLOTS[way.0]) * turn;
    let up = if raised { 1.0 - part(frame, (COVER, COVERED)) } else { 0.0 }
        + if lifts { part(frame, (LIFT, LIFT + 16.0)) } else { 0.0 };
    Place { center: [x, GROUND - 12.0 + front * aside - RISE * up], angle: 0.0, shown: true }
}

/// The ball waits under the cup on the left, which changes places with the one on the right.
fn world(story: Story, alike: bool) -> World {
    let color = |i: usize| if alike { [40, 90, 200] } else { [[40, 90, 200], [40, 160, 70], [150, 50, 180]][i] };
    let ways = if story == Story::NoSwap { [(0, 0), (1, 1), (2, 2)] } else { [(0, 2), (1, 1), (2, 0)] };
    let frames = || (0..FRAMES).map(|f| f as f32);
    let mut things: Vec<Thing> = Vec::new();
    // The ball goes with the cup that it is under; a wrong one is under another from the swap on.
    let under = match story {
        Story::EndsAt(slot) => 2 - slot,
        _ => 0,
    };
    let ball = |shown: &dyn Fn(f32) -> bool, color: [u8; 3], cup_of_ball: usize, name: &str| Thing {
        name: name.to_owned(),
        role: "target",
        color,
        half: [14.0, 14.0],
        disc: true,
        depth: if story == Story::ShowsThrough { 1.0 } else { 3.0 },
        places: frames()
            .map(|f| {
                let way = ways[if f < COVERED { 0 } else { cup_of_ball }];
                let Place { center: [x, y], .. } = cup(f.min(LIFT), way, false, false);
                Place { center: [x, y + 12.0], angle: 0.0, shown: shown(f) }
            })
            .collect(),
    };
    let red = [200, 40, 35];
    match story {
        Story::Vanishes => things.push(ball(&|f| f < COVERED, red, 0, "ball")),
        Story::Recolored => {
            things.push(ball(&|f| f < COVERED, red, 0, "ball"));
            things.push(ball(&|f| f >= COVERED, [225, 180, 30], 0, "other"));
        }
        Story::Doubles => {
            things.push(ball(&|_| true, red, 0, "ball"));
            things.push(ball(&|f| f >= COVERED, red, 1, "copy"));
        }
        _ => things.push(ball(&|_| true, red, under, "ball")),
    }
    for (i, way) in ways.into_iter().enumerate() {
        things.push(Thing {
            name: format!("cup_{i}"),
            role: "occluder",
            color: color(i),
            half: [26.0, 32.0],
            disc: false,
            depth: 2.0 + 0.1 * i as f32,
            places: frames().map(|f| cup(f, way, i == 0, story != Story::NeverLifted)).collect(),
        });
    }
    World { things, backdrop, seed: 1 }
}

fn backdrop(x: f32, y: f32) -> [f32; 3] {
    let tile = (x as i32 / 32 + y as i32 / 20) % 2 == 0;
    if y < 120.0 {
        [196.0 - y * 0.2, 200.0 - y * 0.2, 206.0 - y * 0.2]
    } else if tile {
        [168.0, 166.0, 160.0]
    } else {
        [146.0, 146.0, 144.0]
    }
}

fn truth(alike: bool) -> Truth {
    let world = world(Story::Right, alike);
    let task = PermanenceTruth {
        family: "cups".into(),
        target: "ball".into(),
        occluders: (0..3).map(|i| format!("cup_{i}")).collect(),
        distractors: Vec::new(),
        slots: SLOTS.map(|x| [x, GROUND]).to_vec(),
        place: 2,
        last_seen: 0,
        hidden: vec![[COVERED as u32, LIFT as u32 - 1]],
        shown_from: CLEAR as u32,
    };
    let truth = world.truth("transformation_permanence", &[(REVEAL, LIFT as u32)], REVEAL);
    Truth { task: serde_json::to_value(task).expect("plain data"), ..truth }
}

fn score(alike: bool, frames: &[Frame]) -> Score {
    let first = world(Story::Right, alike).draw_frame(0);
    score_frames(&Registry::default(), &truth(alike), &first, frames, f64::from(FPS)).expect("scored")
}

fn of(story: Story, alike: bool) -> Score {
    score(alike, &world(story, alike).draw())
}

#[test]
fn the_truth_scores_all_and_each_fault_has_its_name() {
    for alike in [false, true] {
        let right = of(Story::Right, alike);
        assert_eq!((right.points, right.failure), (1000, None), "{}", explain(&right));
        for (story, failure) in [
            (Story::EndsAt(1), Failure::WrongPlace),
            (Story::EndsAt(0), Failure::Reset),
            (Story::Vanishes, Failure::Vanished),
            (Story::Doubles, Failure::Doubled),
            (Story::Recolored, Failure::Recolored),
        ] {
            let scored = of(story, alike);
            assert!(scored.points <= 400, "{story:?}: {} points", scored.points);
            assert_eq!(scored.failure, Some(failure), "{story:?}: {}", explain(&scored));
        }
        for story in [Story::NoSwap, Story::ShowsThrough, Story::NeverLifted] {
            let scored = of(story, alike);
            assert!(scored.points <= 500 && scored.failure.is_some(), "{story:?}: {}", explain(&scored));
        }
    }
}

#[test]
fn a_right_end_without_the_way_there_earns_little() {
    let frames = world(Story::Right, true).draw();
    let without_the_swap: Vec<Frame> =
        (0..frames.len()).map(|i| if (12..34).contains(&i) { frames[12].clone() } else { frames[i].clone() }).collect();
    let scored = score(true, &without_the_swap);
    assert!(scored.points <= 500, "{}", explain(&scored));
    let cut: Vec<Frame> = (0..frames.len()).map(|i| frames[if i < 30 { 0 } else { frames.len() - 1 }].clone()).collect();
    assert!(score(true, &cut).points <= 200);
    let frozen: Vec<Frame> = frames.iter().map(|_| frames[0].clone()).collect();
    let scored = score(true, &frozen);
    assert!(scored.points <= 150 && scored.failure == Some(Failure::NoMotion), "{}", explain(&scored));
}

#[test]
fn another_pace_costs_nothing() {
    let frames = world(Story::Right, true).draw();
    let at = |rate: f32, hold: usize| -> Vec<Frame> {
        let length = (frames.len() as f32 / rate) as usize;
        let moment = |i: usize| ((i.saturating_sub(hold)) as f32 * rate) as usize;
        (0..length + hold).map(|i| frames[moment(i).min(frames.len() - 1)].clone()).collect()
    };
    for (rate, hold) in [(1.0, 9), (1.15, 0), (0.87, 0), (1.0, 0)] {
        let scored = score(true, &at(rate, hold));
        assert!(scored.points >= 950, "{rate}, {hold} frames held: {}", explain(&scored));
    }
}

#[test]
fn a_truth_that_makes_no_sense_is_refused() {
    let good = truth(false);
    let registry = Registry::default();
    let frames = world(Story::Right, false).draw();
    let said = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut bad = good.clone();
        change(&mut bad.task);
        score_frames(&registry, &bad, &frames[0], &frames, f64::from(FPS)).expect_err("refused").to_string()
    };
    type Change = dyn Fn(&mut serde_json::Value);
    let cases: [(&Change, &str); 7] = [
        (&|t| t["place"] = 3.into(), "place 3"),
        (&|t| t["slots"] = serde_json::json!([[1.0, 2.0]]), "1 slots"),
        (&|t| t["slots"][0] = serde_json::json!([330.0, 190.0]), "the same"),
        (&|t| t["slots"][0] = serde_json::json!([1e9, 190.0]), "far beside"),
        (&|t| t["hidden"] = serde_json::json!([[5, 3]]), "hidden"),
        (&|t| t["shown_from"] = 2.into(), "no order"),
        (&|t| t["occluders"] = serde_json::json!(["nobody"]), "nobody"),
    ];
    for (change, why) in cases {
        let got = said(change);
        assert!(got.contains(why), "{got:?} instead of {why:?}");
    }
}
