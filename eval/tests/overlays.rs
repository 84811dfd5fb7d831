//! What is laid over the picture: kept, it costs nothing; gone, moved or changed it costs everything; and no other gate looks at it.

mod common;

use common::{Clip, world};
use raytruth_eval::causality::Family;
use raytruth_eval::toy::{FRAMES, HEIGHT, WIDTH};
use raytruth_eval::truth::NO_MATTER;
use raytruth_eval::{Frame, LabelMaps, Overlay, Registry, Score, Truth, score_frames};

/// Left, top, right, bottom: in the sky, where nothing goes.
const RECT: [usize; 4] = [340, 14, 460, 84];

fn inside(at: usize) -> bool {
    let (x, y) = (at % WIDTH as usize, at / WIDTH as usize);
    x >= RECT[0] && x < RECT[2] && y >= RECT[1] && y < RECT[3]
}

/// A card with a thick stroke across; `turn` has it run elsewhere.
fn lay(frame: &mut Frame, turn: bool) {
    for at in (0..(WIDTH * HEIGHT) as usize).filter(|at| inside(*at)) {
        let (x, y) = (at % WIDTH as usize - RECT[0], at / WIDTH as usize - RECT[1]);
        let along = if turn { 70 - y.min(70) } else { y };
        let stroke = (x as i32 * 70 / 120 - along as i32).abs() < 8;
        frame.rgb[3 * at..3 * at + 3].copy_from_slice(if stroke { &[190, 40, 30] } else { &[240, 238, 230] });
    }
}

/// The clip's truth with the card in it; `shown` as in the truth.
fn truth(clip: &Clip, shown: Vec<[u32; 2]>) -> Truth {
    let mut truth = clip.truth();
    let maps = truth.label_maps().expect("maps");
    let mut cells = Vec::new();
    for frame in 0..FRAMES {
        let map = maps.entry(maps.entry_of(frame)).iter().enumerate();
        cells.extend(map.map(|(at, label)| if inside(at) { NO_MATTER } else { *label }));
    }
    truth.maps = LabelMaps::new(WIDTH as usize, HEIGHT as usize, (0..FRAMES).collect(), cells).pack();
    truth.overlays.push(Overlay { name: "plan".into(), id: 99, rect: RECT.map(|v| v as f32), shown });
    truth
}

fn score(truth: &Truth, frames: &[Frame]) -> Score {
    let mut first = frames[0].clone();
    lay(&mut first, false);
    score_frames(&Registry::default(), truth, &first, frames, 30.0).expect("scored")
}

fn keeps(score: &Score, name: &str) -> u32 {
    score.gates.iter().find(|g| g.name == name).unwrap_or_else(|| panic!("no gate {name}")).keeps
}

/// Frames of the clip, with the card in those for which `kind` says how it lies.
fn drawn(clip: &Clip, kind: impl Fn(usize) -> Option<bool>) -> Vec<Frame> {
    let mut frames = clip.draw();
    for (i, frame) in frames.iter_mut().enumerate() {
        if let Some(turn) = kind(i) {
            lay(frame, turn);
        }
    }
    frames
}

#[test]
fn an_overlay_that_stays_costs_nothing_and_one_that_goes_everything() {
    let clip = world(Family::Tower, 3, 2, [92, 92, 96]);
    let truth = truth(&clip, Vec::new());
    let kept = score(&truth, &drawn(&clip, |_| Some(false)));
    assert_eq!((kept.points, keeps(&kept, "overlay_kept")), (1000, 1000), "{:?}", kept.gates);
    for (what, frames) in [
        ("gone after a third", drawn(&clip, |i| (i < 20).then_some(false))),
        ("another from the middle on", drawn(&clip, |i| Some(i >= 30))),
    ] {
        let lost = score(&truth, &frames);
        assert!(lost.points < 200 && keeps(&lost, "overlay_kept") < 200, "{what}: {} points", lost.points);
        for gate in ["scene_kept", "nothing_appears", "inventory", "nothing_jumps"] {
            assert_eq!(keeps(&lost, gate), 1000, "{what}: {gate}");
        }
    }
}

#[test]
fn it_is_looked_at_only_while_it_is_there() {
    let clip = world(Family::Tower, 3, 2, [92, 92, 96]);
    let blinking = truth(&clip, vec![[0, 19], [40, FRAMES - 1]]);
    let frames = drawn(&clip, |i| (!(20..40).contains(&i)).then_some(false));
    let score = score(&blinking, &frames);
    assert_eq!((score.points, keeps(&score, "overlay_kept")), (1000, 1000), "{:?}", score.gates);
    let none = score_frames(&Registry::default(), &clip.truth(), &clip.draw_frame(0), &clip.draw(), 30.0).expect("scored");
    assert!(none.gates.iter().all(|g| g.name != "overlay_kept"), "nothing lies over it");
}
