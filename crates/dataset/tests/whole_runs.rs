//! What holds over a whole run: difficulties that are mixed, parts of a dataset, a first part that is long enough.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use common::{Painter, Tiny, judge, run, set, settings};
use raytruth_dataset::{Event, FrameSource, Metadata, Observer, Settings, draw, generate, redraw};
use raytruth_task::{Clip, DialValue, Dials, Difficulties, Difficulty, Split, Task as _};

fn sample(output: &Path, index: u64) -> PathBuf {
    output.join(format!("tiny_slide_task/tiny_slide_{index:08}"))
}

fn metadata(output: &Path, index: u64) -> Metadata {
    Metadata::read(&sample(output, index)).expect("metadata")
}

#[test]
fn a_problem_that_splits_early_begins_after_a_lead_in() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut late = settings(dir.path(), 2);
    (late.before_split, late.clip.frames) = (9, 18);
    assert_eq!(run(&late).expect("run").made, 2);
    for index in 0..2 {
        let m = metadata(dir.path(), index);
        // Without it the clip would split at frame 4.
        assert_eq!((m.lead_in, m.video_split, m.truth.clip.frames), (5, 9, 18));
        assert_eq!(m.parameters["lead_in"], 5);
        let again = redraw(&Tiny, &m, &sample(dir.path(), index)).expect("redraw");
        assert_eq!((&again.episode.truth, again.episode.clip.lead), (&m.truth, 5));
        let lie = |change: &dyn Fn(&mut Metadata)| {
            let mut lied = m.clone();
            change(&mut lied);
            redraw(&Tiny, &lied, dir.path()).map(|_| ()).expect_err("a lie").to_string()
        };
        assert!(lie(&|m| m.lead_in = 4).contains("lead_in"));
        assert!(lie(&|m| m.generation.settings.before_split = 8).contains("lead_in"));
        assert!(lie(&|m| m.generation.settings.clip.lead = 3).contains("lead-in"));
        let x = |frame| again.episode.scene.world_pose(1, frame).translation.x;
        assert!(x(0) == x(5) && x(5) < x(6) && x(12) == x(16), "it stands, slides, and stands");
    }
    let there = run(&late).expect("run");
    assert_eq!((there.made, there.present), (0, 2));
    late.before_split = 4;
    assert_eq!(run(&late).expect("run").made, 2, "it begins at once");
    assert_eq!(metadata(dir.path(), 0).lead_in, 0);
    // Eight frames of events, and the longest lead-in that there can be.
    (late.before_split, late.clip.frames) = (9, 17);
    let error = run(&late).expect_err("too short");
    assert!(error.exit_code() == 2 && error.to_string().contains("--frames 18"), "{error}");
    // A first frame without a video is the same.
    let still = Settings { video: false, output: dir.path().join("still"), clip: Clip { frames: 18, ..late.clip }, ..late };
    assert_eq!(run(&still).expect("run").made, 2);
    assert_eq!(metadata(&still.output, 1).lead_in, 5);
    assert_eq!(run(&Settings { video: true, ..still }).expect("run").made, 2, "then with one");
}

#[test]
fn difficulties_are_mixed_each_with_its_own_dials() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut mixed = settings(dir.path(), 12);
    mixed.difficulty = Difficulties::Mixed;
    let Dials(hard) = &mut mixed.dials.hard;
    hard.insert("jitter".into(), DialValue::Real { lo: 0.05, hi: 0.05 });
    assert_eq!(run(&mixed).expect("run").made, 12);
    let mut counts: BTreeMap<(Difficulty, String), u32> = BTreeMap::new();
    for index in 0..12 {
        let m = metadata(dir.path(), index);
        let difficulty = m.problem.difficulty;
        *counts.entry((difficulty, m.problem.class.clone())).or_default() += 1;
        assert_eq!(m.generation.settings.difficulty, Difficulties::Mixed);
        assert_eq!(m.generation.settings.dials, *mixed.dials.at(difficulty));
        let jitter = m.parameters["distance"].as_f64().expect("metres") * 10.0 % 1.0;
        assert!(difficulty != Difficulty::Hard || (jitter - 0.5).abs() < 1e-6, "{jitter}");
        assert_eq!(redraw(&Tiny, &m, &sample(dir.path(), index)).expect("redraw").episode.truth, m.truth);
    }
    assert!(counts.len() == 6 && counts.values().all(|&n| n == 2), "{counts:?}");
    assert_eq!(run(&mixed).expect("run").present, 12);
    let one = Settings { start_index: 7, num_samples: 1, ..mixed.clone() };
    assert_eq!(run(&one).expect("run").present, 1, "the same alone");
    let medium = Settings { difficulty: Difficulties::default(), ..one };
    assert_eq!(run(&medium).expect("run").made, 1);
}

