//! The example `sixth_task`: a task that knows only the facade generates samples whose ground truth scores 1000, and nothing that is
//! wrong does.

#[path = "../examples/sixth_task.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    reason = "an example's main is not called here, and its docs are its first lines"
)]
mod sixth_task;

use std::path::Path;

use raytruth::dataset::Preset;
use raytruth::eval::{Frame, Registry, Truth, decode, score_frames, score_sample};
use raytruth::serde_json::Value;
use raytruth::task::{Clip, Task, contract};
use sixth_task::{INFO, SlideOrStay, make};

/// Small pictures of few samples: the test is about the way through, not about the look.
const PRESET: Preset = Preset {
    name: "test",
    about: "",
    clip: Clip { width: 160, height: 100, fps: 6, frames: 12, lead: 0 },
    before_split: 0,
    samples_per_pixel: 4,
};

fn registry() -> Registry {
    Registry::default().with(SlideOrStay.evaluator())
}

fn metadata(sample: &Path) -> Value {
    let text = std::fs::read_to_string(sample.join("metadata.json")).expect("metadata");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn it_generates_samples_that_score_1000_and_tells_wrong_videos_from_right_ones() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("questions");
    let summary = make(&output, &PRESET).expect("a run");
    assert_eq!((summary.made, summary.failed.len()), (2, 0), "{summary:?}");

    for index in 0..2u64 {
        let sample = output.join(format!("{0}_task/{0}_{index:08}", INFO.domain));
        for file in ["first_frame.png", "final_frame.png", "first_video.mp4", "last_video.mp4", "ground_truth.mp4", "prompt.txt"]
        {
            assert!(sample.join(file).is_file(), "{file} is missing");
        }
        let video = sample.join("ground_truth.mp4");
        assert_eq!(score_sample(&registry(), &sample, &video).expect("scored").points, 1000);
        let prompt = std::fs::read_to_string(sample.join("prompt.txt")).expect("a prompt");
        assert!(prompt.contains("plate of") && prompt.trim_end().ends_with("unchanged."), "{prompt}");

        let truth: Truth = serde_json::from_value(metadata(&sample)["truth"].clone()).expect("a truth");
        let decoded = decode::decode(&video, &decode::Limits::default()).expect("decoded").frames;
        let first = {
            let png = image::open(sample.join("first_frame.png")).expect("a PNG").into_rgb8();
            Frame { width: png.width(), height: png.height(), rgb: png.into_raw() }
        };
        let points = |frames: &[Frame]| score_frames(&registry(), &truth, &first, frames, 6.0).expect("scored").points;
        assert_eq!(points(&decoded), 1000);
        assert!(points(&vec![first.clone(); 12]) <= 200, "a frozen first frame earns {}", points(&vec![first.clone(); 12]));
        let backwards: Vec<Frame> = decoded.iter().rev().cloned().collect();
        assert!(points(&backwards) <= 200, "the video backwards earns {}", points(&backwards));
        let mut cut: Vec<Frame> = vec![first.clone(); 11];
        cut.push(decoded[11].clone());
        assert!(points(&cut) <= 500, "a cut to the final frame earns {}", points(&cut));
        let half_speed: Vec<Frame> = decoded.iter().flat_map(|f| [f.clone(), f.clone()]).collect();
        assert!(points(&half_speed) >= 950, "twice as many frames earn {}", points(&half_speed));
    }
}

#[test]
fn it_keeps_the_contract_of_all_tasks() {
    for problem in contract::check(&SlideOrStay) {
        let card = problem.card();
        let tilt = card.parameters["tilt_deg"].as_f64().expect("a number");
        let limit = card.certificate["slides_from_deg"].as_f64().expect("a number");
        assert_eq!(tilt > limit, card.class == "slides");
        assert!(!card.prompt.contains("slide") && !card.prompt.contains("stay"), "the prompt gives the answer away");
    }
}

#[test]
fn it_has_at_most_150_lines() {
    assert!(include_str!("../examples/sixth_task.rs").lines().count() <= 150);
}
