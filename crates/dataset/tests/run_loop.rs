//! The run loop with a tiny task and no GPU: the same bytes whatever the order, whole samples whatever happens.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::{Painter, Tiny, assert_same, judge, run, set, settings, tree};
use raytruth_dataset::{Error, Event, Extra, Metadata, Observer, Settings, draw, generate, redraw};
use raytruth_eval::controls::{CONTROLS_JSON, ControlCard, Kind};
use serde_json::Value;

fn sample(output: &Path, index: u64) -> std::path::PathBuf {
    output.join(format!("tiny_slide_task/tiny_slide_{index:08}"))
}

#[test]
fn samples_do_not_depend_on_threads_or_order() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (a, b, c) = (dir.path().join("a"), dir.path().join("b"), dir.path().join("c"));
    let mut one = settings(&a, 6);
    one.threads = 1;
    let summary = run(&one).expect("run");
    assert_eq!((summary.made, summary.failed.len()), (6, 0));
    assert!(summary.rejected_looks["score:final_place"] > 0, "some looks hide the box, and are counted");
    assert!(summary.rejected_problems["unlucky"] > 0);
    let mut two = settings(&b, 6);
    two.threads = 3;
    run(&two).expect("run");
    assert_same(&a, &b);
    for start in [3, 0] {
        let mut half = settings(&c, 3);
        half.start_index = start;
        run(&half).expect("run");
    }
    assert_same(&a, &c);
    let looks: Vec<u32> = (0..6).map(|i| Metadata::read(&sample(&a, i)).expect("metadata").attempts.look).collect();
    assert!(looks.iter().any(|&l| l > 1), "{looks:?}");
    assert_eq!(fs::read_dir(&a).expect("read").count(), 1, "nothing but samples among the samples");
}

#[test]
fn what_is_there_and_whole_stays() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("data");
    run(&settings(&out, 4)).expect("run");
    let before = tree(&out);
    let again = run(&settings(&out, 4)).expect("run");
    assert_eq!((again.made, again.present), (0, 4));

    let metadata = |i| sample(&out, i).join("metadata.json");
    fs::write(sample(&out, 0).join("first_frame.png"), b"not this").expect("write");
    fs::write(metadata(1), b"{ half a meta").expect("write");
    let text = fs::read_to_string(metadata(2)).expect("read");
    fs::write(metadata(2), text.replace("\"seed\": 42", "\"seed\": 43")).expect("write");
    fs::remove_dir_all(sample(&out, 3)).expect("remove");
    fs::create_dir(sample(&out, 3)).expect("create");
    let repaired = run(&settings(&out, 4)).expect("run");
    assert_eq!((repaired.made, repaired.present), (4, 0), "each was damaged in its own way");
    assert!(tree(&out) == before, "and is as it was");
}

#[test]
fn a_name_that_leads_out_of_the_sample_is_not_followed() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("data");
    run(&settings(&out, 1)).expect("run");
    let path = sample(&out, 0).join("metadata.json");
    let mut value: Value = serde_json::from_slice(&fs::read(&path).expect("read")).expect("parse");
    value["files"]["../../../secret"] = Value::from("00");
    fs::write(&path, value.to_string()).expect("write");
    assert_eq!(run(&settings(&out, 1)).expect("run").made, 1);
}

#[test]
fn metadata_says_what_the_encoder_says_of_itself() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("data");
    run(&settings(&out, 1)).expect("run");
    let encoder = Metadata::read(&sample(&out, 0)).expect("metadata").encoder;
    // x264 writes its options into the first frame.
    let video = fs::read(sample(&out, 0).join("ground_truth.mp4")).expect("read");
    let video = String::from_utf8_lossy(&video);
    let written = video.split_once(" crf=").expect("x264's options").1.split_once(' ').expect("their next").0;
    assert_eq!(encoder["crf"].as_f64(), written.parse().ok(), "{encoder}");
    let options = encoder["x264_options"].as_str().expect("a line");
    assert!(options.contains(&format!(" crf={written} ")), "{options}");
}

#[test]
fn another_seed_or_size_is_another_sample() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("data");
    run(&settings(&out, 1)).expect("run");
    let mut other = settings(&out, 1);
    other.seed = 7;
    assert_eq!(run(&other).expect("run").made, 1);
    other.clip.width = 96;
    assert_eq!(run(&other).expect("run").made, 1);
    other.video = false;
    assert_eq!(run(&other).expect("run").made, 0, "a sample with a video has the first frame too");
}

