//! The permanence evaluator where the light goes out, in the toy world: a ball rolls to a wall while it is dark.

use raytruth_eval::permanence::{PermanenceTruth, REVEAL};
use raytruth_eval::toy::{FPS, FRAMES, HEIGHT, Place, Thing, WIDTH, World};
use raytruth_eval::{Failure, Frame, Registry, Score, Shown, Truth, score_frames};

/// Where the ball may rest, from left to right.
const SLOTS: [f32; 3] = [200.0, 280.0, 360.0];
const START: f32 = 110.0;
const GROUND: f32 = 190.0;
const ROLLS: f32 = 8.0;
/// First dark frame, and the first that is light again.
const DARK: [u32; 2] = [14, 40];

/// The ball rolls to a place.
fn world(to: f32) -> World {
    let x = |f: f32| {
        let u = ((f - ROLLS) / 26.0).clamp(0.0, 1.0);
        START + (to - START) * u * u
    };
    let at = |x: f32, y: f32| Place { center: [x, y], angle: 0.0, shown: true };
    let frames = || (0..FRAMES).map(|f| f as f32);
    let thing =
        |name: &str, role, color, half, disc, depth, places| Thing { name: name.into(), role, color, half, disc, depth, places };
    let ball = thing("ball", "target", [200, 40, 35], [14.0; 2], true, 2.0, frames().map(|f| at(x(f), GROUND)).collect());
    let wall = frames().map(|_| at(SLOTS[1] + 26.0, GROUND - 6.0)).collect();
    let wall = thing("wall_0", "occluder", [40, 90, 200], [10.0, 20.0], false, 1.0, wall);
    World { things: vec![ball, wall], backdrop, seed: 1 }
}

fn backdrop(x: f32, y: f32) -> [f32; 3] {
    let tile = (x as i32 / 32 + y as i32 / 20) % 2 == 0;
    if tile { [188.0, 186.0, 180.0] } else { [166.0, 166.0, 164.0] }
}

fn truth() -> Truth {
    let task = PermanenceTruth {
        family: "lights_out".into(),
        target: "ball".into(),
        occluders: vec!["wall_0".into()],
        distractors: Vec::new(),
        slots: SLOTS.map(|x| [x, GROUND]).to_vec(),
        place: 1,
        last_seen: 0,
        hidden: vec![[DARK[0], DARK[1] - 1]],
        shown_from: DARK[1] + 1,
    };
    let mut truth = world(SLOTS[1]).truth("transformation_permanence", &[(REVEAL, DARK[1])], REVEAL);
    for object in &mut truth.objects {
        (DARK[0]..DARK[1]).for_each(|frame| object.shown[frame as usize] = Shown::Dark);
    }
    truth.unregistered = vec![[DARK[0], DARK[1] - 1]];
    Truth { task: serde_json::to_value(task).expect("plain data"), ..truth }
}

/// The frames of a world, some of them dark.
fn clip(world: &World, dark: std::ops::Range<u32>) -> Vec<Frame> {
    let black = Frame { width: WIDTH, height: HEIGHT, rgb: vec![3; (WIDTH * HEIGHT * 3) as usize] };
    let frames = world.draw();
    (0..FRAMES).zip(frames).map(|(f, frame)| if dark.contains(&f) { black.clone() } else { frame }).collect()
}

fn score(frames: &[Frame]) -> Score {
    let first = world(SLOTS[1]).draw_frame(0);
    score_frames(&Registry::default(), &truth(), &first, frames, f64::from(FPS)).expect("scored")
}

#[test]
fn the_truth_scores_all_at_any_pace() {
    let right = clip(&world(SLOTS[1]), DARK[0]..DARK[1]);
    let scored = score(&right);
    assert_eq!((scored.points, scored.failure), (1000, None), "{scored:#?}");
    let slow: Vec<Frame> = (0..FRAMES * 23 / 20).map(|f| right[(f * 20 / 23) as usize].clone()).collect();
    let held: Vec<Frame> = (0..FRAMES + 8).map(|f| right[f.saturating_sub(8) as usize].clone()).collect();
    for (name, frames) in [("slow", slow), ("held", held)] {
        let scored = score(&frames);
        assert!(scored.points >= 950, "{name}: {scored:#?}");
    }
}

#[test]
fn each_fault_has_its_name() {
    let dark = DARK[0]..DARK[1];
    let never = DARK[0]..FRAMES;
    let ends = |to: f32| clip(&world(to), dark.clone());
    let empty = World { things: vec![world(SLOTS[1]).things.remove(1)], backdrop, seed: 1 };
    let gone: Vec<Frame> = ends(SLOTS[1])
        .into_iter()
        .zip(clip(&empty, dark.clone()))
        .enumerate()
        .map(|(f, (with, without))| if f < DARK[0] as usize { with } else { without })
        .collect();
    let cases: [(&str, Vec<Frame>, Failure, u32); 5] = [
        ("past the wall", ends(SLOTS[2]), Failure::WrongPlace, 400),
        ("where it was last seen", ends(SLOTS[0]), Failure::Reset, 400),
        ("gone", gone, Failure::Vanished, 400),
        ("never dark", clip(&world(SLOTS[1]), 0..0), Failure::WrongCause, 400),
        ("never light again", clip(&world(SLOTS[1]), never), Failure::NeverReleased, 400),
    ];
    for (name, frames, failure, most) in cases {
        let scored = score(&frames);
        assert!(scored.points <= most && scored.failure == Some(failure), "{name}: {scored:#?}");
    }
}

#[test]
fn the_light_goes_out_once() {
    let right = clip(&world(SLOTS[1]), DARK[0]..DARK[1]);
    let (back, again) = (right[30..50].iter().rev(), right[30..].iter());
    let frames: Vec<Frame> = right[..50].iter().chain(back).chain(again).cloned().collect();
    let scored = score(&frames);
    assert!(scored.points <= 400 && scored.failure.is_some(), "{scored:#?}");
}

/// Elsewhere black frames are no answer, but a fault.
#[test]
fn what_should_be_light_may_not_be_dark() {
    let lit =
        Truth { unregistered: Vec::new(), ..world(SLOTS[1]).truth("transformation_permanence", &[(REVEAL, DARK[1])], REVEAL) };
    let lit = Truth { task: truth().task, ..lit };
    let first = world(SLOTS[1]).draw_frame(0);
    let frames = clip(&world(SLOTS[1]), DARK[0]..DARK[1]);
    let scored = score_frames(&Registry::default(), &lit, &first, &frames, f64::from(FPS)).expect("scored");
    assert!(scored.points < 500, "{scored:#?}");
}
