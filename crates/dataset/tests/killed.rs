//! `kill -9` at any moment, then the same command: as if nothing had happened.

mod common;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{Painter, assert_same, run, run_with, settings};

const OUTPUT: &str = "RAYTRUTH_TEST_OUTPUT";
const SAMPLES: u64 = 5;

/// Run in a process of its own by the test below.
#[test]
#[ignore = "the victim of the test below"]
fn victim() {
    let output = std::env::var(OUTPUT).expect("set by the test below");
    let slow = Painter { delay: Duration::from_millis(3) };
    run_with(&settings(Path::new(&output), SAMPLES), slow).expect("run");
}

#[test]
fn killed_at_any_moment_a_run_ends_as_if_undisturbed() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let (whole, killed) = (dir.path().join("whole"), dir.path().join("killed"));
    run(&settings(&whole, SAMPLES)).expect("run");
    for kill in 0..20u64 {
        let mut victim = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "victim", "--ignored"])
            .env(OUTPUT, &killed)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("spawn");
        // Spread over the start, the drawing, the encoding and the writing.
        std::thread::sleep(Duration::from_millis(15 + kill * 37 % 400));
        victim.kill().expect("kill");
        victim.wait().expect("wait");
        for entry in std::fs::read_dir(killed.join("tiny_slide_task")).into_iter().flatten().flatten() {
            assert!(entry.path().join("metadata.json").is_file(), "{:?} lies among the samples", entry.file_name());
        }
        if kill % 7 == 6 {
            // Begin anew now and then, so that there is something left to interrupt.
            let _ = std::fs::remove_dir_all(&killed);
        }
    }
    run(&settings(&killed, SAMPLES)).expect("run");
    assert_same(&whole, &killed);
}