#[test]
fn a_problem_that_no_look_shows_is_given_up() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().join("data");
    let mut hidden = settings(&out, 2);
    set(&mut hidden, "dull", 1.0);
    let summary = run(&hidden).expect("run");
    assert_eq!((summary.made, summary.failed.len()), (0, 2));
    assert_eq!(summary.rejected_looks["score:final_place"], 2 * u64::from(hidden.max_looks));
    assert!(tree(&out).is_empty(), "nothing half-written");
}

#[test]
fn a_task_that_rejects_everything_ends_the_run() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut impossible = settings(dir.path(), 100);
    set(&mut impossible, "refuse", 1.0);
    impossible.max_draws = 20;
    let error = run(&impossible).expect_err("nothing can be drawn");
    assert_eq!(error.exit_code(), 1);
    assert!(error.to_string().contains("unlucky"), "{error}");
}

#[test]
fn the_problem_is_the_same_for_every_size_and_without_video() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    run(&settings(&a, 3)).expect("run");
    let mut still = settings(&b, 3);
    still.video = false;
    (still.clip.width, still.clip.frames, still.samples_per_pixel) = (96, 20, 1);
    run(&still).expect("run");
    for i in 0..3 {
        let (a, b) = (sample(&a, i), sample(&b, i));
        let problem = |p: &Path| {
            let m = Metadata::read(p).expect("metadata");
            (serde_json::to_string(&m.problem).expect("json"), m.certificate)
        };
        assert_eq!(problem(&a), problem(&b));
        let drawn = draw(&Tiny, &still, i, &|| false).expect("drawn").expect("not stopped");
        assert_eq!(drawn.dry_run().problem_hash, Metadata::read(&a).expect("metadata").problem.problem_hash);
        let names: Vec<String> = tree(&b).into_keys().collect();
        assert_eq!(names, ["first_frame.png", "metadata.json", "prompt.txt"]);
    }
}

#[test]
fn extras_are_written_when_asked_for_and_hashed() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut all = settings(dir.path(), 1);
    all.extras = BTreeSet::from(Extra::ALL);
    run(&all).expect("run");
    let folder = sample(dir.path(), 0);
    let metadata = Metadata::read(&folder).expect("metadata");
    let files: Vec<String> = tree(&folder).into_keys().filter(|name| name != "metadata.json").collect();
    assert_eq!(files, metadata.files.keys().cloned().collect::<Vec<_>>(), "every file is hashed");
    for name in [
        "extras/tracks.json",
        "extras/episode.json",
        "extras/passes/depth_00007.exr",
        "extras/passes/flow_forward_00000.exr",
        "extras/passes/object_id_00000.png",
        "extras/twins/counterfactual/ground_truth.mp4",
        "extras/twins/counterfactual/twin.json",
        "extras/controls/controls.json",
        "extras/controls/vanish.mp4",
    ] {
        assert!(files.iter().any(|f| f == name), "{name} is missing: {files:?}");
    }
    let list: Vec<ControlCard> =
        serde_json::from_str(&fs::read_to_string(folder.join(CONTROLS_JSON)).expect("there")).expect("JSON");
    for card in &list {
        assert!(folder.join("extras/controls").join(&card.file).is_file(), "{card:?}");
    }
    let twin = list.iter().find(|c| c.name == "counterfactual").expect("every twin is a control");
    assert_eq!((twin.file.as_str(), twin.kind), ("../twins/counterfactual/ground_truth.mp4", Kind::Wrong), "not rendered twice");
    let fewer = settings(dir.path(), 1);
    assert_eq!(run(&fewer).expect("run").made, 0, "more extras than asked for do no harm");
}

#[test]
fn metadata_draws_its_sample_again_and_lies_are_found() {
    let dir = tempfile::tempdir().expect("temporary folder");
    run(&settings(dir.path(), 1)).expect("run");
    let folder = sample(dir.path(), 0);
    let metadata = Metadata::read(&folder).expect("metadata");
    let again = redraw(&Tiny, &metadata, &folder).expect("redraw");
    assert_eq!(again.episode.truth, metadata.truth);
    let lie = |change: &dyn Fn(&mut Metadata)| {
        let mut lied = metadata.clone();
        change(&mut lied);
        redraw(&Tiny, &lied, &folder).map(|_| ()).expect_err("a lie").to_string()
    };
    assert!(lie(&|m| m.sample_seed = "0123456789abcdef".into()).contains("sample_seed"));
    assert!(lie(&|m| m.generation.index = 5).contains("task_id"));
    assert!(lie(&|m| m.attempts.look = 0).contains("attempts"));
    assert!(lie(&|m| m.param_hash = "0".repeat(16)).contains("param_hash"));
    assert!(lie(&|m| m.truth.objects[0].whole_px[0] += 5).contains("truth"));
    assert!(lie(&|m| m.generation.settings.dials.0.clear()).contains("dials"));
}