#[test]
fn a_run_is_as_long_and_as_large_as_its_hardest_problems_need() {
    let mut run = settings(Path::new("unused"), 1);
    run.difficulty = Difficulties::Mixed;
    let info = Tiny.info();
    assert_eq!(info.frames(Difficulty::Hard, run.clip.fps), run.clip.frames);
    run.validate(&Tiny).expect("what every difficulty needs");
    // The dials of each difficulty that occurs are checked, and no others.
    set(&mut run, "jitter", -1.0);
    let why = run.validate(&Tiny).expect_err("the medium one").to_string();
    assert!(why.contains("medium: jitter"), "{why}");
    run.difficulty = Difficulties::Only(Difficulty::Hard);
    run.validate(&Tiny).expect("the medium one does not occur");
}

#[test]
fn parts_of_a_seed_share_no_problem() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (mut hashes, mut seeds) = (BTreeSet::new(), BTreeSet::new());
    let parts = Split::ALL.into_iter().map(Some).chain([None]);
    for split in parts.clone() {
        let part = Settings { split, ..settings(dir.path(), 40) };
        for index in 0..40 {
            let drawn = draw(&Tiny, &part, index, &|| false).expect("drawn").expect("not stopped");
            assert!(hashes.insert(drawn.dry_run().problem_hash), "{split:?} {index}");
            assert!(seeds.insert(drawn.seed.to_string()));
        }
    }
    let val = Settings { split: Some(Split::Val), ..settings(dir.path(), 2) };
    assert_eq!(run(&val).expect("run").made, 2);
    let m = metadata(dir.path(), 1);
    assert_eq!(m.split, Some(Split::Val));
    redraw(&Tiny, &m, &sample(dir.path(), 1)).expect("redraw");
    let lied = Metadata { split: None, ..m };
    assert!(redraw(&Tiny, &lied, dir.path()).map(|_| ()).expect_err("a lie").to_string().contains("split"));
    assert_eq!(run(&val).expect("run").present, 2);
    let train = Settings { split: Some(Split::Train), ..val };
    let error = run(&train).expect_err("another part is there");
    assert!(error.exit_code() == 2 && error.to_string().contains("folder of its own"), "{error}");
    assert_eq!(metadata(dir.path(), 1).split, Some(Split::Val), "and stays there");
}

#[test]
fn how_long_it_will_take_is_said_once() {
    struct Estimates(Mutex<Vec<(f64, u64)>>);
    impl Observer for Estimates {
        fn event(&self, event: Event<'_>) {
            if let Event::Estimated { seconds, samples } = event {
                self.0.lock().expect("no panic").push((seconds, samples));
            }
        }
    }
    let dir = tempfile::tempdir().expect("temporary folder");
    run(&settings(dir.path(), 1)).expect("run");
    let (estimates, stop) = (Estimates(Mutex::default()), AtomicBool::new(false));
    let open = || Ok(Box::new(Painter::default()) as Box<dyn FrameSource>);
    generate(&Tiny, &settings(dir.path(), 4), &judge(), open, &estimates, &stop).expect("runs");
    assert_eq!(estimates.0.into_inner().expect("no panic"), [(8.0, 3)], "of a clip, and for how many");
}
