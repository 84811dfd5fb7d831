//! The optics evaluator on a toy bench: a beam that is drawn along a known line, and caps that light up.

mod common;

use common::score::explain;
use raytruth_eval::optics::{ARRIVES, BeamTruth, LAST_TURN, LegTruth};
use raytruth_eval::toy::{FRAMES, Place, Thing, World};
use raytruth_eval::truth::NO_MATTER;
use raytruth_eval::{Failure, Frame, LabelMaps, Registry, Score, Truth, score_frames};

/// From the source to the optic, and on to the right cap.
const CORNERS: [[f32; 2]; 3] = [[40.0, 150.0], [170.0, 150.0], [230.0, 70.0]];
const COLOR: [u8; 3] = [60, 230, 70];
/// Frames in which the beam sets off and arrives.
const GROWS: [usize; 2] = [4, 44];

fn world() -> World {
    let thing = |name: &str, color: [u8; 3], center: [f32; 2], shown: bool| Thing {
        name: name.into(),
        role: "detector",
        color,
        half: [12.0, 12.0],
        disc: true,
        depth: 1.0,
        places: (0..FRAMES).map(|_| Place { center, angle: 0.0, shown }).collect(),
    };
    World {
        things: vec![
            thing("right", [170, 40, 40], [238.0, 52.0], true),
            thing("other", [40, 60, 170], [100.0, 52.0], true),
            thing("beam", COLOR, [20.0, 20.0], false),
        ],
        backdrop: |x, y| [70.0 + 30.0 * f32::from((x as i32 / 24 + y as i32 / 24) % 2 == 0); 3],
        seed: 5,
    }
}

fn truth() -> Truth {
    let mut truth = world().truth("perception_optics", &[(LAST_TURN, 29), (ARRIVES, GROWS[1] as u32)], LAST_TURN);
    truth.objects.iter_mut().for_each(|o| o.key = o.name != "beam");
    let leg = |k: usize, begins: f32| {
        let [a, b] = [CORNERS[k], CORNERS[k + 1]];
        let length = ((b[0] - a[0]).powi(2) + (b[1] - a[1]).powi(2)).sqrt();
        let point = |i: usize| {
            let t = i as f32 / 40.0;
            [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), (begins + t * length) * 1e-3]
        };
        LegTruth { after: k, open: true, runs: vec![(0..=40).map(point).collect()] }
    };
    let task = BeamTruth {
        family: "beam".into(),
        beam: "beam".into(),
        color: COLOR,
        width: 4.0,
        optics: vec!["mirror".into()],
        legs: vec![leg(0, 0.0), leg(1, 130.0)],
        detectors: vec!["right".into(), "other".into()],
        answer: "right".into(),
    };
    truth.task = serde_json::to_value(task).expect("plain data");
    // Along its way the beam is there, or its glow.
    let maps = truth.label_maps().expect("maps");
    let mut along = world().draw_frame(0);
    let plain = along.rgb.clone();
    draw(&mut along, &CORNERS, 1000.0);
    let is_beam: Vec<bool> = along.rgb.chunks_exact(3).zip(plain.chunks_exact(3)).map(|(a, b)| a != b).collect();
    let cells = (0..maps.len()).flat_map(|entry| {
        maps.entry(entry).iter().zip(&is_beam).map(|(label, beam)| if *beam { NO_MATTER } else { *label }).collect::<Vec<u8>>()
    });
    let cells: Vec<u8> = cells.collect();
    truth.maps = LabelMaps::new(maps.width, maps.height, maps.frames.clone(), cells).pack();
    truth
}

/// Draws a line of so many pixels of corners, from the first on.
fn draw(frame: &mut Frame, corners: &[[f32; 2]], mut length: f32) {
    for pair in corners.windows(2) {
        let way = [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]];
        let whole = (way[0] * way[0] + way[1] * way[1]).sqrt();
        for i in 0..(2.0 * length.clamp(0.0, whole)) as usize {
            let at = [0, 1].map(|k| pair[0][k] + way[k] * (0.5 * i as f32) / whole);
            for (x, y) in (-2..2).flat_map(|x| (-2..2).map(move |y| (x, y))) {
                let pixel = (at[1] as i32 + y) as usize * frame.width as usize + (at[0] as i32 + x) as usize;
                frame.rgb[3 * pixel..3 * pixel + 3].copy_from_slice(&COLOR);
            }
        }
        length -= whole;
    }
}

/// A cap at twice its lightness.
fn light(frame: &mut Frame, center: [f32; 2]) {
    for (x, y) in (-12..12_i32).flat_map(|x| (-12..12_i32).map(move |y| (x, y))).filter(|(x, y)| x * x + y * y < 130) {
        let pixel = (center[1] as i32 + y) as usize * frame.width as usize + (center[0] as i32 + x) as usize;
        frame.rgb[3 * pixel..3 * pixel + 3].iter_mut().for_each(|v| *v = (f32::from(*v) * 1.45).min(255.0) as u8);
    }
}

/// A clip in which a beam grows along some corners, as much of it as `grown` says of a frame, and a cap is lit in the end.
fn clip(corners: &[[f32; 2]], grown: impl Fn(usize) -> f32, lit: Option<[f32; 2]>) -> Vec<Frame> {
    let length: f32 = corners.windows(2).map(|w| ((w[1][0] - w[0][0]).powi(2) + (w[1][1] - w[0][1]).powi(2)).sqrt()).sum();
    let mut frames = world().draw();
    for (f, frame) in frames.iter_mut().enumerate() {
        draw(frame, corners, grown(f) * length);
        if let Some(center) = lit.filter(|_| f > GROWS[1]) {
            light(frame, center);
        }
    }
    frames
}