/// Raises the flag when two samples are in their places, whichever: what is drawn first is rendered first.
struct StopAtSecond<'a>(&'a AtomicBool, AtomicUsize);

impl Observer for StopAtSecond<'_> {
    fn event(&self, event: Event<'_>) {
        if matches!(event, Event::SampleDone { .. }) && self.1.fetch_add(1, Ordering::SeqCst) == 1 {
            self.0.store(true, Ordering::SeqCst);
        }
    }
}

#[test]
fn a_stop_leaves_whole_samples_and_goes_on_later() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    run(&settings(&a, 8)).expect("run");
    let stop = AtomicBool::new(false);
    let slow = || Ok(Box::new(Painter { delay: Duration::from_millis(20) }) as _);
    let start = Instant::now();
    let stopped =
        generate(&Tiny, &settings(&b, 8), &judge(), slow, &StopAtSecond(&stop, AtomicUsize::new(0)), &stop).expect_err("stopped");
    assert_eq!(stopped.exit_code(), 75);
    assert!(start.elapsed() < Duration::from_secs(20));
    let made = fs::read_dir(b.join("tiny_slide_task")).expect("read").count();
    assert!((2..8).contains(&made), "{made}");
    run(&settings(&b, 8)).expect("run");
    assert_same(&a, &b);
}

#[test]
fn a_second_run_on_the_range_tries_again_later() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path();
    let stop = AtomicBool::new(false);
    let mut nested = None;
    let open = || {
        // The first run holds its range while it opens its device.
        let mut second = settings(out, 2);
        second.start_index = 1;
        nested = Some((run(&second), run(&shifted(&settings(out, 2), 2))));
        Ok(Box::new(Painter::default()) as _)
    };
    generate(&Tiny, &settings(out, 2), &judge(), open, &(), &stop).expect("first run");
    let (overlapping, beside) = nested.expect("the device was opened");
    assert_eq!(overlapping.expect_err("held").exit_code(), 75);
    assert_eq!(beside.expect("another range").made, 2);
}

fn shifted(settings: &Settings, start: u64) -> Settings {
    Settings { start_index: start, ..settings.clone() }
}

#[test]
fn an_output_that_is_a_file_is_an_error() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let file = dir.path().join("file");
    fs::write(&file, "").expect("write");
    let error = run(&settings(&file, 1)).expect_err("not a folder");
    assert!(matches!(error, Error::Io { .. }) && error.exit_code() == 1, "{error}");
}

#[test]
fn impossible_settings_are_refused() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let good = settings(dir.path(), 1);
    let refused = |change: &dyn Fn(&mut Settings)| {
        let mut bad = good.clone();
        change(&mut bad);
        let error = run(&bad).expect_err("impossible");
        assert_eq!(error.exit_code(), 2, "{error}");
        error.to_string()
    };
    assert!(refused(&|s| s.clip.width = 0).contains("0x40"));
    assert!(refused(&|s| (s.clip.width, s.clip.height) = (100_000, 100_000)).contains("100000x100000"));
    assert!(refused(&|s| s.clip.width = 65).contains("66x40"));
    assert!(refused(&|s| s.clip.width = 30).contains("too small"));
    assert!(refused(&|s| s.clip.frames = 1).contains("1 frames"));
    assert!(refused(&|s| s.clip.frames = 7).contains("--frames 8"));
    assert!(refused(&|s| s.clip.fps = 0).contains("0 frames per second"));
    assert!(refused(&|s| s.samples_per_pixel = 0).contains("0 samples"));
    assert!(refused(&|s| s.start_index = u64::MAX).contains("--start-index"));
    assert!(tree(dir.path()).is_empty(), "nothing is written");
}

#[test]
fn a_truth_that_no_evaluator_takes_is_another_look_and_not_the_end_of_the_run() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut some = settings(dir.path(), 4);
    set(&mut some, "broken", 0.5);
    set(&mut some, "dull", 0.0);
    let summary = run(&some).expect("the run goes on");
    assert_eq!(summary.made, 4, "{summary:?}");
    assert!(summary.rejected_looks["truth_refused"] > 0 && summary.rejected_looks.len() == 1, "{summary:?}");
    // If every look has one, the samples are given up, one by one.
    let mut all = settings(&dir.path().join("all"), 2);
    set(&mut all, "broken", 1.0);
    let summary = run(&all).expect("the run goes on");
    assert_eq!((summary.made, summary.failed.len()), (0, 2), "{summary:?}");
    assert!(
        summary.failed.values().all(|why| why.contains("truth_refused") && why.contains("no place in a picture")),
        "{summary:?}"
    );
}

