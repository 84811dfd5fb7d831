//! The `verify` program against input that no one should hand in: one clear message, the documented exit code, no panic.
#![cfg(feature = "cli")]

mod common;

use std::path::Path;
use std::process::{Command, Output};

use common::world;
use raytruth_eval::causality::Family;
use raytruth_eval::controls::{Codec, encode};

fn verify(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_verify")).args(args).output().expect("the program starts")
}

fn refuses(args: &[&str], code: i32, says: &str) {
    let output = verify(args);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
    assert!(text.contains(says) && !text.contains("panicked"), "{args:?} says: {text}");
}

fn sample(dir: &Path) {
    let world = world(Family::Tower, 3, 2, [92, 92, 96]);
    let metadata = serde_json::json!({ "truth": world.truth() });
    std::fs::write(dir.join("metadata.json"), serde_json::to_vec(&metadata).expect("plain")).expect("written");
    let first = world.draw_frame(0);
    image::save_buffer(dir.join("first_frame.png"), &first.rgb, first.width, first.height, image::ColorType::Rgb8)
        .expect("written");
    assert!(encode(&dir.join("ground_truth.mp4"), &world.draw(), 30.0, Codec::H264 { crf: 20 }).expect("encoded"));
}

#[test]
fn a_sample_is_scored_and_bad_input_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().to_str().expect("utf-8");
    refuses(&[], 2, "--gt-dir");
    refuses(&["--gt-dir", path], 1, "no sample");
    refuses(&["--gt-dir", "/no/such/folder"], 1, "/no/such/folder");
    sample(dir.path());
    let video = dir.path().join("ground_truth.mp4");
    let video = video.to_str().expect("utf-8");
    let results = dir.path().join("results.json");
    let output = verify(&["--video", video, "--gt-dir", path, "--output", results.to_str().expect("utf-8")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let result: serde_json::Value = serde_json::from_slice(&std::fs::read(&results).expect("there")).expect("JSON");
    assert_eq!(result["points"], 1000, "{result:#}");
    for field in ["video_path", "gt_dir", "score", "dimensions", "criteria", "gates", "evaluator"] {
        assert!(result.get(field).is_some(), "{field} is missing");
    }

    let whole = std::fs::read(video).expect("there");
    let cut = dir.path().join("cut.mp4");
    std::fs::write(&cut, &whole[..whole.len() / 2]).expect("written");
    refuses(&["--video", cut.to_str().expect("utf-8"), "--gt-dir", path], 1, "cut.mp4");
    refuses(&["--video", "/no/such.mp4", "--gt-dir", path], 1, "/no/such.mp4");

    let metadata = dir.path().join("metadata.json");
    let good: serde_json::Value = serde_json::from_slice(&std::fs::read(&metadata).expect("there")).expect("JSON");
    type Lie = fn(&mut serde_json::Value);
    let lies: [(&str, Lie); 16] = [
        ("no `truth`", |m| *m = serde_json::json!({})),
        ("truth", |m| m["truth"]["objects"] = serde_json::json!("many")),
        ("version", |m| m["truth"]["version"] = serde_json::json!(99)),
        ("clip", |m| m["truth"]["clip"]["width"] = serde_json::json!(640)),
        ("frames", |m| m["truth"]["clip"]["frames"] = serde_json::json!(0)),
        ("shown", |m| m["truth"]["objects"][0]["shown"] = serde_json::json!([])),
        ("contact", |m| m["truth"]["events"]["contact"] = serde_json::json!(999_999)),
        ("settle", |m| m["truth"]["events"]["settle"] = serde_json::json!(3)),
        ("decisive_event", |m| m["truth"]["decisive_event"] = serde_json::json!("doom")),
        ("truth.maps are 9x300", |m| m["truth"]["maps"]["width"] = serde_json::json!(9)),
        ("base64", |m| m["truth"]["maps"]["data"] = serde_json::json!("not a map")),
        ("inflate", |m| m["truth"]["maps"]["data"] = serde_json::json!("AAAA")),
        ("has no `ghost`", |m| m["truth"]["task"]["ball"] = serde_json::json!("ghost")),
        ("ball_path_sigma_px is 900000", |m| m["truth"]["task"]["ball_path_sigma_px"] = serde_json::json!(9e5)),
        ("no place in a picture", |m| m["truth"]["objects"][0]["center"][3] = serde_json::json!([999_999.0, 0.0])),
        ("no evaluator", |m| m["truth"]["domain"] = serde_json::json!("astrology")),
    ];
    for (says, lie) in lies {
        let mut lied = good.clone();
        lie(&mut lied);
        std::fs::write(&metadata, serde_json::to_vec(&lied).expect("plain")).expect("written");
        refuses(&["--video", video, "--gt-dir", path], 1, says);
    }
    std::fs::write(&metadata, b"{ \"truth\": NaN }").expect("written");
    refuses(&["--video", video, "--gt-dir", path], 1, "not JSON");
    std::fs::write(&metadata, serde_json::to_vec(&good).expect("plain")).expect("written");
    std::fs::remove_file(dir.path().join("first_frame.png")).expect("removed");
    refuses(&["--video", video, "--gt-dir", path], 1, "first_frame.png");
}

/// Video-to-video: what goes on from `first_video.mp4` is seen to do so, or is said to.
#[test]
fn a_continuation_is_scored_with_what_it_continues() {
    let dir = tempfile::tempdir().expect("a folder");
    sample(dir.path());
    let world = world(Family::Tower, 3, 2, [92, 92, 96]);
    let (frames, split) = (world.draw(), world.truth().split() as usize);
    let write = |name: &str, frames: &[raytruth_eval::Frame]| {
        assert!(encode(&dir.path().join(name), frames, 30.0, Codec::H264 { crf: 20 }).expect("encoded"));
    };
    write("first_video.mp4", &frames[..split]);
    write("last_video.mp4", &frames[split..]);
    let gt_dir = dir.path().to_str().expect("utf-8");
    let points = |name: &str, more: &[&str]| {
        let video = dir.path().join(name);
        let output = verify(&[&["--video", video.to_str().expect("utf-8"), "--gt-dir", gt_dir, "--json"], more].concat());
        let result: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (result["points"].as_u64(), result["continues"].as_bool(), result["frames"].as_u64())
    };
    let whole = frames.len() as u64;
    assert_eq!(points("last_video.mp4", &[]), (Some(1000), Some(true), Some(whole - split as u64)));
    assert_eq!(points("last_video.mp4", &["--continues"]), (Some(1000), Some(true), Some(whole - split as u64)));
    assert_eq!(points("ground_truth.mp4", &[]), (Some(1000), None, Some(whole)));
    let again = points("first_video.mp4", &["--continues"]);
    assert!(again.0.is_some_and(|points| points <= 200), "{again:?}");
    let alone = points("first_video.mp4", &[]);
    assert!(alone.0.is_some_and(|points| points <= 200) && alone.1.is_none(), "{alone:?}");
}