fn evenly(frame: usize) -> f32 {
    ((frame as f32 - GROWS[0] as f32) / (GROWS[1] - GROWS[0]) as f32).clamp(0.0, 1.0)
}

fn score(frames: &[Frame]) -> Score {
    score_frames(&Registry::default(), &truth(), &world().draw_frame(0), frames, 30.0).expect("scored")
}

/// A clip in which a frame is changed.
fn with(mut frames: Vec<Frame>, change: impl Fn(usize, &mut Frame)) -> Vec<Frame> {
    frames.iter_mut().enumerate().for_each(|(f, frame)| change(f, frame));
    frames
}

const RIGHT: Option<[f32; 2]> = Some([238.0, 52.0]);
const OTHER: Option<[f32; 2]> = Some([100.0, 52.0]);

#[test]
fn the_right_beam_earns_everything() {
    let scored = score(&clip(&CORNERS, evenly, RIGHT));
    assert_eq!((scored.points, scored.failure), (1000, None), "{}", explain(&scored));
    // Half as fast again, too.
    let scored = score(&clip(&CORNERS, |f| evenly(GROWS[0] + (f.saturating_sub(GROWS[0])) * 3 / 2), RIGHT));
    assert!(scored.points >= 950, "{}", explain(&scored));
    // A frame without the beam is a flicker, in the end too.
    for dark in [30, FRAMES as usize - 1] {
        let flickers = with(clip(&CORNERS, evenly, RIGHT), |f, frame| {
            if f == dark {
                *frame = world().draw_frame(0);
            }
        });
        let scored = score(&flickers);
        assert!(scored.points >= 850, "frame {dark}: {}", explain(&scored));
    }
}

#[test]
fn wrong_beams_score_low() {
    let straight = [CORNERS[0], CORNERS[1], [300.0, 150.0]];
    let mut back = CORNERS;
    back.reverse();
    let second = with(clip(&CORNERS, evenly, RIGHT), |f, frame| {
        draw(frame, &[CORNERS[1], [230.0, 150.0]], 2.0 * f.saturating_sub(22) as f32);
    });
    let both = with(clip(&CORNERS, evenly, RIGHT), |f, frame| {
        if (GROWS[1] - 8..GROWS[1] + 2).contains(&f) {
            light(frame, [100.0, 52.0]);
        }
    });
    let early = with(clip(&CORNERS, evenly, RIGHT), |f, frame| {
        if (8..=GROWS[1]).contains(&f) {
            light(frame, [238.0, 52.0]);
        }
    });
    let cases: [(&str, Vec<Frame>, u32, Option<Failure>); 10] = [
        ("a second beam goes straight on", second, 500, None),
        ("another cap is lit for a while", both, 400, Some(Failure::WrongOutcome)),
        ("the cap is lit before the beam comes", early, 500, None),
        ("nothing happens", clip(&CORNERS, |_| 0.0, None), 50, Some(Failure::NoMotion)),
        ("straight on, nothing lit", clip(&straight, evenly, None), 200, None),
        ("straight on, the right cap", clip(&straight, evenly, RIGHT), 500, None),
        ("another cap", clip(&CORNERS, evenly, OTHER), 400, Some(Failure::WrongOutcome)),
        ("no beam", clip(&CORNERS, |_| 0.0, RIGHT), 100, None),
        ("all at once", clip(&CORNERS, |f| f32::from(u8::from(f > 20)), RIGHT), 500, Some(Failure::WrongCause)),
        ("from the end", clip(&back, evenly, RIGHT), 500, Some(Failure::WrongCause)),
    ];
    for (what, frames, most, failure) in cases {
        let scored = score(&frames);
        let is_named = scored.failure.is_some() && failure.is_none_or(|failure| scored.failure == Some(failure));
        assert!(scored.points <= most && is_named, "{what}: {:?} {}", scored.failure, explain(&scored));
    }
}

#[test]
fn a_truth_that_makes_no_sense_is_refused() {
    let evaluator = Registry::default();
    let evaluator = evaluator.get("perception_optics").expect("known");
    assert_eq!(evaluator.check(&truth()), Ok(()));
    type Change = dyn Fn(&mut Truth);
    let cases: [(&Change, &str); 8] = [
        (&|t| t.task["answer"] = "nobody".into(), "nobody"),
        (&|t| t.task["beam"] = "nobody".into(), "nobody"),
        (&|t| t.task["width"] = 0.0.into(), "width"),
        (&|t| t.task["legs"][1]["runs"] = serde_json::json!([]), "after 1 optics"),
        (
            &|t| t.task["legs"][1]["runs"] = serde_json::json!([[[1.0, 1.0, 0.1]], [[2.0, 1.0, 0.2]], [[3.0, 1.0, 0.3]]]),
            "after 1 optics",
        ),
        (&|t| t.task["legs"][1]["runs"][0][3][0] = 4e8.into(), "beside the picture"),
        (&|t| t.task["legs"][1]["runs"][0] = (0..2000).map(|k| [f32::from(k % 2 == 0) * 300.0, 9.0, 0.1]).collect(), "longer"),
        (&|t| t.decisive_event = ARRIVES.into(), "last optic"),
    ];
    for (change, why) in cases {
        let mut bad = truth();
        change(&mut bad);
        let said = evaluator.check(&bad).expect_err(why);
        assert!(said.contains(why), "{said:?} instead of {why:?}");
    }
}