#[test]
fn what_is_too_small_to_see_is_another_look_before_anything_is_rendered() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut some = settings(dir.path(), 4);
    set(&mut some, "distant", 0.5);
    set(&mut some, "dull", 0.0);
    let summary = run(&some).expect("run");
    assert_eq!((summary.made, summary.third_looks), (4, 0), "{summary:?}");
    assert!(summary.rejected_looks["too_small:box"] > 0, "{summary:?}");
    let lint = Metadata::read(&sample(dir.path(), 0)).expect("metadata").lint;
    // Its plain backdrop is told, and refused only by tasks that ask for more.
    assert!(lint.findings == ["few_edges"] && lint.across_px["box"] > lint.needed_px, "{lint:?}");
}

#[test]
fn every_integer_in_what_is_written_survives_javascript_and_arrow() {
    fn walk(value: &Value, path: &str) {
        match value {
            Value::Number(n) if n.is_u64() || n.is_i64() => {
                let exact = n.as_i64().is_some_and(|v| v.unsigned_abs() < 1 << 53);
                assert!(exact, "{path} is {n}");
            }
            Value::Array(items) => items.iter().for_each(|v| walk(v, path)),
            Value::Object(members) => members.iter().for_each(|(k, v)| walk(v, &format!("{path}/{k}"))),
            _ => {}
        }
    }
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut last = Settings { seed: raytruth_dataset::MAX_SEED, ..settings(dir.path(), 6) };
    last.extras = BTreeSet::from([Extra::Tracks, Extra::Episode]);
    run(&last).expect("run");
    for index in 0..6 {
        let folder = sample(dir.path(), index);
        for name in ["metadata.json", "extras/tracks.json", "extras/episode.json"] {
            let text = fs::read_to_string(folder.join(name)).expect("there");
            walk(&serde_json::from_str(&text).expect("JSON"), name);
        }
        let seed = Metadata::read(&folder).expect("metadata").sample_seed;
        assert!(seed.len() == 16 && seed.bytes().all(|b| b.is_ascii_hexdigit()), "{seed}");
    }
    let beyond = Settings { seed: raytruth_dataset::MAX_SEED + 1, ..settings(dir.path(), 1) };
    let refused = run(&beyond).expect_err("digits would be lost");
    assert_eq!(refused.exit_code(), 2, "{refused}");
}

#[test]
fn what_the_first_frame_hides_is_another_look_even_without_a_video() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut stills = Settings { video: false, ..settings(dir.path(), 6) };
    set(&mut stills, "camouflaged", 0.5);
    let summary = run(&stills).expect("run");
    assert_eq!(summary.made, 6, "{summary:?}");
    assert!(summary.rejected_looks["no_contrast:box"] > 0, "{summary:?}");
}

#[test]
fn a_picture_that_does_not_show_what_the_task_asks_is_another_look() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut asked = settings(dir.path(), 6);
    set(&mut asked, "unhidden", 0.5);
    let summary = run(&asked).expect("run");
    assert_eq!(summary.made, 6, "{summary:?}");
    assert!(summary.rejected_looks["not_hidden:box"] > 0, "{summary:?}");
}

#[test]
fn a_lamp_that_paths_will_not_find_is_told() {
    struct Warnings(Mutex<Vec<String>>);
    impl Observer for Warnings {
        fn event(&self, event: Event<'_>) {
            if let Event::Warned { task_id, what } = event {
                self.0.lock().expect("no panic").push(format!("{task_id}: {what}"));
            }
        }
    }
    for (glazed, count) in [(1.0, 2), (0.0, 0)] {
        let dir = tempfile::tempdir().expect("temporary folder");
        let mut settings = settings(dir.path(), 2);
        set(&mut settings, "glazed", glazed);
        let (warnings, stop) = (Warnings(Mutex::default()), AtomicBool::new(false));
        let open = || Ok(Box::new(Painter::default()) as Box<dyn raytruth_dataset::FrameSource>);
        let summary = generate(&Tiny, &settings, &judge(), open, &warnings, &stop).expect("runs");
        assert_eq!(summary.made, 2, "it is no reason to give up: {:?}", summary.failed);
        let told = warnings.0.into_inner().expect("no panic");
        assert_eq!(told.len(), count, "{told:?}");
        assert!(told.iter().all(|t| t.contains("(wire)") && t.contains("(bulb)")), "{told:?}");
        let log = fs::read_to_string(summary.log.expect("a log")).expect("reads");
        assert_eq!(log.matches("\"event\":\"warning\"").count(), count);
    }
}
