//! Candidates as people have them: cameras that drift, blended frames, clips that end early, what is put back.

mod common;

use common::score::{GREY, explain, glide, score, worlds};
use common::{CONTACT, Clip, world};
use raytruth_eval::causality::Family;
use raytruth_eval::controls::{Making, Source, of_every_task};
use raytruth_eval::{Failure, Frame};

/// What a control makes of a clip by pixels alone.
fn made(name: &str, right: &Clip) -> Vec<Frame> {
    let (frames, truth) = (right.draw(), right.truth());
    let source = Source { frames: &frames, fps: 30.0, other: None, truth: &truth };
    let all = of_every_task();
    let control = all.iter().find(|c| c.name == name).expect("a control");
    let Making::Pixels(make) = control.making else { panic!("{name} is rendered") };
    make(&source).expect("made").frames
}

#[test]
fn a_shake_and_a_slow_pan_cost_little_and_are_reported() {
    let right = world(Family::Tower, 5, 3, GREY);
    for (name, farthest) in [("shaken_2", 1.5..3.5), ("panned_5", 20.0..28.0)] {
        let scored = score(&right, &made(name, &right));
        assert!(scored.points >= 950, "{name}: {}\n{}", scored.points, explain(&scored));
        let [x, y] = scored.drift.farthest.shift;
        assert!(farthest.contains(&x.hypot(y)), "{name}: {:?}", scored.drift);
    }
    assert_eq!(score(&right, &right.draw()).drift.farthest.shift, [0.0; 2], "what stands still is left as it is");
}

/// Blended frames show two moments of a right clip; a glide shows wrong ones, blended or not.
#[test]
fn what_glides_is_told_from_what_is_blended() {
    let blended = |frames: &[Frame], percent: u16| -> Vec<Frame> {
        let mix = |now: u8, before: u8| ((u16::from(now) * (100 - percent) + u16::from(before) * percent) / 100) as u8;
        let frame = |i: usize| {
            let before = &frames[i.saturating_sub(1)];
            Frame { rgb: frames[i].rgb.iter().zip(&before.rgb).map(|(&a, &b)| mix(a, b)).collect(), ..frames[i] }
        };
        (0..frames.len()).map(frame).collect()
    };
    for index in [0, 2, 3] {
        let (name, right) = worlds().swap_remove(index);
        let (frames, glides) = (right.draw(), glide(&right).draw());
        for (percent, least) in [(30, 950), (50, 900)] {
            let fair = score(&right, &blended(&frames, percent));
            assert!(fair.points >= least, "{name}, {percent} %: {}\n{}", fair.points, explain(&fair));
            let wrong = score(&right, &blended(&glides, percent));
            assert!(wrong.points <= 500, "{name}, glides, {percent} %: {}\n{}", wrong.points, explain(&wrong));
        }
    }
}

/// What stands at the end may be left out; what still moves may not, whether the clip ends or stops.
#[test]
fn a_clip_may_end_once_all_is_at_rest() {
    let right = world(Family::Tower, 5, 3, GREY);
    let frames = right.draw();
    let at_rest = score(&right, &frames[..52]);
    assert_eq!(at_rest.points, 1000, "{}", explain(&at_rest));
    let contact = CONTACT as usize;
    let cut = score(&right, &frames[..contact + 8]);
    assert!(cut.points <= 400 && cut.failure == Some(Failure::CutShort), "{}", explain(&cut));
    let outcome = cut.criteria.iter().find(|c| c.name == "outcome").expect("a link");
    assert!(outcome.reason.contains("the clip ends after"), "{}", outcome.reason);
    let stops: Vec<Frame> = (0..frames.len()).map(|i| frames[i.min(contact + 8)].clone()).collect();
    let stops = score(&right, &stops);
    assert!(stops.points <= 700, "{}", explain(&stops));
}

/// Zooms, pans and turns are undone; another view is named.
#[test]
fn a_camera_that_leaves_is_named() {
    let right = world(Family::Tower, 5, 3, GREY);
    for name in ["camera_leaves", "zoomed_24", "mirrored_after_first"] {
        let scored = score(&right, &made(name, &right));
        assert!(scored.points <= 500 && scored.failure == Some(Failure::CameraLeft), "{name}: {}", explain(&scored));
    }
}

#[test]
fn what_is_put_back_earns_little() {
    for index in [0, 3, 5] {
        let (name, right) = worlds().swap_remove(index);
        let mut wrong = right.clone();
        for thing in &mut wrong.things[2..] {
            let first = thing.places[0];
            thing.places[50..].fill(first);
        }
        let scored = score(&right, &wrong.draw());
        assert!(scored.points <= 300, "{name}: {}\n{}", scored.points, explain(&scored));
    }
}
