//! Ctrl-C: the program ends within seconds, with the code that says that the same command goes on later, and leaves nothing half.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// What a machine that is about to be taken away leaves, and as much again for one that is busy.
const SOON: Duration = Duration::from_secs(10);

/// Runs until it renders, interrupts it, and gives back code and stderr.
fn interrupted(args: &[&str]) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_raytruth"))
        .args(args)
        .env_remove("RAYTRUTH_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
    let mut text = String::new();
    while !text.contains("renders on") {
        assert_ne!(stderr.read_line(&mut text).expect("readable"), 0, "ended early: {text}");
    }
    // Into the first frame.
    std::thread::sleep(Duration::from_millis(500));
    let start = Instant::now();
    let pid = Pid::from_raw(child.id().try_into().expect("a process id"));
    kill(pid, Signal::SIGINT).expect("it runs");
    stderr.read_to_string(&mut text).expect("readable");
    let code = child.wait().expect("ends").code();
    assert!(start.elapsed() < SOON, "took {:?}", start.elapsed());
    (code, text)
}

#[test]
fn a_long_frame_is_dropped() {
    let scene = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/scenes/still_life.json");
    let dir = tempfile::tempdir().expect("temporary folder");
    for name in ["picture.png", "movie.mp4"] {
        let out = dir.path().join(name);
        let out = out.to_str().expect("UTF-8");
        let (code, stderr) =
            interrupted(&["render", scene, "--output", out, "--size", "320x200", "--samples", "10000", "--device", "software"]);
        assert_eq!(code, Some(75), "{stderr}");
        assert!(stderr.contains("stopped"), "{stderr}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).expect("read").count(), 0, "nothing half-written");
}

#[test]
fn a_run_is_dropped() {
    let dir = tempfile::tempdir().expect("temporary folder");
    let out = dir.path().to_str().expect("UTF-8");
    let task = ["generate", "--task", "knowledge_causality", "--num-samples", "1", "--output", out];
    let (code, stderr) = interrupted(&[&task[..], &["--samples", "10000", "--device", "software"]].concat());
    assert_eq!(code, Some(75), "{stderr}");
    assert!(stderr.contains("stopped"), "{stderr}");
    let samples = std::fs::read_dir(dir.path().join("knowledge_causality_task")).expect("read");
    assert_eq!(samples.count(), 0, "nothing half-written");
}
